import { expect, it } from "vitest";
import { cropOf, monitorArea, wholeSize } from "./monitor-area";

const picture = { width: 3200, height: 1080 };
const display = { id: 2, name: "right", x: 1920, y: 56, width: 1280, height: 1024 };

it("X-4: one monitor is shown by a hole over the whole picture, so that input finds its pixels by itself", () => {
  const area = monitorArea(display, picture);
  expect(area).toEqual({ x: 1920, y: 56, width: 1280, height: 1024 });
  if (area === null) return;
  const shown = { width: 640, height: 512 };
  expect(cropOf(area, shown)).toEqual({ left: 960, top: 28, width: 640, height: 512 });
  expect(wholeSize(area, shown, picture)).toEqual({ width: 1600, height: 540 });
});

it("X-4: a monitor that lies outside, or is said to be larger than all, is cut to what there is", () => {
  expect(monitorArea({ ...display, x: -100, width: 200 }, picture)).toEqual({
    x: 0,
    y: 56,
    width: 100,
    height: 1024,
  });
  expect(monitorArea({ ...display, width: 4_294_967_295, height: 4_294_967_295 }, picture)).toEqual({
    x: 1920,
    y: 56,
    width: 1280,
    height: 1024,
  });
  expect(monitorArea({ ...display, x: 5_000 }, picture)).toBeNull();
  expect(monitorArea({ ...display, width: 0 }, picture)).toBeNull();
});
