/** What I changed in a form stays mine; everything else becomes what somebody else has saved meanwhile. */
export function merged<V extends object>(read: V, mine: V, saved: V): V {
  const before = new Map<string, unknown>(Object.entries(read));
  const changed = Object.entries(mine).filter(([name, value]) => !same(before.get(name), value));
  return { ...saved, ...Object.fromEntries(changed) };
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
