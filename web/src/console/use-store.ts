import { useSyncExternalStore } from "react";
import type { Store } from "../shared/session/store";

/** The value of a store, followed. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
