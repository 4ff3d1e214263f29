import { EndReason, SecondRole } from "../generated/proto/beside/v1/common_pb";
import {
  ControlState_State,
  OperatorsNow_Holder as Holder,
  type PeerMessage,
  RightAnswer_Answer,
} from "../generated/proto/beside/v1/peer_pb";
import type { IceServer, Offer, SecondOperator } from "../generated/proto/beside/v1/signalling_pb";
import type { ChatLine } from "../shared/session/chat";
import { Store } from "../shared/session/store";
import { shown } from "../shared/strangers-text";
import type { BrowserPeerLink, BrowserPeerUser } from "./browser-peer";
import type { ConsolePort, PeerBody } from "./console-port";
import type { SecondView } from "./join-state";
import { type Body, chatOf } from "./join-wire";
import { permissionsOf } from "./offered";
import { FAREWELL_MS } from "./page-link";
import { NOTHING } from "./page-rights";
import type { Turns } from "./turns";

export type SecondPort = Pick<ConsolePort, "now" | "after" | "report" | "refuse"> & {
  /** Whose question stands on the page. */
  readonly turns: Turns;
  /** To the server. */
  send(body: Body): void;
  /** To the session operator's console. */
  tellOperator(body: PeerBody): boolean;
  createPeer(user: BrowserPeerUser, iceServers: readonly IceServer[]): BrowserPeerLink;
  /** Another operator may be brought in, as things stand; `chats`: there is a chat. */
  may(): { readonly invite: boolean; readonly unasked: boolean; readonly chats: boolean };
  paused(): boolean;
  /** What may be seen at this moment. */
  track(): MediaStreamTrack | null;
  operator(): string | null;
  chatCame(id: Uint8Array, text: string, name: string): void;
  earlier(): readonly ChatLine[];
  /** The session is this operator's from here on. */
  handedOver(name: string): void;
};

type Who = {
  readonly id: Uint8Array;
  readonly key: string;
  readonly name: string;
  readonly role: SecondRole;
};

const NAME_MAX_CHARACTERS = 128;
const ID_BYTES = 16;
/**
 * The second operator at a page [F-18]: by the rules of the app (crates/session/src/customer/second), with no hand on the machine to
 * give. They look and chat; tools are the session operator's.
 *
 * INVARIANT: nobody is answered whom the customer did not let in, or was not told of where nobody is to be asked [S-10].
 */
export class PageSecond {
  readonly view = new Store<SecondView | null>(null);
  private who: Who | null = null;
  private no = 0;
  private leaveTurn = () => {};
  private peer: BrowserPeerLink | null = null;
  private generation = 0;
  /** Their own options let them chat. */
  private chats = false;
  private sees = false;
  private open = false;
  private told = "";
  private chatTold = false;

  constructor(private readonly port: SecondPort) {}

  /** Who reads and writes the chat beside the session's operator; empty: nobody. */
  get name(): string {
    return this.who?.name ?? "";
  }

  says({ operatorId, name, may, act }: SecondOperator): void {
    const who = operatorId.length === ID_BYTES ? this.known(operatorId) : null;
    switch (act.case) {
      case "asked":
        if (operatorId.length === ID_BYTES) this.asked(newWho(operatorId, name, act.value));
        break;
      case "offer":
        if (who === null || this.isAsked) this.port.refuse("second-not-agreed");
        else void this.offered(who, act.value, may?.mayView === true, may?.mayChat === true);
        break;
      case "candidate":
        if (who !== null) void this.peer?.addCandidate(act.value.candidate, act.value.mid);
        break;
      case "left":
        // Without a name: the server knows of nobody.
        if (who !== null || operatorId.length === 0) this.leaves(EndReason.SECOND_OVER, false);
        break;
      case "handedOver":
        if (who !== null && !this.isAsked && who.role === SecondRole.HAND_OVER) {
          this.leaves(EndReason.SECOND_OVER, false);
          this.port.handedOver(who.name);
        }
        break;
      default:
        // What their options leave.
        if (who !== null && may !== undefined) this.may(may.mayView, may.mayChat);
        break;
    }
  }

  /** The customer's press upon the question of this number. */
  answer(no: number, allowed: boolean): void {
    const view = this.view.get();
    if (this.who === null || view?.no !== no || !this.isAsked || (allowed && view.turn !== "ready")) return;
    this.answered(this.who, allowed, false);
    if (allowed) this.view.set({ ...view, stage: "comes" });
    else this.forget();
    this.leaveTurn();
  }

