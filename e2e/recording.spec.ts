// 화면 녹화 [F-13, S-15, Y-7]: what the console showed is kept as it came, with a consent of its own, and played from the record.
import { expect, type Locator, type Page, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { Case } from "./parts/case.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { channels, numberIn, VIDEO } from "./parts/film.ts";
import { keepChannels, recordMessage, sendOn } from "./parts/hand-made.ts";
import { judge } from "./parts/looks.ts";
import { program } from "./parts/places.ts";
import { decodePng, type Picture } from "./parts/png.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

interface Kept {
  recordings: { id: string; no: number; pieces: number; length_ms: number; digest: string; why: string; ended_at_ms: number | null }[];
}

function recordings(at: Case): Promise<Kept> {
  return at.newestRecord().then(({ id }) => at.company.manage.get<Kept>(`/api/manage/records/${id}`));
}

/** The sign in the console, which a press ends. */
function sign(at: Case) {
  return at.operator.page.getByRole("button", { name: new RegExp(text(at.language, "console-recording-stop")) });
}

/** The record's page with the player open. */
async function player(at: Case, page: Page): Promise<void> {
  const { id } = await at.newestRecord();
  await page.goto(`${at.server.url}/manage/${at.company.shortName}/records/${id}`);
  await page.getByRole("button", { name: text(at.language, "manage-recording-play", { no: "1" }), exact: true }).click();
  await expect(controls(at, page)).toHaveAttribute("data-waiting", "false");
}

function controls(at: Case, page: Page) {
  return page.getByRole("group", { name: text(at.language, "manage-recording-controls"), exact: true });
}

/** "#rrggbb" of a pixel of the played picture. */
function colourAt(page: Page, x: number, y: number): Promise<string> {
  return page.locator("canvas[role=img]").evaluate(
    (canvas, [left, top]) => {
      const pixel = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(left, top, 1, 1).data;
      return `#${[...(pixel ?? [])].slice(0, 3).map((value) => value.toString(16).padStart(2, "0")).join("")}`;
    },
    [x, y] as const,
  );
}

/** A part of the played picture, pixel by pixel. */
async function played(page: Page, { x, y, width, height }: typeof VIDEO): Promise<Picture> {
  const url = await page.locator("canvas[role=img]").evaluate(
    (canvas, [left, top, wide, high]) => {
      const part = Object.assign(document.createElement("canvas"), { width: wide, height: high });
      part.getContext("2d")?.drawImage(canvas as HTMLCanvasElement, -left, -top);
      return part.toDataURL("image/png");
    },
    [x, y, width, height] as const,
  );
  return decodePng(Buffer.from(url.split(",")[1] ?? "", "base64"));
}

/** Says to the department what holds from the next session on. */
async function setOptions(at: Case, options: Record<string, boolean>): Promise<void> {
  const changed = Object.entries(options).map(([key, value]) => ({ key, value }));
  await at.company.manage.put(`/api/manage/departments/${at.company.departmentId}/options`, { options: changed });
}

/** All pixels of the canvas that shows the picture here, as one number. */
function digestOf(picture: Locator): Promise<string> {
  return picture.evaluate(async (canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const pixels = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", pixels ?? new Uint8ClampedArray()));
    return `${width}x${height} ${[...digest].join()}`;
  });
}

test("F-13 forbidden: no recording is offered, the app refuses a hand-made request, and the server keeps nothing", async ({ browser }) => {
  const at = await Case.start(browser, { options: { screen_recording: false }, prepare: ({ page }) => keepChannels(page) });
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", at.operator.say.agree);
    expect(await app.shows("text", text(at.language, "customer-may-record-with-voice"))).toBe(false);
    await app.press("button", at.operator.say.agree);
    await app.find("button", at.operator.say.stop);
    await expect(at.operator.exactSign).toBeVisible();
    const { page, context } = at.operator;
    await page.keyboard.press("Control+Alt+r");
    expect(await sendOn(page, "control", recordMessage())).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("recording-forbidden");
    await expect(sign(at)).toHaveCount(0);
    const me = (await (await context.request.get(`${at.server.url}/api/console/me`)).json()) as { csrf_token: string };
    const { id } = await at.newestRecord();
    const refused = await context.request.post(`${at.server.url}/api/console/sessions/${id}/recordings`, {
      headers: { Origin: at.server.url, "X-Beside-CSRF": me.csrf_token },
    });
    expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([403, "recording-forbidden"]);
    expect(await at.lines("recording-begun")).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("F-13 allowed: the operator records, the customer sees and stops it, and the record plays what was shown", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const { page } = at.operator;
    const target = await Target.start(at.desktop, "320x240+20+540");
    const app = await at.join();
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await at.operator.openTool("screen-recording");
    await expect(sign(at)).toBeVisible();
    const stop = text(at.language, "customer-recording-stop");
    await app.find("switch", stop);
    await judge(page, "console-recording", at.language);
    await at.operator.write("프린터 오류입니다");
    await expect.poll(async () => (await recordings(at)).recordings[0]?.pieces ?? 0, { timeout: 20_000 }).toBeGreaterThan(1);
    await expect(at.operator.exactSign).toBeVisible();
    let shown = "";
    // The bar's own folding is over when two looks at it are the same.
    await expect(async () => {
      const before = shown;
      shown = await digestOf(at.operator.picture);
      expect(shown).toBe(before);
    }).toPass({ timeout: 20_000, intervals: [1_500] });
    await app.press("switch", stop);
    await expect(sign(at)).toHaveCount(0);
    await app.gone("switch", stop);
    await expect.poll(async () => (await at.lines("recording-kept")).length, { timeout: 20_000 }).toBe(1);
    const [kept] = (await recordings(at)).recordings;
    expect(kept?.why).toBe("stopped");
    expect(await at.lines("recording-kept")).toEqual([expect.objectContaining({ digest: kept?.digest, no: 1 })]);
    expect((await at.lines("recording-changed")).map(({ on }) => on)).toEqual([true, false]);
    await at.leave(app);
    const manage = await signedIn(browser, at.server, at.company, at.language);
    await player(at, manage);
    await controls(at, manage).scrollIntoViewIfNeeded();
    await judge(manage, "manage-recording", at.language);
    await manage.getByRole("slider", { name: text(at.language, "manage-recording-position"), exact: true }).press("End");
    await expect(controls(at, manage)).toHaveAttribute("data-at-ms", String(kept?.length_ms));
    await expect(controls(at, manage)).toHaveAttribute("data-waiting", "false");
    expect(await digestOf(manage.locator("canvas[role=img]"))).toBe(shown);
    // Y-7: a chat word leads to its second.
    await manage.getByRole("textbox", { name: text(at.language, "manage-recording-search"), exact: true }).fill("프린터");
    await manage.getByRole("button", { name: /프린터 오류입니다/ }).click();
    await expect(controls(at, manage)).not.toHaveAttribute("data-at-ms", String(kept?.length_ms));
    await manage.getByRole("button", { name: text(at.language, "manage-recording-start"), exact: true }).click();
    const there = Number(await controls(at, manage).getAttribute("data-at-ms"));
    await expect.poll(async () => Number(await controls(at, manage).getAttribute("data-at-ms"))).toBeGreaterThan(there);
    await manage.context().close();
  } finally {
    await at.stop();
  }
});

test("S-15 on: recording begins with the session, and what was recorded until the console's crash plays, with what moves", { tag: "@alone" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { auto_record: true } });
  try {
    const app = await at.join();
    await expect(sign(at)).toBeVisible();
    // What moves goes as video, and is recorded as it came.
    const film = at.desktop.run(program("picture-workload"), ["video"]);
    const wide = () => at.operator.page.locator("video").evaluateAll((videos) => Math.max(0, ...videos.map((each) => (each as HTMLVideoElement).videoWidth)));
    await expect.poll(wide, { timeout: 30_000 }).toBeGreaterThan(0);
    const before = (await recordings(at)).recordings[0]?.pieces ?? 0;
    await expect.poll(async () => (await recordings(at)).recordings[0]?.pieces ?? 0, { timeout: 30_000 }).toBeGreaterThan(before + 2);
    await at.operator.crash();
    await film.stop("SIGKILL");
    await app.press("button", at.operator.say.stop);
    const [kept] = (await recordings(at)).recordings;
    expect(kept?.length_ms).toBeGreaterThan(2_000);
    const manage = await signedIn(browser, at.server, at.company, at.language);
    await player(at, manage);
    await manage.getByRole("slider", { name: text(at.language, "manage-recording-position"), exact: true }).press("End");
    await expect(controls(at, manage)).toHaveAttribute("data-waiting", "false");
    expect(numberIn(await played(manage, VIDEO))).toBeDefined();
    await manage.context().close();
  } finally {
    await at.stop();
  }
});

