import { describe, expect, it } from "vitest";
import { areaOf, cameEarly, opened } from "./motion";

const AREA = { id: 19, x: 10, y: 20, width: 64, height: 48 };
const OTHER = { id: 4, x: 200, y: 20, width: 32, height: 32 };

describe("areaOf", () => {
  it("reads the area's id from the lowest four bits of the timestamp", () => {
    const picture = { width: 64, height: 48, rtpTimestamp: 0xffff_fff3 };
    expect(areaOf(picture, [OTHER, AREA])).toBe(AREA);
    expect(areaOf({ ...picture, rtpTimestamp: 0xffff_fff5 }, [OTHER, AREA])).toBeNull();
  });

  it("goes by the size where the browser gives no timestamp", () => {
    expect(areaOf({ width: 32, height: 32, rtpTimestamp: null }, [AREA, OTHER])).toBe(OTHER);
    expect(areaOf({ width: 33, height: 32, rtpTimestamp: null }, [AREA, OTHER])).toBeNull();
  });

  it("knows no area once it is closed", () => {
    expect(areaOf({ width: 64, height: 48, rtpTimestamp: 3 }, [])).toBeNull();
  });
});

describe("cameEarly", () => {
  it("takes a picture for an area that opens after it only where id and size fit", () => {
    expect(cameEarly({ width: 64, height: 48, rtpTimestamp: 3 }, AREA)).toBe(true);
    expect(cameEarly({ width: 64, height: 48, rtpTimestamp: 2 }, AREA)).toBe(false);
    expect(cameEarly({ width: 64, height: 50, rtpTimestamp: 3 }, AREA)).toBe(false);
    expect(cameEarly({ width: 64, height: 48, rtpTimestamp: null }, AREA)).toBe(false);
  });
});

describe("opened", () => {
  it("tells what is new, also where an id stands for another place now", () => {
    expect(opened([AREA], [AREA, OTHER])).toEqual([OTHER]);
    const moved = { ...AREA, x: 11 };
    expect(opened([AREA], [moved])).toEqual([moved]);
    expect(opened([AREA], [])).toEqual([]);
  });
});
