import { expect, it } from "vitest";
import { read, withState } from "./live-states";
import type { OperatorList } from "./operators-api";

const operator = (id: string, state: "offline" | "online" | "in_session") => ({
  id,
  state,
  login: id,
  name: id,
  department: { id: "1", name: "x" },
  last_sign_in_ms: null,
  last_address: null,
  last_local_address: null,
  phone: "",
  email: "",
  company_name: "",
  is_mobile: false,
  revision: 0,
});
const LIST: OperatorList = { operators: [operator("a", "offline"), operator("b", "online")], total: 2 };

it("D-3: one operator's state changes, and nothing else", () => {
  const changed = withState(LIST, "a", "in_session");
  expect(changed.operators.map(({ state }) => state)).toEqual(["in_session", "online"]);
  expect(withState(LIST, "a", "offline")).toBe(LIST);
  expect(withState(LIST, "elsewhere", "online")).toBe(LIST);
});

it.each([
  ['{"id":"a","state":"online"}', { id: "a", state: "online" }],
  ['{"id":"a","state":"asleep"}', { id: null, state: null }],
  ['{"id":null,"state":null}', { id: null, state: null }],
  ["[]", { id: null, state: null }],
  ["not json", { id: null, state: null }],
])("what the server tells as %s", (data, expected) => {
  expect(read(data)).toEqual(expected);
});
