import { expect, it } from "vitest";
import { release } from "./release";

it("takes the memory of what nobody reads any more, with all views upon it", () => {
  const block = new Uint8Array(1024);
  const part = block.subarray(512);
  release(part);
  expect([block.byteLength, part.byteLength, block.buffer.byteLength]).toEqual([0, 0, 0]);
});
