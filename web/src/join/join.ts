import { EndReason, type PartKind, type Permissions } from "../generated/proto/beside/v1/common_pb";
import { ControlState_State, type PeerMessage } from "../generated/proto/beside/v1/peer_pb";
import type { Offer, Problem, ServerToCustomer, Welcome } from "../generated/proto/beside/v1/signalling_pb";
import { Chat } from "../shared/session/chat";
import { EventOutbox } from "../shared/session/event-outbox";
import { ReconnectingSocket, type SocketStatus } from "../shared/session/reconnecting-socket";
import { Store } from "../shared/session/store";
import { uuidText } from "../shared/session/uuid";
import { captured, type JoinPort, type Share } from "./join-port";
import { type AppOffer, type JoinState, operatorOf, type PageRight, problem } from "./join-state";
import { type Body, chatOf, decode, encode, endingOf, helloOf } from "./join-wire";
import { allowedOf, offeredOf, partOf } from "./offered";
import { type DeskPort, PageDesk } from "./page-desk";
import { PageLink } from "./page-link";
import { PagePart } from "./page-part";
import { ALL } from "./page-rights";
import { PageSecond } from "./page-second";
import { Survey } from "./survey";
import { Turns } from "./turns";

/** Before the first answer: so many attempts, then the page says that the server cannot be reached. */
const FIRST_ATTEMPTS_MAX = 2;

/**
 * A customer in the browser: from the code to the end of the session.
 *
 * INVARIANT: nothing is captured, and no connection is made, before the press of `agree`.
 */
export class Join {
  readonly state = new Store<JoinState>({ kind: "code", problem: null });
  readonly app = new Store<AppOffer>({ kind: "none" });
  /** The session that the code led to; null: none yet. */
  readonly session = new Store<string | null>(null);
  readonly chat: Chat;
  /** What is asked after the end [S-03]. */
  readonly survey: Survey;
  private readonly outbox: EventOutbox;
  /** What of the screen is shared, and asked for. */
  readonly part: PagePart;
  /** What operators ask of this page, and what runs of it. */
  readonly desk: PageDesk;
  /** Whose question stands on the page. */
  readonly turns: Turns;
  /** The second operator [F-18]. */
  readonly second: PageSecond;
  private readonly socket: ReconnectingSocket;
  private code = "";
  /** One for the life of this page: the server knows by it that the one who comes back is the same. */
  private readonly nonce: Uint8Array<ArrayBuffer>;
  private resumeToken: Uint8Array | null = null;
  private share: Share | null = null;
  private readonly link: PageLink;
  private agreed = false;
  private serverAway = false;

