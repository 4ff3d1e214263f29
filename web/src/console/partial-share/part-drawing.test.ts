import { expect, test } from "vitest";
import { between, inPicture } from "./part-drawing";

const PICTURE = { width: 1000, height: 500 };

test("a rectangle is asked for in the customer's pixels, whichever corner it was drawn from", () => {
  const area = between({ x: 300, y: 200 }, { x: 100, y: 50 });
  expect(inPicture(area, 2, PICTURE)).toEqual({ x: 200, y: 100, width: 400, height: 300 });
});

test("what lies beside the screen is cut, and a click is no rectangle", () => {
  expect(inPicture({ x: -50, y: -50, width: 100, height: 100 }, 1, PICTURE)).toEqual({
    x: 0,
    y: 0,
    width: 50,
    height: 50,
  });
  expect(inPicture({ x: 10, y: 10, width: 3, height: 90 }, 1, PICTURE)).toBeNull();
});
