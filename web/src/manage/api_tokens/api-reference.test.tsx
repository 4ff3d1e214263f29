import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import contract from "../../../openapi.json";
import { open, SIGNED_IN } from "../test-page";
import { curlOf, findOperations, readContract } from "./contract";

afterEach(() => vi.unstubAllGlobals());

const operations = readContract(contract);
const one = (id: string) => operations.find((operation) => operation.id === id);

it("every operation has a heading, a summary and who may ask", () => {
  expect(operations.length).toBeGreaterThan(30);
  for (const { id, tag, summary, path } of operations) {
    expect(
      [tag, summary].every((text) => text !== ""),
      id,
    ).toBe(true);
    expect(path.startsWith("/api/"), id).toBe(true);
  }
});

it("bodies, parameters and limits are read through their names", () => {
  const create = one("create_api_token");
  expect(create?.body.map(({ name }) => name)).toEqual(["administrator_password", "days", "name", "scopes"]);
  expect(create?.body[2]?.about).toContain("maxLength 60");
  expect(one("rename_department")?.parameters).toEqual([
    { name: "id", place: "path", type: "uuid", required: true, about: "" },
  ]);
  expect(one("list_departments")?.who).toEqual([
    { role: "administrator", scopes: [] },
    { role: "token", scopes: ["departments:read"] },
  ]);
  expect(one("get_site")?.who).toEqual([]);
});

it("an example asks with a token where one is taken", () => {
  const rename = one("rename_department");
  expect(rename === undefined ? "" : curlOf(rename, "https://support.example")).toBe(
    [
      "curl -X PATCH 'https://support.example/api/manage/departments/{id}' \\",
      '  -H "Authorization: Bearer $TOKEN" \\',
      "  -H 'Content-Type: application/json' \\",
      '  -d \'{"name":"…"}\'',
    ].join("\n"),
  );
});

it("operations are found by address, name and scope", () => {
  const ids = (search: string) => [...findOperations(operations, search).values()].flat().map(({ id }) => id);
  expect(ids("RENAME_DEPARTMENT")).toEqual(["rename_department"]);
  expect(ids("usage-log:read")).toContain("export_usage_log");
  expect(ids("no such thing")).toEqual([]);
});

it("the page shows the contract that the server serves", async () => {
  open("/manage/acme/api?search=departments:write", {
    "GET /api/manage/me": SIGNED_IN,
    "GET /api/openapi.json": contract,
  });
  const user = userEvent.setup();
  const summary = await screen.findByText("Creates a department.");
  await user.click(summary);
  expect(screen.getAllByText("API 토큰: departments:write").length).toBeGreaterThan(0);
  expect(screen.queryByText("/api/site")).toBeNull();
});
