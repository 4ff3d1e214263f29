import type { ServerToConsole, SessionState } from "../../generated/proto/beside/v1/signalling_pb";
import type { SocketPort, SocketStatus } from "../../shared/session/reconnecting-socket";
import { Store } from "../../shared/session/store";
import { forgetChat, recallChat, rememberChat, type TabMemory } from "../chat/chat-memory";
import { KeptFlag } from "../kept-flag";
import { PreferenceChoice } from "../picture/preference";
import { isOpen, type SecondView } from "../second/second-view";
import { Session } from "../session/session";
import type { SessionPort } from "../session/session-live";
import { readState, reasonName, rightsOf, type SessionSummary, withKnownCode } from "../session/session-view";
import { Signalling } from "../signalling/signalling";
import { VoiceFloor } from "../voice/voice-floor";

/** How the console stands with the server. `away`: sessions that run go on. */
export type ServerLink =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  | { readonly kind: "away"; readonly failures: number }
  | { readonly kind: "refused"; readonly code: string };

export type WorkspacePort = Omit<SessionPort, "send" | "preference" | "voiceFloor" | "clipboardShared"> & {
  readonly socket: SocketPort;
  csrfToken(): string;
  /** What lets a page in that has no account, and how the next one is kept; empty: the cookie does [F-15]. */
  ticket(): string;
  keepTicket(ticket: string): void;
  /** Which sessions this browser tab had open, kept over a reload. */
  rememberedTabs(): readonly string[];
  rememberTabs(ids: readonly string[]): void;
  readonly memory: TabMemory;
  /** Where the browser keeps the operator's choices for longer than a tab lives. */
  readonly choices: Pick<Storage, "getItem" | "setItem">;
  /** The server does not take us for signed in any more, or cannot be reached: which, is to be asked by HTTP. */
  doubt(): void;
};

/** The tabs: sessions in the order of opening, and the one on the page. */
export type Tabs = { readonly open: readonly string[]; readonly current: string | null };

/** By the customer, by who invited, or by itself. */
function hasEnded({ state }: SecondView): boolean {
  return state === "refused" || state === "withdrawn" || state === "expired";
}

/** All sessions of the signed-in operator: the list, the open tabs, and the one connection to the server. */
export class Workspace {
  readonly server = new Store<ServerLink>({ kind: "connecting" });
  readonly list = new Store<readonly SessionSummary[]>([]);
  readonly tabs = new Store<Tabs>({ open: [], current: null });
  /** Of other operators' sessions, to which this one is invited [F-18]. */
  readonly invitations = new Store<readonly SessionSummary[]>([]);
  /** Of such an invitation that ended without this operator's doing, and how; null: none, or it was read. */
  readonly invitationOver = new Store<SecondView | null>(null);
  /** False until the server has told the list for the first time. */
  readonly loaded = new Store(false);
  /** Ended sessions that the server could not follow with another one [S-13], and why: the refusal's code. */
  readonly unfollowed = new Store<ReadonlyMap<string, string>>(new Map());
  /** What the operator wants of every session's picture. */
  readonly preference: PreferenceChoice;
  /** Chat and record are folded to the side, in every session. */
  readonly sidebarFolded: KeptFlag;
  /** The operator has read that this browser takes no video. */
  readonly noVideoRead: KeptFlag;
  /** One session has the voice at a time. */
  readonly voiceFloor: VoiceFloor;
  /** The clipboard goes to and fro, where session and customer allow it [S-11]. */
  readonly clipboardShared: KeptFlag;
  /** Invitations that were accepted here: the session gets a tab once the customer has let us in. */
  private readonly accepted = new Set<string>();
  private readonly sessions = new Map<string, Session>();
  private readonly signalling: Signalling;
  /** Tabs that came by themselves and were not looked at: after a reload they are found in the list. */
  private readonly unseen = new Set<string>();
  /** Codes' links as the server made them, by session. */
  private readonly links = new Map<string, string>();

  constructor(private readonly port: WorkspacePort) {
    this.preference = new PreferenceChoice(port.choices);
    this.sidebarFolded = new KeptFlag(port.choices, "beside-console-sidebar-folded", false);
    this.noVideoRead = new KeptFlag(port.choices, "beside-console-no-video-read", false);
    this.voiceFloor = new VoiceFloor(port.choices);
    this.clipboardShared = new KeptFlag(port.choices, "beside-console-clipboard-shared", true);
    this.signalling = new Signalling(
      port.socket,
      {
        message: (id, body) => this.received(id, body),
        status: (status) => this.status(status),
        csrfToken: port.csrfToken,
        ticket: port.ticket,
      },
      port.now,
    );
  }

