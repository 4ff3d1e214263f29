// 상담원 초대: another operator is brought into a running session, to look, to control, or to have it from then on [F-18, S-10].
import { expect, test } from "@playwright/test";
import type { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { keepChannels, pressAt } from "./parts/hand-made.ts";
import type { Operator } from "./parts/operator.ts";
import { button, invite, NAME, secondLines, secondOperator } from "./parts/second.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** The customer answers; in its first moment the question takes no press, and a person presses again. */
async function answer(at: Case, app: App, key: string): Promise<void> {
  const name = text(at.language, key);
  await app.find("button", name);
  await expect(async () => {
    if (await app.shows("button", name)) await app.press("button", name);
    await app.gone("button", name, 2_000);
  }).toPass({ timeout: 20_000 });
}

test("F-18 forbidden: nobody is invited, by the console or by hand", async ({ browser }) => {
  const at = await Case.start(browser, { options: { invite_operator: false } });
  try {
    await at.join();
    await expect(at.operator.exactSign).toBeVisible();
    await expect(button(at, at.operator.page, "console-second-invite")).toHaveCount(0);
    const { second, id } = await secondOperator(at, browser);
    const refused = await at.operator.page.evaluate(async (operator) => {
      const me = (await (await fetch("/api/console/me")).json()) as { csrf_token: string };
      const { sessions } = (await (await fetch("/api/console/sessions")).json()) as { sessions: { id: string }[] };
      const made = await fetch(`/api/console/sessions/${sessions[0]?.id}/second`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Beside-CSRF": me.csrf_token },
        body: JSON.stringify({ operator, role: "view", reason: "" }),
      });
      return [made.status, ((await made.json()) as { code: string }).code];
    }, id);
    expect(refused).toEqual([403, "invite-forbidden"]);
    await expect(second.page.getByRole("alert")).toHaveCount(0);
    expect(await secondLines(at)).toEqual([]);
  } finally {
    await at.stop();
  }
});

test("S-10 on: an invited operator sees nothing before the customer agrees, and nobody else agrees for them", { tag: "@app" }, async ({ browser }) => {
  const at = await Case.start(browser, { language: "ko", prepare: ({ page }) => keepChannels(page) });
  try {
    const { second } = await secondOperator(at, browser);
    const app = await at.join();
    await expect(at.operator.exactSign).toBeVisible();
    await invite(at, "view", "프린터를 함께 봐 주세요");
    await expect(second.page.getByRole("alert")).toContainText("프린터를 함께 봐 주세요");
    await second.page.screenshot({ path: test.info().outputPath("invited.png") });
    await button(at, second.page, "console-second-accept").click();
    await app.find("button", text(at.language, "customer-ask-allow"));
    await at.desktop.screenshot(test.info().outputPath("asked.png"));
    // Nobody presses it but the customer.
    await at.desktop.press("Return");
    await expect(second.page.locator("canvas:visible")).toHaveCount(0);
    await answer(at, app, "customer-ask-refuse");
    await expect(at.operator.page.getByText(text(at.language, "console-second-is-refused", { name: NAME }))).toBeVisible();
    await expect(second.page.getByRole("alert")).toHaveCount(0);
    await expect(second.page.getByText(text(at.language, "console-second-over-refused", { operator: at.company.operator.name }))).toBeVisible();
    expect(await secondLines(at)).toEqual(["second-invited", "second-accepted", "second-refused"]);

    await invite(at, "view");
    await button(at, second.page, "console-second-accept").click();
    await answer(at, app, "customer-ask-allow");
    await expect(second.exactSign).toBeVisible();
    await app.find("text", new RegExp(NAME));
    await expect.poll(() => secondLines(at)).toEqual(["second-invited", "second-accepted", "second-refused", "second-invited", "second-accepted", "second-allowed", "second-joined"]);
    await second.page.screenshot({ path: test.info().outputPath("second.png") });
    await at.operator.page.screenshot({ path: test.info().outputPath("first.png") });
    await at.desktop.screenshot(test.info().outputPath("two.png"));
    // They leave; the session goes on.
    await button(at, second.page, "console-second-leave").click();
    await second.page.getByRole("dialog").getByRole("button", { name: text(at.language, "console-second-leave"), exact: true }).click();
    await expect(at.operator.page.getByText(text(at.language, "console-second-is-left", { name: NAME }))).toBeVisible();
    await expect(at.operator.exactSign).toBeVisible();
    expect((await secondLines(at)).at(-1)).toBe("second-left");
  } finally {
    await at.stop();
  }
});

