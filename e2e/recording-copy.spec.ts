// The standard file of a recording, and a copy of it for the customer [F-13]: it plays outside of the product.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { Case } from "./parts/case.ts";
import { contextOf, judge } from "./parts/looks.ts";
import { installOpener } from "./parts/opener.ts";
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
    await expect.poll(async () => (await kept())?.pieces ?? 0, { timeout: 20_000 }).toBeGreaterThan(1);
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
    await manage.context().close();
  } finally {
    await at.stop();
  }
});
