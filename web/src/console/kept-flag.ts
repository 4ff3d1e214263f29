import { Store } from "../shared/session/store";

/** A yes or no of the operator's that this browser keeps, where it allows that. */
export class KeptFlag {
  readonly current: Store<boolean>;

  /** `key`: in `memory`. `otherwise`: what holds while nothing was said. */
  constructor(
    private readonly memory: Pick<Storage, "getItem" | "setItem">,
    private readonly key: string,
    otherwise: boolean,
  ) {
    this.current = new Store(this.recall() ?? otherwise);
  }

  set(to: boolean): void {
    this.current.set(to);
    try {
      this.memory.setItem(this.key, to ? "yes" : "no");
    } catch {
      // Full or forbidden: it holds until the page is closed.
    }
  }

  private recall(): boolean | null {
    try {
      const kept = this.memory.getItem(this.key);
      return kept === "yes" ? true : kept === "no" ? false : null;
    } catch {
      return null;
    }
  }
}
