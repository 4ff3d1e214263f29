// The tools around the picture: special keys, sizes, the list of shortcuts, and what a narrow window does with them [X-4, F-05].
import { expect, type Locator, type Page, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { labels } from "./parts/labels.ts";
import { languages, look } from "./parts/looks.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** Keycodes of the customer's X server: evdev codes + 8. */
const [ESCAPE, CONTROL, ALT, DELETE, SUPER] = [9, 37, 64, 119, 133];

test("S-06 on, S-07 off: a special key arrives in a program of the customer's, and comes up again", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const target = await Target.start(at.desktop);
    await at.join();
    await at.operator.hasControl();
    await at.operator.click(target.middle.x, target.middle.y);
    await expect.poll(() => target.events("button").length).toBe(2);
    const chosen = async (name: string) => {
      await button(at.operator.page, text(at.language, "console-special-keys")).click();
      await at.operator.page.getByRole("menuitem", { name, exact: true }).click();
    };
    const arrived = () => target.events("key").map(({ keycode, pressed }) => (pressed === true ? 1 : -1) * Number(keycode));
    await chosen("Ctrl+Alt+Del");
    const three = [CONTROL, ALT, DELETE, -DELETE, -ALT, -CONTROL];
    await expect.poll(arrived).toEqual(three);
    await chosen(text(at.language, "console-keys-super"));
    await expect.poll(arrived).toEqual([...three, SUPER, -SUPER]);
    await chosen(text(at.language, "console-keys-ctrl-esc"));
    await expect.poll(arrived).toEqual([...three, SUPER, -SUPER, CONTROL, ESCAPE, -ESCAPE, -CONTROL]);
    await test.step("without control there are none", async () => {
      await button(at.operator.page, at.operator.say.control).click();
      await expect(button(at.operator.page, text(at.language, "console-special-keys"))).toBeDisabled();
    });
  } finally {
    await at.stop();
  }
});

test("original size is one pixel for one, and fitted the whole screen is seen", async ({ browser }) => {
  // Larger than the console's window.
  const at = await Case.start(browser, { desktop: { width: 2000, height: 1200 } });
  try {
    await at.join();
    const { page, say } = at.operator;
    const shown = async () => {
      const box = await at.operator.picture.boundingBox();
      return box === null ? null : { width: Math.round(box.width), height: Math.round(box.height) };
    };
    const fits = async () => ((await shown())?.width ?? 2000) < 1360;
    await expect.poll(fits).toBe(true);
    await at.operator.originalSize();
    await expect.poll(shown).toEqual({ width: 2000, height: 1200 });
    await at.operator.view(say.fit);
    await expect.poll(fits).toBe(true);
    await page.keyboard.press("Control+Alt+z");
    await expect.poll(shown).toEqual({ width: 2000, height: 1200 });
  } finally {
    await at.stop();
  }
});

test("the list of shortcuts opens by its button, and by ? while the keyboard is with the console", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    await at.join();
    await at.operator.hasControl();
    const { page } = at.operator;
    const list = page.getByRole("dialog", { name: text(at.language, "console-shortcuts"), exact: true });
    await button(page, text(at.language, "console-shortcuts")).click();
    await expect(list.getByText("Ctrl + Alt + Shift")).toBeVisible();
    await list.getByRole("button", { name: text(at.language, "console-close"), exact: true }).click();
    await expect(list).toBeHidden();
    await at.operator.click(600, 400);
    await page.keyboard.type("?");
    await expect(list).toBeHidden();
    await page.keyboard.press("Control+Alt+Shift");
    await page.keyboard.type("?");
    await expect(list).toBeVisible();
  } finally {
    await at.stop();
  }
});

