import { PartKind } from "../generated/proto/beside/v1/common_pb";
import { SharedPart_Asked as Asked, SharedPart_State } from "../generated/proto/beside/v1/peer_pb";
import type { ConsolePort } from "./console-port";
import { partOf } from "./offered";

type PartPort = Pick<ConsolePort, "report" | "tell"> & {
  /** What is shared; null: nothing. */
  track(): MediaStreamTrack | null;
  isAsked(): boolean;
  asked(asked: boolean): void;
};

/** What of the screen is shared, as the operator is told of it, and asks for another part [F-01]. Nothing follows from a question. */
export class PagePart {
  constructor(private readonly port: PartPort) {}

  /** Shows what the operator asks for. The browser's dialog knows no part that could be named. */
  ask(kind: PartKind): void {
    if (this.port.isAsked()) return;
    this.port.report({ case: "partAsked", value: { kind } });
    this.port.asked(true);
    this.tell(Asked.OPEN);
  }

  /** The customer keeps what is shared as it is. */
  keep(): void {
    if (!this.port.isAsked()) return;
    this.port.report({ case: "partAsked", value: { kind: PartKind.UNSPECIFIED, declined: true } });
    this.port.asked(false);
    this.tell(Asked.DECLINED);
  }

  tell(asked = Asked.UNSPECIFIED): void {
    const track = this.port.track();
    if (track === null) return;
    const value = { kind: partOf(track), state: SharedPart_State.SHOWN, asked };
    this.port.tell({ case: "sharedPart", value });
  }
}
