// Every page for everybody and every page of the administrator, in both languages, dark and light: no serious finding of axe,
// nothing cut off, the same for a screen reader as before, and a picture of each. With UPDATE_SCREENS=1 the pictures go to
// docs/screens, else into the target folder to be looked at; --update-snapshots renews what a screen reader finds [A-2, B-1, B-2].
import { type Browser, expect, type Page, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { Api, type Company, DEPARTMENT, makeCompany } from "./parts/api.ts";
import { type Language, labels } from "./parts/labels.ts";
import { contextOf, judge, languages, looker, narrowLooker } from "./parts/looks.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

let server: Server;
let behindProxy: Server;
let other: Company;
let unusedActivation: string;

test.beforeAll(async () => {
  server = await Server.start();
  behindProxy = await Server.start({ behindProxy: true });
  other = await makeCompany(server, { shortName: "other" });
  unusedActivation = await server.addCompany("new", "새 회사 New");
  await server.prepareDownloads();
});

test.afterAll(async () => {
  await other.manage.close();
  await behindProxy.stop();
  await server.stop();
});

for (const language of languages) {
  const say = labels[language];

  test(`pages for everybody, ${language}`, async ({ browser }) => {
    const page = await open(browser, language);
    const look = narrowLooker(page, language);
    await look("manage-sign-in", `${server.url}/manage/other`);
    await look("console-sign-in", `${server.url}/console/other`);
    // A page that comes in a hundred small files is slow on every line that is not a short one.
    expect(await page.evaluate(() => performance.getEntriesByType("resource").length)).toBeLessThan(45);
    await look("activation", unusedActivation);
    await look("certificate-authority", `${server.url}/ca`);
    await look("certificate-authority-none", `${behindProxy.url}/ca`);
    await page.goto(`${server.url}/activate#nobody-gave-out-this-one`);
    await expect(page.getByText(text(language, "manage-activation-unknown-title"))).toBeVisible();
    await look("activation-unknown");
    await page.context().close();
  });

  test(`a browser that cannot work the console, ${language}`, async ({ browser }) => {
    const page = await open(browser, language);
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "RTCPeerConnection"));
    await page.goto(`${server.url}/console/other`);
    await expect(page.getByText(text(language, "console-browser-title"))).toBeVisible();
    await looker(page, language)("console-browser");
    await page.context().close();
  });

  test(`pages of the administrator, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `${language}-one` });
    const page = await signedIn(browser, server, company, language);
    const look = narrowLooker(page, language);
    const { departmentId, operator } = company;
    const manage = `${server.url}/manage/${company.shortName}`;
    await look("manage-start", manage);
    await look("manage-departments", `${manage}/departments`);
    await look("manage-department-options", `${manage}/departments/${departmentId}/options`);
    await look("manage-operators", `${manage}/operators`);
    await look("manage-new-operator", `${manage}/operators/new`);
    await look("manage-operator", `${manage}/operators/${operator.id}`);
    await look("manage-operators-import", `${manage}/operators/import`);
    await look("manage-branding", `${manage}/branding`);
    await look("manage-support-types", `${manage}/support-types`);
    await look("manage-records-empty", `${manage}/records`);
    const search = new URLSearchParams({ from: "2026-11-01", to: "2026-11-28", text: "토너", resolution: "resolved" });
    await look("manage-records-none-found", `${manage}/records?${search}`);
    await look("manage-downloads", `${manage}/downloads`);
    await look("manage-usage-log", `${manage}/usage-log?tab=departments`);
    await look("manage-usage-log-empty", `${manage}/usage-log?login=nobody`);
    await look("manage-api-tokens", `${manage}/api-tokens`);
    await look("manage-api", `${manage}/api?search=departments:write`);
    await look("manage-settings", `${manage}/settings`);
    await look("manage-administrator", `${manage}/administrator`);
    await look("manage-not-found", `${manage}/no-such-page`);
    await look("manage-other-company", `${server.url}/manage/other`);
    await page.context().close();
    await company.manage.close();
  });

  test(`questions and troubles of the administrator, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `${language}-two` });
    const page = await signedIn(browser, server, company, language);
    const look = narrowLooker(page, language);
    const manage = `${server.url}/manage/${company.shortName}`;
    const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
    const ask = async (name: string, button: string) => {
      await page.getByRole("button", { name: button, exact: true }).first().click();
      await expect(dialog).toBeVisible();
      await look(name);
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
    };
    await page.goto(`${manage}/departments`);
    await ask("manage-department-new", say.newDepartment);
    await ask("manage-department-delete", text(language, "shared-delete"));
    await page.goto(`${manage}/operators/${company.operator.id}`);
    await page
      .getByRole("radiogroup", { name: text(language, "manage-option-view-only"), exact: true })
      .first()
      .getByText(text(language, "manage-option-on"), { exact: true })
      .click();
    await ask("manage-operator-password", text(language, "manage-operator-save"));
    await ask("manage-operator-sign-out", text(language, "manage-operator-sign-out"));
    await ask("manage-operator-delete", text(language, "manage-operator-delete"));
    await page.getByRole("link", { name: text(language, "manage-operator-list"), exact: true }).click();
    await expect(dialog).toBeVisible();
    await look("manage-unsaved");
    await page.keyboard.press("Enter");
    await page.goto(`${manage}/operators/new`);
    await page.getByRole("button", { name: say.save, exact: true }).click();
    await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
    await look("manage-new-operator-errors");
    await page.goto(`${manage}/operators/import`);
    await page.locator("input[type=file]").setInputFiles({ name: "operators.csv", mimeType: "text/csv", buffer: importFile(language) });
    await expect(page.getByRole("table", { name: text(language, "manage-import-rows") })).toBeVisible();
    await look("manage-operators-import-rows");
    await page.goto(`${manage}/api-tokens`);
    await ask("manage-api-token-new", text(language, "manage-api-token-new"));
    await emptied(company);
    await look("manage-support-types-empty", `${manage}/support-types`);
    await page.goto(`${manage}/operators?search=nobody`);
    await look("manage-operators-empty");
    await page.route("**/api/manage/records?**", (route) => route.abort());
    await page.goto(`${manage}/records`);
    await expect(page.getByRole("alert")).toBeVisible();
    await look("manage-records-failed");
    await page.context().close();
    await company.manage.close();
  });
}

