import { RightChanged_Change as Change, Right } from "../generated/proto/beside/v1/common_pb";
import { RightAnswer_Answer as Answer } from "../generated/proto/beside/v1/peer_pb";
import type { EventOutbox } from "../shared/session/event-outbox";
import type { Given, PageRight, Question } from "./join-state";
import { Pace } from "./pace";
import type { Turns } from "./turns";

type Event = Parameters<EventOutbox["add"]>[0];

export type RightsPort = {
  now(): number;
  /** Whose question stands on the page. */
  readonly turns: Turns;
  report(event: Event): void;
  /** To the operator's console. */
  answer(id: number, answer: Answer): void;
  /** A console asked without leave, or too often. */
  refuse(what: string): void;
  /** The customer gave, took back, or answered; `question`: what they answered. */
  changed(question: Question | null, allowed: boolean): void;
  /** A question came or went. */
  questionChanged(): void;
};

const WIRE: Readonly<Record<PageRight, Right>> = {
  record: Right.RECORD,
  talk: Right.TALK,
  operatorScreen: Right.OPERATOR_SCREEN,
  invite: Right.INVITE,
  operatorControl: Right.OPERATOR_CONTROL,
};
const NAMES: readonly PageRight[] = ["record", "talk", "operatorScreen", "invite", "operatorControl"];
/** What a page's customer gives by their Agree, where it is offered and they took nothing out of it. */
export const ALL: Given = {
  record: true,
  talk: true,
  operatorScreen: true,
  invite: true,
  operatorControl: true,
};
export const NOTHING: Given = {
  record: false,
  talk: false,
  operatorScreen: false,
  invite: false,
  operatorControl: false,
};

/**
 * The rights that a page's customer gives and takes back one by one, and an operator asks for; by the rules of the app
 * (crates/session/src/customer/rights.rs). Nothing here grants by itself: each right comes from a press of the customer, within what
 * the server offered.
 */
export class PageRights {
  question: Question | null = null;
  private offered: Given = NOTHING;
  private given: Given = NOTHING;
  private no = 0;
  private leaveTurn = () => {};
  private paused = false;
  /** As `limits::RIGHT_REQUESTS` within `RIGHT_WINDOW`. */
  private readonly pace = new Pace(3, 60_000);

  constructor(private readonly port: RightsPort) {}

  /** What the customer agreed to, of what was offered. */
  agreed(offered: Given, given: Given): void {
    this.offered = offered;
    this.given = given;
  }

  /** The operator's options leave another part of it. */
  offer(offered: Given): void {
    this.offered = offered;
    const { question } = this;
    if (question === null || offered[question.right]) return;
    this.leave();
    if (question.id !== null) this.port.answer(question.id, Answer.FORBIDDEN);
  }

  pause(on: boolean): void {
    this.paused = on;
  }

  could(right: PageRight): boolean {
    return this.offered[right];
  }

  has(right: PageRight): boolean {
    return this.offered[right] && this.given[right];
  }

  get now(): Given {
    const { given } = this;
    return { ...given };
  }

  get isPaused(): boolean {
    return this.paused;
  }

  isAsking(right: PageRight): boolean {
    return this.question?.right === right;
  }

  /** What the right is for is asked for, and not the right alone. */
  isToBegin(right: PageRight): boolean {
    return this.question?.right === right && this.question.id === null;
  }

  /** The customer's own switch, at any time. */
  set(right: PageRight, on: boolean): void {
    if (!this.offered[right] || this.given[right] === on) return;
    const { question } = this;
    const same = on && question?.right === right ? question : null;
    if (same?.turn === "ready") {
      this.settle(same, true);
      return;
    }
    this.given = { ...this.given, [right]: on };
    if (same !== null && same.id !== null) {
      // Pressed before it could be read: the right was meant, and not what the operator would begin by it.
      this.close();
      this.report(right, Change.ALLOWED);
      this.port.changed(null, true);
      this.port.answer(same.id, Answer.ALLOWED);
      return;
    }
    // Whether what the right is for begins is still asked.
    this.report(right, on ? Change.GIVEN : Change.TAKEN_BACK);
    this.port.changed(null, on);
  }

  /** The console asks for a right. */
  asked(id: number, wire: Right): void {
    const right = NAMES.find((name) => WIRE[name] === wire);
    // Whatever else a page has was agreed to as a whole; and it has no hand on its machine.
    if (right === undefined) this.port.answer(id, Answer.UNSUPPORTED);
    else if (!this.offered[right]) this.refuse(id, "right-forbidden", Answer.FORBIDDEN);
    else if (this.given[right]) this.port.answer(id, Answer.ALLOWED);
    else if (this.paused) this.refuse(id, "right-paused", Answer.PAUSED);
    else if (this.question !== null) this.refuse(id, "right-too-many", Answer.BUSY);
    else if (!this.pace.hasRoom(this.port.now())) this.refuse(id, "right-too-fast", Answer.BUSY);
    else this.ask(right, id);
  }

  /** What the right is for is to begin, which the customer is asked each time; false: another question stands. */
  askToBegin(right: PageRight): boolean {
    if (this.question !== null) return false;
    this.ask(right, null);
    return true;
  }

  /** The console asks no more. */
  withdrawn(id: number): void {
    if (this.question?.id === id) this.leave();
  }

  withdrawBegin(right: PageRight): void {
    if (this.isToBegin(right)) this.leave();
  }

  /** The customer's press upon the question of this number; one that was meant for another is none. */
  answer(no: number, allowed: boolean): void {
    const { question } = this;
    if (question?.no !== no || (allowed && question.turn !== "ready")) return;
    this.settle(question, allowed);
  }

  /** Whoever asked is gone, or asks no more. */
  leave(): void {
    const { question } = this;
    if (question === null) return;
    this.close();
    this.report(question.right, Change.WITHDRAWN);
    this.port.questionChanged();
  }

  private settle(question: Question, allowed: boolean): void {
    const { right, id } = question;
    this.close();
    if (allowed) this.given = { ...this.given, [right]: true };
    this.report(right, allowed ? Change.ALLOWED : Change.REFUSED);
    this.port.changed(question, allowed);
    if (id !== null) this.port.answer(id, allowed ? Answer.ALLOWED : Answer.REFUSED);
  }

  private ask(right: PageRight, id: number | null): void {
    this.no += 1;
    const { no } = this;
    this.question = { no, right, id, turn: "waits" };
    this.report(right, Change.ASKED);
    this.leaveTurn = this.port.turns.take((turn) => {
      if (this.question?.no !== no) return;
      this.question = { ...this.question, turn };
      this.port.questionChanged();
    });
  }

  private close(): void {
    this.question = null;
    this.leaveTurn();
  }

  private refuse(id: number, what: string, answer: Answer): void {
    this.port.refuse(what);
    this.port.answer(id, answer);
  }

  private report(right: PageRight, change: Change): void {
    this.port.report({ case: "rightChanged", value: { right: WIRE[right], change } });
  }
}
