import { expect, it } from "vitest";
import { Problem } from "../../shared/api/problem";
import {
  bringPartIn,
  countsOf,
  faultsOf,
  goodRows,
  type Outcome,
  partsOf,
  ROWS_AT_ONCE,
} from "./import-steps";
import type { PreviewRow } from "./operators-api";

const row = (line: number, action: PreviewRow["action"], bad = false): PreviewRow => ({
  line,
  login: `kim-${line}`,
  name: "김",
  password: "",
  company_name: "",
  department: "",
  phone: "",
  email: "",
  mobile: "",
  found: action === "create" ? null : { id: `id-${line}`, revision: 3 },
  action,
  errors: bad ? [{ field: "login", code: "taken" }] : [],
});

it("D-8: bad rows are counted apart and never sent", () => {
  const rows = [row(2, "create"), row(3, "create", true), row(4, "update"), row(5, "nothing")];
  expect(countsOf(rows)).toEqual({ create: 1, update: 1, nothing: 1, bad: 1 });
  expect(goodRows(rows).map(({ line }) => line)).toEqual([2, 4]);
  expect(goodRows(rows)[0]).not.toHaveProperty("errors");
  expect(goodRows(rows).map(({ found }) => found?.revision)).toEqual([undefined, 3]);
});

it("no row is lost between the parts", () => {
  const rows = goodRows(Array.from({ length: 2 * ROWS_AT_ONCE + 1 }, (_, line) => row(line, "create")));
  expect(partsOf(rows).map((part) => part.length)).toEqual([ROWS_AT_ONCE, ROWS_AT_ONCE, 1]);
  expect(partsOf(rows).flat()).toEqual(rows);
  expect(partsOf([])).toEqual([]);
});

it("D-8: a refused part names its rows by their lines", () => {
  const part = goodRows([row(7, "update"), row(9, "create")]);
  const fault = (field: string, code: string) => ({ field, code, params: {} });
  const refusal = (...fields: ReturnType<typeof fault>[]) => new Problem(422, "invalid-fields", "", fields);
  const refused = refusal(
    fault("rows.1.login", "changed-since-preview"),
    fault("rows.1.phone", "phone-not-valid"),
    fault("rows.2.login", "taken"),
    fault("administrator_password", "required"),
  );
  expect([...faultsOf(part, refused)]).toEqual([
    [9, [fault("login", "changed-since-preview"), fault("phone", "phone-not-valid")]],
  ]);
  expect(faultsOf(part, new Error("x")).size).toBe(0);
});

it("D-8: rows that are refused are left out of a part until the others are in, or the refusal is about none of them", async () => {
  const refuse = (field: string, code: string) =>
    new Problem(422, "invalid-fields", "", [{ field, code, params: {} }]);
  const replies: unknown[] = [
    refuse("rows.1.login", "changed-since-preview"),
    refuse("rows.0.login", "taken"),
  ];
  const sent: number[][] = [];
  const send = async (rows: { line: number }[]) => {
    sent.push(rows.map(({ line }) => line));
    const reply = replies.shift();
    if (reply !== undefined) throw reply;
    return { created: rows.length, updated: 0 };
  };
  const outcome: Outcome = { created: 0, updated: 0, refused: new Map() };
  const part = goodRows([row(7, "create"), row(9, "update"), row(11, "create")]);
  await bringPartIn(part, send, outcome);
  expect(sent).toEqual([[7, 9, 11], [7, 11], [11]]);
  expect(outcome.created).toBe(1);
  expect([...outcome.refused].map(([line, [fault]]) => [line, fault?.code])).toEqual([
    [9, "changed-since-preview"],
    [7, "taken"],
  ]);
  replies.push(new Problem(409, "licence-full", "", []));
  await expect(bringPartIn(part, send, outcome)).rejects.toThrow(Problem);
  expect(sent).toHaveLength(4);
});
