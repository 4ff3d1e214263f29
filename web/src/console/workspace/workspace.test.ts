import { readFileSync } from "node:fs";
import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, it } from "vitest";
import { Chat_Author as Author, EndReason } from "../../generated/proto/beside/v1/common_pb";
import {
  ControlState_State as ControlWire,
  type PeerMessage,
  PeerMessageSchema,
  PictureSettings_Preference as Preference,
  PictureRequest_What as What,
} from "../../generated/proto/beside/v1/peer_pb";
import {
  ConsoleToServerSchema,
  CustomerHello_Kind as Kind,
  Second_State as Second,
  ServerToConsoleSchema,
  SessionState_Stage as Stage,
} from "../../generated/proto/beside/v1/signalling_pb";
import { PointerDecoder } from "../../shared/picture/pointer-decoder";
import { TestClock } from "../../shared/session/test-clock";
import { TestSocket } from "../../shared/session/test-socket";
import { uuidBytes } from "../../shared/session/uuid";
import type { TabMemory } from "../chat/chat-memory";
import type { PeerLink, PeerUser } from "../peer/peer";
import { NO_QUALITY } from "../peer/quality";
import type { SessionLive } from "../session/session-live";
import { Workspace } from "./workspace";

const ID = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
const NEXT = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c";
type Body = NonNullable<MessageInitShape<typeof ServerToConsoleSchema>["body"]>;
type PeerBody = NonNullable<MessageInitShape<typeof PeerMessageSchema>["body"]>;

// The real decoder: `cargo xtask wasm` puts it there.
let decoder: PointerDecoder;
beforeAll(async () => {
  const module = await WebAssembly.compile(new Uint8Array(readFileSync("public/tiles.wasm")));
  decoder = new PointerDecoder(module);
});

/** A connection that the test plays. */
class PlayedPeer implements PeerLink {
  readonly log: string[] = [];
  closedByConsole = false;

  constructor(readonly user: PeerUser) {}

  async answer(): Promise<void> {}

  async addCandidate(): Promise<void> {}

  async start(): Promise<void> {
    this.user.status("connecting");
    this.user.offer("v=0 offer");
  }

  sendControl(bytes: Uint8Array<ArrayBuffer>): boolean {
    const { body } = fromBinary(PeerMessageSchema, bytes);
    this.log.push(wordsOf(body));
    return true;
  }

  sendPointer(): void {}
  sendScreen(): void {}
  showScreen(): void {}

  say(): void {}

  copyMedia(): void {}

  wantVideoKey(): void {}

  async quality() {
    return { ...NO_QUALITY, rtt_ms: 12, relayed: false };
  }

  close(): void {
    this.closedByConsole = true;
  }

  says(body: PeerBody): void {
    const message: PeerMessage = create(PeerMessageSchema, { body });
    this.user.message(message);
  }

  comesUp(): void {
    this.user.status("connected");
    this.user.opened();
  }
}

function wordsOf(body: PeerMessage["body"]): string {
  switch (body.case) {
    case "input":
      return `input ${body.value.event.case}`;
    case "pictureRequest":
      return `picture ${What[body.value.what]}`;
    case "pictureSettings":
      return `settings ${Preference[body.value.preference]} ${body.value.codecs.join()}${["", " fast", " plain"][body.value.capture]}`;
    default:
      return `${body.case}`;
  }
}

