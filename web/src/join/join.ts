import { EndReason, PartKind } from "../generated/proto/beside/v1/common_pb";
import {
  SharedPart_Asked as Asked,
  ControlState_State,
  type PeerMessage,
  RightAnswer_Answer,
  SharedPart_State,
  type ToolRequest,
} from "../generated/proto/beside/v1/peer_pb";
import {
  CustomerHello_Kind,
  type IceServer,
  type Offer,
  type Problem,
  type ServerToCustomer,
  type Welcome,
} from "../generated/proto/beside/v1/signalling_pb";
import { Chat } from "../shared/session/chat";
import { EventOutbox } from "../shared/session/event-outbox";
import {
  ReconnectingSocket,
  type SocketPort,
  type SocketStatus,
} from "../shared/session/reconnecting-socket";
import { Store } from "../shared/session/store";
import { uuidText } from "../shared/session/uuid";
import type { BrowserPeerLink, BrowserPeerUser } from "./browser-peer";
import type { JoinMemory } from "./join-memory";
import { type AppOffer, type JoinState, type Offered, problem } from "./join-state";
import { type Body, chatOf, decode, encode, endingOf } from "./join-wire";
import { offeredOf, partOf, permissionsOf } from "./offered";
import { PageRecording } from "./page-recording";
import { PageTools } from "./page-tools";
import { Survey, type SurveyPort } from "./survey";

/** A screen that the customer chose to share. */
export type Share = { readonly track: MediaStreamTrack; stop(): void; onEnded(listener: () => void): void };

export type JoinPort = {
  readonly socket: SocketPort;
  now(): number;
  random(length: number): Uint8Array<ArrayBuffer>;
  language(): string;
  machine(): { os: string; osVersion: string };
  readonly memory: JoinMemory;
  /** Opens the browser's own dialog; null where the customer closed it, throws where nothing can be captured. Called on a press alone. */
  capture(): Promise<Share | null>;
  createPeer(user: BrowserPeerUser, iceServers: readonly IceServer[]): BrowserPeerLink;
  readonly survey: SurveyPort;
};

