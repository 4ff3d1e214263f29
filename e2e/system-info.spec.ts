// 시스템 정보 보기 [F-06]: what the console shows is what the customer's machine says of itself.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { Case } from "./parts/case.ts";
import { judge } from "./parts/looks.ts";
import { Program } from "./parts/program.ts";
import { text } from "./parts/translations.ts";

test("F-06 allowed: the machine is described as its own programs do, and the description is saved", async ({ browser }) => {
  const at = await Case.start(browser, { desktop: { width: 1152, height: 864 } });
  try {
    const app = await at.join();
    const { page } = at.operator;
    await at.operator.openTool("system-info");
    const panel = page.getByRole("region", { name: text(at.language, "console-tool-name-system-info"), exact: true });
    const fact = (name: string) => panel.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd[1]");
    const said = (key: string) => fact(text(at.language, `console-system-${key}`));
    await expect(said("host")).toHaveText(hostname());
    await expect(said("user")).toHaveText(userInfo().username);
    const release = (await readFile("/proc/sys/kernel/osrelease", "utf8")).trim();
    await expect(said("kernel")).toContainText(release);
    const model = /^model name\s*: (.*)$/m.exec(await readFile("/proc/cpuinfo", "utf8"))?.[1]?.trim();
    if (model !== undefined) await expect(said("cpu")).toHaveText(model.replace(/\s+/g, " "));
    const memoryKb = Number(/^MemTotal:\s+(\d+)/m.exec(await readFile("/proc/meminfo", "utf8"))?.[1]);
    const gigabytes = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 }).format((memoryKb * 1024) / 1e9);
    await expect(said("main-memory")).toContainText(gigabytes);
    await expect(fact("/").first()).toBeVisible();
    const [, size] = /current (\d+ x \d+)/.exec(await Program.run("xrandr", [], { env: at.desktop.env })) ?? [];
    await expect(panel).toContainText((size ?? "").replace("x", "×"));
    const version = (await Program.run("dpkg-query", ["-W", "-f", "${Version}", "bash"], {})).trim();
    const filter = page.getByRole("searchbox", { name: text(at.language, "console-filter"), exact: true });
    await filter.fill("bash");
    await expect(panel.getByRole("listitem").filter({ hasText: /^bash / }).first()).toContainText(version);

    await filter.fill("");
    await judge(page, "console-system-info", at.language);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: text(at.language, "console-save-as-file"), exact: true }).click();
    const saved = await readFile(await (await saving).path(), "utf8");
    for (const part of [hostname(), release, `bash ${version}`]) expect(saved).toContain(part);
    await expect.poll(() => at.lines("tool-used")).toEqual([expect.objectContaining({ tool: "system-view", problem: "" })]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