  constructor(private readonly port: JoinPort) {
    this.nonce = port.random(32);
    this.survey = new Survey(port.survey);
    this.outbox = new EventOutbox((event) => this.send({ case: "event", value: event }), port.now);
    const { now, socket } = port;
    this.link = new PageLink({
      after: socket.after,
      createPeer: port.createPeer,
      send: (body) => this.send(body),
      track: () => this.shownTrack(),
      connected: (is) => this.connected(is),
      failed: () => this.failed(),
      opened: () => this.opened(),
      // That a console is away from the server says nothing of it; but one that closes this sees nothing more, either.
      closed: () => this.leavePeer(),
      message: (message) => this.peerSays(message),
      voice: (stream) => this.desk.voice.comes(stream),
      screen: (stream) => this.desk.screen.comes(stream),
    });
    const tell: DeskPort["tell"] = (body) => this.link.tell(body);
    this.turns = new Turns(socket.after);
    const report: DeskPort["report"] = (event) => this.outbox.add(event);
    this.part = new PagePart({
      report,
      tell,
      track: () => this.share?.track ?? null,
      isAsked: () => {
        const state = this.state.get();
        return state.kind === "session" && state.partAsked;
      },
      asked: (partAsked) => {
        const state = this.state.get();
        if (state.kind === "session") this.state.set({ ...state, partAsked });
      },
    });
    this.desk = new PageDesk({
      now,
      after: socket.after,
      report,
      tell,
      sound: port.sound,
      turns: this.turns,
      say: (track) => this.link.say(track),
      given: () => this.sendConsent(),
      answerReversed: (allowed) => this.send({ case: "reversed", value: { allowed } }),
      secondMayHaveChanged: () => this.second.settle(),
      changed: () => this.recordingMayHaveChanged(),
    });
    this.chat = new Chat({
      send: (line) => tell({ case: "chat", value: chatOf(line) }),
      confirm: (id, name) => {
        if (name === "") tell({ case: "chatDelivered", value: { id } });
        else this.second.confirm(id);
      },
      report: (line) => {
        report({ case: "chat", value: chatOf(line) });
        this.second.reads(line);
        // The session's operator reads what the second one writes.
        if (line.name !== "") tell({ case: "chat", value: chatOf(line) });
      },
      now,
      newId: () => port.random(16),
    });
    this.second = new PageSecond({
      now,
      after: socket.after,
      turns: this.turns,
      report,
      refuse: (what) => this.desk.refuse(what),
      send: (body) => this.send(body),
      tellOperator: tell,
      createPeer: port.createPeer,
      may: () => this.secondMay(),
      paused: () => this.isPaused(),
      track: () => this.shownTrack(),
      operator: () => operatorOf(this.state.get()),
      chatCame: (id, text, name) => this.chat.received(id, text, name),
      earlier: () => this.chat.earlierLines(),
      handedOver: (name) => this.handedOver(name),
    });
    this.socket = new ReconnectingSocket(port.socket, {
      opened: () => this.hello(),
      message: (bytes) => this.received(bytes),
      status: (status) => this.socketIs(status),
      ping: () => encode({ case: "ping", value: { atMs: BigInt(port.now()) } }),
    });
  }

  connect(code: string): void {
    this.code = code;
    this.resumeToken = null;
    this.state.set({ kind: "joining" });
    this.socket.start();
  }

  /**
   * This page was loaded again while its session runs: goes back to it, where the customer is asked anew. `code`: the one in
   * the page's address; another one than the session's is another session. False: there is nothing to go back to.
   */
  comeBack(code: string | null): boolean {
    const saved = this.port.memory.read();
    if (saved === null || (code !== null && code !== saved.code)) return false;
    this.connect(saved.code);
    this.resumeToken = saved.token;
    return true;
  }

  /** The page goes away, perhaps to come back: nothing is shared any more, and the session waits for a while. */
  leave(): void {
    this.desk.left();
    this.second.leaves(EndReason.SECOND_OVER, false);
    this.share?.stop();
    if (this.share !== null) this.shareEnded();
    this.link.leave();
    this.socket.stop();
  }

  /** The press that starts everything: the browser asks which screen, then the consent goes to the server. */
  async agree(): Promise<void> {
    const before = this.state.get();
    if (before.kind !== "consent" || before.busy || before.waitsForOperator) return;
    if (before.offered.record && before.offered.recordingRequired && !before.records) {
      this.desk.agreed(before.offered, { ...ALL, record: false });
      this.sendConsent();
      this.finish("recording-refused");
      return;
    }
    this.state.set({ ...before, busy: true, problem: null });
    const share = await captured(this.port);
    const now = this.state.get();
    if (now.kind !== "consent") {
      if (typeof share !== "string") share.stop();
      return;
    }
    if (typeof share === "string") {
      this.state.set({ ...now, busy: false, problem: problem(share) });
      return;
    }
    this.agreed = true;
    this.use(share);
    const { parties, offered, records } = now;
    this.desk.agreed(offered, { ...ALL, record: records });
    this.state.set({
      kind: "session",
      parties,
      offered,
      connected: false,
      serverAway: this.serverAway,
      sharing: true,
      paused: false,
      partAsked: false,
      recording: this.desk.recording.state,
      copy: this.desk.recording.copy,
      problem: null,
    });
    this.sendConsent();
    this.outbox.add({ case: "sharingStarted", value: {} });
  }

  /** The customer's own switch for being recorded, before they agree and at any time after [F-13]. */
  allowRecording(on: boolean): void {
    const state = this.state.get();
    if (state.kind === "consent") this.state.set({ ...state, records: on });
    else this.setRight("record", on);
  }

