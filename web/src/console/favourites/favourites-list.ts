import type { Favourite } from "./favourites-api";

export const kinds = ["url", "program", "folder"] as const;

/** An entry with a key of its own: favourites have no id, and two may be alike. */
export type Keyed = { readonly id: string; readonly favourite: Favourite };

/** Each entry with a key that goes with it wherever the list moves it. */
export function keyed(list: readonly Favourite[]): Keyed[] {
  const seen = new Map<string, number>();
  return list.map((favourite) => {
    const what = [favourite.kind, favourite.target, favourite.name].join(" ");
    const count = seen.get(what) ?? 0;
    seen.set(what, count + 1);
    return { id: `${what} ${count}`, favourite };
  });
}

/** The entries in the order of these keys. */
export function inOrder(entries: readonly Keyed[], ids: readonly string[]): Favourite[] {
  return ids.flatMap((id) => entries.find((entry) => entry.id === id)?.favourite ?? []);
}

/** The list with one entry in the place of another, or at its end where there is none at `place`. */
export function withEntry(list: readonly Favourite[], place: number, entry: Favourite): Favourite[] {
  return place < list.length ? list.with(place, entry) : [...list, entry];
}

/** What is wrong with the entry at a place, by its own fields: of a list's errors those that are its. */
export function errorsAt(errors: Readonly<Record<string, string>>, place: number): Record<string, string> {
  const own = `favourites.${place}.`;
  return Object.fromEntries(
    Object.entries(errors).flatMap(([field, text]) =>
      field.startsWith(own) ? [[field.slice(own.length), text]] : [],
    ),
  );
}
