import { useSyncExternalStore } from "react";
import type { Store } from "../shared/session/store";

/** The value of a store, followed. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

/**
 * A part of a store's value, followed: a change elsewhere in it draws nothing anew. `select` finds the part and makes
 * nothing, since what it gives is compared by identity.
 */
export function usePart<T, P>(store: Store<T>, select: (value: T) => P): P {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
