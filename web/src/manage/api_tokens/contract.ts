/** The contract as far as the reference shows it. What is not understood is left out. */

/** One operation. */
export type Operation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  tag: string;
  /** Who may ask; none: everybody. */
  who: { role: "administrator" | "operator" | "token"; scopes: string[] }[];
  parameters: Field[];
  /** The media type of the body; empty: it has none. */
  media: string;
  body: Field[];
  answers: Answer[];
};

/** A parameter, or a field of a body. */
export type Field = {
  name: string;
  place: string;
  type: string;
  required: boolean;
  about: string;
  /** What stands in it, or in each of its items; empty where it is plain. */
  fields: Field[];
};

/** One answer. */
export type Answer = { status: string; about: string; fields: Field[] };

type Json = Record<string, unknown>;

/** Every operation of `/api/openapi.json`, by path. */
export function readContract(contract: unknown): Operation[] {
  const root = objectOf(contract);
  return Object.entries(objectOf(root["paths"])).flatMap(([path, item]) =>
    Object.entries(objectOf(item)).map(([method, operation]) =>
      readOperation(root, path, method, objectOf(operation)),
    ),
  );
}

/** The operations that name a text, by tag in their order. */
export function findOperations(operations: readonly Operation[], search: string): Map<string, Operation[]> {
  const wanted = search.trim().toLowerCase();
  const byTag = new Map<string, Operation[]>();
  for (const operation of operations) {
    const { id, method, path, summary, description } = operation;
    const scopes = operation.who.flatMap((one) => one.scopes);
    const text = [id, method, path, summary, description, ...scopes].join("\n").toLowerCase();
    if (!text.includes(wanted)) continue;
    byTag.set(operation.tag, [...(byTag.get(operation.tag) ?? []), operation]);
  }
  return byTag;
}

/** How a script would ask. */
export function curlOf({ method, path, who, media, body, parameters }: Operation, origin: string): string {
  const lines = [`curl -X ${method} '${origin}${path}${queryOf(parameters)}'`];
  if (who.some(({ role }) => role === "token")) lines.push(`-H "Authorization: Bearer $TOKEN"`);
  if (media !== "") lines.push(`-H 'Content-Type: ${media}'`);
  if (body.length > 0) lines.push(`-d '${JSON.stringify(exampleOf(body))}'`);
  else if (media !== "") lines.push("--data-binary @FILE");
  return lines.join(" \\\n  ");
}

