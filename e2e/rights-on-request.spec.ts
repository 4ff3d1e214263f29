// An operator asks for one more right within the policy; the customer allows, refuses and takes back, and nothing else
// answers for them [X-10, Y-1].
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { FilesPanel, largeOwnFile, picksOwnFolder } from "./parts/files.ts";
import { buttonMessage, keepChannels, rightMessage, sendOn } from "./parts/hand-made.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** Of proto/beside/v1/common.proto. */
const [CONTROL, SEE_SYSTEM, END_PROCESSES] = [2, 6, 7];

/** What the record says of rights, in order. */
async function rights(at: Case): Promise<string[]> {
  const { timeline } = await at.newestRecord();
  return timeline.filter(({ kind }) => kind.startsWith("right-")).map(({ kind, detail }) => `${kind} ${detail["right"]}`);
}

/** What the operator's menu offers to ask for; opened and closed again. */
async function askable(at: Case): Promise<string[]> {
  const { page } = at.operator;
  await page.getByRole("button", { name: text(at.language, "console-right-ask"), exact: true }).click();
  const names = await page.getByRole("menuitem").allInnerTexts();
  await page.keyboard.press("Escape");
  return names;
}

async function ask(at: Case, right: string): Promise<void> {
  const { page } = at.operator;
  await page.getByRole("button", { name: text(at.language, "console-right-ask"), exact: true }).click();
  await page.getByRole("menuitem", { name: text(at.language, `console-right-${right}`), exact: true }).click();
  await expect(is(at, "waiting", right)).toBeVisible();
}

/** What the console says of the question. */
function is(at: Case, state: string, right: string) {
  const of = text(at.language, `console-right-${right}`);
  return at.operator.page.getByText(text(at.language, `console-right-is-${state}`, { right: of }));
}

test("X-10 allowed: the customer allows, refuses and takes back what the operator asks for", async ({ browser }) => {
  const at = await Case.start(browser, { language: "ko", prepare: ({ page }) => picksOwnFolder(page) });
  const { language } = at;
  const say = (key: string) => text(language, `customer-${key}`);
  try {
    const { page } = at.operator;
    const target = await Target.start(at.desktop, "320x240+20+540");
    const app = await at.arrive(await at.operator.newSession());
    await app.press("switch", at.operator.say.allowControl);
    await app.press("button", at.operator.say.agree);
    await expect(at.operator.exactSign).toBeVisible();
    const name = (right: string) => text(language, `console-right-${right}`);
    expect(await askable(at)).toEqual(["control", "send-files", "end-processes", "open"].map(name));

    // The customer works in another window, and goes on doing so.
    await at.desktop.click(target.middle.x, target.middle.y);
    await ask(at, "control");
    await page.screenshot({ path: test.info().outputPath("asked.png") });
    await app.find("text", say("right-control"));
    await at.desktop.press("Return");
    await at.desktop.press("space");
    await app.find("button", say("ask-allow"));
    await at.desktop.screenshot(test.info().outputPath("question.png"));
    expect(await rights(at)).toEqual(["right-asked control"]);
    await app.answer(say("ask-allow"), is(at, "allowed", "control"));
    await app.gone("button", say("ask-allow"));
    await at.operator.hasControl();
    const before = target.lineCount;
    await at.operator.click(target.middle.x, target.middle.y);
    await target.nextColour(before);

    await ask(at, "open");
    await app.answer(say("ask-refuse"), is(at, "refused", "open"));
    await ask(at, "end-processes");
    await app.find("button", say("ask-allow"));
    await page.getByRole("button", { name: text(language, "console-right-withdraw"), exact: true }).click();
    await app.gone("button", say("ask-allow"));

    // By a switch of their own, and back again in the middle of a file.
    await app.press("button", say("rights"));
    await app.find("switch", say("right-send-and-change-files"));
    await at.desktop.screenshot(test.info().outputPath("rights.png"));
    await app.press("switch", say("right-send-and-change-files"));
    await largeOwnFile(page, "large.bin", 400);
    const files = await FilesPanel.open(at);
    await files.pick();
    await (await files.reach("here", "large.bin")).click();
    await files.press("files-send");
    await expect.poll(async () => (await at.lines("file-started")).length).toBe(1);
    await app.activate("switch", say("right-send-and-change-files"));
    await expect(files.job("large.bin").getByText(text(language, "console-files-send-forbidden"))).toBeVisible();
    await app.press("switch", say("may-see-system-and-processes"));
    await expect.poll(() => askable(at)).toEqual(["send-files", "see-system", "end-processes", "open"].map(name));
    await expect.poll(() => rights(at)).toEqual([
      "right-asked control",
      "right-allowed control",
      "right-asked open",
      "right-refused open",
      "right-asked end-processes",
      "right-withdrawn end-processes",
      "right-given send-files",
      "right-taken-back send-files",
      "right-taken-back see-system",
    ]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("X-10 forbidden: a hand-made console gets nothing beyond the policy, cannot nag, and cannot answer for the customer", async ({ browser }) => {
  const at = await Case.start(browser, { options: { process_info: false }, prepare: ({ page }) => keepChannels(page) });
  const say = (key: string) => text(at.language, `customer-${key}`);
  try {
    const { page } = at.operator;
    const app = await at.join();
    await at.operator.hasControl();
    await app.press("button", say("rights"));
    await app.press("switch", say("may-see-system"));
    await app.press("button", say("rights"));
    expect(await askable(at)).toEqual([text(at.language, "console-right-see-system")]);

    expect(await sendOn(page, "control", rightMessage(901, END_PROCESSES))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("right-forbidden");
    for (let id = 902; id < 952; id++) await sendOn(page, "control", rightMessage(id, SEE_SYSTEM));
    await sendOn(page, "control", rightMessage(960, CONTROL));
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("right-too-many");

    // The operator has control, and points at Allow.
    const allow = await app.find("button", say("ask-allow"));
    await at.operator.click(allow.x + allow.width / 2, allow.y + allow.height / 2);
    await page.keyboard.press("Enter");
    // A console that does not care that its control is held up. For half a second after their own press it is the customer's anyway.
    const [x, y] = [Math.round(allow.x + allow.width / 2), Math.round(allow.y + allow.height / 2)];
    let number = 1_000_000;
    await expect(async () => {
      for (const pressed of [true, false]) await sendOn(page, "control", buttonMessage(++number, pressed, x, y));
      expect((await at.refusals()).join()).toContain("input-question-open");
    }).toPass({ timeout: 20_000, intervals: [500] });
    expect(await app.shows("button", say("ask-allow"))).toBe(true);
    expect(await rights(at)).toEqual(["right-taken-back see-system", "right-asked see-system"]);
    expect(await askable(at)).toEqual([text(at.language, "console-right-see-system")]);
    await at.leave(app);
    await expect.poll(() => rights(at)).toEqual(["right-taken-back see-system", "right-asked see-system", "right-withdrawn see-system"]);
  } finally {
    await at.stop();
  }
});
