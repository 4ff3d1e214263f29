import { expect, it } from "vitest";
import { release } from "./release";

const KIB = 1024;

it("releases the whole memory that a part lies in, a few of them at once", () => {
  const part = () => new Uint8Array(100 * KIB).subarray(2, 5);
  const [first, second, third] = [part(), part(), part()];
  // What other tests of this process have left waiting goes with it.
  release(new Uint8Array(256 * KIB));
  release(first);
  release(second);
  expect(first.byteLength).toBe(3);
  release(third);
  expect([first, second, third].map(({ byteLength }) => byteLength)).toEqual([0, 0, 0]);
  const next = part();
  release(next);
  expect(next.byteLength).toBe(3);
});
