// A restart of the customer's machine, and back into the same session [F-03, S-09, F-19, S-16, S-17].
//
// logind is a real service of D-Bus that the test brings, since nothing here may restart; the X session ends and begins anew, and the
// new one starts what the autostart specification says, by openbox's own implementation of it.
import { expect, test } from "@playwright/test";
import { cp, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { Desktop } from "./parts/desktop.ts";
import { keepChannels, rebootMessage, sendOn } from "./parts/hand-made.ts";
import { text } from "./parts/translations.ts";

const AUTOSTART = "/usr/lib/x86_64-linux-gnu/openbox-xdg-autostart";

const entries = (home: string) => readdir(join(home, ".config", "autostart")).catch(() => []);

/** The operator asks by the menu. */
async function asks(at: Case): Promise<void> {
  await at.operator.openTool("auto-reconnect");
  await at.operator.page.getByRole("button", { name: text(at.language, "console-reboot-ask"), exact: true }).click();
  await expect(at.operator.says("console-reboot-asked")).toBeVisible();
}

/** The customer agrees. On a busy machine the bar may open on after its button is there, and a press misses: a person presses again. */
async function agrees(at: Case, app: App, key: string, then: string): Promise<void> {
  const name = text(at.language, key);
  await expect(async () => {
    if (await app.shows("button", name)) await app.press("button", name);
    await expect(at.operator.says(then)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 40_000 });
}

/** A new session of the desktop for the same user, which starts what is to start with it. */
async function signsInAgain(at: Case): Promise<App> {
  at.desktop = await Desktop.start({ home: at.desktop.home, logind: "yes" });
  return App.started(at.desktop, at.desktop.run(AUTOSTART, ["OPENBOX"]));
}

test("F-03 allowed, S-09 off: the customer agrees, the machine restarts, and the same session goes on, once", async ({ browser }) => {
  const at = await Case.start(browser, { desktop: { logind: "yes" } });
  try {
    const { home } = at.desktop;
    const app = await at.join();
    await at.operator.hasControl();
    await asks(at);
    await at.desktop.screenshot(test.info().outputPath("asked.png"));
    await agrees(at, app, "customer-reboot-yes", "console-reboot-restarting");
    await expect.poll(() => at.desktop.askedOfLogind.join()).toContain("Reboot True");
    const kept = join(home, ".config", "beside", "return.json");
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect(await entries(home)).toEqual(["beside-return.desktop"]);
    // A thief's copy, for later.
    const copy = join(home, "copy.json");
    await cp(kept, copy);

    await at.desktop.goDown();
    await expect(at.operator.says("console-reboot-away")).toBeVisible({ timeout: 20_000 });
    await at.operator.page.screenshot({ path: test.info().outputPath("away.png") });
    const back = await signsInAgain(at);
    await back.find("button", at.operator.say.stop, 40_000);
    await expect(at.operator.says("console-reboot-returned")).toBeVisible({ timeout: 20_000 });
    await expect(at.operator.exactSign).toBeVisible({ timeout: 20_000 });
    await at.operator.hasControl();
    // It is gone before it is used.
    expect(await entries(home)).toEqual([]);
    await expect.poll(() => stat(kept).then(() => "there", () => "gone")).toBe("gone");
    const lines = async () => (await at.newestRecord()).timeline.map(({ kind }) => kind).filter((kind) => /^reboot|^consented$/.test(kind));
    await expect.poll(lines, { timeout: 15_000 }).toEqual(["consented", "reboot-asked", "reboot-begun", "reboot-returned"]);

    // The token has been used: whoever comes with it again is refused, and the session goes on.
    const other = await Desktop.start({});
    try {
      await cp(join(home, ".config", "beside"), join(other.home, ".config", "beside"), { recursive: true });
      await cp(copy, join(other.home, ".config", "beside", "return.json"));
      const program = (await readdir(home)).find((name) => /^beside-\d{6}$/.test(name)) ?? "";
      const thief = App.started(other, other.run(join(home, program), ["--return"], { LANG: "en_US.UTF-8", LANGUAGE: "en" }));
      await thief.find("text", text("en", "customer-problem-session-ended"), 20_000);
    } finally {
      await other.stop();
    }
    await expect(at.operator.exactSign).toBeVisible();
    await back.press("button", at.operator.say.stop);
    await expect.poll(async () => (await at.newestRecord()).end_reason, { timeout: 15_000 }).toBe("customer-stopped");
  } finally {
    await at.stop();
  }
});

test("F-03 forbidden: no restart is offered, and the app refuses a hand-made question", async ({ browser }) => {
  const options = { auto_reconnect: false };
  const at = await Case.start(browser, { options, desktop: { logind: "yes" }, prepare: ({ page }) => keepChannels(page) });
  try {
    const app = await at.join();
    const { page } = at.operator;
    await expect(at.operator.exactSign).toBeVisible();
    for (const act of [1, 1, 2]) expect(await sendOn(page, "control", rebootMessage(act))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("reboot-forbidden");
    expect(await app.shows("button", text(at.language, "customer-reboot-yes"))).toBe(false);
    expect(at.desktop.askedOfLogind).toEqual([]);
    await page.getByRole("button", { name: text(at.language, "console-tools"), exact: true }).click();
    const name = text(at.language, "console-tool-name-auto-reconnect");
    await expect(page.getByRole("menuitem", { name, exact: true })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("S-09 on: the app prepares, restarts nothing itself, and goes on after the customer's own restart; F-19 S-16 S-17 are said to be unsupported", async ({
  browser,
}) => {
  const options = { manual_reboot: true, keep_uac: false, always_relay: true };
  const at = await Case.start(browser, { options, desktop: { logind: "yes" } });
  try {
    const app = await at.join();
    const { page } = at.operator;
    await expect(page.getByText(text(at.language, "console-not-in-effect-keep-uac"))).toBeVisible();
    await expect(page.getByText(text(at.language, "console-not-in-effect-always-relay"))).toBeVisible();
    await page.screenshot({ path: test.info().outputPath("not-in-effect.png") });
    await at.operator.openTool("auto-reconnect");
    await page.getByText(text(at.language, "console-reboot-safe-mode"), { exact: true }).click();
    await page.screenshot({ path: test.info().outputPath("safe-mode.png") });
    await page.getByRole("button", { name: text(at.language, "console-reboot-ask"), exact: true }).click();
    await expect(at.operator.says("console-reboot-problem-unsupported")).toBeVisible();
    const unsupported = async () => (await at.lines("unsupported")).map(({ what }) => String(what)).sort();
    await expect.poll(unsupported, { timeout: 15_000 }).toEqual(["always_relay", "keep_uac", "safe_mode_reconnect"]);

    await asks(at);
    await agrees(at, app, "customer-reboot-hand-yes", "console-reboot-by-hand");
    await app.find("text", text(at.language, "customer-reboot-hand"));
    await at.desktop.screenshot(test.info().outputPath("by-hand.png"));
    expect(at.desktop.askedOfLogind).toEqual([]);
    // Called off, nothing leads back; asked again, the customer's own restart does.
    await page.getByRole("button", { name: text(at.language, "console-reboot-cancel"), exact: true }).click();
    await expect.poll(() => entries(at.desktop.home)).toEqual([]);
    await asks(at);
    await agrees(at, app, "customer-reboot-hand-yes", "console-reboot-by-hand");
    await at.desktop.goDown();
    const back = await signsInAgain(at);
    await back.find("button", at.operator.say.stop, 40_000);
    await expect(at.operator.says("console-reboot-returned")).toBeVisible({ timeout: 20_000 });
    await back.press("button", at.operator.say.stop);
    await expect.poll(async () => (await at.newestRecord()).end_reason, { timeout: 15_000 }).toBe("customer-stopped");
  } finally {
    await at.stop();
  }
});
