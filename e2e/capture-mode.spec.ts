// 드라이버 모드 [S-04]: how capture starts, and how the operator switches it while the session runs. Both ways show the same.
import { expect, type Locator, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { judge } from "./parts/looks.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

test("S-04 on: capture starts the fast way, and the operator switches it and back while the session runs", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const target = await Target.start(at.desktop, "320x240+20+540");
    const app = await at.join();
    await at.operator.hasControl();
    await shows(at, target, target.now);
    await test.step("the menu says which way runs, and why", async () => {
      const { fast, plain } = await choices(at);
      await expect(fast).toHaveAttribute("aria-checked", "true");
      await expect(fast).toContainText(text(at.language, "console-capture-because-option"));
      await expect(plain).toHaveAttribute("aria-checked", "false");
      await judge(at.operator.page, "console-capture-mode", at.language);
      await close(at);
    });
    for (const way of ["plain", "fast"] as const) {
      await test.step(`switched to ${way}`, async () => {
        await (await choices(at))[way].click();
        await isChosen(at, way, "operator");
        const lines = target.lineCount;
        await at.operator.click(target.middle.x, target.middle.y);
        await shows(at, target, await target.nextColour(lines));
        await expect.poll(() => at.lines(`capture-${way}`)).toHaveLength(1);
      });
    }
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("S-04 off: capture starts the compatible way, also of a part alone, where a display has nothing else", async ({ browser }) => {
  const without = ["DAMAGE", "MIT-SHM"];
  const at = await Case.start(browser, { desktop: { without }, options: { driver_mode: false, desktop_share: false } });
  try {
    const target = await Target.start(at.desktop, "320x240+20+540");
    const app = await at.arrive(await at.operator.newSession());
    await app.press("button", at.operator.say.agree);
    await app.press("radio", /^Target/);
    await app.press("button", text(at.language, "customer-part-share"));
    await shows(at, target, target.now);
    await at.operator.seesColour("#000000", 40, 40);
    await isChosen(at, "plain", "option");
    await test.step("the operator may switch, and is told what the display lacks", async () => {
      await (await choices(at)).fast.click();
      await isChosen(at, "plain", "no-damage");
      const { fast } = await choices(at);
      await expect(fast).toBeDisabled();
      await expect(fast).toContainText(text(at.language, "console-capture-no-damage"));
      await close(at);
    });
    await at.operator.hasControl();
    const lines = target.lineCount;
    await at.operator.click(target.middle.x, target.middle.y);
    await shows(at, target, await target.nextColour(lines));
    await at.operator.seesColour("#000000", 40, 40);
    // What runs is what the option says: the record has nothing to tell.
    expect(await at.lines("capture-plain-no-damage")).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** Exactly this colour in the middle of the square. */
async function shows(at: Case, target: Target, colour: string): Promise<void> {
  await at.operator.seesColour(colour, target.middle.x, target.middle.y);
  await expect(at.operator.exactSign.first()).toBeVisible();
}

/** Opens the menu 화면 [View], where it is not open. */
async function choices(at: Case): Promise<Record<"fast" | "plain", Locator>> {
  const { page } = at.operator;
  const menu = page.getByRole("menu");
  if (!(await menu.isVisible())) await page.getByRole("button", { name: text(at.language, "console-view"), exact: true }).click();
  const item = (way: string) => menu.getByRole("menuitemradio", { name: text(at.language, `console-capture-${way}`) });
  return { fast: item("fast"), plain: item("plain") };
}

/** This way runs, for this reason; the menu is closed again. */
async function isChosen(at: Case, way: "fast" | "plain", reason: string): Promise<void> {
  await expect(async () => {
    const item = (await choices(at))[way];
    await expect(item).toHaveAttribute("aria-checked", "true", { timeout: 500 });
    await expect(item).toContainText(text(at.language, `console-capture-because-${reason}`), { timeout: 500 });
  }).toPass();
  await close(at);
}

/** A key that is pressed while the menu still comes up is lost. */
async function close(at: Case): Promise<void> {
  const menu = at.operator.page.getByRole("menu");
  await expect(async () => {
    await menu.press("Escape", { timeout: 1_000 });
    await expect(menu).toBeHidden({ timeout: 1_000 });
  }).toPass();
}