test("S-10 off: the customer is not asked, and is told who came in", { tag: "@app" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { consent_before_invite: false } });
  try {
    const { second } = await secondOperator(at, browser);
    const app = await at.join();
    await expect(at.operator.exactSign).toBeVisible();
    await invite(at, "view");
    await button(at, second.page, "console-second-accept").click();
    await expect(second.exactSign).toBeVisible();
    await app.find("text", new RegExp(NAME));
    expect(await secondLines(at)).toEqual(["second-invited", "second-accepted", "second-told", "second-joined"]);
  } finally {
    await at.stop();
  }
});

test("F-18 allowed: the second operator controls when it is given, all read the chat, and the session is handed over", { tag: "@app" }, async ({ browser }) => {
  const at = await Case.start(browser, { language: "ko" });
  const { language } = at;
  try {
    const target = await Target.start(at.desktop, "320x240+20+540");
    const made = await secondOperator(at, browser);
    const { second } = made;
    await keepChannels(second.page);
    await second.page.reload();
    const app = await at.join();
    await expect(at.operator.exactSign).toBeVisible();
    await invite(at, "control");
    await button(at, second.page, "console-second-accept").click();
    await answer(at, app, "customer-ask-allow");
    await expect(second.exactSign).toBeVisible();
    const { x, y } = target.middle;
    await second.seesColour(target.colour, x, y);
    // By hand, before it is given: refused.
    expect(await pressAt(second.page, x, y)).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("input-control-off");
    expect(target.events("button")).toEqual([]);

    await button(at, second.page, "console-second-ask-control").click();
    await expect(at.operator.page.getByText(text(language, "console-second-asks", { name: NAME }))).toBeVisible();
    await at.operator.page.screenshot({ path: test.info().outputPath("asks.png") });
    await button(at, at.operator.page, "console-second-give").click();
    await expect(at.operator.page.getByText(text(language, "console-second-holder", { name: NAME }))).toBeVisible();
    await app.find("text", text(language, "customer-bar-second-controlling", { second: NAME }));
    await expect(async () => {
      const before = target.lineCount;
      await second.click(x, y);
      await target.nextColour(before);
    }).toPass({ timeout: 20_000 });
    await button(at, at.operator.page, "console-second-take").click();
    await at.operator.hasControl();

    const say = async (who: Operator, words: string) => {
      await who.page.getByRole("textbox", { name: text(language, "console-chat-message"), exact: true }).fill(words);
      await who.page.getByRole("button", { name: text(language, "console-chat-send"), exact: true }).click();
    };
    await say(second, "두 번째가 씁니다");
    await expect(at.operator.page.getByText("두 번째가 씁니다")).toBeVisible();
    await expect(at.operator.page.getByText(NAME, { exact: true })).toBeVisible();
    await say(at.operator, "첫 번째가 씁니다");
    await expect(second.page.getByText("첫 번째가 씁니다")).toBeVisible();
    await app.find("text", /두 번째가 씁니다/);

    await button(at, at.operator.page, "console-second-remove").click();
    await expect(second.page.getByText(text(language, "console-end-second-over"))).toBeVisible();
    await invite(at, "hand_over");
    await button(at, second.page, "console-second-accept").click();
    await answer(at, app, "customer-ask-allow");
    await expect(at.operator.page.getByText(text(language, "console-end-handed-over")).filter({ visible: true })).toBeVisible();
    await expect(second.exactSign).toBeVisible();
    await second.page.screenshot({ path: test.info().outputPath("handed-over.png") });
    await app.find("text", new RegExp(NAME));
    expect((await secondLines(at)).at(-1)).toBe("handed-over");
    const { records } = await at.company.manage.get<{ records: { operator_login: string }[] }>("/api/manage/records?page=1&page_size=20");
    expect(records.map((record) => record.operator_login)).toEqual([made.account.login]);
  } finally {
    await at.stop();
  }
});