test("S-15 off: nothing is recorded by itself, and support goes on where the customer refuses to be recorded", async ({ browser }) => {
  const at = await Case.start(browser, { options: { auto_record: false }, prepare: ({ page }) => keepChannels(page) });
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.press("switch", text(at.language, "customer-allow-recording"));
    await app.press("button", at.operator.say.agree);
    await expect(at.operator.exactSign).toBeVisible();
    await expect(sign(at)).toHaveCount(0);
    expect(await sendOn(at.operator.page, "control", recordMessage())).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("recording-forbidden");
    expect(await at.lines("recording-changed")).toEqual([]);
    expect(await at.lines("recording-begun")).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("F-13 allowed, S-15 on: a customer in a browser is recorded as their video came, sees it and stops it", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { auto_record: true } });
  try {
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    const allow = customer.page.getByRole("switch", { name: text(at.language, "join-recording-allow"), exact: true });
    await expect(allow).toBeChecked();
    await judge(customer.page, "join-consent-recording", at.language);
    await customer.agree();
    await expect(sign(at)).toBeVisible();
    const stop = customer.page.getByRole("button", { name: text(at.language, "join-recording-on"), exact: true });
    await expect(stop).toBeVisible();
    await judge(customer.page, "join-session-recording", at.language);
    await expect.poll(async () => (await recordings(at)).recordings[0]?.pieces ?? 0, { timeout: 20_000 }).toBeGreaterThan(2);
    await customer.press(text(at.language, "join-copy-wish"));
    await expect(customer.page.getByText(text(at.language, "join-copy-wished"), { exact: true })).toBeVisible();
    await stop.click();
    await expect(sign(at)).toHaveCount(0);
    await expect(allow).not.toBeChecked();
    await expect.poll(async () => (await at.lines("recording-copy-wished")).length, { timeout: 15_000 }).toBe(1);
    await expect.poll(async () => (await at.lines("recording-kept")).length, { timeout: 20_000 }).toBe(1);
    expect((await at.lines("recording-changed")).map(({ on }) => on)).toEqual([true, false]);
    expect((await at.lines("right-taken-back")).map(({ right }) => right)).toEqual(["record"]);
    await customer.press(at.operator.say.stop);
    const manage = await signedIn(browser, at.server, at.company, at.language);
    await player(at, manage);
    await manage.getByRole("slider", { name: text(at.language, "manage-recording-position"), exact: true }).press("End");
    await expect(controls(at, manage)).toHaveAttribute("data-waiting", "false");
    // As encoded by the customer's browser: nearly the colour that they shared.
    const off = channels(await colourAt(manage, 100, 100)).map((value, index) => Math.abs(value - (channels("#2b4a6f")[index] ?? 0)));
    expect(Math.max(...off)).toBeLessThan(24);
    await manage.context().close();
    await customer.close();
  } finally {
    await at.stop();
  }
});

