import { Store } from "../shared/session/store";

/** From very satisfied to very dissatisfied, in the order of the page. */
export const RATINGS = [5, 4, 3, 2, 1] as const;
export type Rating = (typeof RATINGS)[number];

/** Longest comment, in characters; the server's limit. */
export const COMMENT_MAX_CHARACTERS = 1_000;

/** What the page shows after the end [S-03]. `problem`: the Fluent message `join-survey-problem-…` of this name. */
export type SurveyState =
  | { readonly kind: "none" }
  | {
      readonly kind: "asked";
      readonly rating: Rating | null;
      readonly sending: boolean;
      readonly problem: string | null;
    }
  | { readonly kind: "thanked" };

/** Whether there is a copy to ask for, and what became of asking. */
export type CopyState =
  | { readonly kind: "none" }
  | { readonly kind: "offered"; readonly problem: "none" | "other" | null }
  | { readonly kind: "asking" }
  | { readonly kind: "given"; readonly link: string };

/** `running`: the server has not ended the session yet. */
export type SurveyStage = "running" | "asked" | "not_asked";

/** What shows later that a record is the one of this session, and whole until its end [Y-2]. */
export type Receipt = Readonly<
  Record<"session" | "company" | "service" | "ended_at" | "hash" | "key", string>
>;

export type SurveyPort = {
  /** Throws where the server cannot be reached. */
  find(token: string): Promise<{
    readonly stage: SurveyStage;
    readonly receipt: Receipt | null;
    /** Whether the customer can have a copy of what was recorded [F-13]. */
    readonly copy: boolean;
  }>;
  /** The customer's link to the copy; null: there is none. Throws where the server cannot be reached. */
  copy(token: string): Promise<string | null>;
  /** Null: taken; else the refusal's code. Throws where the server cannot be reached. */
  answer(token: string, rating: Rating, comment: string): Promise<string | null>;
  after(wait_ms: number, run: () => void): void;
};

/** Between the questions whether there is a question, while the server does not know or is away. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];
/** After these no other try helps. */
const FINAL = ["survey-unknown", "survey-over", "survey-answered"];

/** 고객 만족도 조사: asked by the server where the operator's options want it, answered at most once. */
export class Survey {
  readonly state = new Store<SurveyState>({ kind: "none" });
  /** What the customer can keep; null: nothing, or not yet. */
  readonly receipt = new Store<Receipt | null>(null);
  /** A copy of what was recorded, on request [F-13]. */
  readonly copy = new Store<CopyState>({ kind: "none" });
  private token = "";

  constructor(private readonly port: SurveyPort) {}

  /** The session is over. `token`: of the last Welcome; by it the server knows this customer. */
  begin(token: Uint8Array): void {
    this.token = new TextDecoder().decode(token);
    void this.find(0);
  }

  rate(rating: Rating): void {
    this.change({ rating, problem: null });
  }

  /** Asks for a copy, once at a time. */
  async askForCopy(): Promise<void> {
    if (this.copy.get().kind !== "offered") return;
    this.copy.set({ kind: "asking" });
    try {
      const link = await this.port.copy(this.token);
      this.copy.set(link === null ? { kind: "offered", problem: "none" } : { kind: "given", link });
    } catch {
      this.copy.set({ kind: "offered", problem: "other" });
    }
  }

  skip(): void {
    if (this.state.get().kind === "asked") this.state.set({ kind: "none" });
  }

  /** `comment`: as written; perhaps nothing. */
  async send(comment: string): Promise<void> {
    const state = this.state.get();
    if (state.kind !== "asked" || state.sending) return;
    const { rating } = state;
    if (rating === null) return this.change({ problem: "no-rating" });
    if (COMMENT_MAX_CHARACTERS < lengthOf(comment)) return this.change({ problem: "too-long" });
    this.change({ sending: true, problem: null });
    const problem = await this.sent(rating, comment);
    if (problem === null) this.state.set({ kind: "thanked" });
    else this.change({ sending: false, problem });
  }

  /** Whether sending again may do. */
  static isFinal(problem: string | null): boolean {
    return problem !== null && FINAL.includes(problem);
  }

  private async sent(rating: Rating, comment: string): Promise<string | null> {
    try {
      return await this.port.answer(this.token, rating, comment);
    } catch {
      return "unreachable";
    }
  }

  private async find(attempt: number): Promise<void> {
    const { stage, receipt, copy } = await this.port
      .find(this.token)
      .catch(() => ({ stage: "running", receipt: null, copy: false }) as const);
    if (copy) this.copy.set({ kind: "offered", problem: null });
    if (receipt !== null) this.receipt.set(receipt);
    const wait_ms = WAITS_MS[attempt];
    if (stage === "asked") this.state.set({ kind: "asked", rating: null, sending: false, problem: null });
    else if (stage === "running" && wait_ms !== undefined)
      this.port.after(wait_ms, () => void this.find(attempt + 1));
  }

  private change(part: Partial<Omit<Extract<SurveyState, { kind: "asked" }>, "kind">>): void {
    const state = this.state.get();
    if (state.kind === "asked") this.state.set({ ...state, ...part });
  }
}

/** In characters as the server counts them. */
export function lengthOf(comment: string): number {
  return [...comment.trim().normalize("NFC")].length;
}