for (const language of languages) {
  test(`a licence that ends soon, has ended, and is used up, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `${language}-licence` });
    const licence = (...what: string[]) => server.command("company", "set-licence", "--name", company.shortName, ...what);
    const page = await signedIn(browser, server, company, language);
    const manage = `${server.url}/manage/${company.shortName}`;
    await licence("--until", daysFromNow(10));
    await page.goto(manage);
    const soon = page.getByText(saysUntil(language, "manage-licence-ends-soon"));
    await expect(soon).toBeVisible();
    await judge(page, "manage-start-licence", language);
    await page.goto(`${manage}/operators`);
    await expect(soon).toBeVisible();
    await judge(page, "manage-operators-licence", language);
    await licence("--until", daysFromNow(-2), "--operators", "1");
    await page.goto(`${manage}/operators/new`);
    await expect(page.getByText(saysUntil(language, "manage-licence-ended"))).toBeVisible();
    await expect(page.getByText(text(language, "manage-licence-none-left", { total: "1" }))).toBeVisible();
    await judge(page, "manage-new-operator-licence", language);
    await page.context().close();
    await company.manage.close();
  });
}

/** A text whose day is not known. */
function saysUntil(language: Language, key: string): RegExp {
  const [before = "", after = ""] = text(language, key, { until: "…" }).split("…");
  return new RegExp(`${before}.+${after}`);
}

function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** One row that makes, one that changes, and one with faults. */
function importFile(language: Language): Buffer {
  const heads = ["ID", text(language, "manage-operator-name"), text(language, "manage-password"), text(language, "manage-department")];
  const rows = [
    ["lee-02", "이상담 Lee", "Passw0rd-lee", DEPARTMENT],
    ["kim01", "김새이름 Kim", "", ""],
    ["a b", "박상담 Park", "short", "없는 부서 Nowhere"],
  ];
  return Buffer.from([heads, ...rows].map((row) => row.join(",")).join("\r\n"));
}

async function open(browser: Browser, language: Language): Promise<Page> {
  const context = await browser.newContext(contextOf(language));
  return context.newPage();
}

/** Nothing is left of what a company may be without. */
async function emptied({ manage }: { manage: Api }): Promise<void> {
  const { support_types } = await manage.get<{ support_types: { id: string }[] }>("/api/manage/support-types");
  for (const { id } of support_types) await manage.delete(`/api/manage/support-types/${id}`);
}
