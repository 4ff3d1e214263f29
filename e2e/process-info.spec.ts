// 프로세스 정보 보기 [F-07]: a live list, and a program of the customer's is ended after a question.
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { judge } from "./parts/looks.ts";
import { text } from "./parts/translations.ts";

test("F-07 allowed: processes are listed as they come and go, one is ended, the support itself cannot be", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const sleeper = at.desktop.run("sleep", ["7777"]);
    const app = await at.join();
    const { page } = at.operator;
    const say = (key: string, values = {}) => text(at.language, key, values);
    await at.operator.openTool("process-info");
    const table = page.getByRole("table", { name: say("console-processes"), exact: true });
    const filter = page.getByRole("searchbox", { name: say("console-filter"), exact: true });
    await filter.fill("sleep 7777");
    const row = (pid: number) => table.getByRole("row").filter({ hasText: `${pid} ·` });
    await expect(row(sleeper.pid)).toBeVisible();

    await test.step("what starts meanwhile comes into the list by itself", async () => {
      const later = at.desktop.run("sleep", ["7777"]);
      await expect(row(later.pid)).toBeVisible({ timeout: 10_000 });
      await later.stop();
      await expect(row(later.pid)).toBeHidden({ timeout: 10_000 });
    });
    await filter.fill("");
    await judge(page, "console-process-info", at.language);
    await test.step("the app itself has no End", async () => {
      await filter.fill(String(app.program.pid));
      await expect(row(app.program.pid)).toBeVisible();
      await expect(row(app.program.pid).getByRole("button")).toHaveCount(0);
    });
    await filter.fill("sleep 7777");
    await row(sleeper.pid).getByRole("button").click();
    const question = page.getByRole("alertdialog");
    await judge(page, "console-process-end", at.language);
    await question.getByRole("button", { name: say("console-cancel"), exact: true }).click();
    expect(sleeper.isRunning).toBe(true);
    await row(sleeper.pid).getByRole("button").click();
    await question.getByRole("button", { name: say("console-process-end"), exact: true }).click();
    await expect.poll(() => sleeper.isRunning).toBe(false);
    await expect(row(sleeper.pid)).toBeHidden({ timeout: 10_000 });
    await expect
      .poll(() => at.lines("tool-used"))
      .toEqual([
        expect.objectContaining({ tool: "processes-view", problem: "" }),
        expect.objectContaining({ tool: "process-end", what: `sleep (${sleeper.pid})`, problem: "" }),
      ]);
    await test.step("a machine without a service manager says so", async () => {
      await page.getByRole("tab", { name: say("console-services"), exact: true }).click();
      await expect(page.getByRole("alert").or(page.getByRole("table", { name: say("console-services"), exact: true })).first()).toBeVisible();
    });
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
