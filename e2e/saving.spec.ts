// Long forms of the administrator: Save in sight, what is unsaved beside it, and no field under either bar (WCAG 2.4.11, 1.4.10).
import { expect, type Page, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { makeCompany } from "./parts/api.ts";
import { languages } from "./parts/looks.ts";
import { Screens } from "./parts/screens.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

/** A desk, a small phone, and a desk of 1280 × 1024 at 400 %. */
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
  { width: 320, height: 256 },
];

const screens = new Screens();
let server: Server;

test.beforeAll(async () => {
  server = await Server.start();
});

test.afterAll(async () => {
  await server.stop();
});

for (const language of languages) {
  const is = (key: string) => text(language, key);

  test(`a long form has Save in sight and names what is unsaved, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `save-${language}` });
    const page = await signedIn(browser, server, company, language);
    const save = page.getByRole("button", { name: is("manage-operator-save"), exact: true });
    await page.goto(`${server.url}/manage/${company.shortName}/operators/${company.operator.id}`);
    await expect(page.getByText(is("manage-unsaved-none"))).toBeInViewport();
    await expect(save).toBeDisabled();
    await page.getByRole("textbox", { name: is("manage-operator-name"), exact: true }).fill("Kim");
    await page.getByRole("textbox", { name: is("manage-phone"), exact: true }).fill("070-7654-3210");
    await expect(page.getByText(`${is("manage-operator-name")}, ${is("manage-phone")}`)).toBeInViewport();
    await page.getByRole("textbox", { name: is("manage-email"), exact: true }).fill("kim.new@example.com");
    await page.getByRole("textbox", { name: is("manage-company-name"), exact: true }).fill("Kim & Co.");
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await expect(save).toBeInViewport({ ratio: 1 });
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(sideways, "the page does not scroll sideways").toBe(0);
      await page.screenshot({ path: screens.path(`manage-save-${size.width}`, language, "light"), animations: "disabled" });
    }
    await page.getByRole("button", { name: is("shared-cancel"), exact: true }).click();
    await expect(save).toBeDisabled();
    await expect(page.getByRole("textbox", { name: is("manage-phone"), exact: true })).not.toHaveValue("070-7654-3210");
    await page.context().close();
    await company.manage.close();
  });
}

test("no field that has the keyboard is under a bar", async ({ browser }) => {
  const company = await makeCompany(server, { shortName: "tabs" });
  const page = await signedIn(browser, server, company, "en");
  const manage = `${server.url}/manage/tabs`;
  const forms = [`operators/${company.operator.id}`, `departments/${company.departmentId}/options`, "settings"];
  for (const form of forms) {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.goto(`${manage}/${form}`);
      await expect(page.getByText(text("en", "manage-unsaved-none"))).toBeAttached();
      await test.step(`${form}, ${size.width} × ${size.height}`, async () => {
        for (const key of ["Tab", "Shift+Tab"]) expect(await coveredOnTheWay(page, key)).toEqual([]);
      });
    }
  }
  await page.context().close();
  await company.manage.close();
});

/** Goes through the page by keyboard. Gives what was under a bar while it had the focus. */
async function coveredOnTheWay(page: Page, key: string): Promise<string[]> {
  const covered: string[] = [];
  for (let step = 0; step < 200; step++) {
    await page.keyboard.press(key);
    const found = await page.evaluate(lookAtFocus);
    if (found === "outside") return covered;
    if (found !== "seen") covered.push(found);
  }
  throw new Error("the keyboard never leaves the page");
}

/** In the page: the focused control, as it is seen, against whatever is drawn over it. */
function lookAtFocus(): string {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return "outside";
  const seen = focused.closest("label") ?? focused;
  const { left, right, top, bottom } = seen.getBoundingClientRect();
  const middle = (left + right) / 2;
  const points = [top + 2, (top + bottom) / 2, bottom - 2];
  const isSeen = points.every((y) => {
    const there = document.elementFromPoint(middle, y);
    return there !== null && (seen.contains(there) || there.contains(seen));
  });
  return isSeen ? "seen" : `${seen.outerHTML.slice(0, 120)} at ${Math.round(top)}–${Math.round(bottom)} of ${innerHeight}`;
}
