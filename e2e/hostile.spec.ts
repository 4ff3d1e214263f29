// A console that somebody made by hand: it sends what ours never would. The customer's own buttons stay the customer's [S-07, Y-1].
import { expect, test } from "@playwright/test";
import { randomBytes } from "node:crypto";
import type { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { buttonMessage, floodOn, keepChannels, pressAt, sendOn } from "./parts/hand-made.ts";
import { Target } from "./parts/target.ts";

const MEGABYTE = 1_000_000;

interface Place {
  x: number;
  y: number;
}

let at: Case;
let target: Target;

test.beforeAll(async ({ browser }) => {
  at = await Case.start(browser, { prepare: ({ page }) => keepChannels(page) });
  target = await Target.start(at.desktop, "320x240+40+480");
});

test.afterAll(() => at.stop());

test("no console presses Agree or Stop in the customer's own windows", async () => {
  const { say } = at.operator;
  const app = await at.join();
  await at.operator.seesColour(target.now, target.middle.x, target.middle.y);
  await at.operator.hasControl();
  const press = async ({ x, y }: Place) => expect(await pressAt(at.operator.page, x, y)).toBe(true);
  // The same presses work on another program's window: what follows fails because of where it goes.
  const before = target.lineCount;
  await press(target.middle);
  await target.nextColour(before);

  const stop = await app.find("button", say.stop);
  await press(middleOf(stop));
  await expect(at.operator.says("console-refused-own-window")).toBeVisible();
  const first = await at.newestRecord();
  const ownWindow = async (id: string) =>
    (await at.record(id)).timeline
      .filter(({ kind, detail }) => kind === "refused" && detail["what"] === "own-window")
      .reduce((sum, { detail }) => sum + Number(detail["count"]), 0);
  await expect.poll(() => ownWindow(first.id), { timeout: 15_000 }).toBe(1);

  // A second question, while the first session's operator has control of the same desktop.
  const second = await at.operator.another(at.server.url);
  const code = await second.newSession();
  const asked = await at.arrive(code);
  const agree = await asked.find("button", say.agree);
  await at.operator.hasControl();
  await press(middleOf(agree));
  // The first app has had that press, too, and refused it.
  await expect.poll(() => ownWindow(first.id), { timeout: 15_000 }).toBe(2);
  expect(await asked.shows("button", say.agree)).toBe(true);
  await expect(second.says("console-joined-title")).toBeVisible();
  await asked.press("button", say.decline);
  await second.page.close();
  await asked.program.stop();

  expect(await app.shows("button", say.stop)).toBe(true);
  await at.leave(app);
});

test("messages of nothing, noise, valid ones out of order and 100 MB end at most their own session", async () => {
  const { page } = at.operator;
  const app = await at.join();
  await at.operator.seesColour(target.now, target.middle.x, target.middle.y);
  for (const channel of ["control", "pointer"]) {
    expect(await sendOn(page, channel, [])).toBe(true);
    for (let size = 1; size < 2_000; size *= 3) await sendOn(page, channel, [...randomBytes(size)]);
    // Numbers from the far future, twice, backwards.
    for (const number of [4_000_000, 4_000_000, 70, 3]) await sendOn(page, channel, buttonMessage(number, true, -5, 70_000));
  }
  await works(app);
  for (const channel of ["pointer", "control"]) await floodOn(page, channel, 100_000, 50 * MEGABYTE);
  expect(app.program.isRunning).toBe(true);
  expect(app.program.lines.filter((line) => line.includes("panicked"))).toEqual([]);
  await works(app);
  await at.leave(app);
});

/** The session is as good as ever: the chat arrives. */
async function works(app: App): Promise<void> {
  const line = `still here ${randomBytes(3).toString("hex")}`;
  await at.operator.write(line);
  await app.find("text", line);
}

function middleOf(control: Place & { width: number; height: number }): Place {
  return { x: control.x + control.width / 2, y: control.y + control.height / 2 };
}
