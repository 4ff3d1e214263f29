// A real cupsd of the test's own: the printing system of the customer's PC.
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { Program } from "./program.ts";

export class Cups {
  private constructor(
    private readonly folder: string,
    private readonly daemon: Program,
  ) {}

  static async start(): Promise<Cups> {
    const folder = await mkdtemp(join(tmpdir(), "beside-cups-"));
    // Where the daemon is root, its filters are not.
    await chmod(folder, 0o755);
    const [daemonFile, filesFile] = [join(folder, "cupsd.conf"), join(folder, "cups-files.conf")];
    const socket = join(folder, "cups.sock");
    const open = "<Location />\nOrder allow,deny\nAllow all\n</Location>\n";
    await writeFile(daemonFile, `Listen ${socket}\nLogLevel debug\nBrowsing Off\n${open}`);
    const folders = ["ServerRoot", "StateDir", "CacheDir", "RequestRoot", "TempDir"];
    // What the daemon takes for temporary it deletes when it starts.
    await Promise.all(folders.map((name) => mkdir(join(folder, name))));
    await chmod(join(folder, "TempDir"), 0o1777);
    const places = folders.map((name) => `${name} ${join(folder, name)}\n`);
    const logs = ["AccessLog", "ErrorLog", "PageLog"].map((name) => `${name} ${join(folder, name)}\n`);
    const group = (await Program.run("id", ["-gn"])).trim();
    await writeFile(filesFile, `${[...places, ...logs].join("")}SystemGroup ${group}\n`);
    const daemon = Program.start("/usr/sbin/cupsd", ["-f", "-c", daemonFile, "-s", filesFile]);
    await expect.poll(() => stat(socket).then(() => true, () => false), { timeout: 60_000 }).toBe(true);
    return new Cups(folder, daemon);
  }

  /** What programs of the desktop find it by. */
  get env(): NodeJS.ProcessEnv {
    return { CUPS_SERVER: join(this.folder, "cups.sock"), USER: userInfo().username };
  }

  /** The printers' names. */
  async queues(): Promise<string[]> {
    const told = await Program.run("lpstat", ["-e"], { env: { ...process.env, ...this.env } }).catch(() => "");
    return told.split("\n").filter((line) => line.length > 0);
  }

  async print(queue: string, file: string): Promise<void> {
    await Program.run("lp", ["-d", queue, file], { env: { ...process.env, ...this.env } });
  }

  async stop(): Promise<void> {
    await this.daemon.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A PDF with a page for each line of text (ASCII). */
export function pdfOf(lines: string[]): string {
  const pages = lines.flatMap((line, at) => {
    const drawn = `BT /F 24 Tf 72 700 Td (${line}) Tj ET`;
    const page = `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents ${5 + at * 2} 0 R>>`;
    return [page, `<</Length ${drawn.length}>>stream\n${drawn}\nendstream`];
  });
  const kids = lines.map((_, at) => `${4 + at * 2} 0 R`).join(" ");
  const list = `<</Type/Pages/Count ${lines.length}/Kids[${kids}]>>`;
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", list, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", ...pages];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const from = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(from).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  return `${text}${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
}