test("F-13 forbidden, S-15 off: a page is not recorded where policy or customer forbid it, whatever a hand-made client asks", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { screen_recording: false }, prepare: ({ page }) => keepChannels(page) });
  try {
    const asked = async () => {
      await expect.poll(() => sendOn(at.operator.page, "control", recordMessage()), { timeout: 15_000 }).toBe(true);
      await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("recording-forbidden");
      await expect(sign(at)).toHaveCount(0);
      expect(await at.lines("recording-begun")).toEqual([]);
    };
    const first = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    const allow = (page: Page) => page.getByRole("switch", { name: text(at.language, "join-recording-allow"), exact: true });
    await first.connect();
    await expect(allow(first.page)).toHaveCount(0);
    await first.agree();
    await asked();
    await first.press(at.operator.say.stop);
    await expect(at.operator.says("console-ended-title")).toBeVisible();
    await first.close();
    await at.operator.list();
    await setOptions(at, { screen_recording: true, auto_record: false });
    const second = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await second.connect();
    await allow(second.page).uncheck();
    await second.agree();
    await asked();
    // Allowed by the customer's own press, it waits for the operator all the same.
    await allow(second.page).check();
    await expect.poll(async () => (await at.lines("right-given")).length, { timeout: 15_000 }).toBe(1);
    await expect(sign(at)).toHaveCount(0);
    // A wish right after another one is not heard.
    await expect(async () => {
      expect(await sendOn(at.operator.page, "control", recordMessage())).toBe(true);
      await expect(sign(at)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await second.close();
  } finally {
    await at.stop();
  }
});

test("G-2: where the company supports nobody without recording, refusing it ends the session with clear words", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const { settings, changed_at_ms } = await at.company.manage.get<{ settings: object; changed_at_ms: number }>("/api/manage/settings");
    await at.company.manage.put("/api/manage/settings", { settings: { ...settings, continue_without_recording: false }, changed_at_ms, administrator_password: null });
    const app = await at.arrive(await at.operator.newSession());
    await app.press("switch", text(at.language, "customer-allow-recording"));
    await app.find("text", text(at.language, "customer-recording-needed"));
    await app.press("button", at.operator.say.agree);
    await app.find("text", text(at.language, "customer-ended-recording-refused"));
    await expect.poll(async () => (await at.newestRecord()).end_reason, { timeout: 15_000 }).toBe("recording-refused");
  } finally {
    await at.stop();
  }
});
