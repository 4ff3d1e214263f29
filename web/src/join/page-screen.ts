import { OperatorScreenChanged_Change as Change } from "../generated/proto/beside/v1/common_pb";
import {
  OperatorScreenState_State as State,
  OperatorScreenState_Why as Why,
} from "../generated/proto/beside/v1/peer_pb";
import { Begun } from "./begun";
import type { ConsolePort } from "./console-port";
import type { PageRights } from "./page-rights";

/**
 * The operator's own screen on the page [F-09], for viewing only. It comes as video: a browser decodes that where it decodes all
 * that strangers send.
 *
 * INVARIANT: `shown` has something only after the customer's press and until the end, and not in a pause.
 */
export class PageScreen {
  private readonly begun: Begun;
  private stream: MediaStream | null = null;

  constructor(
    private readonly port: ConsolePort & { changed(): void },
    rights: PageRights,
  ) {
    this.begun = new Begun(
      {
        right: "operatorScreen",
        name: "operator-screen",
        now: port.now,
        refuse: port.refuse,
        report: (change) => port.report({ case: "operatorScreenChanged", value: { change: Change[change] } }),
        tell: (stage, why) =>
          port.tell({ case: "operatorScreenState", value: { state: State[stage], why: Why[why] } }),
      },
      rights,
    );
  }

  get view(): "on" | "held" | null {
    const { stage } = this.begun;
    if (stage === "ON") return "on";
    return stage === "HELD" ? "held" : null;
  }

  get shown(): MediaStream | null {
    return this.view === "on" ? this.stream : null;
  }

  wanted(on: boolean): void {
    this.begun.wanted(on);
    this.settle();
  }

  /** The customer pressed Allow. */
  begins(): void {
    this.begun.begins();
    this.settle();
  }

  declined(): void {
    this.begun.declined();
  }

  /** The customer looks at it no more. */
  end(): void {
    this.begun.end();
    this.settle();
  }

  /** What the connection brings of it. */
  comes(stream: MediaStream): void {
    this.stream = stream;
    this.port.changed();
  }

  /** The connection is over. */
  left(): void {
    this.begun.left();
    this.stream = null;
    this.settle();
  }

  settle(): void {
    this.begun.settle();
    this.port.changed();
  }
}
