import type { PeerMessage, ToolRequest } from "../generated/proto/beside/v1/peer_pb";
import { Store } from "../shared/session/store";
import type { SoundPort } from "../shared/sound/sound";
import type { ConsolePort } from "./console-port";
import type { DeskView, Given, Offered, Question } from "./join-state";
import { permissionsOf } from "./offered";
import { Pace } from "./pace";
import { PageOperatorControl } from "./page-operator-control";
import { PageRecording } from "./page-recording";
import { ALL, NOTHING, PageRights } from "./page-rights";
import { PageScreen } from "./page-screen";
import { PageTools } from "./page-tools";
import { PageVoice } from "./page-voice";
import type { Turns } from "./turns";

export type DeskPort = Omit<ConsolePort, "refuse"> & {
  readonly sound: SoundPort;
  readonly turns: Turns;
  /** What goes out on the connection's line of audio. */
  say(track: MediaStreamTrack | null): void;
  /** What the customer gives is another; the server is to know. */
  given(): void;
  /** To the server, of the operator's computer; false where that is away. */
  answerReversed(allowed: boolean): boolean;
  /** Whether another operator may come in, or is there, is to be looked at again. */
  secondMayHaveChanged(): void;
  /** Something that is seen has changed. */
  changed(): void;
};

/** Refusals of a console that become lines of the record, in a minute; what is more is refused as well. */
const REFUSALS = 60;

/** What operators' consoles ask of a page beside its picture, and what comes of it: the page obeys its customer and the policy. */
export class PageDesk {
  readonly rights: PageRights;
  readonly voice: PageVoice;
  readonly screen: PageScreen;
  readonly recording: PageRecording;
  readonly operatorControl: PageOperatorControl;
  readonly view = new Store<DeskView>({
    given: NOTHING,
    question: null,
    voice: null,
    screen: null,
    operatorControl: null,
  });
  private readonly tools: PageTools;
  private readonly refusals = new Pace(REFUSALS, 60_000);
  private offered: Offered | null = null;
  /** As Welcome had it when the customer agreed; the operator's options may leave less. */
  agreedTo: Offered | null = null;
  private isConnected = false;

  constructor(private readonly port: DeskPort) {
    const console: ConsolePort = { ...port, refuse: (what) => this.refuse(what) };
    this.tools = new PageTools(port.now);
    this.rights = new PageRights({
      now: port.now,
      turns: port.turns,
      report: port.report,
      refuse: console.refuse,
      answer: (id, answer) => port.tell({ case: "rightAnswer", value: { id, answer } }),
      changed: (question, allowed) => this.rightsChanged(question, allowed),
      questionChanged: () => this.settle(),
    });
    const parts = { ...console, changed: () => this.show() };
    this.voice = new PageVoice({ ...parts, sound: port.sound, say: port.say }, this.rights);
    this.screen = new PageScreen(parts, this.rights);
    this.recording = new PageRecording({
      now: port.now,
      report: port.report,
      tell: (state) => port.tell({ case: "recordingState", value: { state } }),
      refuse: console.refuse,
    });
    const { now, after, answerReversed: answer } = port;
    const connected = () => this.isConnected;
    this.operatorControl = new PageOperatorControl(
      { now, after, answer, connected, refuse: console.refuse, changed: parts.changed },
      this.rights,
    );
  }

  /** What the customer gives now; before that, nothing. */
  get permissions() {
    return this.offered === null
      ? permissionsOf(null, NOTHING)
      : permissionsOf(this.offered, this.rights.now);
  }

  /**
   * What the customer has agreed to, whatever the operator's options leave of it now: the server cuts it to them, and has all of it
   * again when they allow more.
   */
  get consent() {
    return permissionsOf(this.agreedTo, this.rights.now);
  }

  /** The customer's press: from here on what was offered is given, but for what they took out of it. */
  agreed(offered: Offered, given: Given): void {
    this.offered = offered;
    this.agreedTo = offered;
    this.rights.agreed(offered, given);
    this.recording.allow(this.rights.has("record"), offered.recordAtStart, offered.recordingCopies);
    this.show();
  }

