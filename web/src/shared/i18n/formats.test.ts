import { describe, expect, it } from "vitest";
import { sizeText } from "./formats";

describe("sizeText", () => {
  it("gives the largest unit that keeps it above 1, and bytes in words that bend", () => {
    const said = [0, 1, 95, 1_300, 124_400_000].map((size) => sizeText(size, "en"));
    expect(said).toEqual(["0 bytes", "1 byte", "95 bytes", "1.3 kB", "124.4 MB"]);
    expect(sizeText(95, "ko")).toBe("95바이트");
  });
});