  /** The customer sends them away. */
  sendAway(): void {
    this.leaves(EndReason.SECOND_OVER, true);
  }

  /** The right to bring somebody in, or to chat, may be another. */
  settle(): void {
    if (this.who !== null && !this.port.may().invite) this.leaves(EndReason.SECOND_OVER, true);
    else if (this.chatTold !== this.mayChat) this.tellPermissions();
  }

  paused(on: boolean): void {
    this.peer?.send({ case: "paused", value: { on } });
    this.shares();
  }

  shares(): void {
    void this.peer?.share(this.track());
  }

  /** A new line of the chat that is not theirs. */
  reads(line: ChatLine): void {
    if (this.mayChat && line.name !== this.name) this.peer?.send({ case: "chat", value: this.asRead(line) });
  }

  confirm(id: Uint8Array): void {
    this.peer?.send({ case: "chatDelivered", value: { id } });
  }

  /** The session operator's console is another: it hears who is there. */
  operatorOpened(): void {
    this.told = "";
    this.tellOperators();
  }

  /** Nobody is there any more, nor asked for. `tell`: the server does not know it yet. */
  leaves(reason: EndReason, tell: boolean): void {
    const { who } = this;
    if (who === null) return;
    this.peer?.send({ case: "bye", value: { reason } });
    this.forget();
    if (tell)
      this.port.send({ case: "second", value: { operatorId: who.id, act: { case: "left", value: {} } } });
  }

  private get isAsked(): boolean {
    return this.view.get()?.stage === "asked";
  }

  private get mayChat(): boolean {
    return this.open && this.chats && this.port.may().chats;
  }

  private track(): MediaStreamTrack | null {
    return this.sees ? this.port.track() : null;
  }

  private known(id: Uint8Array): Who | null {
    return this.who?.key === keyOf(id) ? this.who : null;
  }

  private asked(who: Who): void {
    const { invite, unasked } = this.port.may();
    if (!invite || who.role === SecondRole.UNSPECIFIED) {
      this.port.refuse("second-forbidden");
      this.answered(who, false, true);
      return;
    }
    if (this.who?.key === who.key && this.who.role === who.role) {
      // The answer was lost with the link, or is not given yet.
      if (!this.isAsked) this.tell(who, true);
      return;
    }
    this.leaves(EndReason.SECOND_OVER, false);
    this.who = who;
    this.no += 1;
    const { no } = this;
    const takesOver = who.role === SecondRole.HAND_OVER;
    const stage = unasked ? "comes" : "asked";
    this.view.set({ no, name: who.name, stage, takesOver, turn: "waits" });
    if (unasked) this.answered(who, true, true);
    else
      this.leaveTurn = this.port.turns.take((turn) => {
        const view = this.view.get();
        if (view?.no === no) this.view.set({ ...view, turn });
      });
  }

  private answered(who: Who, allowed: boolean, unasked: boolean): void {
    const value = { operatorId: new Uint8Array(who.id), allowed, unasked: unasked && allowed };
    // The record says that they may before it says that they came.
    this.port.report({ case: "secondAnswered", value });
    this.tell(who, allowed);
  }

  private tell(who: Who, allowed: boolean): void {
    const act = { case: "allowed" as const, value: allowed };
    this.port.send({ case: "second", value: { operatorId: who.id, act } });
  }

  private may(view: boolean, chat: boolean): void {
    this.sees = view;
    this.chats = chat;
    this.tellPermissions();
    this.shares();
  }

  private async offered(who: Who, offer: Offer, view: boolean, chat: boolean): Promise<void> {
    // They may have reloaded their page.
    this.closePeer();
    this.sees = view;
    this.chats = chat;
    const { generation } = this;
    const peer = this.port.createPeer(this.user(who, generation), offer.iceServers);
    this.peer = peer;
    try {
      // Tools are the session operator's: neither voice nor a screen of theirs.
      await peer.accept(offer.description?.sdp ?? "", {
        track: () => this.track(),
        talk: false,
        screen: false,
      });
      // What may be seen may have changed while the answer was made.
      if (generation === this.generation) await peer.share(this.track());
    } catch {
      if (generation === this.generation) this.closePeer();
    }
  }

