/** What is wrong with one field of a request. */
export type FieldProblem = {
  field: string;
  code: string;
  params: Record<string, string | number>;
};

/** The server's answer when it does not do what was asked (RFC 9457), or that it did not answer at all. */
export class Problem extends Error {
  override name = "Problem";

  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    /** Stable, kebab-case; the Fluent message of the same name is its text. */
    readonly code: string,
    /** The server's own text, in the page's language; empty when it could not be reached. */
    readonly title: string,
    readonly fields: readonly FieldProblem[] = [],
    /** Further values for the text, such as `operators` or `retry_after_s`. */
    readonly params: Record<string, string | number> = {},
  ) {
    super(code);
  }
}

/** The problem of an unreachable server. */
export const UNREACHABLE = "unreachable";

/** Reads a problem+json body; whatever else stands there becomes a problem of its status. */
export function problemOf(status: number, body: unknown): Problem {
  if (!isObject(body)) return new Problem(status, `http-${status}`, "");
  const fields = Array.isArray(body["errors"]) ? body["errors"].flatMap(fieldProblemOf) : [];
  return new Problem(status, textOf(body["code"]) ?? `http-${status}`, textOf(body["title"]) ?? "", fields, {
    ...paramsOf(body["params"]),
    ...paramsOf(body),
  });
}

function fieldProblemOf(entry: unknown): FieldProblem[] {
  if (!isObject(entry)) return [];
  const field = textOf(entry["field"]);
  const code = textOf(entry["code"]);
  return field === undefined || code === undefined
    ? []
    : [{ field, code, params: paramsOf(entry["params"]) }];
}

function paramsOf(value: unknown): Record<string, string | number> {
  if (!isObject(value)) return {};
  const known: Record<string, string | number> = {};
  for (const [name, param] of Object.entries(value)) {
    if (typeof param === "string" || typeof param === "number") known[name] = param;
  }
  return known;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
