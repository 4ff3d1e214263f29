// What goes wrong in real sessions: wrong codes, crashes, lost servers, closed windows.
import { expect, test } from "@playwright/test";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { labels } from "./parts/labels.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** a code that nobody gave out, and one that was used, are told apart from nothing by clear words. */
test("a wrong code and a used code are refused with words", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const say = labels[at.language];
    const stranger = await App.prepared(at.desktop, at.server, { language: at.language });
    await stranger.fill(say.connectionCode, "000 000");
    await stranger.press("button", say.connect);
    await stranger.find("text", text(at.language, "customer-problem-code-unknown"));
    await stranger.program.stop();

    const code = await at.operator.newSession();
    const first = await App.prepared(at.desktop, at.server, { language: at.language });
    // Spaces and hyphens are how people write down six digits.
    await first.fill(say.connectionCode, `${code.slice(0, 3)}-${code.slice(3)}`);
    await first.press("button", say.connect);
    await first.find("button", say.agree);
    await first.program.stop();

    const second = await App.prepared(at.desktop, at.server, { language: at.language });
    await second.fill(say.connectionCode, code);
    await second.press("button", say.connect);
    await second.find("text", text(at.language, "customer-problem-code-used"));
  } finally {
    await at.stop();
  }
});

/** a crashed app is noticed within five seconds. */
test("the console is told when the app is killed", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const app = await at.join();
    await expect(at.operator.exactSign).toBeVisible();
    await app.kill();
    const away = at.operator.page.getByText(text(at.language, "console-stage-away")).first();
    await expect(away).toBeVisible({ timeout: 5_000 });
  } finally {
    await at.stop();
  }
});

/** the operator closes the console by mistake, opens it again and gets back in. */
test("a reloaded console gets back into the session", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const target = await Target.start(at.desktop);
    await at.join();
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await at.operator.page.reload();
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    const before = target.lineCount;
    await at.operator.click(target.middle.x, target.middle.y);
    await at.operator.seesColour(await target.nextColour(before), target.middle.x, target.middle.y);
  } finally {
    await at.stop();
  }
});

/** the server dies and comes back; the session goes on all the time and its record is whole. */
test("a killed server does not end a running session", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const say = labels[at.language];
    const target = await Target.start(at.desktop);
    const app = await at.join();
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await at.server.kill();

    const before = target.lineCount;
    await at.operator.click(target.middle.x, target.middle.y);
    await at.operator.seesColour(await target.nextColour(before), target.middle.x, target.middle.y);
    await at.operator.write("while the server is away");
    await app.find("text", "while the server is away");

    await at.server.resume();
    // Both ends come back by themselves, at the latest after five seconds each.
    await at.operator.page.waitForTimeout(8_000);
    await app.press("button", say.stop);
    await expect(at.operator.page.getByText(text(at.language, "console-ended-title")).first()).toBeVisible();
    const list = await at.company.manage.get<{ records: { id: string }[] }>("/api/manage/records?page=1&page_size=20");
    const record = await at.company.manage.get<{ chat: { text: string }[]; end_reason: string }>(
      `/api/manage/records/${list.records[0]?.id}`,
    );
    expect(record.chat.map((line) => line.text)).toContain("while the server is away");
    expect(record.end_reason).toBe("customer-stopped");
  } finally {
    await at.stop();
  }
});
