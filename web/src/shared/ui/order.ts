/** The list with some moved to before or after another, in their own order. */
export function movedTo(
  ids: readonly string[],
  moved: ReadonlySet<string>,
  target: string,
  side: "before" | "after",
): string[] {
  const taken = ids.filter((id) => moved.has(id));
  const left = ids.filter((id) => !moved.has(id));
  const at = left.indexOf(target);
  if (at === -1) return [...ids];
  const cut = side === "before" ? at : at + 1;
  return [...left.slice(0, cut), ...taken, ...left.slice(cut)];
}

/** The list with one moved by a place, up (-1) or down (1); at its end it stays. */
export function movedBy(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const target = ids[ids.indexOf(id) + by];
  if (target === undefined) return [...ids];
  return movedTo(ids, new Set([id]), target, by === -1 ? "before" : "after");
}

/** Whether dropping there moves nothing, but for the place behind the row itself: a drag by the keyboard begins there. */
export function isIdlePlace(
  ids: readonly string[],
  moved: ReadonlySet<string>,
  target: string,
  side: "before" | "after",
): boolean {
  if (moved.has(target)) return side === "before";
  return movedTo(ids, moved, target, side).join() === ids.join();
}
