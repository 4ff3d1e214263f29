import { expect, it } from "vitest";
import { addressIn, localAddress } from "./local-address";

it.each([
  ["candidate:1 1 udp 2122260223 192.168.0.7 56143 typ host generation 0", "192.168.0.7"],
  ["candidate:1 1 udp 2122260223 fd00::7 56143 typ host generation 0", "fd00::7"],
  ["candidate:1 1 udp 2122260223 3f0c9a1e-0000.local 56143 typ host generation 0", null],
  ["candidate:1 1 udp 1686052607 203.0.113.7 56143 typ srflx raddr 0.0.0.0 rport 0", null],
  ["", null],
])("D-3: %s", (candidate, address) => expect(addressIn(candidate)).toBe(address));

const gathering = (...candidates: string[]) => {
  let heard: (candidate: string | null) => void = () => undefined;
  const made = {
    closed: false,
    listen: (hear: typeof heard) => {
      heard = hear;
    },
    begin: async () => {
      for (const candidate of [...candidates, null]) heard(candidate);
    },
    close: () => {
      made.closed = true;
    },
  };
  return made;
};

it("D-3: the first address that is one, or none", async () => {
  const hidden = "candidate:1 1 udp 1 x.local 5 typ host";
  const told = gathering(hidden, "candidate:1 1 udp 1 10.0.0.7 5 typ host");
  expect(await localAddress(() => told)).toBe("10.0.0.7");
  expect(told.closed).toBe(true);
  expect(await localAddress(() => gathering(hidden))).toBeNull();
});
