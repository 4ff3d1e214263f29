import { PictureSettings_Preference as Wire } from "../../generated/proto/beside/v1/peer_pb";
import { Store } from "../../shared/session/store";

/** What the operator wants of the picture, in the order of the menu. */
export const preferences = ["automatic", "sharp", "fast"] as const;
export type Preference = (typeof preferences)[number];

const KEY = "beside-console-picture";

const WIRE: Readonly<Record<Preference, Wire>> = {
  automatic: Wire.BALANCED,
  sharp: Wire.QUALITY,
  fast: Wire.SPEED,
};

export function wirePreference(preference: Preference): Wire {
  return WIRE[preference];
}

/** The operator's choice for all sessions, kept by this browser where it allows that. */
export class PreferenceChoice {
  readonly current: Store<Preference>;

  constructor(private readonly memory: Pick<Storage, "getItem" | "setItem">) {
    this.current = new Store(this.recall());
  }

  choose(preference: Preference): void {
    this.current.set(preference);
    try {
      this.memory.setItem(KEY, preference);
    } catch {
      // Full or forbidden: the choice holds until the page is closed.
    }
  }

  private recall(): Preference {
    try {
      const kept = this.memory.getItem(KEY);
      return preferences.find((each) => each === kept) ?? "automatic";
    } catch {
      return "automatic";
    }
  }
}
