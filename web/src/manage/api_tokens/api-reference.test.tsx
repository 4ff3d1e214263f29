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
    { name: "id", place: "path", type: "uuid", required: true, about: "", fields: [] },
  ]);
  expect(one("list_departments")?.who).toEqual([
    { role: "administrator", scopes: [] },
    { role: "token", scopes: ["departments:read"] },
  ]);
  expect(one("get_site")?.who).toEqual([]);
});

type Contents = Record<string, { schema?: unknown }>;

const contents: [string, Contents][] = Object.values(contract.paths).flatMap((item) =>
  Object.values(item).flatMap((operation: Served) => [
    ...bodyOf(operation),
    ...Object.entries(operation.responses).flatMap(([status, { content }]): [string, Contents][] =>
      content === undefined ? [] : [[`${operation.operationId} ${status}`, content]],
    ),
  ]),
);

type Served = {
  operationId: string;
  requestBody?: { content: Contents };
  responses: Record<string, { content?: Contents }>;
};

function bodyOf({ operationId, requestBody }: Served): [string, Contents][] {
  return requestBody === undefined ? [] : [[`${operationId} body`, requestBody.content]];
}

it("nothing that is JSON reads as empty: no body, no answer, no type within one", () => {
  const json = contents.filter(
    ([, content]) => "application/json" in content || "application/problem+json" in content,
  );
  expect(json.length).toBeGreaterThan(100);
  for (const [name] of json) {
    const [id = "", part = ""] = name.split(" ");
    const operation = one(id);
    const fields =
      part === "body" ? operation?.body : operation?.answers.find(({ status }) => status === part)?.fields;
    expect(fields?.length, name).toBeGreaterThan(0);
    for (const field of fields ?? []) {
      // A type with a name of its own is told.
      if (/^[A-Z]/.test(field.type)) expect(field.fields.length, `${name} ${field.name}`).toBeGreaterThan(0);
    }
  }
});

it("a type that is made of others has the fields of all, and those that stand in them", () => {
  const create = one("create_operator");
  expect(create?.body.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["login", "name", "department_id"]),
  );
  expect(create?.body.find(({ name }) => name === "login")?.required).toBe(true);
  const record = one("find_record")?.answers.find(({ status }) => status === "200")?.fields ?? [];
  expect(record.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["no", "operator_login", "memo", "chat"]),
  );
  expect(record.find(({ name }) => name === "chat")?.fields.map(({ name }) => name)).toContain("text");
  expect(record.find(({ name }) => name === "sealed")?.type).toBe("null | Seal");
  expect(record.find(({ name }) => name === "sealed")?.fields.map(({ name }) => name)).toContain("head");
});

it("a type within itself is told once", () => {
  const node = { properties: { name: { type: "string" }, next: { $ref: "#/components/schemas/Node" } } };
  const post = {
    operationId: "add",
    requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Node" } } } },
  };
  const [add] = readContract({ paths: { "/api/x": { post } }, components: { schemas: { Node: node } } });
  expect(add?.body.map(({ name, type, fields }) => [name, type, fields])).toEqual([
    ["name", "string", []],
    ["next", "Node", []],
  ]);
});

it("an example sends what is asked for, with what stands in it, or a file", () => {
  const update = one("update_operator");
  const sent = /-d '(.*)'/.exec(update === undefined ? "" : curlOf(update, "https://support.example"))?.[1];
  expect(JSON.parse(sent ?? "")).toMatchObject({
    name: "…",
    options: [{ key: "…", own: true }],
    revision: 1,
  });
  const preview = one("preview_import");
  expect(preview === undefined ? "" : curlOf(preview, "https://support.example")).toContain(
    "-H 'Content-Type: application/octet-stream' \\\n  --data-binary @FILE",
  );
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
