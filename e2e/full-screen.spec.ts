// Full screen: the picture alone, and a way back that everybody sees.
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { text } from "./parts/translations.ts";

test("in full screen a tab at the top brings the menus back, without a key that one must know", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const fullScreen = () => at.operator.view(text(at.language, "console-full-screen"));
    const button = (key: string) => at.operator.page.getByRole("button", { name: text(at.language, key), exact: true });
    await at.join();
    await expect(button("console-menus")).toBeHidden();
    await fullScreen();
    await expect(button("console-view")).toBeHidden();
    await button("console-menus").click();
    await expect(button("console-view")).toBeVisible();
    await fullScreen();
    await expect.poll(() => at.operator.page.evaluate(() => document.fullscreenElement === null)).toBe(true);
    await expect(button("console-menus")).toBeHidden();
  } finally {
    await at.stop();
  }
});
