// How the customer takes the PC back without the mouse: by the keyboard, and when the system ends the app.
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { labels } from "./parts/labels.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

let at: Case;
let target: Target;

test.beforeAll(async ({ browser }) => {
  at = await Case.start(browser);
  target = await Target.start(at.desktop);
});

test.afterAll(() => at.stop());

/** A logout or `kill`: the console hears at once, the record is closed with its reason. */
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`${signal} ends the session as the customer's Stop does`, async () => {
    const app = await at.join();
    app.program.child.kill(signal);
    expect(await app.program.exit(5_000)).toBe(0);
    await expect(at.operator.page.getByText(text(at.language, "console-ended-title")).filter({ visible: true }).first()).toBeVisible({ timeout: 5_000 });
    const list = await at.company.manage.get<{ records: { id: string }[] }>("/api/manage/records?page=1&page_size=20");
    // The console hears it from the app, perhaps before the server has written it down.
    const reason = async () => (await at.company.manage.get<{ end_reason: string }>(`/api/manage/records/${list.records[0]?.id}`)).end_reason;
    await expect.poll(reason).toBe("customer-stopped");
    await at.operator.list();
  });
}

/** Another window has the keyboard; the operator's own Esc is nobody's wish to stop. */
test("Esc three times takes control back whichever window has the keyboard", async () => {
  const app = await at.join();
  const allow = labels[at.language].allowControl;
  await at.operator.seesColour(target.now, target.middle.x, target.middle.y);
  await at.operator.click(target.middle.x, target.middle.y);
  for (let press = 0; press < 6; press++) await at.operator.page.keyboard.press("Escape");
  const works = async () => {
    const before = target.lineCount;
    await at.operator.click(target.middle.x, target.middle.y);
    await target.nextColour(before);
  };
  await works();
  await at.desktop.press("Escape", "Escape", "Escape");
  await app.find("text", text(at.language, "customer-bar-view-only"));
  expect(await app.shows("switch", allow)).toBe(true);
  await at.leave(app);
});

/** A program that covered Stop would take it away. */
test("the bar stays above every other window", async () => {
  const app = await at.join();
  const stop = await app.find("button", labels[at.language].stop);
  const [x, y] = [Math.round(stop.x + 6), Math.round(stop.y + stop.height / 2)];
  const [stopColour, besideBar] = [(await at.desktop.picture()).at(x, y), (await at.desktop.picture()).at(40, 300)];
  const cover = at.desktop.run("xterm", ["-geometry", "200x60+0+0", "-bg", "#123456"]);
  await expect.poll(async () => (await at.desktop.picture()).at(40, 300)).not.toBe(besideBar);
  expect((await at.desktop.picture()).at(x, y)).toBe(stopColour);
  await cover.stop();
  await at.leave(app);
});
