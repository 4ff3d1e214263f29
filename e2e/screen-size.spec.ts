// The customer changes the size of their screen while it is shown [X-4, Y-3].
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { Target } from "./parts/target.ts";

const SIZES = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
];

test("a screen that changes its size is shown exactly, and a click lands where it was made", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const app = await at.join();
    await expect(at.operator.exactSign).toBeVisible();
    for (const { width, height } of SIZES) {
      await at.desktop.resize(width, height);
      await expect.poll(() => at.operator.pictureSize()).toEqual({ width, height });
      await expect(at.operator.exactSign).toBeVisible();
      // In the far corner: a place that one of the sizes does not have, or that lies elsewhere in the page.
      const target = await Target.start(at.desktop, `200x160+${width - 230}+${height - 190}`);
      await at.operator.seesColour(target.now, target.middle.x, target.middle.y);
      await at.operator.hasControl();
      const before = target.lineCount;
      await at.operator.click(target.middle.x, target.middle.y);
      await at.operator.seesColour(await target.nextColour(before), target.middle.x, target.middle.y);
      expect(target.events("button")).toMatchObject([{ pressed: true, root_x: target.middle.x, root_y: target.middle.y }, {}]);
      await expect(at.operator.exactSign).toBeVisible();
      await target.close();
    }
    const changes = async () => {
      const { timeline } = await at.newestRecord();
      return timeline.filter((line) => line.kind === "display-changed").map(({ source, detail }) => [source, detail["width_px"], detail["height_px"]]);
    };
    await expect.poll(changes).toEqual(expect.arrayContaining(SIZES.map(({ width, height }) => ["customer", width, height])));
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