  /** A switch of the customer's own, at any time of the session. */
  setRight(right: PageRight, on: boolean): void {
    const state = this.state.get();
    if (state.kind !== "session" || !state.offered[right]) return;
    this.desk.rights.set(right, on);
    if (right !== "record" || on || !state.offered.recordingRequired) return;
    this.send({ case: "end", value: EndReason.RECORDING_REFUSED });
    this.link.tell({ case: "bye", value: { reason: EndReason.RECORDING_REFUSED } });
    this.finish("recording-refused");
  }

  private recordingMayHaveChanged(): void {
    const state = this.state.get();
    const { state: recording, copy } = this.desk.recording;
    if (state.kind === "session" && (state.recording !== recording || state.copy !== copy))
      this.state.set({ ...state, recording, copy });
  }

  decline(): void {
    this.send({ case: "consent", value: { agreed: false } });
    this.finish("customer-declined");
  }

  /** The customer's Stop: nothing is shared from this moment, whatever the network does. */
  stop(): void {
    this.desk.left();
    this.link.tell({ case: "bye", value: { reason: EndReason.CUSTOMER_STOPPED } });
    this.send({ case: "end", value: EndReason.CUSTOMER_STOPPED });
    this.finish("customer-stopped");
  }

  /** Another press, after the share alone was stopped, or for another screen in its place [F-01]: the browser's own dialog asks which. */
  async shareAgain(): Promise<void> {
    const share = await captured(this.port);
    const state = this.state.get();
    if (typeof share === "string") {
      if (state.kind !== "session") return;
      // What is shared stays, where the customer only looked at what else there is.
      const stays = state.sharing && share === "share-cancelled";
      this.state.set({ ...state, problem: stays ? state.problem : problem(share) });
      return;
    }
    if (state.kind !== "session") {
      share.stop();
      return;
    }
    this.use(share);
    if (!state.paused) await this.link.share(share.track);
    this.second.shares();
    const kind = partOf(share.track);
    if (state.sharing) this.outbox.add({ case: "partShared", value: { kind } });
    else this.outbox.add({ case: "sharingStarted", value: {} });
    // The customer may have paused, or stopped, meanwhile.
    const now = this.state.get();
    if (now.kind === "session") this.state.set({ ...now, sharing: true, partAsked: false, problem: null });
    this.part.tell();
  }

  /** Nothing of the screen leaves until the customer goes on; the chat stays. */
  pause(on: boolean): void {
    const state = this.state.get();
    if (state.kind !== "session" || state.paused === on) return;
    this.state.set({ ...state, paused: on });
    this.desk.pause(on);
    void this.link.share(this.shownTrack());
    this.link.tell({ case: "paused", value: { on } });
    this.second.paused(on);
    this.outbox.add({ case: "pauseChanged", value: { on } });
  }

  /** The app shall join this session: asks for its code. */
  requestAppCode(): void {
    if (this.app.get().kind === "asked") return;
    this.app.set({ kind: "asked" });
    if (!this.send({ case: "requestAppCode", value: {} })) this.app.set({ kind: "none" });
  }

  /** What may be seen at this moment. */
  private shownTrack(): MediaStreamTrack | null {
    return this.isPaused() ? null : (this.share?.track ?? null);
  }

  private isPaused(): boolean {
    const state = this.state.get();
    return state.kind === "session" && state.paused;
  }

  private sendConsent(): void {
    this.send({ case: "consent", value: { agreed: true, permissions: this.desk.consent } });
  }

  private secondMay() {
    const state = this.state.get();
    const offered = state.kind === "session" ? state.offered : null;
    const invite = offered !== null && this.desk.rights.has("invite");
    return { invite, unasked: offered?.secondUnasked === true, chats: offered?.chat === true };
  }

  /** Another operator has the session from here on, whom the customer let in for that. */
  private handedOver(name: string): void {
    const before = operatorOf(this.state.get());
    this.leavePeer();
    this.chat.handedOver(before ?? "", name);
    const state = this.state.get();
    if (state.kind === "session") this.state.set({ ...state, parties: { ...state.parties, operator: name } });
  }

