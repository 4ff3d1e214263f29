import { fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { EndReason, PartKind } from "../generated/proto/beside/v1/common_pb";
import { CustomerToServerSchema } from "../generated/proto/beside/v1/signalling_pb";
import { appSection } from "./app-section";
import { detectDevice } from "./device";
import type { Join } from "./join";
import { tabMemory } from "./join-memory";
import { customer, joined, offer, operator, welcome } from "./test-customer";

/** The page's answer to an offer is made. */
const answered = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe("the customer's page", () => {
  it("names the operator before it takes an agreement (S-02)", async () => {
    const c = customer();
    c.join.connect("123456");
    c.socket.accept();
    expect(c.sent()).toEqual(["hello"]);
    c.say(welcome());
    await c.join.agree();
    expect(c.log).toEqual([]);
    c.say(operator);
    expect(c.state()).toMatchObject({
      kind: "consent",
      waitsForOperator: false,
      parties: { operator: "김상담" },
    });
  });

  it("asks at once by Connect where consent waits for no operator, and not before (S-02 off)", async () => {
    const c = customer();
    c.join.connect("123456");
    c.socket.accept();
    c.say(welcome(false));
    c.say(offer);
    c.clock.pass(3_000);
    expect(c.state()).toMatchObject({
      kind: "consent",
      connects: true,
      waitsForOperator: false,
      parties: { company: "데모", operator: null },
    });
    expect(c.sent()).not.toContain("consent");
    expect(c.log).toEqual([]);
    await c.join.agree();
    expect(c.sent()).toContain("consent");
    expect(c.log).toEqual(["captured"]);
  });

  it("captures nothing and answers nothing before the press", async () => {
    const c = joined();
    c.say(offer);
    expect(c.log).toEqual([]);
    await c.join.agree();
    expect(c.sent()).toEqual(["consent", "event"]);
    c.say(offer);
    expect(c.log).toEqual(["captured", "answered"]);
  });

  it("comes back to its session after a reload, and asks anew", async () => {
    const before = joined();
    await before.join.agree();
    before.say(offer);
    before.sent();
    before.join.leave();
    expect(before.log.slice(-3)).toEqual(["share stopped", "shows nothing", "peer closed"]);
    expect(before.sent()).toEqual(["event"]);

    const c = customer("shares", tabMemory(sessionStorage));
    expect(c.join.comeBack("654321")).toBe(false);
    expect(c.join.comeBack("123456")).toBe(true);
    expect(c.state()).toEqual({ kind: "joining" });
    c.socket.accept();
    const [hello] = c.socket.sent.splice(0);
    const body = fromBinary(CustomerToServerSchema, hello ?? new Uint8Array()).body;
    expect(body.case === "hello" && body.value.entry).toEqual({
      case: "resumeToken",
      value: new TextEncoder().encode("f00d"),
    });
    c.say(welcome());
    c.say(operator);
    expect(c.state()).toMatchObject({ kind: "consent", waitsForOperator: false });
    expect(c.log).toEqual([]);
    c.say(offer);
    expect(c.log).toEqual([]);
    await c.join.agree();
    expect(c.log).toEqual(["captured"]);
  });

  it("forgets its session when that has ended", async () => {
    const stopped = joined();
    await stopped.join.agree();
    stopped.join.stop();
    expect(customer("shares", tabMemory(sessionStorage)).join.comeBack(null)).toBe(false);

    const late = joined();
    late.join.leave();
    const c = customer("shares", tabMemory(sessionStorage));
    expect(c.join.comeBack(null)).toBe(true);
    c.socket.accept();
    c.say({ case: "problem", value: { code: "session-ended" } });
    expect(c.state()).toEqual({ kind: "ended", reason: "lost" });
    // The token of the session that it came back for.
    expect(c.surveys).toEqual(["f00d"]);
    expect(customer("shares", tabMemory(sessionStorage)).join.comeBack(null)).toBe(false);
  });

  it("stays at the sheet when no screen was chosen or none can be had", async () => {
    for (const [screen, code] of [
      ["cancels", "share-cancelled"],
      ["fails", "share-failed"],
    ] as const) {
      const c = joined(screen);
      await c.join.agree();
      expect(c.state()).toMatchObject({ kind: "consent", busy: false, problem: { code } });
      expect(c.sent()).toEqual([]);
    }
  });

  it("asks for recording by a switch of its own, and ends where a company supports nobody without it (F-13, G-2)", async () => {
    const offeredWith = (recordingRequired: boolean) => {
      const c = customer();
      c.join.connect("123456");
      c.socket.accept();
      const { value } = welcome();
      const offered = { ...value.offered, mayRecord: true };
      c.say({ case: "welcome", value: { ...value, offered, recordingRequired, recordingCopies: true } });
      c.say(operator);
      c.sent();
      return c;
    };
    const consents = (c: ReturnType<typeof customer>) =>
      c.socket.sent.splice(0).flatMap((bytes) => {
        const { body } = fromBinary(CustomerToServerSchema, bytes);
        return body.case === "consent" ? [body.value.permissions?.mayRecord] : [];
      });
    const free = offeredWith(false);
    expect(free.state()).toMatchObject({ kind: "consent", records: true });
    free.join.allowRecording(false);
    await free.join.agree();
    expect(free.state()).toMatchObject({ kind: "session", recording: "forbidden" });
    free.say(offer);
    free.opens();
    free.peerSays({ case: "setRecording", value: { on: true } });
    expect(free.state()).toMatchObject({ recording: "forbidden" });
    free.join.allowRecording(true);
    free.clock.pass(1_000);
    free.peerSays({ case: "setRecording", value: { on: true } });
    expect(free.state()).toMatchObject({ recording: "on", copy: "offered" });
    free.join.desk.askForCopy();
    expect(free.state()).toMatchObject({ copy: "asked" });
    expect(consents(free)).toEqual([false, true]);

    const bound = offeredWith(true);
    bound.join.allowRecording(false);
    await bound.join.agree();
    expect(bound.log).toEqual([]);
    expect(consents(bound)).toEqual([false]);
    expect(bound.state()).toEqual({ kind: "ended", reason: "recording-refused" });

    const later = offeredWith(true);
    await later.join.agree();
    later.say(offer);
    later.opens();
    later.join.allowRecording(false);
    expect(consents(later)).toEqual([true, false]);
    expect(later.state()).toEqual({ kind: "ended", reason: "recording-refused" });
    expect(later.log).toContain("share stopped");
  });

  it("stops sharing at once with Stop, and tells the server", async () => {
    const c = joined();
    await c.join.agree();
    c.say(offer);
    c.sent();
    c.join.stop();
    expect(c.log.at(-1)).toBe("share stopped");
    c.clock.pass(300);
    expect(c.log.at(-1)).toBe("peer closed");
    expect(c.sent()).toEqual(["end"]);
    expect(c.state()).toEqual({ kind: "ended", reason: "customer-stopped" });
    expect(c.surveys).toEqual(["f00d"]);
  });

  it("pauses when the browser's own bar stops the share, and shares again on a press", async () => {
    const c = joined();
    await c.join.agree();
    c.say(offer);
    await answered();
    c.endShare();
    expect(c.state()).toMatchObject({ kind: "session", sharing: false });
    await c.join.shareAgain();
    expect(c.state()).toMatchObject({ kind: "session", sharing: true });
    expect(c.log).toEqual(["captured", "answered", "shows", "shows nothing", "captured", "shows"]);
  });

  it("shows nothing in a pause, also to a console that comes anew, and goes on with the same screen (X-10)", async () => {
    const c = joined();
    await c.join.agree();
    c.say(offer);
    c.sent();
    c.log.splice(0);
    c.join.pause(true);
    c.join.pause(true);
    expect(c.state()).toMatchObject({ kind: "session", sharing: true, paused: true });
    expect(c.log).toEqual(["shows nothing", "paused"]);
    expect(c.sent()).toEqual(["event"]);
    c.say(offer);
    c.opens();
    expect(c.log.splice(0).at(-1)).toBe("paused");
    c.join.pause(false);
    expect(c.log).toEqual(["shows", "goes on"]);
    expect(c.state()).toMatchObject({ paused: false });
  });

  it("has no right to give beside what was agreed to (X-10)", async () => {
    const c = joined();
    await c.join.agree();
    c.say(offer);
    c.peerSays({ case: "rightRequest", value: { id: 4, right: 2 } });
    expect(c.log.at(-1)).toBe("right 4 6");
  });

  it("obeys what the operator's options leave, also while the session runs", async () => {
    const c = joined("shares", { mayAskPart: true });
    await c.join.agree();
    c.say(offer);
    c.opens();
    c.say({ case: "allowed", value: { mayView: true } });
    expect(c.state()).toMatchObject({ offered: { chat: false, askPart: false } });
    c.peerSays({ case: "chat", value: { id: new Uint8Array(16).fill(9), text: "들리세요?" } });
    c.peerSays({ case: "askPart", value: { kind: PartKind.WINDOW } });
    expect(c.join.chat.lines.get()).toEqual([]);
    expect(c.state()).toMatchObject({ partAsked: false });
    // No more than was offered, whatever they leave.
    c.say({ case: "allowed", value: { mayView: true, mayChat: true, mayTalk: true } });
    expect(c.state()).toMatchObject({ offered: { chat: true, talk: false } });
  });

  it("answers with the line of a right that may come back on the same connection (F-14)", async () => {
    const c = customer();
    c.join.connect("123456");
    c.socket.accept();
    const { value } = welcome();
    c.say({ case: "welcome", value: { ...value, offered: { ...value.offered, mayTalk: true } } });
    c.say(operator);
    await c.join.agree();
    c.say({ case: "allowed", value: { mayView: true, mayTalk: false } });
    c.say(offer);
    expect(c.log).toContain("answered with a voice's line");
    c.peerSays({ case: "setVoice", value: { on: true } });
    expect(c.join.desk.view.get().question).toBeNull();
    c.say({ case: "allowed", value: { mayView: true, mayTalk: true } });
    c.peerSays({ case: "setVoice", value: { on: true } });
    expect(c.join.desk.view.get().question?.right).toBe("talk");
  });

  it("shows what the operator asks for, and shares another screen on the customer's press alone (F-01)", async () => {
    const c = joined();
    await c.join.agree();
    c.say(offer);
    c.opens();
    c.log.splice(0);
    c.peerSays({ case: "askPart", value: { kind: PartKind.WINDOW } });
    expect(c.state()).toMatchObject({ partAsked: false });
    expect(c.log).toEqual([]);
    const allowed = joined("shares", { mayAskPart: true });
    await allowed.join.agree();
    allowed.say(offer);
    await answered();
    allowed.opens();
    allowed.log.splice(0);
    allowed.peerSays({ case: "askPart", value: { kind: PartKind.WINDOW } });
    expect(allowed.state()).toMatchObject({ partAsked: true, sharing: true });
    allowed.join.part.keep();
    expect(allowed.state()).toMatchObject({ partAsked: false });
    expect(allowed.log).toEqual([]);
    allowed.peerSays({ case: "askPart", value: { kind: PartKind.UNSPECIFIED } });
    await allowed.join.shareAgain();
    expect(allowed.state()).toMatchObject({ partAsked: false, sharing: true });
    expect(allowed.log).toEqual(["captured", "share stopped", "shows"]);
  });

  it("knows when the session begins that the server went away while the browser asked for a screen", async () => {
    const c = joined();
    const agreeing = c.join.agree();
    c.socket.drop();
    await agreeing;
    expect(c.state()).toMatchObject({ kind: "session", serverAway: true });
  });

  it("goes on while the server is away and comes back with its token", async () => {
    const c = joined();
    await c.join.agree();
    c.socket.drop();
    expect(c.state()).toMatchObject({ kind: "session", serverAway: true });
    c.clock.pass(500);
    c.socket.accept();
    c.say({ case: "welcome", value: { ...welcome().value, resumed: true } });
    expect(c.state()).toMatchObject({ kind: "session", serverAway: false });
    expect(c.sent()).toEqual(["consent", "event", "hello", "consent", "event"]);
  });

  it("goes on with an operator whose console is away from the server, until that one closes the connection", async () => {
    const c = joined();
    await c.join.agree();
    c.say(offer);
    c.opens();
    c.peer()?.connected(true);
    c.say({ case: "operatorLeft", value: {} });
    expect(c.state()).toMatchObject({ kind: "session", connected: true, sharing: true });
    c.say(operator);
    expect(c.state()).toMatchObject({ connected: true });
    c.log.splice(0);
    // Nothing is shown on a connection whose console hears nothing.
    c.peer()?.closed();
    expect(c.log).toEqual(["peer closed"]);
    expect(c.state()).toMatchObject({ connected: false, sharing: true });
  });

  it("leaves a console that is no operator's any more, keeps its share, and answers the next one (S-01)", async () => {
    const c = joined();
    await c.join.agree();
    c.say(offer);
    c.opens();
    const old = c.peer();
    old?.connected(true);
    expect(c.state()).toMatchObject({ kind: "session", connected: true });
    c.sent();
    c.log.splice(0);
    c.say({ case: "leavePeer", value: {} });
    expect(c.log).toEqual(["peer closed"]);
    expect(c.state()).toMatchObject({ kind: "session", connected: false, sharing: true });
    old?.connected(true);
    old?.answer("v=0");
    expect(c.state()).toMatchObject({ connected: false });
    c.peerSays({ case: "bye", value: { reason: EndReason.OPERATOR_ENDED } });
    expect(c.state()).toMatchObject({ kind: "session" });
    expect(c.sent()).toEqual([]);
    c.say({ case: "leavePeer", value: {} });
    expect(c.log).toEqual(["peer closed"]);
    c.say(offer);
    c.peer()?.connected(true);
    expect(c.state()).toMatchObject({ kind: "session", connected: true, sharing: true });
    expect(c.log).toEqual(["peer closed", "answered"]);
  });

  it("has nothing to leave before the press", () => {
    const c = joined();
    const before = c.state();
    c.say({ case: "leavePeer", value: {} });
    expect(c.state()).toEqual(before);
    expect(c.log).toEqual([]);
  });

  it("stops its share when the app takes over (Y-6)", async () => {
    const c = joined();
    await c.join.agree();
    c.join.requestAppCode();
    c.say({ case: "appCode", value: { code: "604215", expiresAtMs: 1000n } });
    expect(c.join.app.get()).toEqual({ kind: "code", code: "604215", expiresAt_ms: 1000 });
    c.say({ case: "replaced", value: {} });
    expect(c.state()).toEqual({ kind: "replaced" });
    expect(c.log).toContain("share stopped");
  });

  it("says why a code is refused, and that a server cannot be reached", () => {
    const c = customer();
    c.join.connect("000000");
    c.socket.accept();
    c.say({ case: "problem", value: { code: "rate-limited", retryAfterS: 30 } });
    expect(c.state()).toEqual({ kind: "code", problem: { code: "rate-limited", wait_s: 30 } });
    const away = customer();
    away.join.connect("123456");
    away.socket.drop();
    away.clock.pass(500);
    away.socket.drop();
    expect(away.state()).toMatchObject({ kind: "code", problem: { code: "unreachable" } });
  });

  it("tells another window of the operator's the chat so far", async () => {
    const c = joined();
    await c.join.agree();
    c.say(offer);
    c.opens();
    c.peerSays({ case: "chat", value: { id: new Uint8Array(16).fill(9), text: "안녕하세요" } });
    c.join.chat.write("프린터요");
    c.log.splice(0);
    c.say(offer);
    c.opens();
    expect(c.log.filter((entry) => entry.startsWith("chat"))).toEqual([
      "chatEarlier 안녕하세요",
      "chat 프린터요",
    ]);
    c.peerSays({ case: "chatDelivered", value: { id: new Uint8Array(16) } });
    c.log.splice(0);
    c.say(offer);
    c.opens();
    expect(c.log.filter((entry) => entry.startsWith("chat"))).toEqual([
      "chatEarlier 안녕하세요",
      "chatEarlier 프린터요",
    ]);
  });

  it("ends with the operator's end", async () => {
    const c = joined();
    await c.join.agree();
    c.say({ case: "ended", value: { reason: EndReason.OPERATOR_ENDED } });
    expect(c.state()).toEqual({ kind: "ended", reason: "operator-ended" });
    expect(c.log).toContain("share stopped");
  });
});

describe("the offer of the app (Y-6)", () => {
  const device = (canShare: boolean) =>
    detectDevice({ userAgent: "X11; Linux x86_64", maxTouchPoints: 0, canShare, hasWebRtc: true });
  const texts = { t: (key: string) => key, knows: () => true, language: "ko" } as const;
  const files = [{ os: "linux", file: "beside", size_bytes: 9_000_000 }] as const;
  const draw = (join: Join, controlByApp: boolean, canShare = true) =>
    appSection(
      texts,
      join,
      {
        chat: true,
        capture: false,
        controlByApp,
        askPart: true,
        record: false,
        recordAtStart: false,
        recordingRequired: false,
        recordingCopies: false,
        talk: false,
        operatorScreen: false,
        invite: false,
        secondUnasked: false,
        operatorControl: false,
      },
      device(canShare),
      files,
    );

  it("is made where the app has control, also by a server that does not tell", () => {
    const c = joined();
    expect(c.state()).toMatchObject({ offered: { controlByApp: true } });
    const older = customer();
    older.join.connect("123456");
    older.socket.accept();
    older.say({ case: "welcome", value: { ...welcome().value, offeredToApp: undefined } });
    expect(older.state()).toMatchObject({ offered: { controlByApp: true } });
    expect(draw(c.join, true)?.textContent).toBe("join-app-whyjoin-app");
  });

  it("is not made where the operator may not control, but for showing what the browser cannot (S-07)", () => {
    const c = customer();
    c.join.connect("123456");
    c.socket.accept();
    c.say({ case: "welcome", value: { ...welcome().value, offeredToApp: { mayView: true } } });
    expect(c.state()).toMatchObject({ offered: { chat: true, controlByApp: false } });
    expect(draw(c.join, false)).toBeNull();
    expect(draw(c.join, false, false)?.textContent).toBe("join-app-view-whyjoin-app-view");
  });

  it("runs the download wherever the desktop keeps it, as the other way of the same step", () => {
    const c = joined();
    c.join.requestAppCode();
    const expiresAtMs = BigInt(Date.now() + 60_000);
    c.say({ case: "appCode", value: { code: "604215", expiresAtMs } });
    const drawn = draw(c.join, true);
    expect(drawn?.querySelectorAll("ol > li")).toHaveLength(3);
    expect(drawn?.querySelector("code")?.textContent).toBe(
      'cd "$(xdg-user-dir DOWNLOAD)" && chmod +x beside-604215 && ./beside-604215',
    );
  });
});
