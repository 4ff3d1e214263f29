// A real server with a data folder, a certificate authority and a company of its own.
import { copyFile, cp, link, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Language } from "./labels.ts";
import { program } from "./places.ts";
import { Program } from "./program.ts";
import type { Kept } from "./ready.ts";

export interface ServerOptions {
  /** Kept afterwards; without it a folder is made and removed. */
  data?: string;
  /** Taken if it is free, else any. */
  port?: number;
  /** A name or address of this machine. */
  host?: string;
  /** Plain HTTP on loopback, as for a proxy that does TLS. */
  behindProxy?: boolean;
  /** The settings file, TOML. */
  settings?: string;
  /** Begins with a copy of what another one kept, at its port if that is free. */
  like?: Kept;
}

export class Server {
  private running: Program | undefined;
  private prepared: Promise<string> | undefined;
  /** An app that knows this server already. */
  private app: string | undefined;

  private constructor(
    readonly data: string,
    readonly port: number,
    readonly url: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly forgets: boolean,
  ) {}

  /** Starts it and waits until it answers. */
  static async start({ data, port, host = "localhost", behindProxy = false, settings, like }: ServerOptions = {}): Promise<Server> {
    const folder = data ?? (await mkdtemp(join(tmpdir(), "beside-server-")));
    if (like !== undefined) await cp(like.data, folder, { recursive: true });
    const free = await freePort(like?.port ?? port);
    const env: NodeJS.ProcessEnv = { ...process.env, RUST_BACKTRACE: "1" };
    if (settings !== undefined) {
      env["BESIDE_CONFIG"] = join(folder, "settings.toml");
      await writeFile(env["BESIDE_CONFIG"], settings);
    }
    const server = new Server(folder, free, `${behindProxy ? "http" : "https"}://${host}:${free}`, env, data === undefined);
    if (free === like?.port) server.app = like.app;
    await server.resume();
    return server;
  }

  /** Starts the program again over the same data, as after a crash. */
  async resume(): Promise<void> {
    this.running = Program.start(program("beside-server"), [...this.options(), "serve"], { env: this.env });
    for (let attempt = 0; attempt < 300; attempt++) {
      if (await answers(this.port, this.isPlain)) return;
      if (!this.running.isRunning) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the server did not start\n${this.running.lines.join("\n")}`);
  }

  /** Makes a company and gives the one-time link for its first administrator. */
  async addCompany(name: string, company: string, language: Language = "ko"): Promise<string> {
    const output = await this.command("company", "add", "--name", name, "--company", company, "--language", language, "--json");
    const { activation_url: url } = JSON.parse(output) as { activation_url: string };
    return url;
  }

  /** Runs a command of the server's own on its data. */
  async command(...args: string[]): Promise<string> {
    return Program.run(program("beside-server"), [...this.options(), ...args], { env: this.env });
  }

  /** Makes the downloads ready for this server, which does it anew by itself when its address changes. */
  async prepareDownloads(): Promise<void> {
    this.prepared ??= this.command("downloads", "prepare", "--app", program("beside"));
    await this.prepared;
  }

  /** The app as it is downloaded, taken from where it is kept: a hundred megabytes by TLS are for the tests that are about them. */
  async takeApp(path: string): Promise<void> {
    if (this.app !== undefined) {
      await rm(path, { force: true });
      return link(this.app, path);
    }
    await this.prepareDownloads();
    await copyFile(join(this.data, "downloads", "beside"), path);
  }

  /** Fetches the app as the customer's browser does. */
  async downloadApp(path: string): Promise<void> {
    await this.prepareDownloads();
    const list = JSON.parse((await this.get("/api/downloads")).toString()) as { downloads: { os: string; file: string }[] };
    const app = list.downloads.find((download) => download.os === "linux");
    if (app === undefined) throw new Error("the server offers no app for Linux");
    await writeFile(path, await this.get(`/downloads/${app.file}`));
  }

  /** The body of a page or file. */
  async get(path: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const ask = requestTls({ port: this.port, host: "127.0.0.1", path, rejectUnauthorized: false }, (reply) => {
        const parts: Buffer[] = [];
        reply.on("data", (part: Buffer) => parts.push(part));
        reply.on("end", () => {
          if (reply.statusCode === 200) resolve(Buffer.concat(parts));
          else reject(new Error(`${path}: ${reply.statusCode} ${Buffer.concat(parts).toString()}`));
        });
      });
      ask.on("error", reject);
      ask.end();
    });
  }

  /** What apps know this server by: 64 hexadecimal digits. */
  async identity(): Promise<string> {
    const told = JSON.parse((await this.get("/.well-known/beside")).toString()) as { identity_sha256: string };
    return told.identity_sha256;
  }

  /** Lets every connection code that was given out expire now: nobody waits ten minutes for a test. */
  async expireCodes(): Promise<void> {
    await this.sql("UPDATE connection_codes SET expires_at_ms = 1");
  }

  /** Changes the database behind the server's back. */
  async sql(statement: string): Promise<void> {
    const change = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], 10); db.execute(sys.argv[2]); db.commit()";
    await Program.run("python3", ["-c", change, join(this.data, "beside.db"), statement]);
  }

  get log(): string[] {
    return this.running?.lines ?? [];
  }

  get pid(): number {
    if (this.running === undefined) throw new Error("the server does not run");
    return this.running.pid;
  }

  /** As by a power cut. */
  async kill(): Promise<void> {
    await this.running?.stop("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    if (this.forgets) await rm(this.data, { recursive: true, force: true });
  }

  private get isPlain(): boolean {
    return this.url.startsWith("http:");
  }

  private options(): string[] {
    const address = this.isPlain ? ["--listen", `127.0.0.1:${this.port}`, "--tls", "off"] : ["--listen", `0.0.0.0:${this.port}`];
    return ["--data", this.data, ...address, "--public-url", this.url];
  }
}

/** A TCP port that nobody uses at the moment: `wanted` if it is free. */
export async function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    probe.listen(wanted, "0.0.0.0", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

async function answers(port: number, plain: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    // The authority is the server's own and not yet trusted here; the browser tests look at the certificate.
    const ask = (plain ? requestPlain : requestTls)({ port, host: "127.0.0.1", path: "/healthz", rejectUnauthorized: false, timeout: 2000 }, (reply) => {
      reply.resume();
      resolve(reply.statusCode === 200);
    });
    ask.on("error", () => resolve(false));
    ask.on("timeout", () => ask.destroy());
    ask.end();
  });
}
