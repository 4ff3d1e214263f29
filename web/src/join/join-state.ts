import type { MicrophoneProblem } from "../shared/sound/sound";
import type { Turn } from "./turns";

/** Whom the customer deals with. `operator`: null until they are there. */
export type Parties = {
  readonly company: string;
  readonly service: string;
  readonly operator: string | null;
};

/** What this page can offer to agree to. `controlByApp`: the operator may control this computer by the app (Y-6). */
export type Offered = {
  readonly chat: boolean;
  /** Still pictures of what is shared may be kept [F-08]. */
  readonly capture: boolean;
  readonly controlByApp: boolean;
  /** The operator may ask for another part of the screen [F-01]. */
  readonly askPart: boolean;
  /** What is shared may be recorded [F-13]; `recordAtStart`: from the beginning [S-15]. */
  readonly record: boolean;
  readonly recordAtStart: boolean;
  /** The company supports nobody who refuses that [G-2]. */
  readonly recordingRequired: boolean;
  /** Whoever asks gets a copy of what was recorded [F-13]. */
  readonly recordingCopies: boolean;
  /** Operator and customer may talk, which the customer is asked each time [F-14]. */
  readonly talk: boolean;
  /** The operator may show their own screen, which the customer is asked each time [F-09]. */
  readonly operatorScreen: boolean;
  /** Another operator may be brought in [F-18]; `secondUnasked`: without a question to the customer, who is told [S-10]. */
  readonly invite: boolean;
  readonly secondUnasked: boolean;
  /** The customer may see and control the operator's computer, which they are asked each time [F-15]. */
  readonly operatorControl: boolean;
};

/** What a page's customer gives and takes back by itself, at any time. */
export type PageRight = "record" | "talk" | "operatorScreen" | "invite" | "operatorControl";
export type Given = Readonly<Record<PageRight, boolean>>;

/** What the operator asks. `id`: the console's own number; null: what the right is for is to begin at once. */
export type Question = {
  readonly no: number;
  readonly right: PageRight;
  readonly id: number | null;
  readonly turn: Turn;
};

/** The voice, while there is one. `held`: by the customer's pause. */
export type VoiceView = {
  readonly held: boolean;
  readonly muted: boolean;
  readonly operatorMuted: boolean;
  readonly problem: MicrophoneProblem | null;
};

/** The operator's computer [F-15]. `ready`: a press opens it; `opened`: it is in a tab of its own. */
export type OperatorControlView = { readonly stage: "ready" | "opened" };

/** What operators asked for, and what runs of it. */
export type DeskView = {
  readonly given: Given;
  readonly question: Question | null;
  readonly voice: VoiceView | null;
  /** The operator's own screen. */
  readonly screen: "on" | "held" | null;
  readonly operatorControl: OperatorControlView | null;
};

/** Another operator [F-18]. `asked`: the customer is; `comes`: let in, and not here yet. */
export type SecondView = {
  readonly no: number;
  readonly name: string;
  readonly stage: "asked" | "comes" | "there";
  /** They are to have the session from then on. */
  readonly takesOver: boolean;
  /** Of the question, while it is one. */
  readonly turn: Turn;
};

/** A copy of what was recorded. `none`: nothing was, or the company gives none. */
export type CopyWish = "none" | "offered" | "asked";

/** Whether the operator's console records. `held`: until the customer goes on. */
export type Recording = "on" | "held" | "off" | "forbidden";

/** The code for the app, of the same session (Y-6). */
export type AppOffer =
  | { readonly kind: "none" }
  | { readonly kind: "asked" }
  | { readonly kind: "code"; readonly code: string; readonly expiresAt_ms: number };

/** What the page shows. */
export type JoinState =
  | { readonly kind: "code"; readonly problem: JoinProblem | null }
  | { readonly kind: "joining" }
  | {
      readonly kind: "consent";
      readonly parties: Parties;
      readonly offered: Offered;
      /** The customer may agree only once the operator is there (S-02). */
      readonly waitsForOperator: boolean;
      /** S-02 off: the press is called Connect, and whichever operator of the company comes is meant. */
      readonly connects: boolean;
      /** The customer's own switch for being recorded. */
      readonly records: boolean;
      readonly busy: boolean;
      readonly problem: JoinProblem | null;
    }
  | {
      readonly kind: "session";
      readonly parties: Parties;
      readonly offered: Offered;
      readonly connected: boolean;
      readonly serverAway: boolean;
      /** False: the customer stopped the browser's share, or the screen went away. */
      readonly sharing: boolean;
      /** The customer holds the picture up, without giving up which screen it is. */
      readonly paused: boolean;
      /** The operator asks the customer to share something else [F-01]. */
      readonly partAsked: boolean;
      readonly recording: Recording;
      readonly copy: CopyWish;
      readonly problem: JoinProblem | null;
    }
  | { readonly kind: "ended"; readonly reason: string }
  | { readonly kind: "replaced" };

/** `code`: the Fluent message `join-problem-…` of this name. */
export type JoinProblem = { readonly code: string; readonly wait_s: number };

export function problem(code: string, wait_s = 0): JoinProblem {
  return { code, wait_s };
}

export function operatorOf(state: JoinState): string | null {
  return state.kind === "consent" || state.kind === "session" ? state.parties.operator : null;
}
