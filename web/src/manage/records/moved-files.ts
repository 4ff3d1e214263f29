import type { SupportRecord } from "./records-api";

/** A file that was moved as a whole. */
export type MovedFile = {
  readonly at_ms: number;
  readonly path: string;
  readonly toCustomer: boolean;
  readonly size_bytes: number;
  /** In hexadecimal. */
  readonly blake3: string;
};

/** The files of a timeline that came to their end, as the customer's side saw it: it compares the digests. */
export function movedFiles(entries: SupportRecord["timeline"]): MovedFile[] {
  return entries.flatMap(({ source, kind, at_ms, detail }) => {
    if (source !== "customer" || kind !== "file-finished" || typeof detail !== "object" || detail === null)
      return [];
    const values: Record<string, unknown> = { ...detail };
    const { path, to_customer, size_bytes, blake3 } = values;
    if (typeof path !== "string" || typeof size_bytes !== "number" || typeof blake3 !== "string") return [];
    return [{ at_ms, path, toCustomer: to_customer === true, size_bytes, blake3 }];
  });
}