for (const language of languages) {
  test(`in a narrow window the tools stand in one row, ${language}`, async ({ browser }) => {
    const at = await Case.start(browser, { language });
    try {
      await at.join();
      const { page } = at.operator;
      await at.operator.hasControl();
      for (const [width, height] of [[1920, 1080], [1280, 720], [1024, 768], [800, 768]] as const) {
        await page.setViewportSize({ width, height });
        await expect(at.operator.exactSign).toBeVisible();
        await look(page, `console-session-${width}`, language);
        await expectOneRow(page.getByRole("toolbar"));
      }
      await page.getByRole("button", { name: text(language, "console-link-connected"), exact: true }).hover();
      const figures = page.getByRole("tooltip");
      await expect(figures).toContainText(text(language, "console-direct"));
      // The second measure knows how much came meanwhile.
      await expect(figures).toContainText(/\d Mbit\/s/);
      await page.screenshot({ path: test.info().outputPath("figures.png") });
      await button(page, text(language, "console-view")).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await page.getByRole("menuitemradio", { name: text(language, "console-quality-sharp") }).click();
      await button(page, text(language, "console-view")).click();
      const sharp = page.getByRole("menuitemradio", { name: text(language, "console-quality-sharp"), checked: true });
      await expect(sharp).toBeVisible();
      await page.keyboard.press("Escape");
    } finally {
      await at.stop();
    }
  });
}

test("the side panel folds, says what comes meanwhile, and stays folded when the page is loaded again", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const app = await at.join();
    const { page, say } = at.operator;
    const chat = page.getByRole("tab", { name: new RegExp(`^${say.chat}`) });
    const unfold = button(page, new RegExp(`${text("en", "console-sidebar")}$`));
    await at.operator.hasControl();
    const before = (await at.operator.picture.boundingBox())?.width ?? 0;
    await button(page, text("en", "console-sidebar-fold")).focus();
    await page.keyboard.press("Enter");
    await expect(chat).toBeHidden();
    await expect.poll(async () => (await at.operator.picture.boundingBox())?.width ?? 0).toBeGreaterThan(before);
    await test.step("the picture has three quarters of a small window", async () => {
      const wide = page.viewportSize();
      const small = { width: 1280, height: 720 };
      await page.setViewportSize(small);
      const bar = await page.getByRole("toolbar").boundingBox();
      const strip = await unfold.boundingBox();
      const room = (strip?.x ?? 0) * (small.height - (bar?.y ?? 0) - (bar?.height ?? small.height));
      expect(room / (small.width * small.height)).toBeGreaterThan(0.75);
      if (wide !== null) await page.setViewportSize(wide);
    });
    await app.press("button", say.chat);
    await app.fill(say.message, "Are you there?");
    await app.press("button", say.send);
    await expect(unfold).toHaveAccessibleName(/\b1\b/);
    await page.reload();
    await expect(unfold).toBeVisible();
    await expect(chat).toBeHidden();
    // With control the keyboard goes to the customer; what takes it back comes after that.
    await at.operator.hasControl();
    await unfold.focus();
    await page.keyboard.press("Enter");
    await expect(chat).toBeVisible();
    await at.operator.reads("Are you there?");
    await button(page, text("en", "console-sidebar-fold")).click();
    await expect(unfold).not.toHaveAccessibleName(/\b1\b/);
    await test.step("the record comes forward when the session ends", async () => {
      await app.press("button", labels.en.stop);
      await expect(page.getByRole("textbox", { name: say.memo, exact: true })).toBeVisible();
    });
    await test.step("what stands in the record's form is saved when its tab is closed", async () => {
      await page.getByRole("textbox", { name: say.memo, exact: true }).fill("A jam in tray 2");
      await button(page, text("en", "console-close")).click();
      await expect(page.getByRole("textbox", { name: say.memo, exact: true })).toBeHidden();
      await expect.poll(async () => (await at.newestRecord()).memo).toBe("A jam in tray 2");
    });
  } finally {
    await at.stop();
  }
});

function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole("button", { name, exact: true });
}

/** Every tool stands at the same height, and none sticks out of the window. */
async function expectOneRow(toolbar: Locator): Promise<void> {
  const { width = 0 } = toolbar.page().viewportSize() ?? {};
  const boxes = await toolbar.getByRole("button").evaluateAll((buttons) =>
    buttons.map((each) => {
      const { top, bottom, left, right } = each.getBoundingClientRect();
      return { name: each.textContent, middle: Math.round((top + bottom) / 2), left, right };
    }),
  );
  expect(boxes.length).toBeGreaterThan(4);
  expect(new Set(boxes.map(({ middle }) => middle)).size, JSON.stringify(boxes)).toBe(1);
  expect(boxes.filter(({ left, right }) => left < 0 || right > width)).toEqual([]);
}
