// 즐겨찾기 [F-10]: addresses, programs and folders that are opened often, the operator's own and the company's, open on the
// customer's desktop, and nothing else does.
import { expect, type Locator, test } from "@playwright/test";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "./parts/case.ts";
import { keepChannels, sendOn, toolMessage } from "./parts/hand-made.ts";
import { judge } from "./parts/looks.ts";
import { installOpener } from "./parts/opener.ts";
import { text } from "./parts/translations.ts";

/** The company's list, as the administrator saves it in the settings [G-2]. */
async function keepCompanyList(at: Case, favourites: object[]): Promise<void> {
  const { settings, changed_at_ms } = await at.company.manage.get<{ settings: object; changed_at_ms: number }>("/api/manage/settings");
  const administrator_password = at.company.administrator.password;
  await at.company.manage.put("/api/manage/settings", { settings: { ...settings, favourites }, changed_at_ms, administrator_password });
}

test("F-10 allowed: own and company favourites open on the customer's desktop, and stand in the record", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const { home } = at.desktop;
    const opened = await installOpener(at.desktop);
    const [shared, program, ran] = [join(home, "공유 폴더"), join(home, "my program"), join(home, "ran")];
    await mkdir(shared);
    // Which screen it has, and how many arguments.
    await writeFile(program, `#!/bin/sh\necho "$DISPLAY $#" >> '${ran}'\n`);
    await chmod(program, 0o755);
    await keepCompanyList(at, [{ name: "Shared folder", kind: "folder", target: "~/공유 폴더" }]);
    const app = await at.join();
    const { page } = at.operator;
    const say = (key: string, values: Record<string, string> = {}) => text(at.language, key, values);
    const open = (name: string) => page.getByRole("button", { name: say("console-favourite-open-of", { name }), exact: true });
    const own = page.getByRole("grid", { name: say("console-favourites-own"), exact: true });
    const dialog = page.getByRole("dialog");
    const add = async (kind: string, name: string, target: string) => {
      await page.getByRole("button", { name: say("console-favourite-add"), exact: true }).click();
      await fill(dialog, name, kind, target);
    };
    const fill = async (form: Locator, name: string, kind: string, target: string) => {
      await form.getByRole("textbox", { name: say("console-favourite-name"), exact: true }).fill(name);
      await form.getByRole("button", { name: new RegExp(say("console-favourite-kind")) }).click();
      await page.getByRole("option", { name: say(`console-favourite-${kind}`), exact: true }).click();
      await form.getByRole("textbox", { name: say(`console-favourite-target-${kind}`), exact: true }).fill(target);
      await form.getByRole("button", { name: say("shared-save"), exact: true }).click();
    };
    await at.operator.openTool("favourites");
    await test.step("the company's list reaches the operator", async () => {
      await open("Shared folder").click();
      await expect(page.getByText(say("console-favourite-opened", { name: "Shared folder" }), { exact: true })).toBeVisible();
      await expect.poll(opened).toEqual([shared]);
    });
    await test.step("what the customer's app would not open is told at its field", async () => {
      await add("program", "Mine", "../sh");
      await expect(dialog.getByText(say("program-name"))).toBeVisible();
      await judge(page, "console-favourite-dialog", at.language);
      await fill(dialog, "Mine", "program", program);
      await expect(dialog).toBeHidden();
    });
    await add("url", "Help", "example.com/help");
    await expect(dialog).toBeHidden();
    await add("program", "Gone", "no-such-program-anywhere");
    await expect(dialog).toBeHidden();
    await test.step("each opens", async () => {
      await open("Mine").click();
      await expect.poll(() => readFile(ran, "utf8").catch(() => "")).toBe(`${at.desktop.display} 0\n`);
      await open("Help").click();
      await expect.poll(opened).toEqual([shared, "https://example.com/help"]);
      await open("Gone").click();
      await expect(own.getByRole("alert")).toHaveText(say("console-tool-launch-not-found"));
      await judge(page, "console-favourites", at.language);
    });
    await test.step("the list is put into another order, and what was deleted comes back", async () => {
      const names = async () => (await own.getByRole("row").allInnerTexts()).map((row) => row.split("\n").find((line) => /^[A-Z]/.test(line)));
      const act = async (name: string, what: string) => {
        await page.getByRole("button", { name: say("console-favourite-more", { name }), exact: true }).click();
        await page.getByRole("menuitem", { name: say(`console-favourite-act-${what}`), exact: true }).click();
      };
      await act("Gone", "up");
      await expect.poll(names).toEqual(["Mine", "Gone", "Help"]);
      await page.getByRole("button", { name: say("console-favourite-drag", { name: "Mine" }), exact: true }).focus();
      await page.keyboard.press("Enter");
      await expect(page.locator("[data-live-announcer]")).toContainText("Started dragging");
      // It goes around; where it begins is the list's to say.
      await expect(async () => {
        await page.keyboard.press("ArrowDown");
        await expect(page.locator(":focus")).toHaveAccessibleName("Insert between Gone and Help", { timeout: 500 });
      }).toPass();
      await page.keyboard.press("Enter");
      await expect.poll(names).toEqual(["Gone", "Mine", "Help"]);
      await act("Gone", "delete");
      await expect.poll(names).toEqual(["Mine", "Help"]);
      await page.getByRole("button", { name: say("console-favourite-undo"), exact: true }).click();
      await expect.poll(names).toEqual(["Gone", "Mine", "Help"]);
      const kept = await at.operator.context.request.get(`${at.server.url}/api/console/favourites`);
      const { favourites } = (await kept.json()) as { favourites: { name: string }[] };
      expect(favourites.map(({ name }) => name)).toEqual(["Gone", "Mine", "Help"]);
    });
    const used = (what: string, problem = "") => expect.objectContaining({ tool: "favourite-open", what, problem });
    await expect
      .poll(() => at.lines("tool-used"))
      .toEqual([used("~/공유 폴더"), used(program), used("https://example.com/help"), used("no-such-program-anywhere", "launch-not-found")]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** OpenFavourite in proto/beside/v1/peer.proto: its number in ToolRequest, and one of a program. */
const [OPEN_FAVOURITE, XTERM] = [11, [8, 2, 18, 5, ...Buffer.from("xterm")]] as const;

for (const [what, options] of [
  ["the option is off", { favorites: false }],
  ["the operator may only look", { view_only: true }],
] as const) {
  test(`F-10 forbidden: where ${what} there are none, and the app refuses a hand-made request`, async ({ browser }) => {
    const at = await Case.start(browser, { options, prepare: ({ page }) => keepChannels(page) });
    try {
      const app = await at.join();
      const { page } = at.operator;
      await expect(at.operator.exactSign).toBeVisible();
      await page.getByRole("button", { name: text(at.language, "console-tools"), exact: true }).click();
      await expect(page.getByRole("menuitem").first()).toBeVisible();
      await expect(page.getByRole("menuitem", { name: text(at.language, "console-tool-name-favourites"), exact: true })).toHaveCount(0);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+Alt+b");
      await expect(page.getByRole("heading", { name: text(at.language, "console-favourites-own"), exact: true })).toHaveCount(0);
      expect(await sendOn(page, "control", toolMessage(901, OPEN_FAVOURITE, [...XTERM]))).toBe(true);
      await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("favourite-open-forbidden");
      expect(await at.lines("tool-used")).toEqual([]);
      await at.leave(app);
    } finally {
      await at.stop();
    }
  });
}