/** Before the first answer: so many attempts, then the page says that the server cannot be reached. */
const FIRST_ATTEMPTS_MAX = 2;
const FAREWELL_MS = 300;

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
  private readonly tools: PageTools;
  private readonly recording: PageRecording;
  private readonly socket: ReconnectingSocket;
  private code = "";
  /** One for the life of this page: the server knows by it that the one who comes back is the same. */
  private readonly nonce: Uint8Array<ArrayBuffer>;
  private resumeToken: Uint8Array | null = null;
  private share: Share | null = null;
  private peer: BrowserPeerLink | null = null;
  private agreed = false;
  private generation = 0;
  private serverAway = false;

  constructor(private readonly port: JoinPort) {
    this.nonce = port.random(32);
    this.survey = new Survey(port.survey);
    this.tools = new PageTools(port.now);
    this.outbox = new EventOutbox((event) => this.send({ case: "event", value: event }), port.now);
    this.recording = new PageRecording({
      now: port.now,
      report: (event) => this.outbox.add(event),
      tell: (state) => this.peer?.send({ case: "recordingState", value: { state } }),
      refuse: (what) => {
        this.outbox.add({ case: "refused", value: { what, count: 1 } });
        this.peer?.send({ case: "refused", value: { what } });
      },
    });
    this.chat = new Chat({
      send: (line) => this.peer?.send({ case: "chat", value: chatOf(line) }) ?? false,
      confirm: (id) => this.peer?.send({ case: "chatDelivered", value: { id } }),
      report: (line) => this.outbox.add({ case: "chat", value: chatOf(line) }),
      now: port.now,
      newId: () => port.random(16),
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
    this.recording.connect(false);
    this.share?.stop();
    if (this.share !== null) this.shareEnded();
    this.peer?.close();
    this.socket.stop();
  }

  /** The press that starts everything: the browser asks which screen, then the consent goes to the server. */
  async agree(): Promise<void> {
    const before = this.state.get();
    if (before.kind !== "consent" || before.busy || before.waitsForOperator) return;
    if (before.offered.record && before.offered.recordingRequired && !before.records) {
      this.sendConsent(before.offered, false);
      this.finish("recording-refused");
      return;
    }
    this.state.set({ ...before, busy: true, problem: null });
    const share = await this.captured();
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
    this.recording.allow(offered.record && records, offered.recordAtStart, offered.recordingCopies);
    this.state.set({
      kind: "session",
      parties,
      offered,
      connected: false,
      serverAway: this.serverAway,
      sharing: true,
      paused: false,
      partAsked: false,
      recording: this.recording.state,
      copy: this.recording.copy,
      problem: null,
    });
    this.sendConsent(offered, records);
    this.outbox.add({ case: "sharingStarted", value: {} });
  }

  /** The customer's own switch for being recorded, before they agree and at any time after [F-13]. */
  allowRecording(on: boolean): void {
    const state = this.state.get();
    if (state.kind === "consent") this.state.set({ ...state, records: on });
    if (state.kind !== "session" || !state.offered.record || this.recording.isAllowed === on) return;
    this.recording.setAllowed(on);
    this.sendConsent(state.offered, on);
    if (state.offered.recordingRequired && !on) {
      this.send({ case: "end", value: EndReason.RECORDING_REFUSED });
      this.peer?.send({ case: "bye", value: { reason: EndReason.RECORDING_REFUSED } });
      this.finish("recording-refused");
      return;
    }
    this.peer?.send({ case: "permissionsNow", value: { permissions: permissionsOf(state.offered, on) } });
    this.recordingMayHaveChanged();
  }

  /** The customer wants a copy of what is recorded [F-13]. */
  askForCopy(): void {
    this.recording.askCopy();
    this.recordingMayHaveChanged();
  }

  private recordingMayHaveChanged(): void {
    const state = this.state.get();
    const { state: recording, copy } = this.recording;
    if (state.kind === "session" && (state.recording !== recording || state.copy !== copy))
      this.state.set({ ...state, recording, copy });
  }

  decline(): void {
    this.send({ case: "consent", value: { agreed: false } });
    this.finish("customer-declined");
  }

  /** The customer's Stop: nothing is shared from this moment, whatever the network does. */
  stop(): void {
    this.recording.connect(false);
    this.peer?.send({ case: "bye", value: { reason: EndReason.CUSTOMER_STOPPED } });
    this.send({ case: "end", value: EndReason.CUSTOMER_STOPPED });
    this.finish("customer-stopped");
  }

  /** Another press, after the share alone was stopped, or for another screen in its place [F-01]: the browser's own dialog asks which. */
  async shareAgain(): Promise<void> {
    const share = await this.captured();
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
    if (!state.paused) await this.peer?.share(share.track);
    const kind = partOf(share.track);
    if (state.sharing) this.outbox.add({ case: "partShared", value: { kind } });
    else this.outbox.add({ case: "sharingStarted", value: {} });
    this.state.set({ ...state, sharing: true, partAsked: false, problem: null });
    this.tellPart(Asked.UNSPECIFIED);
  }

  /** The customer keeps what is shared as it is, although the operator asks. */
  keepPart(): void {
    const state = this.state.get();
    if (state.kind !== "session" || !state.partAsked) return;
    this.outbox.add({ case: "partAsked", value: { kind: PartKind.UNSPECIFIED, declined: true } });
    this.state.set({ ...state, partAsked: false });
    this.tellPart(Asked.DECLINED);
  }

  /** Shows what the operator asks for; nothing follows from it. The browser's dialog knows no part that could be named. */
  private partIsAsked(kind: PartKind): void {
    const state = this.state.get();
    if (state.kind !== "session" || !state.offered.askPart || state.partAsked) return;
    this.outbox.add({ case: "partAsked", value: { kind } });
    this.state.set({ ...state, partAsked: true });
    this.tellPart(Asked.OPEN);
  }

  private tellPart(asked: Asked): void {
    const { share } = this;
    if (share === null) return;
    this.peer?.send({
      case: "sharedPart",
      value: { kind: partOf(share.track), state: SharedPart_State.SHOWN, asked },
    });
  }

  /** Nothing of the screen leaves until the customer goes on; the chat stays. */
  pause(on: boolean): void {
    const state = this.state.get();
    if (state.kind !== "session" || state.paused === on) return;
    this.recording.pause(on);
    this.state.set({ ...state, paused: on, recording: this.recording.state });
    void this.peer?.share(this.shownTrack());
    this.peer?.send({ case: "paused", value: { on } });
    this.outbox.add({ case: "pauseChanged", value: { on } });
  }

  /** The app shall join this session: asks for its code. */
  requestAppCode(): void {
    if (this.app.get().kind === "asked") return;
    this.app.set({ kind: "asked" });
    if (!this.send({ case: "requestAppCode", value: {} })) this.app.set({ kind: "none" });
  }

  private async captured(): Promise<Share | "share-cancelled" | "share-failed"> {
    try {
      return (await this.port.capture()) ?? "share-cancelled";
    } catch {
      return "share-failed";
    }
  }

  /** What may be seen at this moment. */
  private shownTrack(): MediaStreamTrack | null {
    return this.isPaused() ? null : (this.share?.track ?? null);
  }

  private isPaused(): boolean {
    const state = this.state.get();
    return state.kind === "session" && state.paused;
  }

  private sendConsent(offered: Offered, records: boolean): void {
    const permissions = permissionsOf(offered, records);
    this.send({ case: "consent", value: { agreed: true, permissions } });
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
    void this.peer?.share(null);
    const state = this.state.get();
    if (state.kind !== "session") return;
    this.outbox.add({ case: "sharingStopped", value: {} });
    this.state.set({ ...state, sharing: false });
  }

  private hello(): void {
    const entry =
      this.resumeToken === null
        ? ({ case: "code", value: this.code } as const)
        : ({ case: "resumeToken", value: this.resumeToken } as const);
    this.send({
      case: "hello",
      value: {
        versions: { lowest: 1, highest: 1, program: "0.1.0" },
        kind: CustomerHello_Kind.BROWSER,
        entry,
        nonce: this.nonce,
        machine: this.port.machine(),
        language: this.port.language(),
        features: ["chat"],
      },
    });
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
      case "operatorLeft":
        this.operatorLeft();
        break;
      case "offer":
        void this.offered(body.value);
        break;
      case "candidate":
        void this.peer?.addCandidate(body.value.candidate, body.value.mid);
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
      // The connection broke between the press and the server.
      if (!welcome.resumed) this.sendConsent(state.offered, this.recording.isAllowed);
      this.outbox.resend();
      return;
    }
    this.state.set({
      kind: "consent",
      parties: { company: welcome.company, service: welcome.service, operator: operatorOf(state) },
      offered: offeredOf(welcome),
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

  private operatorLeft(): void {
    this.recording.connect(false);
    const state = this.state.get();
    if (state.kind === "session") this.state.set({ ...state, connected: false });
  }

  /** The console at the other end is no operator's any more, and may do what it likes: this end closes the connection. */
  private leavePeer(): void {
    this.generation += 1;
    this.recording.connect(false);
    this.peer?.close();
    this.peer = null;
    this.connected(false);
  }

  /** INVARIANT: without the press there is no share, and without a share no answer. */
  private async offered(offer: Offer): Promise<void> {
    if (!this.agreed || this.state.get().kind !== "session") return;
    this.recording.connect(false);
    this.peer?.close();
    this.generation += 1;
    const peer = this.port.createPeer(this.peerUser(this.generation), offer.iceServers);
    this.peer = peer;
    try {
      const paused = this.isPaused();
      await peer.accept(offer.description?.sdp ?? "", this.shownTrack());
      // While the answer was made.
      if (this.isPaused() !== paused) await peer.share(this.shownTrack());
    } catch {
      const state = this.state.get();
      if (peer === this.peer && state.kind === "session")
        this.state.set({ ...state, problem: problem("connection") });
    }
  }

  private peerUser(generation: number): BrowserPeerUser {
    const current = (run: () => void) => {
      if (generation === this.generation) run();
    };
    return {
      answer: (sdp) => current(() => this.send({ case: "answer", value: { sdp } })),
      candidate: (candidate, mid) =>
        current(() => this.send({ case: "candidate", value: { candidate, mid } })),
      connected: (is) => current(() => this.connected(is)),
      opened: () => current(() => this.opened()),
      message: (message) => current(() => this.peerSays(message)),
    };
  }

  private connected(connected: boolean): void {
    const state = this.state.get();
    if (state.kind === "session") this.state.set({ ...state, connected, problem: null });
  }

  private opened(): void {
    this.peer?.send({ case: "hello", value: { program: "beside-page", features: ["chat"] } });
    this.peer?.send({ case: "controlState", value: { state: ControlState_State.FORBIDDEN } });
    if (this.isPaused()) this.peer?.send({ case: "paused", value: { on: true } });
    // This may be another window of the operator's, which was not there.
    for (const line of this.chat.earlierLines())
      this.peer?.send({ case: "chatEarlier", value: { lines: [chatOf(line)] } });
    this.chat.connected();
    this.tellPart(Asked.UNSPECIFIED);
    const state = this.state.get();
    // Taken back since the operator's console was told what it may.
    if (state.kind === "session" && state.offered.record)
      this.peer?.send({
        case: "permissionsNow",
        value: { permissions: permissionsOf(state.offered, this.recording.isAllowed) },
      });
    this.recording.connect(true);
    this.recordingMayHaveChanged();
  }

  private peerSays({ body }: PeerMessage): void {
    if (body.case === "chat") this.chat.received(body.value.id, body.value.text);
    else if (body.case === "chatDelivered") this.chat.delivered(body.value.id);
    else if (body.case === "rightRequest") this.hasNoMore(body.value.id);
    else if (body.case === "toolRequest") this.toolAsked(body.value);
    else if (body.case === "askPart") this.partIsAsked(body.value.kind);
    else if (body.case === "setRecording") this.recordingAsked(body.value.on);
    else if (body.case === "bye") this.finish(endingOf(body.value.reason));
  }

  /** A page has no hand on its machine: there is nothing to give beside what was agreed to. */
  private hasNoMore(id: number): void {
    this.peer?.send({ case: "rightAnswer", value: { id, answer: RightAnswer_Answer.UNSUPPORTED } });
  }

  private recordingAsked(on: boolean): void {
    this.recording.ask(on);
    this.recordingMayHaveChanged();
  }

  /** A page has one tool: it says whether a still picture of what it shares may be kept, and the record has it [F-08]. */
  private toolAsked(request: ToolRequest): void {
    const state = this.state.get();
    if (state.kind !== "session") return;
    const judged = this.tools.judge(request, state.offered);
    const { problem: why, event } = state.paused ? { problem: "paused", event: null } : judged;
    if (event !== null) this.outbox.add(event);
    this.peer?.send({ case: "toolAnswer", value: { id: request.id, problem: why } });
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
    this.generation += 1;
    this.recording.connect(false);
    const share = this.share;
    this.share = null;
    share?.stop();
    const peer = this.peer;
    this.peer = null;
    // A closed connection drops what it has not sent: the farewell goes first. Nothing is shared meanwhile.
    if (peer !== null) this.port.socket.after(FAREWELL_MS, () => peer.close());
    this.socket.stop();
  }

  private send(body: Body): boolean {
    return this.socket.send(encode(body));
  }
}

function operatorOf(state: JoinState): string | null {
  return state.kind === "consent" || state.kind === "session" ? state.parties.operator : null;
}
