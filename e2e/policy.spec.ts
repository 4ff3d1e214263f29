// The customer's No wins, whatever a console sends [S-07, Y-1].
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { buttonMessage, keepChannels, sendOn, takeControlMessage } from "./parts/hand-made.ts";
import { Target } from "./parts/target.ts";

/** S-07: the app refuses input even when a hand-made console sends it, and the record says so. */
test("view only: input of a hand-made console reaches nothing", async ({ browser }) => {
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
    await expect.poll(() => refusals(at), { timeout: 15_000 }).not.toEqual([]);
    expect(target.events("button")).toEqual([]);
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
  } finally {
    await at.stop();
  }
});

/** Kinds of refusal in the newest record's timeline. */
async function refusals(at: Case): Promise<unknown[]> {
  const list = await at.company.manage.get<{ records: { id: string }[] }>("/api/manage/records?page=1&page_size=20");
  const id = list.records[0]?.id;
  if (id === undefined) return [];
  const record = await at.company.manage.get<{ timeline: { kind: string; detail: unknown }[] }>(`/api/manage/records/${id}`);
  return record.timeline.filter((line) => line.kind === "refused").map((line) => line.detail);
}