  private user(who: Who, generation: number): BrowserPeerUser {
    const current = (run: () => void) => {
      if (generation === this.generation) run();
    };
    const tell = (act: NonNullable<Extract<Body, { case: "second" }>["value"]>["act"]) =>
      current(() => this.port.send({ case: "second", value: { operatorId: who.id, ...(act && { act }) } }));
    return {
      answer: (sdp) => tell({ case: "answer", value: { sdp } }),
      candidate: (candidate, mid) => tell({ case: "candidate", value: { candidate, mid } }),
      connected: (is) => current(() => this.stageIs(is ? "there" : "comes")),
      closed: () => current(() => this.closePeer()),
      opened: () => current(() => this.opened()),
      message: (message) => current(() => this.received(message)),
      voice: () => {},
      screen: () => {},
    };
  }

  private opened(): void {
    this.open = true;
    this.peer?.send({ case: "hello", value: { program: "beside-page", features: ["chat"] } });
    this.peer?.send({ case: "controlState", value: { state: ControlState_State.FORBIDDEN } });
    this.tellPermissions();
    if (this.port.paused()) this.peer?.send({ case: "paused", value: { on: true } });
    if (this.mayChat)
      for (const line of this.port.earlier())
        this.peer?.send({ case: "chatEarlier", value: { lines: [this.asRead(line)] } });
    // What they were told before reached nobody.
    this.told = "";
    this.stageIs("there");
  }

  private received({ body }: PeerMessage): void {
    const { peer } = this;
    if (body.case === "chat" && this.mayChat) this.port.chatCame(body.value.id, body.value.text, this.name);
    else if (body.case === "chat") this.port.refuse("chat-forbidden");
    else if (body.case === "rightRequest") {
      this.port.refuse("second-forbidden");
      const { id } = body.value;
      peer?.send({ case: "rightAnswer", value: { id, answer: RightAnswer_Answer.FORBIDDEN } });
    } else if (body.case === "toolRequest") {
      this.port.refuse("second-forbidden");
      peer?.send({ case: "toolAnswer", value: { id: body.value.id, problem: "forbidden" } });
    } else if (OF_SESSION.has(body.case ?? "")) this.port.refuse("second-forbidden");
    // They may come again, as they were let in.
    else if (body.case === "bye") this.closePeer();
  }

  private stageIs(stage: "comes" | "there"): void {
    const view = this.view.get();
    if (view === null || view.stage === "asked") return;
    this.view.set({ ...view, stage });
    this.tellOperators();
  }

  private tellPermissions(): void {
    const { mayView, mayChat } = { mayView: this.sees, mayChat: this.mayChat };
    const permissions = { ...permissionsOf(null, NOTHING), mayView, mayChat };
    const could = permissionsOf(null, NOTHING);
    this.chatTold = mayChat;
    if (this.open) this.peer?.send({ case: "permissionsNow", value: { permissions, could } });
  }

  /** Tells both consoles who is there. Nobody has control of a page. */
  private tellOperators(): void {
    const isThere = this.view.get()?.stage === "there";
    const second = isThere ? this.name : "";
    if (this.told === second) return;
    const value = { operator: this.port.operator() ?? "", second, holder: Holder.NOBODY };
    if (this.port.tellOperator({ case: "operatorsNow", value })) this.told = second;
    if (isThere) this.peer?.send({ case: "operatorsNow", value: { ...value, isSecond: true } });
  }

  /** Each console's own lines are the nameless ones. */
  private asRead(line: ChatLine) {
    const name = line.own ? "" : line.name === "" ? (this.port.operator() ?? "") : line.name;
    return { ...chatOf(line), name: name === this.name ? "" : name };
  }

  private forget(): void {
    this.closePeer();
    this.who = null;
    this.view.set(null);
    this.leaveTurn();
    this.tellOperators();
  }

  private closePeer(): void {
    this.generation += 1;
    const { peer } = this;
    this.peer = null;
    this.open = false;
    // Nothing is seen while the farewell goes.
    void peer?.share(null);
    if (peer !== null) this.port.after(FAREWELL_MS, () => peer.close());
    this.stageIs("comes");
  }
}

/** What only the session's operator asks a page for. */
const OF_SESSION: ReadonlySet<string> = new Set([
  "setVoice",
  "voiceMuted",
  "setOperatorScreen",
  "setRecording",
  "askPart",
  "setControl",
  "input",
]);

function newWho(id: Uint8Array, name: string, role: SecondRole): Who {
  return { id: new Uint8Array(id), key: keyOf(id), name: shown(name, NAME_MAX_CHARACTERS), role };
}

function keyOf(id: Uint8Array): string {
  return [...id].join(" ");
}
