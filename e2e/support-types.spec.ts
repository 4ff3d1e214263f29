// Support types put into an order by keys alone, with what is read out on the way, and by dragging them [E-2].
import { expect, type Page, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { makeCompany } from "./parts/api.ts";
import type { Language } from "./parts/labels.ts";
import { languages } from "./parts/looks.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

/** What React Aria says in its own words. */
const SAID: Record<Language, { started: RegExp; canceled: RegExp; done: RegExp; between: RegExp }> = {
  ko: { started: /드래그.*시작/, canceled: /드롭이 취소/, done: /드롭이 완료/, between: /B.*C.*사이에 삽입/ },
  en: { started: /Started dragging/, canceled: /Drop canceled/, done: /Drop complete/, between: /Insert between B and C/ },
};

let server: Server;

test.beforeAll(async () => {
  server = await Server.start();
});

test.afterAll(async () => {
  await server.stop();
});

for (const language of languages) {
  test(`support types are picked up, moved, dropped and put back by keys, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `keys-${language}` });
    const kept = await company.manage.get<{ support_types: { id: string }[] }>("/api/manage/support-types");
    for (const { id } of kept.support_types) await company.manage.delete(`/api/manage/support-types/${id}`);
    for (const name of ["A", "B", "C"]) await company.manage.post("/api/manage/support-types", { name });
    const page = await signedIn(browser, server, company, language);
    await page.goto(`${server.url}/manage/${company.shortName}/support-types`);
    const said = SAID[language];
    const live = page.locator("[data-live-announcer]");
    const handle = (name: string) =>
      page.getByRole("button", { name: text(language, "manage-support-type-drag", { name }), exact: true });

    await handle("A").focus();
    await page.keyboard.press("Enter");
    await expect(live).toContainText(said.started);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await expect(live).toContainText(said.canceled);
    expect(await order(page)).toEqual(["A", "B", "C"]);
    await expect(page.getByRole("row", { name: /A/ })).toBeFocused();

    await handle("A").focus();
    await page.keyboard.press("Enter");
    await expect(live).toContainText(said.started);
    await page.keyboard.press("ArrowDown");
    await expect(async () => expect(await focusedName(page)).toMatch(said.between)).toPass({ timeout: 5_000 });
    await page.keyboard.press("Enter");
    await expect(live).toContainText(said.done);
    await expect(async () => expect(await order(page)).toEqual(["B", "A", "C"])).toPass();
    await expect(page.getByRole("row", { name: /A/ })).toBeFocused();
    await expect(page.getByRole("status").filter({ hasText: text(language, "manage-support-type-ordered") })).toBeVisible();
    await page.reload();
    await expect(handle("A")).toBeVisible();
    expect(await order(page)).toEqual(["B", "A", "C"]);
    await page.context().close();
    await company.manage.close();
  });
}

test("a support type is dragged by the pointer, and stays where it was dropped", async ({ browser }) => {
  const company = await makeCompany(server, { shortName: "drag" });
  const kept = await company.manage.get<{ support_types: { id: string }[] }>("/api/manage/support-types");
  for (const { id } of kept.support_types) await company.manage.delete(`/api/manage/support-types/${id}`);
  for (const name of ["A", "B", "C"]) await company.manage.post("/api/manage/support-types", { name });
  const page = await signedIn(browser, server, company, "ko");
  await page.goto(`${server.url}/manage/${company.shortName}/support-types`);
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  /** By its handle ≡, to the upper or the lower edge of another. */
  const drag = async (name: string, onto: string, edge: "upper" | "lower") => {
    const { height = 0 } = (await row(onto).boundingBox()) ?? {};
    const y = edge === "upper" ? 3 : height - 3;
    await row(name).dragTo(row(onto), { sourcePosition: { x: 24, y: height / 2 }, targetPosition: { x: 24, y } });
  };
  const become = (names: string[]) => expect(async () => expect(await order(page)).toEqual(names)).toPass({ timeout: 5_000 });

  await drag("A", "C", "lower");
  await become(["B", "C", "A"]);
  await expect(page.getByRole("status").filter({ hasText: text("ko", "manage-support-type-ordered") })).toBeVisible();
  await drag("A", "B", "upper");
  await become(["A", "B", "C"]);
  await drag("C", "B", "upper");
  await become(["A", "C", "B"]);
  await page.reload();
  await expect(row("A")).toBeVisible();
  expect(await order(page)).toEqual(["A", "C", "B"]);
  await page.context().close();
  await company.manage.close();
});

/** What a screen reader says of the place that the row would go to. */
async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    const ids = (focused?.getAttribute("aria-labelledby") ?? "").split(" ");
    const names = ids.map((id) => document.getElementById(id)?.textContent ?? "");
    return focused?.getAttribute("aria-label") ?? names.join(" ");
  });
}

/** The names as they stand. */
async function order(page: Page): Promise<string[]> {
  const rows = page.getByRole("row");
  const texts = await rows.evaluateAll((all) => all.map((row) => row.textContent ?? ""));
  return texts.map((row) => /[ABC]/.exec(row)?.[0] ?? "");
}
