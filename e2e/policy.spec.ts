// What a department's options forbid does not happen, whatever a console sends [F-05, S-06, S-07, Y-1].
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { buttonMessage, chatMessage, keepChannels, pressAt, sendOn, takeControlMessage } from "./parts/hand-made.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** S-07: the app refuses input even when a hand-made console sends it, and the record says so. */
test("S-07 on: input of a hand-made console reaches nothing", async ({ browser }) => {
  const at = await Case.start(browser, {
    options: { view_only: true },
    prepare: ({ page }) => keepChannels(page),
  });
  try {
    const target = await Target.start(at.desktop);
    await at.join();
    const { page, say } = at.operator;
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await expect(page.getByRole("button", { name: say.control, exact: true })).toBeHidden();

    await sendOn(page, "control", takeControlMessage());
    for (const channel of ["control", "pointer"]) {
      expect(await sendOn(page, channel, buttonMessage(1, true, target.middle.x, target.middle.y))).toBe(true);
      await sendOn(page, channel, buttonMessage(2, false, target.middle.x, target.middle.y));
    }
    await expect.poll(() => at.refusals(), { timeout: 15_000 }).not.toEqual([]);
    expect(target.events("button")).toEqual([]);
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
  } finally {
    await at.stop();
  }
});

/** S-07: the app would not help, so nobody is sent for it. */
test("S-07 on: a customer in the browser is not offered the app, and the console says that it is the policy", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { view_only: true } });
  try {
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    const offer = customer.page.getByRole("button", { name: at.operator.say.letOperatorControl, exact: true });
    await customer.connect();
    await expect(offer).toBeHidden();
    await customer.agree();
    await expect(at.operator.page.locator("video:visible")).toBeVisible();
    await expect(offer).toBeHidden();
    await expect(at.operator.says("console-view-only-policy")).toBeVisible();
    await customer.close();
  } finally {
    await at.stop();
  }
});

/** S-06: where the department has it so, nothing moves until the operator takes control, and the record says when. */
test("S-06 off: the operator sees the screen and takes control by the button", async ({ browser }) => {
  const at = await Case.start(browser, { options: { auto_control: false }, prepare: ({ page }) => keepChannels(page) });
  try {
    const target = await Target.start(at.desktop);
    const app = await at.join();
    const { page, say } = at.operator;
    const { x, y } = target.middle;
    await at.operator.seesColour(target.colour, x, y);
    await app.find("text", text(at.language, "customer-bar-viewing"));
    const control = page.getByRole("button", { name: say.control, exact: true, pressed: false });
    await expect(control).toBeVisible();
    // Neither the console's own click nor one that is made by hand, which the app refuses.
    await at.operator.click(x, y);
    expect(await pressAt(page, x, y)).toBe(true);
    await expect.poll(() => at.refusals(), { timeout: 15_000 }).not.toEqual([]);
    expect(target.events("button")).toEqual([]);
    const changes = async () => (await at.newestRecord()).timeline.filter(({ kind }) => kind === "control-changed").map(({ detail }) => detail["on"]);
    expect(await changes()).toEqual([]);

    await control.click();
    await at.operator.hasControl();
    await app.find("text", text(at.language, "customer-bar-controlling"));
    // Each number is taken once: those of the press by hand are spent where nothing is.
    await at.operator.click(5, 700);
    const before = target.lineCount;
    await at.operator.click(x, y);
    await at.operator.seesColour(await target.nextColour(before), x, y);
    await page.getByRole("button", { name: say.control, exact: true, pressed: true }).click();
    await app.find("text", text(at.language, "customer-bar-viewing"));
    await expect.poll(changes).toEqual([true, false]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** F-05: nobody is offered a chat that the company does not want, and the app takes no line of one. */
test("F-05 forbidden: neither side has it, and a line of a hand-made console reaches nobody", async ({ browser }) => {
  const at = await Case.start(browser, { options: { text_chat: false }, prepare: ({ page }) => keepChannels(page) });
  try {
    const { page, say } = at.operator;
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", say.agree);
    await app.find("text", text(at.language, "customer-may-view-part"));
    expect(await app.shows("text", text(at.language, "customer-may-chat"))).toBe(false);
    await app.press("button", say.agree);
    await app.find("button", say.stop);
    await expect(at.operator.exactSign).toBeVisible();
    await expect(at.operator.says("console-chat-forbidden")).toBeVisible();
    await expect(page.getByRole("textbox", { name: say.message, exact: true })).toBeHidden();
    expect(await sendOn(page, "control", chatMessage("nobody may read this"))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("chat-forbidden");
    expect(await app.shows("textbox", say.message)).toBe(false);
    expect(await app.shows("text", "nobody may read this")).toBe(false);
    expect((await at.newestRecord()).chat).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
