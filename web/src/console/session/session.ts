import { toBinary } from "@bufbuild/protobuf";
import { EndReason, type Permissions } from "../../generated/proto/beside/v1/common_pb";
import {
  type PeerMessage,
  PointerShapeSchema,
  RecordingState_State as RecordingWire,
} from "../../generated/proto/beside/v1/peer_pb";
import type { Agreed, IceServer } from "../../generated/proto/beside/v1/signalling_pb";
import { Chat } from "../../shared/session/chat";
import { EventOutbox } from "../../shared/session/event-outbox";
import { Store } from "../../shared/session/store";
import { Reboot } from "../auto-reconnect/reboot";
import { captureModeOf } from "../capture-mode/capture-mode";
import { Clipboard } from "../clipboard/clipboard";
import { Drawing } from "../drawing/drawing";
import { Files } from "../files/files";
import type { Combination, InputEvent, Point } from "../input/input-event";
import { ShownPicture } from "../monitors/shown-picture";
import { OperatorControl } from "../operator-control/operator-control";
import { OperatorScreen } from "../operator-screen/operator-screen";
import { displaysOf, partNow } from "../partial-share/part-now";
import type { PeerMessageInit } from "../peer/input-wire";
import type { MediaCopy } from "../peer/media-copies";
import type { MediaLine } from "../peer/media-tap";
import { PrinterDesk } from "../printer/printer-desk";
import { pictureOf, soundOf } from "../recording/recorded-media";
import { Recorder } from "../recording/recorder";
import { RightAsker } from "../rights/right-asker";
import { readOperators } from "../second/second-view";
import { cut, ToolCaller } from "../tools/tool-caller";
import { Voice } from "../voice/voice";
import { PointerUpdates } from "./pointer-updates";
import { SessionLink } from "./session-link";
import {
  AT_FIRST,
  type ControlName,
  chatOf,
  controlName,
  earlierOf,
  type SessionLive,
  type SessionPort,
} from "./session-live";
import { SessionPicture } from "./session-picture";
import {
  type EndReasonName,
  kindName,
  type Rights,
  reasonName,
  rightsOf,
  type SessionSummary,
} from "./session-view";

/** A closing menu takes the focus back to its button before that. */
const MENU_CLOSES_MS = 300;
/** Long enough to be read; the record keeps it anyway. */
const NOTICE_SHOWN_MS = 8_000;
const TOOL_REFUSALS =
  /^(url|favourite|screen-capture|system|processes|process|services|service|tool|right|voice|operator-screen|operator-control|clipboard|reboot)-/;
/** What the page says for as long as it lasts. */
const STATES: readonly string[] = ["input-paused", "customer-active", "session-paused", "files-paused"];
/** A notice that says the same again so soon changes nothing. */
const NOTICE_SAME_MS = 1_000;

/** One support session in this console: its connection, its input, its chat. Knows neither React nor the page. */
export class Session {
  readonly summary: Store<SessionSummary>;
  readonly live = new Store<SessionLive>(AT_FIRST);
  readonly chat: Chat;
  readonly picture: SessionPicture;
  readonly tools: ToolCaller;
  readonly asks: RightAsker;
  readonly files: Files;
  readonly printer: PrinterDesk;
  readonly drawing: Drawing;
  readonly voice: Voice;
  readonly operatorScreen: OperatorScreen;
  readonly operatorControl: OperatorControl;
  /** Keeps what is shown [F-13], while the app lets it. */
  readonly recorder: Recorder;
  readonly clipboard: Clipboard;
  readonly reboot: Reboot;
  /** Counts wishes that the files are shown: something of them was begun elsewhere in the page. */
  readonly filesWanted = new Store(0);
  /** Counts wishes that the keyboard goes back to the customer, after a menu of the console. */
  readonly keyboardWishes = new Store(0);
  /** The operator draws the rectangle that the customer is to be asked for [F-01]. */
  readonly drawsPart = new Store(false);
  private readonly outbox: EventOutbox;
  /** The picture as it stands on the page. */
  readonly shownPicture = new ShownPicture();
  private readonly link: SessionLink;
  private readonly pointer: PointerUpdates;
  private forgetNotice: (() => void) | null = null;
  private readonly forgetShared: () => void;
  /** The session was ended here while the server was away, which has yet to hear it. */
  readonly endUntold = new Store(false);
  private iceServers: readonly IceServer[] = [];
  private chatShown = false;
  private hidden = false;

