// The standard file of a recording, and a copy of it for the customer [F-13]: it plays outside of the product.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { Case } from "./parts/case.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { channels } from "./parts/film.ts";
import { contextOf, judge } from "./parts/looks.ts";
import { installOpener } from "./parts/opener.ts";
import { CODECS, COLOURS, type Codec, record, SIZE } from "./parts/recorded.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

interface Kept {
  recordings: { no: number; pieces: number; length_ms: number; film: { state: string; size_bytes: number | null; sha256: string | null } }[];
}

/** What `press` makes the browser save. */
async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; file: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), file: await readFile(await download.path()) };
}

/** How long a browser's own player finds the file, where it is after a jump to the middle, and "r,g,b" of a pixel there. */
function played(page: Page, file: Buffer, x: number, y: number): Promise<{ length_s: number; at_s: number; width: number; pixel: number[] }> {
  return page.evaluate(
    async ([base64, left, top]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const video = document.createElement("video");
      const once = (name: string) => new Promise((done, fail) => {
        video.addEventListener(name, done, { once: true });
        video.addEventListener("error", () => fail(new Error(video.error?.message)), { once: true });
      });
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
      await once("loadeddata");
      const playing = once("timeupdate");
      await video.play();
      await playing;
      video.pause();
      const sought = once("seeked");
      video.currentTime = video.duration / 2;
      await sought;
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      const context = canvas.getContext("2d");
      context?.drawImage(video, 0, 0);
      const pixel = [...(context?.getImageData(left, top, 1, 1).data ?? [])].slice(0, 3);
      return { length_s: video.duration, at_s: video.currentTime, width: video.videoWidth, pixel };
    },
    [file.toString("base64"), x, y] as const,
  );
}