  /** The operator's options leave another part of it. */
  offer(offered: Offered): void {
    this.offered = offered;
    this.rights.offer(offered);
    this.tellPermissions();
    this.recording.setAllowed(this.rights.has("record"));
    this.settle();
  }

  /** A console is there: it hears how everything stands. */
  opened(): void {
    this.isConnected = true;
    this.tellPermissions();
    this.recording.connect(true);
    this.settle();
  }

  /** The connection is over, and what was asked or begun on it. */
  left(): void {
    this.isConnected = false;
    this.rights.leave();
    this.recording.connect(false);
    this.voice.left();
    this.screen.left();
  }

  pause(on: boolean): void {
    this.rights.pause(on);
    this.recording.pause(on);
    this.settle();
  }

  /** What the operator's console says, where it is not of the chat or the picture; false: it is none of this desk's. */
  received({ body }: PeerMessage): boolean {
    if (body.case === "rightRequest") this.rights.asked(body.value.id, body.value.right);
    else if (body.case === "rightWithdrawn") this.rights.withdrawn(body.value.id);
    else if (body.case === "toolRequest") this.toolAsked(body.value);
    else if (body.case === "setVoice") this.voice.wanted(body.value.on);
    else if (body.case === "voiceMuted") this.voice.operatorIsMuted(body.value.on);
    else if (body.case === "setOperatorScreen") this.screen.wanted(body.value.on);
    else if (body.case === "setRecording") this.recordingAsked(body.value.on);
    else return false;
    return true;
  }

  /** Refused, told to the console, and a line of the record; not for every one of a flood. */
  refuse(what: string): void {
    if (!this.refusals.hasRoom(this.port.now())) return;
    this.port.report({ case: "refused", value: { what, count: 1 } });
    this.port.tell({ case: "refused", value: { what } });
  }

  /** The customer wants a copy of what is recorded [F-13]. */
  askForCopy(): void {
    this.recording.askCopy();
    this.show();
  }

  private recordingAsked(on: boolean): void {
    this.recording.ask(on);
    this.show();
  }

  /** A page has one tool: it says whether a still picture of what it shares may be kept, and the record has it [F-08]. */
  private toolAsked(request: ToolRequest): void {
    if (this.offered === null) return;
    const judged = this.tools.judge(request, this.offered);
    const { problem, event } = this.rights.isPaused ? { problem: "paused", event: null } : judged;
    if (event !== null) this.port.report(event);
    this.port.tell({ case: "toolAnswer", value: { id: request.id, problem } });
  }

  private rightsChanged(question: Question | null, allowed: boolean): void {
    this.port.given();
    this.tellPermissions();
    this.recording.setAllowed(this.rights.has("record"));
    if (question !== null) this.answered(question, allowed);
    this.settle();
  }

  /** Whoever asked for a right wants what it is for; but no screen of theirs was chosen for the right alone. */
  private answered({ right, id }: Question, allowed: boolean): void {
    if (right === "record" && allowed) this.recording.want();
    if (right === "talk" && allowed) this.voice.begins();
    else if (right === "talk") this.voice.declined();
    if (right === "operatorScreen" && id === null && allowed) this.screen.begins();
    else if (right === "operatorScreen" && id === null) this.screen.declined();
    if (right === "operatorControl" && id === null) this.operatorControl.answered(allowed);
  }

  private tellPermissions(): void {
    if (this.offered === null) return;
    const could = permissionsOf(this.offered, ALL);
    this.port.tell({ case: "permissionsNow", value: { permissions: this.permissions, could } });
  }

  private settle(): void {
    this.voice.settle();
    this.screen.settle();
    this.operatorControl.settle();
    this.port.secondMayHaveChanged();
    this.show();
  }

  private show(): void {
    const { rights, voice, screen, operatorControl } = this;
    this.view.set({
      given: rights.now,
      question: rights.question,
      voice: voice.view,
      screen: screen.view,
      operatorControl: operatorControl.view,
    });
    this.port.changed();
  }
}