  constructor(
    summary: SessionSummary,
    private readonly port: SessionPort,
  ) {
    this.summary = new Store(summary);
    this.outbox = new EventOutbox((event) => port.send({ case: "event", value: event }), port.now);
    this.chat = new Chat({
      send: (line) => this.sendToPeer({ case: "chat", value: chatOf(line) }),
      confirm: (id) => this.sendToPeer({ case: "chatDelivered", value: { id } }),
      report: (line) => this.outbox.add({ case: "chat", value: chatOf(line) }),
      now: port.now,
      newId: port.newId,
    });
    this.tools = new ToolCaller(
      (request) => this.sendToPeer({ case: "toolRequest", value: request }),
      port.after,
    );
    this.asks = new RightAsker((body) => this.sendToPeer(body), port.after);
    this.picture = new SessionPicture(this.live, (body) => this.sendToPeer(body), port);
    this.drawing = new Drawing({
      send: (act) => this.sendToPeer({ case: "draw", value: { act } }),
      after: port.after,
    });
    this.voice = new Voice({
      sound: port.sound,
      floor: port.voiceFloor,
      tell: (body) => this.sendToPeer(body),
      say: (track) => this.link.say(track),
      after: port.after,
    });
    this.operatorScreen = new OperatorScreen({
      screen: port.screen,
      tell: (body) => this.sendToPeer(body),
      send: (packet) => this.link.sendScreen(packet),
      show: (track) => this.link.showScreen(track),
      way: () => (this.summary.get().customerKind === "browser" ? "video" : "packets"),
      after: port.after,
    });
    this.operatorControl = new OperatorControl(() => this.summary.get().id, port.reversals);
    this.files = new Files({
      tell: (body) => this.sendToPeer(body),
      connect: (user) => port.files.connect(user, this.iceServers),
      startWorker: port.files.startWorker,
      save: port.files.save,
      after: port.after,
      now: port.now,
      newId: port.newId,
    });
    this.recorder = new Recorder(
      {
        begin: () => port.recordings.begin(this.summary.get().id),
        keep: (recording, no, piece) => port.recordings.keep(this.summary.get().id, recording, no, piece),
        end: (recording, why) => port.recordings.end(this.summary.get().id, recording, why),
        videoIsAll: () => this.summary.get().customerKind === "browser",
        requestKey: () => this.link.wantVideoKey(),
        requestState: (epoch) => (epoch ? this.picture.requestNewEpoch() : this.picture.requestFullState()),
        after: port.after,
        now: port.now,
      },
      (recording) => {
        this.live.update({ recording });
        this.link.copyMedia(this.recorder.isOn);
        this.followHidden();
      },
    );
    this.clipboard = new Clipboard(port.clipboardShared, {
      send: (body) => this.sendToPeer(body),
      write: port.writeClipboard,
      sendFiles: (files, clipboard) => {
        const jobs = files.map(({ file, names }) =>
          this.files.send({ file, folder: "", names, clipboard }, "keep-both"),
        );
        return this.files.ended(jobs);
      },
      after: port.after,
      now: port.now,
    });
    this.forgetShared = port.clipboardShared.subscribe(() => this.clipboard.tellShared());
    this.reboot = new Reboot((body) => this.sendToPeer(body), port);
    this.printer = new PrinterDesk({
      tell: (body) => this.sendToPeer(body),
      fetch: (...asked) => this.files.fetchPrinted(...asked),
      jobs: this.files.queue.jobs,
      forget: port.files.forget,
    });
    this.live.subscribe(() => {
      if (this.live.get().link === "none") this.files.sessionLost();
    });
    this.pointer = new PointerUpdates(this.live, port.after);
    // Where the decoder cannot be loaded the picture says so, and the pointer stays the browser's own.
    port.pointerDecoder().then(
      (decoder) => this.pointer.use(decoder),
      () => {},
    );
    this.link = new SessionLink(this.live, port, {
      opened: () => this.opened(),
      message: (message) => this.received(message),
      flooded: () => this.picture.closeFlooded(),
      picture: (channel, bytes) => {
        // The other channel only repeats.
        if (channel === "screen") this.recorder.screen(new Uint8Array(bytes));
        this.picture.receive(channel, bytes);
      },
      drawn: () => this.picture.drawn,
      voice: (stream) => this.voice.comes(stream),
      media: (line, copy) => this.copied(line, copy),
      relayed: (relayed) => this.outbox.add({ case: "connected", value: { relayed } }),
      wanted: () => this.live.get().ended === null && !this.live.get().replaced,
      reopen: () => this.open(),
      closed: () => {
        this.recorder.stop("lost");
        this.tools.interrupted();
        this.asks.interrupted();
        this.drawing.interrupted();
        this.voice.interrupted();
        this.operatorScreen.interrupted();
        this.clipboard.interrupted();
        this.reboot.interrupted();
        this.printer.interrupted();
        this.drawsPart.set(false);
      },
    });
  }