test("F-13 allowed: the customer asks for a copy, and the file plays in a browser's own player as what was shown", async ({ browser }) => {
  const at = await Case.start(browser, { options: { satisfaction_survey: false } });
  try {
    const opened = await installOpener(at.desktop);
    const target = await Target.start(at.desktop, "320x240+20+540");
    const { colour, middle } = target;
    const app = await at.join();
    await at.operator.seesColour(colour, middle.x, middle.y);
    await at.operator.openTool("screen-recording");
    const { id } = await at.newestRecord();
    const kept = () => at.company.manage.get<Kept>(`/api/manage/records/${id}`).then(({ recordings }) => recordings[0]);
    await app.press("button", text(at.language, "customer-rights"));
    await app.press("button", text(at.language, "customer-copy-wish"));
    await app.find("text", text(at.language, "customer-copy-wished"));
    await expect.poll(async () => (await kept())?.pieces ?? 0, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(await at.lines("recording-copy-wished")).toHaveLength(1);
    await app.press("button", at.operator.say.stop);
    await app.press("button", text(at.language, "customer-copy-ask"));
    await expect.poll(opened, { timeout: 15_000 }).toHaveLength(1);
    const [link = ""] = await opened();
    expect(link).toMatch(new RegExp(`^${at.server.url}/copy#[0-9a-f]{64}$`));
    await app.find("text", new RegExp(link.slice(-64)));

    const context = await browser.newContext(contextOf(at.language));
    const page = await context.newPage();
    await page.goto(link);
    const save = page.getByRole("link", { name: text(at.language, "join-copy-save", { no: "1" }), exact: true });
    await expect(save).toBeVisible({ timeout: 40_000 });
    await judge(page, "recording-copy", at.language);
    const copy = await saved(page, () => save.click());
    expect(copy.name).toBe("recording-1.webm");
    const film = (await kept())?.film;
    expect(film).toMatchObject({ state: "ready", size_bytes: copy.file.length, sha256: createHash("sha256").update(copy.file).digest("hex") });
    for (const kind of ["recording-film", "recording-copy-asked", "recording-copy-fetched"]) {
      expect(await at.lines(kind), kind).toHaveLength(1);
    }

    const shown = await played(page, copy.file, middle.x, middle.y);
    const length_s = ((await kept())?.length_ms ?? 0) / 1000;
    expect(Math.abs(shown.length_s - length_s)).toBeLessThan(0.1);
    expect(Math.abs(shown.at_s - length_s / 2)).toBeLessThan(0.1);
    const wanted = [1, 3, 5].map((place) => Number.parseInt(colour.slice(place, place + 2), 16));
    wanted.forEach((level, index) => expect(Math.abs((shown.pixel[index] ?? 0) - level), `${shown.pixel} for ${colour}`).toBeLessThan(8));
    await context.close();

    const manage = await signedIn(browser, at.server, at.company, at.language);
    await manage.goto(`${at.server.url}/manage/${at.company.shortName}/records/${id}`);
    const film1 = manage.getByRole("link", { name: text(at.language, "manage-recording-film-save", { no: "1" }), exact: true });
    await film1.scrollIntoViewIfNeeded();
    await judge(manage, "manage-recording-film", at.language);
    expect((await saved(manage, () => film1.click())).file.equals(copy.file)).toBe(true);
    // The wish that the customer had during the session, answered with a link in place of theirs.
    await expect(manage.getByText(text(at.language, "manage-recording-copy-wished"), { exact: true })).toBeVisible();
    await manage.getByRole("button", { name: text(at.language, "manage-recording-copy-link"), exact: true }).click();
    const given = manage.getByText(new RegExp(`^${at.server.url}/copy#[0-9a-f]{64}$`));
    await expect(given).toBeVisible();
    expect(await given.textContent()).not.toBe(link);
    await judge(manage, "manage-recording-copy-link", at.language);
    expect(await at.lines("recording-copy-given")).toHaveLength(1);
    await manage.context().close();
  } finally {
    await at.stop();
  }
});

test("F-13: whatever a browser's encoder made is played and sought, and becomes a file where WebM takes it", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const say = (key: string, args: Record<string, string> = {}) => text(at.language, key, args);
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    await customer.agree();
    const { id } = await at.newestRecord();
    const codecs = Object.keys(CODECS) as Codec[];
    for (const codec of codecs) await record(at.server, at.operator.context, id, customer.page, codec);
    await customer.press(at.operator.say.stop);
    await customer.close();
    const manage = await signedIn(browser, at.server, at.company, at.language);
    await manage.goto(`${at.server.url}/manage/${at.company.shortName}/records/${id}`);
    const controls = manage.getByRole("group", { name: say("manage-recording-controls"), exact: true });
    const middle = { x: SIZE.width / 2, y: SIZE.height / 2 };
    // Where a file says nothing of its colours, as VP8 cannot, a player takes them for those of television: some steps away.
    const near = (pixel: number[], colour: string, what: string) =>
      channels(colour).forEach((level, index) => expect(Math.abs((pixel[index] ?? 0) - level), `${what}: ${pixel} for ${colour}`).toBeLessThan(32));
    for (const [index, codec] of codecs.entries()) {
      await manage.getByRole("button", { name: say("manage-recording-play", { no: String(index + 1) }), exact: true }).click();
      const shown = () => manage.locator("canvas[role=img]").evaluate((canvas, { x, y }) => [...((canvas as HTMLCanvasElement).getContext("2d")?.getImageData(x, y, 1, 1).data ?? [])], middle);
      const slider = manage.getByRole("slider", { name: say("manage-recording-position"), exact: true });
      // Forth and back: each place is found from the picture before it that stands by itself.
      for (const [key, colour] of [["End", COLOURS[1]], ["Home", COLOURS[0]], ["End", COLOURS[1]]] as const) {
        await slider.press(key);
        await expect(controls).toHaveAttribute("data-waiting", "false");
        near(await shown(), colour, `${codec} ${key}`);
      }
      await manage.getByRole("button", { name: say("manage-recording-close", { no: String(index + 1) }), exact: true }).click();
    }
    const films = () => at.company.manage.get<Kept>(`/api/manage/records/${id}`).then(({ recordings }) => recordings.map(({ film }) => film.state));
    await expect.poll(films, { timeout: 60_000 }).toEqual(codecs.map((codec) => (codec === "h264" ? "failed" : "ready")));
    await manage.reload();
    for (const [index, codec] of codecs.entries()) {
      if (codec === "h264") continue;
      const link = manage.getByRole("link", { name: say("manage-recording-film-save", { no: String(index + 1) }), exact: true });
      const { file } = await saved(manage, () => link.click());
      const shown = await played(manage, file, middle.x, middle.y);
      expect(shown.width).toBe(SIZE.width);
      near(shown.pixel, COLOURS[1], `${codec} in WebM`);
    }
    await expect(manage.getByText(new RegExp(say("manage-why-film-codec")))).toBeVisible();
    await manage.context().close();
  } finally {
    await at.stop();
  }
});
