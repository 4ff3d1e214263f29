// `cargo xtask demo`: the whole product with a company, an operator and a customer's desktop, until Ctrl-C.
import { randomBytes, randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { Api, type Company, makeCompany } from "../parts/api.ts";
import { Desktop } from "../parts/desktop.ts";
import { Server } from "../parts/server.ts";
import { DemoCustomer } from "./customer.ts";
import { furnish } from "./desk.ts";
import { film } from "./film.ts";
import { cast } from "./script.ts";

const { values } = parseArgs({
  options: { data: { type: "string" }, record: { type: "string" }, language: { type: "string", default: "ko" } },
});
const language = values.language === "en" ? "en" : "ko";

async function main(): Promise<void> {
  const stop = stopRequested();
  const server = await Server.start({ port: 8443, ...(values.data === undefined ? {} : { data: values.data }) });
  const desktop = await Desktop.start({ width: 1280, height: 800 });
  try {
    const { company: name, names } = cast[language];
    const company = await makeCompany(server, { shortName: `demo-${randomInt(1000, 9999)}`, name, names, language, password });
    const target = await furnish(desktop, language);
    if (values.record !== undefined) {
      await film({ server, customer: desktop, company, target, language }, values.record);
    } else {
      await show(server, desktop, company, stop);
    }
  } finally {
    await desktop.stop();
    await server.stop();
  }
}

/** Prints who may sign in where, and keeps a customer waiting with a fresh code. */
async function show(server: Server, desktop: Desktop, company: Company, stop: Promise<void>): Promise<void> {
  const api = await Api.signIn(server, "console", company.shortName, company.operator);
  const customer = new DemoCustomer(desktop, server, api, language);
  const code = await customer.arrive();
  print([
    "",
    "Beside runs. Open these pages in a browser; its certificate is the server's own, made just now:",
    `its root and how to trust it stand at ${server.url}/ca`,
    "",
    `  operator       ${server.url}/console/${company.shortName}`,
    `                 ID ${company.operator.login}   Password ${company.operator.password}`,
    `  administrator  ${server.url}/manage/${company.shortName}`,
    `                 ID ${company.administrator.login}   Password ${company.administrator.password}`,
    `  customer       ${server.url}/`,
    "",
    `  The demo customer has typed the code ${code}: open that session in the console, and the customer agrees.`,
    "  When a session ends, the customer comes back with the next code.",
    "",
    "Ctrl-C ends everything.",
  ]);
  await Promise.race([stop, customer.stay((next) => print([`  The demo customer's next code: ${next}`]))]);
  await customer.leave();
}

function password(): string {
  // A digit, an upper-case and a lower-case letter are asked for; the rest is chance.
  return `Aa1-${randomBytes(9).toString("base64url")}`;
}

function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

await main();
process.exit(0);
