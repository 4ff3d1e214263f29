import type { ToolRequest } from "../generated/proto/beside/v1/peer_pb";
import type { EventOutbox } from "../shared/session/event-outbox";
import type { Offered } from "./join-state";

/** As fast as a hand presses; what comes faster is refused and makes no line of the record. */
const EVERY_MS = 300;

type Event = Parameters<EventOutbox["add"]>[0];
/** `problem`: as in `ToolAnswer`; empty: it may be done. `event`: what the record has of it. */
type Judged = { readonly problem: string; readonly event: Event | null };

/** What a page does of the tools that consoles ask for: it has no hand on its machine, and a picture the console has already. */
export class PageTools {
  private last_ms = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  judge({ tool }: Pick<ToolRequest, "tool">, offered: Pick<Offered, "capture">): Judged {
    const now = this.now();
    if (now - this.last_ms < EVERY_MS) return { problem: "busy", event: null };
    this.last_ms = now;
    if (tool.case !== "captureScreen") return { problem: "unsupported", event: null };
    if (!offered.capture)
      return {
        problem: "forbidden",
        event: { case: "refused", value: { what: "screen-capture-forbidden", count: 1 } },
      };
    return { problem: "", event: { case: "toolUsed", value: { tool: "screen-capture" } } };
  }
}
