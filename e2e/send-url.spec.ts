// URL 전송 [F-04]: an address of the web opens in the customer's own browser, and nothing else does.
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { judge } from "./parts/looks.ts";
import { installOpener } from "./parts/opener.ts";
import { text } from "./parts/translations.ts";

test("F-04 allowed: an address opens in the customer's browser, and stands in the record", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const visited = await installOpener(at.desktop);
    const app = await at.join();
    const { page } = at.operator;
    await at.operator.openTool("send-url");
    const field = page.getByRole("textbox", { name: text(at.language, "console-url-address"), exact: true });
    const open = page.getByRole("button", { name: text(at.language, "console-url-open"), exact: true });
    for (const [typed, problem] of [
      ["", "required"],
      ["file:///etc/passwd", "scheme"],
      ["javascript:alert(1)", "scheme"],
      ["https://bank.example@evil.example", "credentials"],
      ["two words", "malformed"],
    ] as const) {
      await field.fill(typed);
      await open.click();
      await expect(at.operator.says(`console-url-${problem}`)).toBeVisible();
    }
    expect(await visited()).toEqual([]);
    await judge(page, "console-send-url", at.language);
    await field.fill("example.com/도움말?q=a b");
    await open.click();
    await expect(at.operator.says("console-url-opened")).toBeVisible();
    await expect(field).toBeHidden();
    const address = "https://example.com/%EB%8F%84%EC%9B%80%EB%A7%90?q=a%20b";
    await expect.poll(visited).toEqual([address]);
    await expect.poll(() => at.lines("tool-used")).toEqual([expect.objectContaining({ tool: "url-open", what: address, problem: "" })]);
    await test.step("by its keys, while the keyboard is with the customer", async () => {
      await at.operator.hasControl();
      await page.keyboard.press("Control+Alt+u");
      await expect(field).toBeFocused();
      await page.keyboard.press("Escape");
    });
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
