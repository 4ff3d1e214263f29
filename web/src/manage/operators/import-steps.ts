import { Problem } from "../../shared/api/problem";
import type { ImportRow, PreviewRow } from "./operators-api";

/** Rows that the server takes at once. */
export const ROWS_AT_ONCE = 50;

/** What a file holds, counted. */
export type Counts = { create: number; update: number; nothing: number; bad: number };

/** How many rows would do what; a bad one does nothing. */
export function countsOf(rows: readonly PreviewRow[]): Counts {
  const counts = { create: 0, update: 0, nothing: 0, bad: 0 };
  for (const { action, errors } of rows) counts[errors.length > 0 ? "bad" : action] += 1;
  return counts;
}

/** The rows that do something, as the server takes them back. */
export function goodRows(rows: readonly PreviewRow[]): ImportRow[] {
  return rows
    .filter(({ errors, action }) => errors.length === 0 && action !== "nothing")
    .map(({ errors: _errors, action: _action, ...row }) => row);
}

/** What the server found wrong with rows of a part, by their lines; empty where its refusal is about none of them. */
export function faultsOf(part: readonly ImportRow[], error: unknown): Map<number, PreviewRow["errors"]> {
  const faults = new Map<number, PreviewRow["errors"]>();
  for (const { field, code, params } of error instanceof Problem ? error.fields : []) {
    const [, position, name] = /^rows\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const line = part[Number(position)]?.line;
    if (line === undefined || name === undefined) continue;
    faults.set(line, [...(faults.get(line) ?? []), { field: name, code, params }]);
  }
  return faults;
}

/** What came of the rows so far. */
export type Outcome = { created: number; updated: number; refused: Map<number, PreviewRow["errors"]> };

/**
 * Brings a part in. The server takes all of its rows or none: those that it refuses are remembered by their lines, and the others are
 * sent again. Throws a refusal that is about none of the rows, and would meet them all.
 */
export async function bringPartIn(
  part: readonly ImportRow[],
  send: (rows: ImportRow[]) => Promise<{ created: number; updated: number }>,
  outcome: Outcome,
): Promise<void> {
  let rest = [...part];
  while (rest.length > 0) {
    try {
      const { created, updated } = await send(rest);
      outcome.created += created;
      outcome.updated += updated;
      return;
    } catch (error) {
      const faults = faultsOf(rest, error);
      if (faults.size === 0) throw error;
      for (const [line, errors] of faults) outcome.refused.set(line, errors);
      rest = rest.filter(({ line }) => !faults.has(line));
    }
  }
}

/** Rows in parts that the server takes at once. */
export function partsOf(rows: readonly ImportRow[]): ImportRow[][] {
  const count = Math.ceil(rows.length / ROWS_AT_ONCE);
  return Array.from({ length: count }, (_, part) =>
    rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE),
  );
}
