// What moves goes as video, in the right colours, while all around it stays exact; when it rests it is exact again [Y-3].
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { channels, numberIn, VIDEO } from "./parts/film.ts";
import { program } from "./parts/places.ts";
import { decodePng, type Picture } from "./parts/png.ts";
import { Program } from "./parts/program.ts";

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const SCREEN = { width: 1280, height: 800 };
/** So much may a channel of a block of 32×32 pixels be off on the average. */
const OFF_MAX = 6;
const BLOCK = 32;

test("a moving region is seen moving in its colours, and exactly once it rests", { tag: "@alone" }, async ({ browser }) => {
  test.setTimeout(240_000);
  const at = await Case.start(browser, { desktop: SCREEN });
  try {
    const { page } = at.operator;
    await page.setViewportSize({ width: SCREEN.width + 480, height: SCREEN.height + 200 });
    await at.join();
    await at.operator.originalSize();
    await at.desktop.hands("mousemove", "1270", "790");
    const film = at.desktop.run(program("picture-workload"), ["video"]);
    await expect.poll(() => page.locator("video").evaluateAll(widthOf), { timeout: 30_000 }).toBeGreaterThan(0);
    // Different pictures move, and some of them are good: the first of a busy machine are coarse, and each look takes from the
    // time in which the next ones are made.
    const off = new Map<number, number>();
    const look = async () => {
      const picture = await shown(VIDEO);
      const number = numberIn(picture);
      if (number !== undefined) off.set(number, await distance(picture, number, at.desktop.home));
      return off.size < 3 ? Number.POSITIVE_INFINITY : Math.min(...off.values());
    };
    await expect.poll(look, { timeout: 120_000, intervals: [50, 250] }).toBeLessThanOrEqual(OFF_MAX);
    // Beside the video nothing has changed, and nothing but exact pixels is shown.
    await expect(at.operator.exactSign).toBeHidden();
    const beside = { x: 0, y: 240, width: 256, height: 360 };
    expect(differences(await shown(beside), await at.desktop.picture(), beside)).toEqual([]);

    // The last picture stays.
    process.kill(film.pid, "SIGSTOP");
    await expect(at.operator.exactSign).toBeVisible();
    expect(differences(await shown(VIDEO), await at.desktop.picture(), VIDEO)).toEqual([]);
    await film.stop("SIGKILL");

    /** A part of the picture as the operator sees it, one pixel of the page for one of the desktop. */
    async function shown(area: Area): Promise<Picture> {
      const corner = await at.operator.place(area.x, area.y);
      return decodePng(await page.screenshot({ clip: { ...area, x: Math.floor(corner.x), y: Math.floor(corner.y) } }));
    }
  } finally {
    await at.stop();
  }
});

function widthOf(videos: Element[]): number {
  return Math.max(0, ...videos.map((video) => (video as HTMLVideoElement).videoWidth));
}

/** How far the blocks of the video are from those of the picture that was drawn: the worst of all averages. */
async function distance(picture: Picture, number: number, folder: string): Promise<number> {
  const file = join(folder, `picture-${number}`);
  const size = `${SCREEN.width}x${SCREEN.height}`;
  await Program.run(program("picture-workload"), ["video", "--dump", `${number}`, "--out", file, "--size", size]);
  const drawn = await readFile(file);
  let worst = 0;
  // Blocks at the edge hold a mix of the region and what is beside it, and the first row the squares.
  for (let top = BLOCK; top + BLOCK < VIDEO.height; top += BLOCK * 3) {
    for (let left = BLOCK; left + BLOCK < VIDEO.width; left += BLOCK * 3) {
      const sums = [0, 0, 0];
      for (let y = top; y < top + BLOCK; y += 1) {
        for (let x = left; x < left + BLOCK; x += 1) {
          const start = ((y + VIDEO.y) * SCREEN.width + x + VIDEO.x) * 4;
          channels(picture.at(x, y)).forEach((channel, index) => {
            sums[index] = (sums[index] ?? 0) + channel - (drawn[start + 2 - index] ?? 0);
          });
        }
      }
      worst = Math.max(worst, ...sums.map((sum) => Math.abs(sum) / (BLOCK * BLOCK)));
    }
  }
  return worst;
}

/** The first pixels in which a part of the screen differs from the whole. */
function differences(part: Picture, whole: Picture, area: Area): string[] {
  const found: string[] = [];
  for (let y = 0; y < area.height && found.length < 5; y += 1) {
    for (let x = 0; x < area.width && found.length < 5; x += 1) {
      const [is, should] = [part.at(x, y), whole.at(area.x + x, area.y + y)];
      if (is !== should) found.push(`${x},${y}: ${is} for ${should}`);
    }
  }
  return found;
}
