// A record is taken away with what proves it, and the customer's receipt fits it [Y-2].
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { Administrator } from "./parts/administrator.ts";
import { Case } from "./parts/case.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { labels } from "./parts/labels.ts";
import { program } from "./parts/places.ts";
import { Program } from "./parts/program.ts";
import { text } from "./parts/translations.ts";

/** What `press` makes the browser save. */
async function saved(page: Page, folder: string, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/** What the check says, on a machine that has nothing of the server. */
async function verify(file: string, ...more: string[]): Promise<string> {
  const check = Program.start(program("beside-server"), ["record", "verify", file, ...more], { env: { PATH: process.env["PATH"] } });
  const code = await check.exit();
  return `${code} ${check.lines[0] ?? ""}`;
}

/** A screen capture in the record, as the console keeps it [F-08]. */
async function keepCapture({ operator: { context }, server }: Case, id: string): Promise<void> {
  const me = (await (await context.request.get(`${server.url}/api/console/me`)).json()) as { csrf_token: string };
  const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const kept = await context.request.post(`${server.url}/api/console/sessions/${id}/captures`, {
    headers: { Origin: server.url, "X-Beside-CSRF": me.csrf_token, "Content-Type": "application/octet-stream" },
    data: Buffer.from(dot, "base64"),
  });
  expect(kept.status()).toBe(201);
}

test("Y-2 a record proves itself elsewhere, with the customer's receipt, and says what was done to it", async ({ browser }) => {
  const folder = await mkdtemp(join(tmpdir(), "beside-proof-"));
  const at = await Case.start(browser, { options: { satisfaction_survey: false } });
  try {
    const say = (key: string) => text(at.language, key);
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    await customer.agree();
    await expect(customer.page.getByText(say("join-now-watching"))).toBeVisible();
    const { id } = await at.newestRecord();
    await keepCapture(at, id);
    await customer.press(labels[at.language].stop);
    const receipt = await readFile(await saved(customer.page, folder, () => customer.press(say("join-receipt-save"))), "utf8");
    await customer.close();
    const [, key = "", hash = ""] = /--key ([0-9a-f]{64}) --receipt ([0-9a-f]{64})/.exec(receipt) ?? [];
    expect(key).toBe(await at.server.identity());

    const administrator = await Administrator.open(browser, at.server, at.language);
    await administrator.signIn(at.company.administrator);
    await administrator.openNewestRecord(at.company.operator.login);
    const link = administrator.page.getByRole("link", { name: say("manage-record-bundle"), exact: true });
    const file = await saved(administrator.page, folder, () => link.click());
    await administrator.context.close();
    expect(await verify(file, "--key", key, "--receipt", hash)).toMatch(/^0 whole/);
    expect(await verify(file, "--key", "0".repeat(64))).toMatch(/^1 not whole: the file is signed by another server/);
    expect(await verify(file, "--key", key, "--receipt", "0".repeat(64))).toMatch(/^1 not whole: receipt is of another record/);

    const lines = (await readFile(file, "utf8")).split("\n");
    const at_ms = /"at_ms":(\d+)/.exec(lines[3] ?? "")?.[1] ?? "";
    lines[3] = (lines[3] ?? "").replace(at_ms, String(Number(at_ms) - 86_400_000));
    await writeFile(file, lines.join("\n"));
    expect(await verify(file, "--key", key)).toMatch(/^1 not whole: entry 2 was re-dated/);

    const exported = join(folder, "exported.jsonl");
    await at.server.command("record", "export", id, "--out", exported);
    expect(await verify(exported, "--key", key, "--receipt", hash)).toMatch(/^0 whole/);
    // One letter of the picture's base64, and the whole of it.
    const whole = await readFile(exported, "utf8");
    const changed = whole.replace(/("capture":1,"data":".{60})(.)/, (_, before: string, letter: string) => before + (letter === "A" ? "B" : "A"));
    await writeFile(exported, changed);
    expect(await verify(exported, "--key", key)).toMatch(/^1 not whole: screen capture 1 was changed/);
    await writeFile(exported, whole.replace(/{"file":.*\n/, ""));
    expect(await verify(exported, "--key", key)).toMatch(/^1 not whole: screen capture 1 was dropped/);
  } finally {
    await at.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
