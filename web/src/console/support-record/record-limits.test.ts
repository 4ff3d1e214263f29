import { expect, it } from "vitest";
import type { RecordForm } from "../console-api";
import { fitting, tooLong } from "./record-limits";

const form = (part: Partial<RecordForm>): RecordForm => ({
  support_type_id: null,
  resolution: "unchecked",
  customer_name: "",
  memo: "",
  ...part,
});

it.each([
  ["가".repeat(60), null],
  [` ${"가".repeat(60)}\n`, null],
  ["😀".repeat(60), null],
  ["가".repeat(60).normalize("NFD"), null],
  ["가".repeat(61), { count: 61, max: 60 }],
])("R-5: a name is counted as the server counts it: %j", (customer_name, expected) =>
  expect(tooLong(form({ customer_name }), "customer_name")).toEqual(expected),
);

it("R-5: a memo has 4000 characters, and spaces at its ends count", () => {
  expect(tooLong(form({ memo: "a".repeat(4_000) }), "memo")).toBeNull();
  expect(tooLong(form({ memo: `${"a".repeat(4_000)} ` }), "memo")).toEqual({ count: 4_001, max: 4_000 });
});

it("R-5: what fits of a text that is too long is its beginning, and the rest of the form stays", () => {
  const cut = fitting(form({ customer_name: "홍길동", memo: "😀".repeat(4_001) }));
  expect(cut).toEqual(form({ customer_name: "홍길동", memo: "😀".repeat(4_000) }));
});