function tabMemory(): TabMemory {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

function console_(remembered: readonly string[] = [], memory = tabMemory()) {
  const clock = new TestClock();
  const socket = new TestSocket();
  const peers: PlayedPeer[] = [];
  const doubts: number[] = [];
  const tickets: string[] = [];
  const kept: string[][] = [];
  const workspace = new Workspace({
    socket: socket.port(clock),
    csrfToken: () => "token",
    ticket: () => tickets.at(-1) ?? "",
    keepTicket: (ticket) => void tickets.push(ticket),
    rememberedTabs: () => remembered,
    rememberTabs: (ids) => void kept.push([...ids]),
    memory,
    choices: tabMemory(),
    doubt: () => doubts.push(clock.now()),
    createPeer: (user) => {
      const peer = new PlayedPeer(user);
      peers.push(peer);
      return peer;
    },
    reversals: { begin: async () => {}, end: async () => {} },
    recordings: {
      begin: async () => "recording",
      keep: async () => {},
      end: async () => {},
    },
    files: {
      connect: () => {
        throw new Error("no test of the workspace moves files");
      },
      startWorker: () => {
        throw new Error("no test of the workspace moves files");
      },
      save: () => {},
      forget: () => {},
    },
    sound: {
      openMicrophone: () => Promise.reject("none"),
      play: () => {
        throw new Error("no test of the workspace hears anything");
      },
    },
    screen: { choose: () => Promise.reject("unsupported") },
    after: clock.after,
    now: clock.now,
    newId: () => new Uint8Array(16),
    pointerDecoder: () => Promise.resolve(decoder),
    writeClipboard: () => Promise.resolve(true),
    codecs: () => ["av1"],
  });
  const say = (body: Body, sessionId = ID) => {
    const message = create(ServerToConsoleSchema, { sessionId: uuidBytes(sessionId), body });
    socket.say(toBinary(ServerToConsoleSchema, message));
  };
  const sent = () => socket.sent.splice(0).map((bytes) => fromBinary(ConsoleToServerSchema, bytes).body.case);
  return {
    memory,
    clock,
    socket,
    workspace,
    peers,
    doubts,
    kept,
    say,
    sent,
    peer: () => peers[peers.length - 1],
  };
}

const state = (stage: Stage) => ({
  case: "state" as const,
  value: {
    sessionId: uuidBytes(ID),
    stage,
    code: "123456",
    customerKind: Kind.APP,
    permissions: { mayControl: true, mayChat: true },
  },
});
/** The session that the server made after the one of these tests. */
const followed = () => ({
  case: "state" as const,
  value: {
    ...state(Stage.WAITING).value,
    sessionId: uuidBytes(NEXT),
    code: "654321",
    follows: uuidBytes(ID),
  },
});
const welcome = (stage: Stage) => ({
  case: "welcome" as const,
  value: { protocol: 1, sessions: [state(stage).value] },
});
const agreed = {
  case: "agreed" as const,
  value: { permissions: { mayView: true, mayControl: true, mayChat: true }, customerKind: Kind.APP },
};

/** A shape of one pixel: a zstd frame with one raw block. */
const pointerShape = ({ hotX }: { hotX: number }) => ({
  case: "pointerShape" as const,
  value: {
    width: 4,
    height: 1,
    hotX,
    rgbaZstd: Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 16, 0x81, 0, 0, ...new Uint8Array(16).fill(hotX)),
  },
});

/** A console with a session that runs and whose control is on. */
function inSession() {
  const c = console_([ID]);
  c.workspace.start();
  c.socket.accept();
  c.say(welcome(Stage.CONNECTING), "");
  c.say(agreed);
  c.peer()?.comesUp();
  c.peer()?.says({ case: "controlState", value: { state: ControlWire.ON } });
  c.sent();
  const session = c.workspace.session(ID);
  if (session === null) throw new Error("the remembered session was not opened");
  return { ...c, session };
}

