// Every window of the customer app in both languages, dark and light: their controls are there by role and label, and
// a picture of each is kept to be looked at (docs/screens with UPDATE_SCREENS=1).
import { expect, test } from "@playwright/test";
import { Administrator } from "./parts/administrator.ts";
import { furnish } from "./demo/desk.ts";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { labels } from "./parts/labels.ts";
import { Screens } from "./parts/screens.ts";
import { text } from "./parts/translations.ts";

for (const language of ["ko", "en"] as const) {
  test(`windows of the customer app, ${language}`, async ({ browser }) => {
    const at = await Case.start(browser, { language });
    const say = labels[language];
    const screens = new Screens();
    try {
      await furnish(at.desktop, language);
      for (const colours of ["light", "dark"] as const) {
        await at.operator.page.emulateMedia({ colorScheme: colours });
        const keep = (name: string) => at.desktop.screenshot(screens.path(`app-${name}`, language, colours));
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
        await at.operator.page.screenshot({ path: screens.path("console-session", language, colours) });
        await at.operator.page.getByRole("button", { name: new RegExp(`^${text(language, "console-quality")}`) }).click();
        await at.operator.page.screenshot({ path: screens.path("console-quality", language, colours) });
        await at.operator.page.keyboard.press("Escape");
        await app.press("button", say.stop);
        await app.gone("button", say.stop);
        await expect(at.operator.says("console-ended-title")).toBeVisible();
        await at.operator.page.screenshot({ path: screens.path("console-ended", language, colours) });
        const administrator = await Administrator.open(browser, at.server, language);
        await administrator.signIn(at.company.administrator);
        await administrator.page.emulateMedia({ colorScheme: colours });
        await administrator.openNewestRecord(at.company.operator.login);
        await expect(administrator.page.getByRole("heading", { name: text(language, "manage-record-sealed"), exact: true })).toBeVisible();
        await administrator.page.waitForLoadState("networkidle");
        await administrator.page.screenshot({ path: screens.path("manage-record", language, colours), fullPage: true });
        await administrator.context.close();
        await keep("ended");
        await app.program.stop();
      }
    } finally {
      await at.stop();
    }
  });
}
