/** Beyond it there is no date, and showing one throws. */
const TIME_MAX_MS = 8_640_000_000_000_000n;

/** A size as the customer's app claims it: no more than this page counts exactly. */
export function sizeOf(claimed_bytes: bigint): number {
  return claimed_bytes > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : Number(claimed_bytes);
}

/** A time as the customer's app claims it, in epoch milliseconds; 0, not known, for what is none. */
export function timeOf(claimed_ms: bigint): number {
  return claimed_ms > TIME_MAX_MS ? 0 : Number(claimed_ms);
}