  /** What the options of the session's operator leave of what was offered. */
  private allowed(allowed: Permissions): void {
    const state = this.state.get();
    if (state.kind !== "session" || this.desk.agreedTo === null) return;
    const offered = allowedOf(this.desk.agreedTo, allowed);
    this.state.set({ ...state, offered, partAsked: state.partAsked && offered.askPart });
    this.desk.offer(offered);
  }

  private use(share: Share): void {
    this.share?.stop();
    this.share = share;
    share.onEnded(() => {
      if (this.share === share) this.shareEnded();
    });
  }

  private shareEnded(): void {
    this.share = null;
    void this.link.share(null);
    this.second.shares();
    const state = this.state.get();
    if (state.kind !== "session") return;
    this.outbox.add({ case: "sharingStopped", value: {} });
    this.state.set({ ...state, sharing: false });
  }

  private hello(): void {
    const { nonce, port } = this;
    const way = { code: this.code, resumeToken: this.resumeToken };
    this.send(helloOf(way, { nonce, machine: port.machine(), language: port.language() }));
  }

  private socketIs(status: SocketStatus): void {
    // Also while the browser asks which screen to share: the session that follows says it from the start.
    this.serverAway = status.kind === "waiting" || (this.serverAway && status.kind === "connecting");
    const { serverAway } = this;
    const state = this.state.get();
    if (state.kind === "joining" && status.kind === "waiting" && status.failures >= FIRST_ATTEMPTS_MAX) {
      this.refuse("unreachable", 0);
    } else if (state.kind === "session" && serverAway !== state.serverAway) {
      this.state.set({ ...state, serverAway });
    }
  }

  private received(bytes: Uint8Array): void {
    const message = decode(bytes);
    if (message !== null) this.handle(message.body);
  }

  private handle(body: ServerToCustomer["body"]): void {
    switch (body.case) {
      case "welcome":
        this.welcomed(body.value);
        break;
      case "operatorJoined":
        this.operatorIs(body.value.name.slice(0, 256));
        break;
      case "offer":
        void this.offered(body.value);
        break;
      case "candidate":
        this.link.candidate(body.value.candidate, body.value.mid);
        break;
      case "eventsKept":
        this.outbox.kept(body.value.sourceSeq);
        break;
      case "appCode":
        this.app.set({
          kind: "code",
          code: body.value.code,
          expiresAt_ms: Number(body.value.expiresAtMs),
        });
        break;
      case "second":
        this.second.says(body.value);
        break;
      case "reversed":
        if (this.state.get().kind === "session") this.desk.operatorControl.says(body.value);
        break;
      case "allowed":
        this.allowed(body.value);
        break;
      case "leavePeer":
        this.leavePeer();
        break;
      case "replaced":
        this.release();
        this.port.memory.write(null);
        this.state.set({ kind: "replaced" });
        break;
      case "ended":
        this.finish(endingOf(body.value.reason));
        break;
      case "problem":
        this.troubled(body.value);
        break;
      default:
        // A newer server may say more than this page knows.
        break;
    }
  }

  private welcomed(welcome: Welcome): void {
    this.session.set(uuidText(welcome.sessionId) || null);
    this.resumeToken = welcome.resumeToken.length > 0 ? welcome.resumeToken : null;
    this.port.memory.write(this.resumeToken === null ? null : { code: this.code, token: this.resumeToken });
    const state = this.state.get();
    if (state.kind === "session") {
      // What the customer gave or took back meanwhile was lost with the connection.
      this.sendConsent();
      this.desk.operatorControl.cameBack();
      this.outbox.resend();
      return;
    }
    const offered = offeredOf(welcome);
    this.state.set({
      kind: "consent",
      parties: { company: welcome.company, service: welcome.service, operator: operatorOf(state) },
      offered,
      waitsForOperator: welcome.consentAfterOperator && operatorOf(state) === null,
      connects: !welcome.consentAfterOperator,
      records: welcome.offered?.mayRecord === true,
      busy: false,
      problem: null,
    });
  }