  start(): void {
    this.signalling.start();
  }

  stop(): void {
    this.signalling.stop();
    for (const session of this.sessions.values()) session.close();
  }

  session(id: string): Session | null {
    return this.sessions.get(id) ?? null;
  }

  /** Whether this browser takes video of what moves; without it every pixel comes exactly. */
  get takesMotion(): boolean {
    return this.port.codecs().length > 0;
  }

  link(id: string): string | null {
    return this.links.get(id) ?? null;
  }

  /** A session that this console just made: it gets a tab at once. */
  created(made: { id: string; code: string; link: string; expiresAt_ms: number }): void {
    this.links.set(made.id, made.link);
    if (!this.list.get().some((entry) => entry.id === made.id)) {
      this.upsert({
        id: made.id,
        stage: "waiting",
        code: made.code,
        codeExpiresAt_ms: made.expiresAt_ms,
        createdAt_ms: this.port.now(),
        customerKind: "unknown",
        machine: null,
        rights: rightsOf(undefined),
        offersControl: true,
        defaults: { mouseTracking: false, filesInViewer: false },
        endReason: "unknown",
        follows: "",
        invitations: [],
        second: null,
        reversed: null,
      });
    }
    this.open(made.id);
  }

  /** Shows the session in a tab and tells the server that its operator is there. */
  open(id: string): void {
    const { open } = this.tabs.get();
    const summary = this.list.get().find((entry) => entry.id === id);
    if (!open.includes(id) && summary !== undefined) {
      this.join(summary);
      this.setTabs({ open: [...open, id], current: id });
    } else if (open.includes(id)) {
      this.setTabs({ open, current: id });
    }
  }

  /** The operator accepts an invitation in this console. */
  accepting(id: string): void {
    // They were in it before: what is left of that makes room.
    if (this.sessions.get(id)?.live.get().ended != null) this.closeTab(id);
    this.accepted.add(id);
  }

  /** `null`: the list. */
  show(id: string | null): void {
    this.setTabs({ ...this.tabs.get(), current: id });
  }

  /** Only the tab goes; a running session can be opened again from the list. */
  closeTab(id: string): void {
    this.sessions.get(id)?.close();
    this.sessions.delete(id);
    forgetChat(this.port.memory, id);
    const { open, current } = this.tabs.get();
    const rest = open.filter((other) => other !== id);
    this.setTabs({ open: rest, current: current === id ? (rest.at(-1) ?? null) : current });
  }

  private join(summary: SessionSummary): void {
    const session = new Session(summary, {
      ...this.port,
      preference: this.preference.current,
      voiceFloor: this.voiceFloor,
      clipboardShared: this.clipboardShared.current,
      send: (body) => this.signalling.send(summary.id, body),
    });
    this.sessions.set(summary.id, session);
    session.chat.restore(recallChat(this.port.memory, summary.id));
    session.chat.lines.subscribe(() => rememberChat(this.port.memory, summary.id, session.chat.lines.get()));
    if (summary.stage === "ended") session.ended(summary.endReason);
    else session.open();
  }

  private received(id: string, body: ServerToConsole["body"]): void {
    const session = this.sessions.get(id);
    switch (body.case) {
      case "welcome":
        if (body.value.ticket !== "") this.port.keepTicket(body.value.ticket);
        this.welcomed(body.value.sessions.flatMap((state) => this.read(state) ?? []));
        break;
      case "state": {
        const summary = this.read(body.value);
        if (summary === null) return;
        if (this.invited(summary)) return;
        this.upsert(summary);
        if (this.accepted.delete(summary.id)) this.open(summary.id);
        this.follow(summary);
        return;
      }
      case "agreed":
        session?.agreed(body.value);
        break;
      case "answer":
        session?.answer(body.value.sdp);
        break;
      case "candidate":
        session?.candidate(body.value.candidate, body.value.mid);
        break;
      case "ended":
        session?.ended(reasonName(body.value.reason));
        break;
      case "eventsKept":
        session?.eventsKept(body.value.sourceSeq);
        break;
      case "problem":
        this.problem(id, session, body.value.code);
        break;
      default:
        return;
    }
  }

