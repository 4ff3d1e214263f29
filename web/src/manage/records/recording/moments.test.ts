import { expect, it } from "vitest";
import { clockText } from "./clock-text";
import { found, momentsOf } from "./moments";

const texts = {
  event: (kind: string) => kind,
  chat: (author: string, text: string) => `${author}: ${text}`,
};

it("Y-7: puts what happened on the recording's time line, and finds the second of a word", () => {
  const entry = (at_ms: number, kind: string) => ({ at_ms, kind, source: "server" as const, detail: {} });
  const record = {
    timeline: [entry(900, "before"), entry(3_000, "file-finished"), entry(99_000, "after")],
    chat: [{ at_ms: 2_000, author: "customer" as const, text: "프린터 오류", by_other_side: false }],
  };
  const moments = momentsOf(record, { began_at_ms: 1_000, length_ms: 10_000 }, texts);
  expect(moments).toEqual([
    { at_ms: 1_000, text: "customer: 프린터 오류" },
    { at_ms: 2_000, text: "file-finished" },
  ]);
  expect(found(moments, " 프린터 ").map(({ at_ms }) => at_ms)).toEqual([1_000]);
  expect(found(moments, "FILE").map(({ at_ms }) => at_ms)).toEqual([2_000]);
  expect(found(moments, "")).toHaveLength(2);
});

it("writes times as people read them", () => {
  expect([0, 65_000, 3_723_000].map(clockText)).toEqual(["0:00", "1:05", "1:02:03"]);
});