  /** Opens the session at the server, first or again; a connection that still works is kept. */
  open(): void {
    this.link.opening();
    this.live.update({ replaced: false });
    this.port.send({ case: "open", value: {} });
    this.outbox.resend();
  }

  changed(summary: SessionSummary): void {
    this.summary.set(summary);
    if (summary.stage === "ended") this.ended(summary.endReason);
    // The app took over from the page: its customer is asked anew, and the page's connection is over (Y-6).
    if (summary.stage === "joined" && this.link.exists) this.link.close();
  }

  agreed(agreed: Agreed): void {
    if (this.live.get().ended !== null) return;
    // The server takes no reports before the customer has agreed.
    this.outbox.resend();
    if (this.link.stays()) return;
    this.summary.update({
      customerKind: kindName(agreed.customerKind),
      rights: rightsOf(agreed.permissions),
    });
    this.iceServers = agreed.iceServers;
    this.link.close();
    this.picture.connecting();
    this.link.connect(agreed);
  }

  answer(sdp: string): void {
    this.link.answer(sdp);
  }

  candidate(candidate: string, mid: string): void {
    this.link.candidate(candidate, mid);
  }

  eventsKept(sourceSeq: bigint): void {
    this.outbox.kept(sourceSeq);
  }

  /** Another console of this operator has the session now. */
  replaced(): void {
    this.link.close();
    this.live.update({ replaced: true });
  }

  ended(reason: EndReasonName): void {
    if (this.live.get().ended !== null) return;
    this.recorder.stop("stopped");
    this.link.close();
    this.files.close();
    this.reboot.over();
    this.live.update({ ended: reason, control: "off" });
    this.summary.update({ stage: "ended", endReason: reason });
  }

  /** The operator ends the session. */
  end(): void {
    this.releaseAll();
    this.sendToPeer({ case: "bye", value: { reason: EndReason.OPERATOR_ENDED } });
    this.endUntold.set(!this.port.send({ case: "end", value: EndReason.OPERATOR_ENDED }));
    // The server is away: the customer has been told by the connection itself, and the server hears it later.
    if (this.endUntold.get()) this.ended("operator-ended");
  }

  /** The server is there again: what it has missed, and the session itself where it goes on. */
  resume(): void {
    const { ended, replaced } = this.live.get();
    if (this.endUntold.get()) {
      this.outbox.resend();
      this.end();
    } else if (ended === null && !replaced) this.open();
  }

  get hasControl(): boolean {
    const { control, link } = this.live.get();
    return link === "connected" && (control === "on" || control === "customer-active");
  }