  private operatorIs(name: string): void {
    const state = this.state.get();
    if (state.kind !== "consent" && state.kind !== "session") return;
    const parties = { ...state.parties, operator: name };
    if (state.kind === "consent") this.state.set({ ...state, parties, waitsForOperator: false });
    else this.state.set({ ...state, parties });
  }

  /** The console at the other end may do what it likes: this end closes the connection. */
  private leavePeer(): void {
    this.desk.left();
    this.link.leave();
    this.connected(false);
  }

  /** INVARIANT: without the press there is no share, and without a share no answer. */
  private async offered(offer: Offer): Promise<void> {
    if (!this.agreed || this.state.get().kind !== "session") return;
    this.desk.left();
    this.connected(false);
    // What the operator's options take may come back on the same connection: the line for it is there from the start.
    const { talk = false, operatorScreen: screen = false } = this.desk.agreedTo ?? {};
    await this.link.offered(offer, { talk, screen });
  }

  private failed(): void {
    const state = this.state.get();
    if (state.kind === "session") this.state.set({ ...state, problem: problem("connection") });
  }

  private connected(connected: boolean): void {
    const state = this.state.get();
    if (state.kind === "session") this.state.set({ ...state, connected, problem: null });
  }

  private opened(): void {
    this.link.tell({ case: "hello", value: { program: "beside-page", features: ["chat"] } });
    this.link.tell({ case: "controlState", value: { state: ControlState_State.FORBIDDEN } });
    if (this.isPaused()) this.link.tell({ case: "paused", value: { on: true } });
    // This may be another window of the operator's, which was not there.
    for (const line of this.chat.earlierLines())
      this.link.tell({ case: "chatEarlier", value: { lines: [chatOf(line)] } });
    this.chat.connected();
    this.part.tell();
    this.desk.opened();
    this.second.operatorOpened();
  }

  private peerSays(message: PeerMessage): void {
    const { body } = message;
    if (body.case === "chat") this.chatCame(body.value.id, body.value.text);
    else if (body.case === "chatDelivered") this.chat.delivered(body.value.id);
    else if (body.case === "askPart") this.partAsked(body.value.kind);
    else if (body.case === "bye") this.finish(endingOf(body.value.reason));
    else this.desk.received(message);
  }

  private partAsked(kind: PartKind): void {
    const state = this.state.get();
    if (state.kind === "session" && state.offered.askPart) this.part.ask(kind);
    else this.desk.refuse("part-ask-forbidden");
  }

  private chatCame(id: Uint8Array, text: string): void {
    const state = this.state.get();
    if (state.kind === "session" && state.offered.chat) this.chat.received(id, text);
    else this.desk.refuse("chat-forbidden");
  }

  private troubled({ code, retryAfterS }: Problem): void {
    const state = this.state.get();
    // Refused while the session runs, for instance a second app code too soon: the session goes on.
    if (state.kind === "session" && code === "rate-limited") {
      this.app.set({ kind: "none" });
      this.state.set({ ...state, problem: problem(code, retryAfterS) });
      return;
    }
    if (code === "session-ended") this.finish("lost");
    else if (state.kind === "session") this.finish(code === "internal" ? "server-failed" : "unknown");
    else this.refuse(code, retryAfterS);
  }

  private refuse(code: string, wait_s: number): void {
    this.release();
    // A server that cannot be reached now may still know the session at the next reload.
    if (code !== "unreachable") this.port.memory.write(null);
    this.state.set({ kind: "code", problem: problem(code, wait_s) });
  }

  private finish(reason: string): void {
    this.release();
    this.port.memory.write(null);
    if (this.state.get().kind === "ended") return;
    this.state.set({ kind: "ended", reason });
    if (this.resumeToken !== null) this.survey.begin(this.resumeToken);
  }

  /** Lets go of screen, connection and server. */
  private release(): void {
    this.desk.left();
    this.second.leaves(EndReason.SECOND_OVER, false);
    const share = this.share;
    this.share = null;
    share?.stop();
    // The farewell goes first. Nothing is shared meanwhile.
    this.link.bidFarewell();
    this.socket.stop();
  }

  private send(body: Body): boolean {
    return this.socket.send(encode(body));
  }
}
