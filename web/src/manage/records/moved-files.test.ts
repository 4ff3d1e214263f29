import { expect, it } from "vitest";
import { movedFiles } from "./moved-files";

const detail = { to_customer: true, path: "/home/kim/보고서.hwp", size_bytes: 5, blake3: "ab" };

function entry(kind: string, source: "customer" | "operator", part: object = {}) {
  return { at_ms: 1, source, kind, detail: { ...detail, ...part } };
}

it("R-3: a record lists the files that were moved as a whole, by what the customer's side saw", () => {
  const moved = movedFiles([
    entry("file-started", "customer"),
    entry("file-finished", "customer"),
    entry("file-failed", "customer"),
    entry("file-finished", "operator"),
    entry("file-finished", "customer", { blake3: null }),
  ]);
  expect(moved).toEqual([
    { at_ms: 1, path: "/home/kim/보고서.hwp", toCustomer: true, size_bytes: 5, blake3: "ab" },
  ]);
});