function queryOf(parameters: readonly Field[]): string {
  const needed = parameters.filter(({ place, required }) => place === "query" && required);
  const pairs = needed.map(({ name, type }) => `${name}=${type.split(" | ")[0]}`);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function exampleOf(fields: readonly Field[]): Json {
  return Object.fromEntries(fields.map((field) => [field.name, sampleOf(field)]));
}

function sampleOf({ type, fields }: Field): unknown {
  const one = type.replace(/\[\]$/, "");
  const value = fields.length > 0 ? exampleOf(fields) : plainValue(one);
  return one === type ? value : [value];
}

function plainValue(type: string): unknown {
  const [first = ""] = type.split(" | ");
  if (first === "integer" || first === "number") return 1;
  if (first === "boolean") return true;
  return first === "object" ? {} : first === "string" ? "…" : first;
}

function readOperation(root: Json, path: string, method: string, operation: Json): Operation {
  const answers = Object.entries(objectOf(operation["responses"])).map(([status, answer]) => ({
    status,
    about: textOf(objectOf(answer)["description"]),
    fields: fieldsIn(root, schemaOf(objectOf(answer)), []),
  }));
  return {
    id: textOf(operation["operationId"]),
    method: method.toUpperCase(),
    path,
    summary: textOf(operation["summary"]),
    description: textOf(operation["description"]),
    tag: textOf(listOf(operation["tags"])[0]),
    who: listOf(operation["security"]).flatMap((one) =>
      Object.entries(objectOf(one)).flatMap(([role, scopes]) =>
        isRole(role) ? [{ role, scopes: listOf(scopes).map(textOf) }] : [],
      ),
    ),
    parameters: listOf(operation["parameters"]).map((parameter) => {
      const { name, in: place, required, description, schema } = objectOf(parameter);
      return {
        name: textOf(name),
        place: textOf(place),
        type: typeOf(root, schema),
        required: required === true,
        about: textOf(description),
        fields: [],
      };
    }),
    media: Object.keys(objectOf(objectOf(operation["requestBody"])["content"]))[0] ?? "",
    body: fieldsIn(root, schemaOf(objectOf(operation["requestBody"])), []),
    answers,
  };
}

function isRole(role: string): role is "administrator" | "operator" | "token" {
  return ["administrator", "operator", "token"].includes(role);
}

function schemaOf(content: Json): unknown {
  return objectOf(Object.values(objectOf(content["content"]))[0])["schema"];
}

/** The fields of a type, of the items of a list, or of whichever of several is an object. `within`: the types around it. */
function fieldsIn(root: Json, schema: unknown, within: readonly string[]): Field[] {
  const { $ref } = objectOf(schema);
  // A type within itself is not told again, without end.
  if (typeof $ref === "string" && within.includes($ref)) return [];
  const around = typeof $ref === "string" ? [...within, $ref] : within;
  const { items, oneOf } = resolve(root, schema);
  if (items !== undefined) return fieldsIn(root, items, around);
  const { properties, required } = shapeOf(root, schema);
  const own = Object.entries(properties).map(([name, property]) => ({
    name,
    place: "body",
    type: typeOf(root, property),
    required: required.includes(name),
    about: textOf(objectOf(property)["description"]) + limitsOf(objectOf(property)),
    fields: fieldsIn(root, property, around),
  }));
  return [...own, ...listOf(oneOf).flatMap((one) => fieldsIn(root, one, around))];
}

/** What an object has and needs: its own, and what every part of its `allOf` brings. */
function shapeOf(root: Json, schema: unknown): { properties: Json; required: unknown[] } {
  const { allOf, properties, required } = resolve(root, schema);
  const parts = listOf(allOf).map((part) => shapeOf(root, part));
  return {
    properties: Object.assign({}, ...parts.map((part) => part.properties), objectOf(properties)),
    required: [...parts.flatMap((part) => part.required), ...listOf(required)],
  };
}

/** Limits as the contract says them. */
function limitsOf(schema: Json): string {
  const said = ["minLength", "maxLength", "pattern", "minimum", "maximum", "minItems"]
    .filter((name) => schema[name] !== undefined)
    .map((name) => `${name} ${String(schema[name])}`);
  return said.length === 0 ? "" : ` (${said.join(", ")})`;
}

function typeOf(root: Json, schema: unknown): string {
  const { $ref, type, items, format, oneOf, enum: values } = objectOf(schema);
  if (typeof $ref === "string") {
    const isObject = Object.keys(shapeOf(root, schema).properties).length > 0;
    return isObject ? nameOf($ref) : typeOf(root, resolve(root, schema));
  }
  if (Array.isArray(values)) return values.map(String).join(" | ");
  if (Array.isArray(oneOf)) return oneOf.map((one) => typeOf(root, one)).join(" | ");
  if (Array.isArray(type)) return type.map(String).join(" | ");
  if (type === "array") return `${typeOf(root, items)}[]`;
  return typeof format === "string" && format === "uuid" ? "uuid" : textOf(type) || "object";
}

function resolve(root: Json, schema: unknown): Json {
  const { $ref } = objectOf(schema);
  if (typeof $ref !== "string") return objectOf(schema);
  return objectOf(objectOf(objectOf(root["components"])["schemas"])[nameOf($ref)]);
}

function nameOf(ref: string): string {
  return ref.split("/").at(-1) ?? ref;
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