describe("the picture of a session", () => {
  const drawn = { begin: () => {}, blank: () => {}, receive: () => {} };

  it("begins with what the operator wants of it and what the browser takes, and follows the choice", () => {
    const c = inSession();
    expect(c.peer()?.log).toContain("settings BALANCED av1");
    c.workspace.preference.choose("fast");
    expect(c.peer()?.log.at(-1)).toBe("settings SPEED av1");
    c.workspace.closeTab(ID);
    c.workspace.preference.choose("sharp");
    expect(c.peer()?.log).not.toContain("settings QUALITY av1");
  });

  it("is closed alone when its sender floods the page, and asked for again by the operator", () => {
    const c = inSession();
    const reopened: string[] = [];
    c.session.picture.attach({ ...drawn, reopen: () => reopened.push("reopened") });
    c.session.picture.closeFlooded();
    expect(c.peer()?.log.at(-1)).toBe("picture PAUSE");
    expect(c.session.live.get()).toMatchObject({ pictureClosed: true, link: "connected", control: "on" });
    c.session.setHidden(true);
    c.session.setHidden(false);
    expect(c.peer()?.log).not.toContain("picture RESUME");
    c.session.picture.reopen();
    expect(c.peer()?.log.slice(-2)).toEqual(["picture RESUME", "picture NEW_EPOCH"]);
    expect(reopened).toEqual(["reopened"]);
    expect(c.session.live.get().pictureClosed).toBe(false);
  });

  it("is sent again to a view that takes the place of one that was closed", () => {
    const c = inSession();
    c.session.picture.attach({ ...drawn, reopen: () => {} });
    c.session.picture.closeFlooded();
    c.session.picture.attach({ ...drawn, reopen: () => {} });
    expect(c.peer()?.log.slice(-2)).toEqual(["picture RESUME", "picture NEW_EPOCH"]);
  });
});

describe("what a customer's app says all the time", () => {
  /** What a console shows of it: each change that views are told of. */
  function changes<T>(c: ReturnType<typeof inSession>, part: (live: SessionLive) => T): T[] {
    const seen: T[] = [];
    c.session.live.subscribe(() => {
      const now = part(c.session.live.get());
      if (seen.at(-1) !== now) seen.push(now);
    });
    return seen;
  }

  it("moves the pointer at once, and then once a frame to the newest place", () => {
    const c = inSession();
    const seen = changes(c, (live) => live.pointerAt);
    for (let x = 0; x < 500; x += 1) c.peer()?.says({ case: "pointerPosition", value: { x, y: 1 } });
    expect(seen).toEqual([{ x: 0, y: 1 }]);
    c.clock.pass(16);
    expect(seen).toEqual([
      { x: 0, y: 1 },
      { x: 499, y: 1 },
    ]);
  });

  it("reads of many pointer shapes the newest of a frame", async () => {
    const c = inSession();
    await Promise.resolve();
    const seen = changes(c, (live) => live.pointerShape?.hotX);
    for (let hotX = 0; hotX < 3; hotX += 1) c.peer()?.says(pointerShape({ hotX }));
    c.clock.pass(16);
    expect(seen).toEqual([0, 2]);
  });

  it("leaves no place of the pointer behind when the connection is gone", () => {
    const c = inSession();
    for (let x = 0; x < 2; x += 1) c.peer()?.says({ case: "pointerPosition", value: { x, y: 1 } });
    c.session.replaced();
    c.clock.pass(16);
    expect(c.session.live.get().pointerAt).toBeNull();
  });

  it("shows a refusal that is told again and again once, and lets it go", () => {
    const c = inSession();
    const seen = changes(c, (live) => live.notice?.what);
    const refused = (what: string) => c.peer()?.says({ case: "refused", value: { what } });
    for (let n = 0; n < 100; n += 1) refused("own-window");
    expect(seen).toEqual(["own-window"]);
    c.clock.pass(7_000);
    refused("unknown-key");
    c.clock.pass(7_000);
    expect(seen).toEqual(["own-window", "unknown-key"]);
    c.clock.pass(1_000);
    expect(seen).toEqual(["own-window", "unknown-key", undefined]);
  });

  it("closes the picture where it is a flood", () => {
    const c = inSession();
    c.peer()?.user.flooded();
    expect(c.session.live.get()).toMatchObject({ pictureClosed: true, link: "connected" });
  });
});