  private read(state: SessionState): SessionSummary | null {
    const summary = readState(state);
    if (summary === null) return null;
    return withKnownCode(
      summary,
      this.list.get().find(({ id }) => id === summary.id),
    );
  }

  private welcomed(all: readonly SessionSummary[]): void {
    this.invitations.set(all.filter(({ second }) => second?.isYou === true && isOpen(second)));
    const list = all.filter(({ second }) => second?.isYou !== true || second.state === "joined");
    this.server.set({ kind: "open" });
    const first = !this.loaded.get();
    const known = new Set(list.map((entry) => entry.id));
    // What ended here stays to be read and to have its record written.
    const finished = this.list.get().filter((entry) => !known.has(entry.id) && this.sessions.has(entry.id));
    this.list.set([...list, ...finished]);
    this.loaded.set(true);
    for (const summary of list) this.sessions.get(summary.id)?.changed(summary);
    for (const { id } of finished) this.sessions.get(id)?.ended("unknown");
    for (const session of this.sessions.values()) session.resume();
    if (first) this.reopen(known);
  }

  /** After a reload the operator is back where they were. */
  private reopen(known: ReadonlySet<string>): void {
    for (const id of this.port.rememberedTabs()) if (known.has(id)) this.open(id);
    // Until the page is there to say so itself: only the last of them is looked at.
    const { open, current } = this.tabs.get();
    for (const id of open) if (id !== current) this.sessions.get(id)?.setHidden(true);
  }

  /** Takes what is no session of this console: one to which it is invited, or in which it is no more [F-18]. */
  private invited(summary: SessionSummary): boolean {
    const { id, second } = summary;
    const before = this.invitations.get();
    const others = before.filter((each) => each.id !== id);
    const isYours = second?.isYou === true;
    if (isYours && before.length > others.length) this.invitationOver.set(hasEnded(second) ? second : null);
    this.invitations.set(isYours && isOpen(second) ? [...others, summary] : others);
    if (!isYours || second.state === "joined") return false;
    if (!isOpen(second)) {
      this.accepted.delete(id);
      // One with a tab stays to be read; `ended` says why it is over.
      if (!this.sessions.has(id)) this.list.set(this.list.get().filter((each) => each.id !== id));
    }
    return true;
  }

  private upsert(summary: SessionSummary): void {
    const list = this.list.get();
    const exists = list.some((entry) => entry.id === summary.id);
    this.list.set(
      exists ? list.map((entry) => (entry.id === summary.id ? summary : entry)) : [summary, ...list],
    );
    this.sessions.get(summary.id)?.changed(summary);
  }

  /** The next session stands in a tab beside the one that ended, whose record may be in the making [S-13]. */
  private follow({ id, follows }: SessionSummary): void {
    const ended = this.sessions.get(follows);
    const { open, current } = this.tabs.get();
    // Another console has it, or shows it already.
    if (ended === undefined || ended.live.get().replaced || open.includes(id)) return;
    const summary = this.list.get().find((entry) => entry.id === id);
    if (summary === undefined || summary.stage === "ended") return;
    this.join(summary);
    this.sessions.get(id)?.setHidden(true);
    this.unseen.add(id);
    this.setTabs({ open: [...open, id], current });
  }

  private problem(id: string, session: Session | undefined, code: string): void {
    if (session !== undefined) {
      if (code === "replaced") session.replaced();
      else if (code === "session-ended") session.ended("unknown");
      else if (session.summary.get().stage === "ended")
        this.unfollowed.set(new Map(this.unfollowed.get()).set(id, code));
    } else if (id !== "") {
      // Of a session whose tab was closed meanwhile.
    } else if (code === "not-signed-in") {
      this.port.doubt();
    } else {
      this.server.set({ kind: "refused", code });
      this.signalling.stop();
    }
  }

  private status(status: SocketStatus): void {
    // The welcome, not the connection, says that the server works with us again.
    if (status.kind !== "waiting" || this.server.get().kind === "refused") return;
    this.server.set({ kind: "away", failures: status.failures });
    this.port.doubt();
  }

  private setTabs(tabs: Tabs): void {
    this.tabs.set(tabs);
    if (tabs.current !== null) this.unseen.delete(tabs.current);
    this.port.rememberTabs(tabs.open.filter((id) => !this.unseen.has(id)));
  }
}
