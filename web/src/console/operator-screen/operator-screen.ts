import {
  OperatorScreenState_State as StateWire,
  type OperatorScreenState as StateWireMessage,
  OperatorScreenState_Why as WhyWire,
} from "../../generated/proto/beside/v1/peer_pb";
import { Store } from "../../shared/session/store";
import type { PeerMessageInit } from "../peer/input-wire";

/** `choosing`: the browser asks which screen. `asked`: the customer is asked. `held`: a pause hides it. */
export type ScreenStage = "off" | "choosing" | "asked" | "on" | "held";

/** Why it is not shown, or not any more. */
export type ScreenWhy =
  | "declined"
  | "ended"
  | "forbidden"
  | "busy"
  | "paused"
  | "failed"
  | "blocked"
  | "unsupported";

export type ScreenNow = { readonly stage: ScreenStage; readonly why: ScreenWhy | null };

export type ScreenUser = {
  /** A packet for the customer. */
  packet(bytes: ArrayBuffer): void;
  /** What the customer sees from now on, by video; null: nothing. */
  show(track: MediaStreamTrack | null): void;
  /** Nothing can be sent of it. */
  failed(): void;
  /** The operator ended it in the browser, or it is gone. */
  lost(): void;
};

/** A screen, window or tab that the operator chose. Nothing of it is sent before `begin`. */
export type ChosenScreen = {
  /** Sends pictures, in epochs of at least this number. */
  begin(fromEpoch: number): void;
  hold(): void;
  /** The customer's window has this update. */
  shown(epoch: number, update: number): void;
  /** Nothing is captured any more. */
  close(): void;
};

/** How it goes to the customer: exactly, in packets for the app's own decoder (docs/adr/0014), or as video to a browser. */
export type ScreenWay = "packets" | "video";

export type ScreenPort = {
  /** Rejects with "unsupported", or with anything else where the operator or the browser did not want to. */
  choose(user: ScreenUser, way: ScreenWay): Promise<ChosenScreen>;
};

export type OperatorScreenPort = {
  readonly screen: ScreenPort;
  /** To the customer; false where there is no connection now. */
  tell(body: NonNullable<PeerMessageInit["body"]>): boolean;
  /** A packet for the customer's decoder. */
  send(packet: ArrayBuffer): void;
  /** The track on the connection's line of it; null: nothing. */
  show(track: MediaStreamTrack | null): void;
  way(): ScreenWay;
  after(delay_ms: number, task: () => void): () => void;
};

/** Long enough to be read; the record keeps it anyway. */
const WHY_SHOWN_MS = 8_000;

/**
 * The operator's own screen in one session [F-09]. The operator chooses what is shown, then the customer is asked; nothing of it
 * leaves while the customer's app does not say that it is on.
 */
export class OperatorScreen {
  readonly now = new Store<ScreenNow>({ stage: "off", why: null });
  private chosen: ChosenScreen | null = null;
  private choosing = 0;
  private fromEpoch: number | null = null;
  private forgetWhy: (() => void) | null = null;

  constructor(private readonly port: OperatorScreenPort) {}

  toggle(): void {
    if (this.now.get().stage === "off") this.start();
    else this.end();
  }

  /** To be called from a press: without one the browser does not let the page ask. */
  start(): void {
    if (this.now.get().stage !== "off") return;
    this.forgetWhy?.();
    this.now.set({ stage: "choosing", why: null });
    this.choosing += 1;
    const choosing = this.choosing;
    const mine = (run: () => void) => () => {
      if (choosing === this.choosing) run();
    };
    const user: ScreenUser = {
      packet: (bytes) => {
        if (choosing === this.choosing && this.now.get().stage === "on") this.port.send(bytes);
      },
      show: (track) => {
        const may = choosing === this.choosing && this.now.get().stage === "on";
        if (may || track === null) this.port.show(track);
      },
      failed: mine(() => this.stop("failed")),
      lost: mine(() => this.stop(null)),
    };
    this.port.screen.choose(user, this.port.way()).then(
      (chosen) => {
        if (choosing === this.choosing) this.ask(chosen);
        else chosen.close();
      },
      (problem: unknown) => mine(() => this.over(problem === "unsupported" ? "unsupported" : "blocked"))(),
    );
  }

  end(): void {
    if (this.now.get().stage !== "off") this.stop(null);
  }

  dismiss(): void {
    this.forgetWhy?.();
    this.now.update({ why: null });
  }

  /** What the customer's app says. */
  told({ state, why, fromEpoch }: Pick<StateWireMessage, "state" | "why" | "fromEpoch">): void {
    const stage = stageOf(state);
    const { chosen } = this;
    if (stage === "off") {
      // While the browser asks, what is told is of an earlier one.
      if (this.now.get().stage !== "choosing") this.over(whyOf(why));
      return;
    }
    // Another window of the operator's began it: this one has nothing to show.
    if (chosen === null) return;
    this.now.set({ stage, why: null });
    if (stage !== "on") {
      this.fromEpoch = null;
      chosen.hold();
    } else if (this.fromEpoch !== fromEpoch) {
      this.fromEpoch = fromEpoch;
      chosen.begin(fromEpoch);
    }
  }

  shown({ epoch, update }: { readonly epoch: number; readonly update: number }): void {
    this.chosen?.shown(epoch, update);
  }

  /** The connection is over, and what was shown on it. */
  interrupted(): void {
    this.over(null);
    this.dismiss();
  }

  private ask(chosen: ChosenScreen): void {
    this.chosen = chosen;
    if (this.port.tell({ case: "setOperatorScreen", value: { on: true } }))
      this.now.set({ stage: "asked", why: null });
    else this.over(null);
  }

  private stop(why: ScreenWhy | null): void {
    if (this.chosen !== null) this.port.tell({ case: "setOperatorScreen", value: { on: false } });
    this.over(why);
  }

  private over(why: ScreenWhy | null): void {
    // The answer to the operator's own end says no more than is said already.
    const said = why ?? (this.now.get().stage === "off" ? this.now.get().why : null);
    this.choosing += 1;
    this.chosen?.close();
    this.chosen = null;
    this.fromEpoch = null;
    this.now.set({ stage: "off", why: said });
    this.forgetWhy?.();
    this.forgetWhy = said === null ? null : this.port.after(WHY_SHOWN_MS, () => this.dismiss());
  }
}

function stageOf(state: StateWire): "off" | "asked" | "on" | "held" {
  switch (state) {
    case StateWire.ASKED:
      return "asked";
    case StateWire.ON:
      return "on";
    case StateWire.HELD:
      return "held";
    default:
      return "off";
  }
}

function whyOf(why: WhyWire): ScreenWhy | null {
  switch (why) {
    case WhyWire.DECLINED:
      return "declined";
    case WhyWire.ENDED:
      return "ended";
    case WhyWire.FORBIDDEN:
      return "forbidden";
    case WhyWire.BUSY:
      return "busy";
    case WhyWire.PAUSED:
      return "paused";
    case WhyWire.FAILED:
      return "failed";
    default:
      return null;
  }
}
