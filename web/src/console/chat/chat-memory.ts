import type { ChatLine } from "../../shared/session/chat";

/** Where a browser tab keeps small things over a reload, and nothing longer. */
export type TabMemory = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const LINES_MAX = 500;
const keyOf = (sessionId: string) => `beside-console-chat-${sessionId}`;

/** Keeps the chat of a session for the reload of the page; the record is the server's. */
export function rememberChat(memory: TabMemory, sessionId: string, lines: readonly ChatLine[]): void {
  const kept = lines
    .slice(-LINES_MAX)
    .map(({ id, own, text, at_ms, name, delivery }) => ({ id: [...id], own, text, at_ms, name, delivery }));
  try {
    memory.setItem(keyOf(sessionId), JSON.stringify(kept));
  } catch {
    // The tab's memory is full: the chat goes on without it.
  }
}

export function forgetChat(memory: TabMemory, sessionId: string): void {
  memory.removeItem(keyOf(sessionId));
}

/** What an earlier page of this tab kept; nothing where that is not readable. */
export function recallChat(memory: TabMemory, sessionId: string): ChatLine[] {
  try {
    const kept: unknown = JSON.parse(memory.getItem(keyOf(sessionId)) ?? "[]");
    return Array.isArray(kept) ? kept.flatMap(readLine) : [];
  } catch {
    return [];
  }
}

function readLine(value: unknown): ChatLine[] {
  if (typeof value !== "object" || value === null) return [];
  const get = (name: string): unknown => Reflect.get(value, name);
  const [ids, own, text, at_ms, delivery, said] = ["id", "own", "text", "at_ms", "delivery", "name"].map(get);
  const name = typeof said === "string" ? said : "";
  if (
    !Array.isArray(ids) ||
    typeof own !== "boolean" ||
    typeof text !== "string" ||
    typeof at_ms !== "number"
  )
    return [];
  const id = Uint8Array.from(ids.filter((byte) => typeof byte === "number"));
  const key = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const known = (["waiting", "sent", "delivered", "told"] as const).find((each) => each === delivery);
  return [{ key, id, own, text, at_ms, name, delivery: own ? (known ?? "sent") : null }];
}
