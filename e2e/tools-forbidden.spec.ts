// What the options forbid is not offered, and a console that asks for it all the same is refused by the customer app
// [F-04, F-06, F-07, F-10, Y-1].
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { endProcessMessage, keepChannels, openUrlMessage, sendOn, toolMessage } from "./parts/hand-made.ts";
import { text } from "./parts/translations.ts";

/** The fields of ToolRequest in proto/beside/v1/peer.proto. */
const [OPEN_FAVOURITE, DESCRIBE_SYSTEM, LIST_PROCESSES, LIST_SERVICES, CHANGE_SERVICE] = [11, 12, 13, 15, 16];
const favourite = [8, 2, 18, 5, ...Buffer.from("xterm")];
const service = [10, 4, ...Buffer.from("cups"), 16, 2];

test("F-04 F-06 F-07 F-10 forbidden: no tool is offered, and the app refuses a hand-made request for each", async ({ browser }) => {
  const options = { send_url: false, system_info: false, process_info: false, favorites: false };
  const at = await Case.start(browser, { options, prepare: ({ page }) => keepChannels(page) });
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", at.operator.say.agree);
    for (const key of ["customer-may-see-system-and-processes", "customer-may-end-processes", "customer-may-open"]) {
      expect(await app.shows("text", text(at.language, key)), key).toBe(false);
    }
    await app.press("button", at.operator.say.agree);
    await app.find("button", at.operator.say.stop);
    await expect(at.operator.exactSign).toBeVisible();
    const { page } = at.operator;
    for (const name of ["send-url", "system-info", "process-info"]) {
      await expect(page.getByRole("menuitem", { name: text(at.language, `console-tool-name-${name}`), exact: true })).toHaveCount(0);
    }
    await page.keyboard.press("Control+Alt+u");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const asked = [
      openUrlMessage(901, "https://example.com/"),
      toolMessage(902, OPEN_FAVOURITE, favourite),
      toolMessage(903, DESCRIBE_SYSTEM),
      toolMessage(904, LIST_PROCESSES),
      endProcessMessage(905, app.program.pid, Date.now()),
      toolMessage(906, LIST_SERVICES),
      toolMessage(907, CHANGE_SERVICE, service),
    ];
    for (const message of asked) expect(await sendOn(page, "control", message)).toBe(true);
    const refused = [
      "favourite-open-forbidden",
      "process-end-forbidden",
      "processes-view-forbidden",
      "service-change-forbidden",
      "services-view-forbidden",
      "system-view-forbidden",
      "url-open-forbidden",
    ];
    const names = async () => (await at.lines("refused")).map(({ what }) => String(what)).filter((what) => what.endsWith("-forbidden")).sort();
    await expect.poll(names, { timeout: 15_000 }).toEqual(refused);
    expect(await at.lines("tool-used")).toEqual([]);
    expect(app.program.isRunning).toBe(true);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("S-07 on: what changes the customer's PC goes with control, and what only looks stays", async ({ browser }) => {
  const at = await Case.start(browser, { prepare: ({ page }) => keepChannels(page) });
  try {
    const app = await at.join();
    const { page } = at.operator;
    const tools = page.getByRole("button", { name: text(at.language, "console-tools"), exact: true });
    const offered = async () => {
      await tools.click();
      const names = await page.getByRole("menuitem").allInnerTexts();
      await page.keyboard.press("Escape");
      return names.map((name) => name.split("\n")[0]);
    };
    const name = (key: string) => text(at.language, `console-tool-name-${key}`);
    await at.operator.hasControl();
    expect(await offered()).toContain(name("send-url"));
    // The customer's own switch in the bar.
    await app.press("switch", at.operator.say.allowControl);
    await app.find("text", text(at.language, "customer-bar-view-only"));
    await expect.poll(offered).not.toContain(name("send-url"));
    expect(await offered()).toEqual(expect.arrayContaining([name("system-info"), name("process-info")]));
    await sendOn(page, "control", openUrlMessage(901, "https://example.com/"));
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("url-open-forbidden");
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