  setControl(on: boolean): void {
    if (!on) this.releaseAll();
    this.sendToPeer({ case: "setControl", value: { on } });
  }

  /** Takes control up or lets it go; nothing where there can be none now. */
  toggleControl(): void {
    const { control, paused, link } = this.live.get();
    if (paused || link !== "connected") return;
    if (control === "off") this.setControl(true);
    if (control === "on" || control === "customer-active") this.setControl(false);
  }

  /** Gives control to the second operator, or takes it from them [F-18]. */
  giveControl(on: boolean): void {
    if (on) this.releaseAll();
    this.sendToPeer({ case: "giveControl", value: { on } });
    if (!on) this.setControl(true);
  }

  sendInput(event: InputEvent): void {
    if (this.hasControl) this.link.input?.send(event);
  }

  movePointer(at: Point): void {
    if (this.hasControl) this.link.input?.move(at);
  }

  /** A combination from the menu; then the keyboard is the customer's again. */
  sendCombination(combination: Combination): void {
    this.sendInput({ kind: "special", combination });
    this.port.after(MENU_CLOSES_MS, () => this.keyboardWishes.set(this.keyboardWishes.get() + 1));
  }

  releaseAll(): void {
    this.link.releaseAll();
  }

  /** Nobody looks at the session: no picture is sent, unless it is recorded, and no key stays down. */
  setHidden(hidden: boolean): void {
    if (hidden && !this.hidden) this.releaseAll();
    this.hidden = hidden;
    this.followHidden();
  }

  get isRecording(): boolean {
    const { kind } = this.live.get().recording;
    return kind === "on" || kind === "held";
  }

  /** The app says what comes of it. */
  setRecording(on: boolean): void {
    this.sendToPeer({ case: "setRecording", value: { on } });
  }

  private followHidden(): void {
    this.picture.setHidden(this.hidden && !this.recorder.isOn);
  }

  /** What is shown and heard here, and nothing beside it, is what is recorded. */
  private copied(line: MediaLine, copy: MediaCopy): void {
    if (line === "video") {
      const frame = pictureOf(copy);
      if (frame !== null) this.recorder.video(frame);
      return;
    }
    const packet = soundOf(copy);
    if (packet === null || !this.voice.isHeard) return;
    this.recorder.sound(line === "said" ? "operator" : "customer", packet);
  }

  private recordingIs(state: RecordingWire): void {
    if (state === RecordingWire.ON) this.recorder.start();
    else if (state === RecordingWire.HELD) this.recorder.hold();
    else this.recorder.stop("stopped");
  }

  setChatShown(shown: boolean): void {
    this.chatShown = shown;
    if (shown) this.live.update({ unread: 0 });
  }

  /** This browser cannot do what was wanted; kebab-case. */
  cannot(what: string): void {
    this.noticed("unsupported", what);
  }

  dismissNotice(): void {
    this.live.update({ notice: null });
  }

  sendToPeer(body: NonNullable<PeerMessageInit["body"]>): boolean {
    return this.link.send(body);
  }

  close(): void {
    this.recorder.stop("stopped");
    this.forgetShared();
    this.picture.close();
    this.files.close();
    this.printer.close();
    this.link.close();
    this.voice.close();
  }

  private opened(): void {
    this.sendToPeer({
      case: "hello",
      value: { program: "beside-console", features: ["exact", "control", "chat"] },
    });
    this.picture.opened();
    this.chat.connected();
    this.files.sessionConnected();
    this.drawing.connected();
    this.clipboard.connected();
  }