describe("workspace", () => {
  it("knows a session by its code also after the server tells it no more", () => {
    const c = console_();
    c.workspace.start();
    c.socket.accept();
    c.say(welcome(Stage.WAITING), "");
    c.workspace.open(ID);
    const told = (stage: Stage) => ({ ...state(stage).value, code: "" });
    c.say({ case: "state", value: told(Stage.JOINED) });
    c.say({ case: "welcome", value: { protocol: 1, sessions: [told(Stage.ACTIVE)] } }, "");
    c.say({ case: "state", value: told(Stage.ENDED) });
    expect(c.workspace.list.get().map(({ stage, code }) => `${stage} ${code}`)).toEqual(["ended 123456"]);
    expect(c.workspace.session(ID)?.summary.get().code).toBe("123456");
  });

  it("does not take a code for known that the server does not know any more", () => {
    const c = console_();
    c.workspace.start();
    c.socket.accept();
    c.say(welcome(Stage.WAITING), "");
    c.say(
      { case: "welcome", value: { protocol: 1, sessions: [{ ...state(Stage.WAITING).value, code: "" }] } },
      "",
    );
    expect(c.workspace.list.get().map(({ code }) => code)).toEqual([""]);
  });

  it("says hello with its token, shows the list, and opens what was open before a reload", () => {
    const c = console_([ID, "gone"]);
    c.workspace.start();
    c.socket.accept();
    c.say(welcome(Stage.ACTIVE), "");
    expect(c.sent()).toEqual(["hello", "open"]);
    expect(c.workspace.list.get().map(({ stage, code }) => `${stage} ${code}`)).toEqual(["active 123456"]);
    expect(c.workspace.tabs.get()).toEqual({ open: [ID], current: ID });
  });

  it("opens a session that was made before the server has told of it", () => {
    const c = console_();
    c.workspace.start();
    c.socket.accept();
    c.say({ case: "welcome", value: { protocol: 1 } }, "");
    c.workspace.created({ id: ID, code: "654321", link: "https://x/#654321", expiresAt_ms: 1 });
    expect(c.sent()).toEqual(["hello", "open"]);
    expect(c.workspace.link(ID)).toBe("https://x/#654321");
    c.say(state(Stage.JOINED));
    expect(c.workspace.session(ID)?.summary.get().stage).toBe("joined");
  });

  it("offers after the agreement, and never before", () => {
    const c = console_([ID]);
    c.workspace.start();
    c.socket.accept();
    c.say(welcome(Stage.JOINED), "");
    expect(c.peers.length).toBe(0);
    c.say(agreed);
    expect(c.sent()).toEqual(["hello", "open", "offer"]);
  });

  it("keeps a running connection when the server comes back (X-9)", () => {
    const c = inSession();
    c.socket.drop();
    expect(c.workspace.server.get().kind).toBe("away");
    expect(c.session.live.get().link).toBe("connected");
    c.clock.pass(500);
    c.socket.accept();
    c.say(welcome(Stage.ACTIVE), "");
    c.say(agreed);
    expect(c.peers.length).toBe(1);
    expect(c.workspace.server.get().kind).toBe("open");
    // A second agreement is a new one: the customer's app has started again.
    c.say(agreed);
    expect(c.peers.length).toBe(2);
    c.clock.pass(300);
    expect(c.peers[0]?.closedByConsole).toBe(true);
  });

  it("lets go of the page's connection when the app takes over (Y-6)", () => {
    const c = inSession();
    c.say(state(Stage.JOINED));
    c.clock.pass(300);
    expect(c.peers[0]?.closedByConsole).toBe(true);
    c.say(agreed);
    expect(c.peers.length).toBe(2);
  });

  it("makes its offer anew when nobody answers", () => {
    const c = inSession();
    c.say(agreed);
    c.sent();
    c.clock.pass(12_000);
    c.say({ case: "pong", value: {} }, "");
    c.clock.pass(10_000);
    expect(c.sent()).toContain("open");
  });

  it("asks for a new agreement when the connection has failed", () => {
    const c = inSession();
    c.peer()?.user.status("failed");
    c.clock.pass(2_000);
    expect(c.sent()).toContain("open");
    c.say(agreed);
    expect(c.peers.length).toBe(2);
  });

  it("says what became of an invitation, but not of what the operator ended (F-18)", () => {
    const c = inSession();
    const now = (at: Second): Body => ({
      case: "state",
      value: {
        sessionId: uuidBytes(NEXT),
        stage: Stage.ACTIVE,
        second: { state: at, operator: "김상담", isYou: true },
      },
    });
    const over = () => c.workspace.invitationOver.get()?.state ?? null;
    for (const [end, said] of [
      [Second.REFUSED, "refused"],
      [Second.DECLINED, null],
      [Second.WITHDRAWN, "withdrawn"],
      [Second.JOINED, null],
    ] as const) {
      c.say(now(Second.INVITED), NEXT);
      c.say(now(end), NEXT);
      expect(over()).toBe(said);
    }
    // Of one that it never saw it has nothing to say.
    c.say(now(Second.LEFT), NEXT);
    c.say(now(Second.REFUSED), NEXT);
    expect(over()).toBeNull();
  });

  it("puts the next session beside the one that ended, whose page stays (S-13)", () => {
    const c = inSession();
    c.say(state(Stage.ENDED));
    c.say(followed());
    expect(c.workspace.tabs.get()).toEqual({ open: [ID, NEXT], current: ID });
    expect(c.workspace.session(NEXT)?.summary.get()).toMatchObject({ code: "654321", follows: ID });
    // After a reload the list is back, with the record that is not written yet.
    expect(c.kept.at(-1)).toEqual([ID]);
    // Told again, it is one.
    c.say(followed());
    expect(c.workspace.tabs.get().open).toEqual([ID, NEXT]);
    c.workspace.show(NEXT);
    expect(c.kept.at(-1)).toEqual([ID, NEXT]);
  });

  it("leaves the next session to the console that has the one that ended (S-13)", () => {
    const c = inSession();
    c.say({ case: "problem", value: { code: "replaced" } });
    c.say(state(Stage.ENDED));
    c.sent();
    c.say(followed());
    expect(c.workspace.tabs.get().open).toEqual([ID]);
    expect(c.workspace.list.get().map(({ id }) => id)).toContain(NEXT);
    expect(c.sent()).toEqual([]);
  });

  it("says of a session why no other follows it, and goes on (S-13)", () => {
    const c = inSession();
    c.say(state(Stage.ENDED));
    c.say({ case: "problem", value: { code: "sessions-full" } });
    expect(c.workspace.unfollowed.get().get(ID)).toBe("sessions-full");
    c.workspace.closeTab(ID);
    c.say({ case: "problem", value: { code: "sessions-full" } });
    expect(c.workspace.server.get().kind).toBe("open");
  });

  it("sends input only while control is on, and releases everything when it goes", () => {
    const c = inSession();
    c.session.sendInput({ kind: "key", code: "KeyA", pressed: true });
    c.peer()?.says({ case: "controlState", value: { state: ControlWire.OFF } });
    c.session.sendInput({ kind: "key", code: "KeyB", pressed: true });
    expect(c.peer()?.log.filter((entry) => entry.startsWith("input"))).toEqual([
      "input key",
      "input releaseAll",
    ]);
  });

  it("sends no input to a machine that takes none, and knows what it lacks", () => {
    const c = inSession();
    c.peer()?.says({
      case: "controlState",
      value: { state: ControlWire.UNAVAILABLE, lacks: "input-no-xtest" },
    });
    expect(c.session.live.get()).toMatchObject({ control: "unavailable", controlLacks: "input-no-xtest" });
    c.session.sendInput({ kind: "key", code: "KeyA", pressed: true });
    expect(c.peer()?.log).not.toContain("input key");
  });

  it("counts unread lines until the chat is on the page, and reports its own lines for the record", () => {
    const c = inSession();
    c.peer()?.says({ case: "chat", value: { id: new Uint8Array(16), text: "여보세요" } });
    expect(c.session.live.get().unread).toBe(1);
    c.session.setChatShown(true);
    expect(c.session.live.get().unread).toBe(0);
    c.session.chat.write("네, 안녕하세요");
    expect(c.sent()).toContain("event");
    expect(c.peer()?.log).toContain("chat");
  });

  it("shows what an earlier window wrote, without counting it, and reports what it cannot know", () => {
    const c = inSession();
    c.sent();
    const line = (id: number, author: Author, text: string) => ({
      id: new Uint8Array(16).fill(id),
      author,
      text,
    });
    c.peer()?.says({
      case: "chatEarlier",
      value: {
        lines: [
          line(1, Author.OPERATOR, "네"),
          line(2, Author.CUSTOMER, "여보세요"),
          line(3, Author.UNSPECIFIED, "?"),
        ],
      },
    });
    const shown = c.session.chat.lines.get().map(({ own, text, delivery }) => `${own} ${text} ${delivery}`);
    expect(shown).toEqual(["true 네 told", "false 여보세요 null"]);
    expect(c.session.live.get().unread).toBe(0);
    expect(c.sent()).toEqual(["event"]);
  });

  it("shows the chat again after a reload", () => {
    const c = inSession();
    c.peer()?.says({ case: "chat", value: { id: new Uint8Array(16), text: "여보세요" } });
    c.session.chat.write("네");
    const again = console_([ID], c.memory);
    again.workspace.start();
    again.socket.accept();
    again.say(welcome(Stage.ACTIVE), "");
    const lines = again.workspace.session(ID)?.chat.lines.get() ?? [];
    expect(lines.map(({ own, text, delivery }) => `${own} ${text} ${delivery}`)).toEqual([
      "false 여보세요 null",
      "true 네 sent",
    ]);
  });

  it("tells the reason of an end, once, and lets go of the connection", () => {
    const c = inSession();
    c.say({ case: "ended", value: { reason: EndReason.CUSTOMER_STOPPED } });
    c.say({ case: "ended", value: { reason: EndReason.CUSTOMER_LOST } });
    expect(c.session.live.get().ended).toBe("customer-stopped");
    c.clock.pass(300);
    expect(c.peer()?.closedByConsole).toBe(true);
    expect(c.workspace.tabs.get().open).toEqual([ID]);
  });

  it("tells the end by the connection while the server is away, and the server later", () => {
    const c = inSession();
    c.socket.drop();
    c.session.chat.write("먼저 끊겠습니다");
    c.session.end();
    expect(c.peer()?.log).toContain("bye");
    expect(c.session.live.get().ended).toBe("operator-ended");
    expect(c.session.endUntold.get()).toBe(true);
    c.clock.pass(500);
    c.socket.accept();
    c.say(welcome(Stage.ACTIVE), "");
    expect(c.sent()).toEqual(["hello", "event", "end"]);
    expect(c.session.endUntold.get()).toBe(false);
  });

  it("gives way to another console of the same operator and can take the session back", () => {
    const c = inSession();
    c.say({ case: "problem", value: { code: "replaced" } });
    expect(c.session.live.get()).toMatchObject({ replaced: true, link: "none" });
    c.session.open();
    expect(c.sent()).toEqual(["open"]);
    c.say(agreed);
    expect(c.peers.length).toBe(2);
  });

  it("skips bytes that are no message and messages that it does not know", () => {
    const c = inSession();
    c.socket.say(Uint8Array.of(255, 255, 255));
    c.socket.say(new Uint8Array(0));
    c.peer()?.user.message(create(PeerMessageSchema, {}));
    expect(c.session.live.get().link).toBe("connected");
  });

  it("stops and says so when the server refuses this console", () => {
    const c = console_();
    c.workspace.start();
    c.socket.accept();
    c.say({ case: "problem", value: { code: "protocol-too-old" } }, "");
    expect(c.workspace.server.get()).toEqual({ kind: "refused", code: "protocol-too-old" });
  });

  it("asks by HTTP who is signed in when the server says nobody is", () => {
    const c = console_();
    c.workspace.start();
    c.socket.accept();
    c.say({ case: "problem", value: { code: "not-signed-in" } }, "");
    expect(c.doubts.length).toBe(1);
  });
});
