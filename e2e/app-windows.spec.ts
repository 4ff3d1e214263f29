// Every window of the customer app in both languages: their controls are there by role and label, and a picture of each is
// kept to be looked at; in docs/screens, light and dark, with UPDATE_SCREENS=1.
import { type Browser, expect, test } from "@playwright/test";
import { Administrator } from "./parts/administrator.ts";
import { furnish } from "./demo/desk.ts";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { type Language, labels } from "./parts/labels.ts";
import { languages, look } from "./parts/looks.ts";
import { bothColours, type Colours, renewsScreens, Screens } from "./parts/screens.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

for (const language of languages) {
  test(`windows of the customer app, ${language}`, async ({ browser }) => {
    const say = labels[language];
    await inEachColour(browser, language, async (at, colours, keep) => {
      const app = await App.prepared(at.desktop, at.server, { language, colours });
      await app.find("button", say.next);
      await keep("code");
      await app.fill(say.connectionCode, "000000");
      await app.press("button", say.next);
      await app.find("text", text(language, "customer-problem-code-unknown"));
      await keep("code-unknown");
      await app.fill(say.connectionCode, await at.operator.newSession());
      await app.press("button", say.next);
      await app.find("button", say.decline);
      await app.find("switch", say.allowControl);
      await keep("consent");
      await app.press("button", say.agree);
      await app.find("button", say.stop);
      await expect(at.operator.exactSign).toBeVisible();
      await at.operator.write(language === "ko" ? "무엇을 도와 드릴까요?" : "How can I help?");
      await app.find("textbox", say.message);
      await keep("session");
      await expect(at.operator.exactSign).toBeVisible();
      const { page } = at.operator;
      await look(page, "console-session", language);
      await page.getByRole("button", { name: text(language, "console-view"), exact: true }).click();
      await look(page, "console-view", language);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: text(language, "console-special-keys"), exact: true }).click();
      await look(page, "console-special-keys", language);
      await page.keyboard.press("Escape");
      await app.press("button", say.stop);
      await app.gone("button", say.stop);
      await expect(at.operator.says("console-ended-title")).toBeVisible();
      await look(page, "console-ended", language);
      await page.getByRole("button", { name: text(language, "console-close"), exact: true }).click();
      const administrator = await Administrator.open(browser, at.server, language);
      await administrator.signIn(at.company.administrator);
      await administrator.openNewestRecord(at.company.operator.login);
      await expect(administrator.page.getByRole("heading", { name: text(language, "manage-record-sealed"), exact: true })).toBeVisible();
      await administrator.page.waitForLoadState("networkidle");
      // Both sides report what happens, in whichever order they come: a picture, and no comparison.
      for (const colorScheme of bothColours) {
        await administrator.page.emulateMedia({ colorScheme });
        await administrator.page.screenshot({ path: new Screens().path("manage-record", language, colorScheme), fullPage: true });
      }
      await administrator.context.close();
      await app.find("radio", text(language, "customer-survey-rating-5"));
      await keep("survey");
      await app.press("button", text(language, "customer-survey-skip"));
      await app.find("button", text(language, "customer-close"));
      await keep("ended");
      await app.program.stop();
    });
  });

  test(`windows of the customer app where something is in the way, ${language}`, async ({ browser }) => {
    const say = labels[language];
    await inEachColour(browser, language, async (at, colours, keep) => {
      const { server, desktop } = at;
      const app = await App.prepared(desktop, server, { language, colours });
      const tries = async (code: string) => {
        await app.fill(say.connectionCode, code);
        await app.press("button", say.next);
      };
      const says = (key: string) => app.find("text", text(language, key));
      await app.press("button", text(language, "customer-about"));
      await app.find("button", text(language, "customer-back"));
      await keep("about");
      await app.press("button", text(language, "customer-back"));
      await test.step("a server that does not answer", async () => {
        process.kill(server.pid, "SIGSTOP");
        await tries("000000");
        await says("customer-joining");
        await keep("joining");
        process.kill(server.pid, "SIGCONT");
        await says("customer-problem-code-unknown");
      });
      await test.step("no server", async () => {
        await server.kill();
        await tries("000000");
        await says("customer-problem-unreachable");
        await keep("unreachable");
      });
      await test.step("another server in its place", async () => {
        const stranger = await Server.start({ port: server.port });
        await tries("000000");
        await says("customer-problem-certificate");
        await keep("certificate");
        await stranger.stop();
        await server.resume();
      });
      await test.step("no operator yet", async () => {
        await tries(await at.codeWithoutConsole());
        await says("customer-waiting-title");
        await keep("waiting");
      });
      await app.program.stop();
      const unprepared = App.unprepared(desktop, server.url, { language, colours, code: "000000" });
      await unprepared.find("button", say.next);
      await unprepared.press("button", say.next);
      await unprepared.find("button", text(language, "customer-identity-trust"));
      await keep("identity");
      await unprepared.program.stop();
    });
  });

  test(`windows of the customer app in a session that is held up, ${language}`, async ({ browser }) => {
    const say = labels[language];
    await inEachColour(browser, language, async (at, colours, keep) => {
      const app = await App.prepared(at.desktop, at.server, { language, colours, code: await at.operator.newSession() });
      await app.press("button", say.next);
      await app.press("switch", say.allowControl);
      await app.find("button", say.agree);
      process.kill(at.server.pid, "SIGSTOP");
      await app.press("button", say.agree);
      await app.find("text", text(language, "customer-connecting-title"));
      await keep("connecting");
      process.kill(at.server.pid, "SIGCONT");
      await app.find("text", text(language, "customer-bar-view-only"));
      await expect(at.operator.exactSign).toBeVisible();
      await keep("view-only");
      await at.operator.page.goto("about:blank");
      await app.find("text", text(language, "customer-bar-reconnecting"));
      await keep("reconnecting");
      await app.press("button", say.stop);
      await app.gone("button", say.stop);
      await app.program.stop();
      await at.operator.page.goto(`${at.server.url}/console`);
    });
  });
}

/**
 * A furnished desktop, and `act` in light and in dark where the pictures are renewed; else each language is seen in one of them,
 * for the program must be started anew to change. `keep` photographs the desktop.
 */
async function inEachColour(
  browser: Browser,
  language: Language,
  act: (at: Case, colours: Colours, keep: (name: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  test.slow();
  const screens = new Screens();
  for (const colours of renewsScreens ? bothColours : [language === "ko" ? "light" : "dark"] as const) {
    const at = await Case.start(browser, { language });
    try {
      await furnish(at.desktop, language);
      await act(at, colours, (name) => at.desktop.screenshot(screens.path(`app-${name}`, language, colours)));
    } finally {
      await at.stop();
    }
  }
}