  private received({ body }: PeerMessage): void {
    switch (body.case) {
      case "controlState":
        this.controlIs(controlName(body.value.state), body.value.lacks.slice(0, 64));
        break;
      case "chat":
        this.chatCame(body.value.id, body.value.text, body.value.name);
        break;
      case "chatDelivered":
        this.chat.delivered(body.value.id);
        break;
      case "chatEarlier":
        this.chat.earlier(body.value.lines.flatMap(earlierOf));
        break;
      case "filesAnswer":
        this.files.answer(body.value.sdp);
        break;
      case "filesCandidate":
        this.files.candidate(body.value.candidate, body.value.mid);
        break;
      case "pointerShape":
        this.recorder.pointerShape(toBinary(PointerShapeSchema, body.value));
        this.pointer.shaped(body.value);
        break;
      case "pointerPosition":
        this.recorder.pointerAt(body.value.x, body.value.y);
        this.pointer.movedTo({ x: body.value.x, y: body.value.y });
        break;
      case "sharedPart":
        this.live.update({ part: partNow(body.value) });
        break;
      case "displays":
        this.live.update({ displays: displaysOf(body.value.displays) });
        break;
      case "permissionsNow":
        this.permissionsAre(rightsOf(body.value.permissions), body.value.could);
        break;
      case "recordingState":
        this.recordingIs(body.value.state);
        break;
      case "operatorsNow":
        this.live.update({ operators: readOperators(body.value) });
        break;
      case "rightAnswer":
        this.asks.answered(body.value);
        break;
      case "paused":
        this.pausedIs(body.value.on);
        break;
      case "toolAnswer":
        this.tools.answered(body.value);
        break;
      case "printerNews":
        this.printer.told(body.value);
        break;
      case "drawn":
        this.drawing.told(body.value);
        break;
      case "voiceState":
        this.voice.told(body.value);
        break;
      case "voiceMuted":
        this.voice.customerMuted(body.value.on);
        break;
      case "operatorScreenState":
        this.operatorScreen.told(body.value);
        break;
      case "operatorScreenShown":
        this.operatorScreen.shown(body.value);
        break;
      case "clip":
        this.clipboard.message(body.value);
        break;
      case "rebootState":
        this.reboot.told(body.value);
        break;
      case "notInEffect":
        this.live.update({
          notInEffect: body.value.options.slice(0, 16).map((option) => option.slice(0, 64)),
        });
        break;
      case "captureMode":
        this.live.update({ capture: captureModeOf(body.value) });
        break;
      case "refused":
        this.noticed("refused", body.value.what);
        break;
      case "unsupported":
        this.noticed("unsupported", body.value.what);
        break;
      case "bye":
        this.ended(reasonName(body.value.reason));
        break;
      default:
        // A newer app may say more than this console knows.
        break;
    }
  }

  private permissionsAre(rights: Rights, could: Permissions | undefined): void {
    if (!rights.view) this.picture.blank();
    this.live.update({ rights, could: could === undefined ? null : rightsOf(could) });
  }

  private pausedIs(paused: boolean): void {
    if (paused) this.picture.blank();
    this.live.update({ paused, pointerAt: null });
    this.files.setHeld(paused);
  }

  private controlIs(control: ControlName, controlLacks: string): void {
    if (control !== "on" && control !== "customer-active") this.releaseAll();
    this.live.update({ control, controlLacks });
  }

  private chatCame(id: Uint8Array, text: string, name: string): void {
    const before = this.chat.lines.get().length;
    this.chat.received(id, text, cut(name));
    if (this.chat.lines.get().length > before && !this.chatShown)
      this.live.update({ unread: this.live.get().unread + 1 });
  }

  private noticed(kind: "refused" | "unsupported", what: string): void {
    if (STATES.includes(what)) return;
    // Whoever asked for the tool is answered where they asked.
    if (kind === "refused" && TOOL_REFUSALS.test(what)) return;
    const notice = { kind, what: cut(what).slice(0, 64), at_ms: this.port.now() };
    const shown = this.live.get().notice;
    const isSame = shown?.kind === kind && shown.what === notice.what;
    if (isSame && notice.at_ms - shown.at_ms < NOTICE_SAME_MS) return;
    this.live.update({ notice });
    this.forgetNotice?.();
    this.forgetNotice =
      kind === "refused" ? this.port.after(NOTICE_SHOWN_MS, () => this.dismissNotice()) : null;
  }
}
