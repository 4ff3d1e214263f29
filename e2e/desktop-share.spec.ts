// 바탕화면 공유 [S-14]: on, the whole desktop is shared at the start; off, the customer chooses first, and nothing leaves before.
import { expect, type Page, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { askPartMessage, keepChannels, receivedOf, sendOn, watchConnections } from "./parts/hand-made.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

const BLACK = "#000000";

async function prepare({ page }: { page: Page }): Promise<void> {
  await keepChannels(page);
  await watchConnections(page);
}

test("S-14 allowed: the whole desktop is shared as soon as the customer has agreed", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const target = await Target.start(at.desktop, "320x240+100+300");
    const app = await at.join();
    expect(await app.shows("button", text(at.language, "customer-part-share"))).toBe(false);
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await expect(at.operator.says("console-part-choosing")).toBeHidden();
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("S-14 forbidden: no picture leaves before the customer has chosen, whatever the console asks for", async ({ browser }) => {
  const at = await Case.start(browser, { options: { desktop_share: false }, prepare });
  try {
    const { page } = at.operator;
    const target = await Target.start(at.desktop, "320x240+100+300");
    const app = await at.arrive(await at.operator.newSession());
    await app.press("button", at.operator.say.agree);
    await app.find("text", text(at.language, "customer-part-first"));
    await expect(at.operator.says("console-part-choosing")).toBeVisible();
    // A new epoch, and the whole desktop: nobody but the customer answers.
    expect(await sendOn(page, "control", [0x6a, 2, 8, 1])).toBe(true);
    expect(await sendOn(page, "control", askPartMessage(1))).toBe(true);
    await app.find("text", text(at.language, "customer-part-asked-desktop"));
    expect(await receivedOf(page, ["screen", "repeat"])).toBe(0);
    expect(await at.lines("sharing-started")).toEqual([]);

    await app.press("radio", /^Target/);
    await app.press("button", text(at.language, "customer-part-share"));
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await at.operator.seesColour(BLACK, 40, 700);
    await expect(at.operator.says("console-part-choosing")).toBeHidden();
    expect(await receivedOf(page, ["screen", "repeat"])).toBeGreaterThan(0);
    await expect.poll(() => at.lines("part-shared")).toEqual([expect.objectContaining({ part: "window", name: "Target" })]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
