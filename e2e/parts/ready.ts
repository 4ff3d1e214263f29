// A server with a company in it, made once by each worker and copied for each test: what a test does with it stays its own.
import { rmSync } from "node:fs";
import { mkdtemp, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api, type Company, makeCompany } from "./api.ts";
import { Server } from "./server.ts";

/** What a server kept when it was stopped, and the app that was prepared for it. */
export interface Kept {
  data: string;
  /** The app knows the server by its address and identity, so a copy has both. */
  port: number;
  app: string;
}

interface Made extends Kept {
  company: Omit<Company, "manage">;
}

let made: Promise<Made> | undefined;

/**
 * Of the password of `makeCompany`, by Argon2id at its least cost, which the server takes from the hash. At the product's cost a test
 * would work as long on signing in as on all else that it does first.
 */
const QUICK_HASH = "$argon2id$v=19$m=8,t=1,p=1$YmVzaWRlLWVuZC0yLWVuZA$JVFIrWjdIFGz8t5kBXuAsy/T2CpUFbGO7U9Yv2FEwYA";

/** A server of one's own with a company, whose administrator is signed in. `settings`: the server's settings file, TOML. */
export async function serverWithCompany(settings?: string): Promise<{ server: Server; company: Company }> {
  made ??= make();
  const { company, ...like } = await made;
  const server = await Server.start({ like, ...(settings === undefined ? {} : { settings }) });
  try {
    return { server, company: { ...company, manage: await Api.signIn(server, "manage", company.shortName, company.administrator) } };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function make(): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), "beside-made-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [data, app] = [join(folder, "data"), join(folder, "beside")];
  const server = await Server.start({ data });
  try {
    const { manage, ...company } = await makeCompany(server);
    await manage.close();
    await server.prepareDownloads();
    await rename(join(data, "downloads"), join(folder, "downloads"));
    await rename(join(folder, "downloads", "beside"), app);
    for (const people of ["administrators", "operators"]) await server.sql(`UPDATE ${people} SET password_hash = '${QUICK_HASH}'`);
    return { data, port: server.port, app, company };
  } finally {
    await server.stop();
  }
}
