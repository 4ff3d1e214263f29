import { describe, expect, it } from "vitest";
import { Chat, type ChatLine } from "./chat";
import { EventOutbox } from "./event-outbox";

/** An id whose first byte tells it from others. */
function idOf(first: number): Uint8Array<ArrayBuffer> {
  const id = new Uint8Array(16);
  id[0] = first;
  return id;
}

function chat() {
  const log: string[] = [];
  let connected = true;
  let next = 0;
  const line = (what: string) => (entry: ChatLine) => {
    log.push(`${what} ${entry.text}`);
    return connected;
  };
  const subject = new Chat({
    send: line("send"),
    confirm: (id) => log.push(`confirm ${id[0]}`),
    report: line("report"),
    now: () => 7,
    newId: () => idOf(++next),
  });
  const shown = () =>
    subject.lines.get().map((entry) => `${entry.own ? "own" : "other"} ${entry.text} ${entry.delivery}`);
  return { subject, shown, log: () => log.splice(0), connect: (is: boolean) => (connected = is) };
}

describe("chat (F-05)", () => {
  it("sends, reports for the record, and shows the delivery", () => {
    const c = chat();
    expect(c.subject.write("  안녕하세요 ")).toBe(true);
    expect(c.log()).toEqual(["send 안녕하세요", "report 안녕하세요"]);
    expect(c.shown()).toEqual(["own 안녕하세요 sent"]);
    c.subject.delivered(idOf(1));
    expect(c.shown()).toEqual(["own 안녕하세요 delivered"]);
  });

  it("keeps a line while there is no connection and reports it once", () => {
    const c = chat();
    c.connect(false);
    c.subject.write("잠시만요");
    expect(c.shown()).toEqual(["own 잠시만요 waiting"]);
    c.connect(true);
    c.log();
    c.subject.connected();
    expect(c.log()).toEqual(["send 잠시만요"]);
    expect(c.shown()).toEqual(["own 잠시만요 sent"]);
  });

  it("shows and reports a repeated line once and confirms it each time", () => {
    const c = chat();
    c.subject.received(idOf(9), "네");
    c.subject.received(idOf(9), "네");
    expect(c.log()).toEqual(["confirm 9", "report 네", "confirm 9"]);
    expect(c.shown()).toEqual(["other 네 null"]);
  });

  const line = (id: number, own: boolean, text: string) => ({ id: idOf(id), own, text, at_ms: 5 });

  it("has the conversation of a window that was there before, in its order", () => {
    const c = chat();
    c.subject.connected();
    c.subject.earlier([line(101, true, "무엇을 도와 드릴까요?"), line(102, false, "프린터요")]);
    c.subject.earlier([line(103, true, "네")]);
    expect(c.shown()).toEqual(["own 무엇을 도와 드릴까요? told", "other 프린터요 null", "own 네 told"]);
    expect(c.log(), "the other end may be lying").toEqual(["report 프린터요"]);
  });

  it("neither sends what it did not write, nor has it confirmed by the one who told of it", () => {
    const c = chat();
    c.subject.connected();
    c.subject.earlier([line(101, true, "문을 여세요")]);
    c.subject.delivered(idOf(101));
    c.subject.connected();
    c.subject.earlier([line(101, true, "문을 여세요")]);
    expect(c.shown()).toEqual(["own 문을 여세요 told"]);
    expect(c.log()).toEqual([]);
  });

  it("merges what it knows with what another window wrote meanwhile, each line once", () => {
    const c = chat();
    c.subject.connected();
    c.subject.write("첫째");
    c.subject.received(idOf(102), "둘째");
    c.connect(false);
    c.subject.write("다섯째");
    c.log();
    c.connect(true);
    c.subject.connected();
    c.subject.earlier([
      line(1, true, "첫째"),
      line(102, false, "둘째"),
      line(103, true, "셋째"),
      line(104, false, "넷째"),
    ]);
    c.subject.earlier([line(104, false, "넷째")]);
    expect(c.shown()).toEqual([
      "own 첫째 delivered",
      "other 둘째 null",
      "own 셋째 told",
      "other 넷째 null",
      "own 다섯째 sent",
    ]);
    expect(c.log()).toEqual(["send 첫째", "send 다섯째", "report 넷째"]);
  });

  it("takes no more earlier lines than an app keeps, and no time that is none", () => {
    const c = chat();
    c.subject.connected();
    for (let n = 0; n < 250; n += 1) c.subject.earlier([{ ...line(n, false, `${n}`), at_ms: 2 ** 63 }]);
    expect(c.shown().length).toBe(200);
    expect(c.subject.lines.get()[0]?.at_ms).toBe(7);
  });

  it("takes no flood of the other end", () => {
    const c = chat();
    for (let n = 1; n <= 200; n += 1) c.subject.received(idOf(n), `${n}`);
    expect(c.shown().length).toBe(100);
    expect(c.log().length).toBe(200);
  });

  it.each([
    ["an id that is too short", new Uint8Array(15), "네"],
    ["an id that is too long", new Uint8Array(17), "네"],
    ["nothing but blanks", idOf(9), " \n\t "],
    ["nothing but control characters", idOf(9), "\u0000 \u0007\u0085"],
  ])("drops a line with %s, which the record would not keep", (_, id, text) => {
    const c = chat();
    c.subject.received(id, text);
    expect(c.log()).toEqual([]);
    expect(c.shown()).toEqual([]);
  });

  it("takes control characters out of a line, as the record does", () => {
    const c = chat();
    c.subject.received(idOf(9), "  a\u0000b\n\tc\u009b ");
    expect(c.shown()).toEqual(["other ab\n\tc null"]);
  });

  it("sends nothing for an empty line and cuts a long one between characters", () => {
    const c = chat();
    expect(c.subject.write(" \n ")).toBe(false);
    c.subject.write("😀".repeat(5_000));
    expect([...(c.subject.lines.get()[0]?.text ?? "")].length).toBe(4_000);
  });
});

describe("events for the record", () => {
  function outbox() {
    const log: string[] = [];
    const subject = new EventOutbox(
      (event) => {
        log.push(`${event.sourceSeq} ${event.kind?.case}`);
        return true;
      },
      () => 1,
    );
    return { subject, log: () => log.splice(0) };
  }
  const event = { case: "connected", value: { relayed: false } } as const;

  it("does not count from a number that is none", () => {
    const o = outbox();
    o.subject.kept(2n ** 64n - 1n);
    o.subject.add(event);
    expect(o.log()).toEqual(["1 connected"]);
  });

  it("sends again what the server has not kept, with the same numbers", () => {
    const o = outbox();
    o.subject.add(event);
    o.subject.add({ case: "controlChanged", value: { on: true } });
    o.subject.kept(1n);
    o.log();
    o.subject.resend();
    expect(o.log()).toEqual(["2 controlChanged"]);
  });

  it("goes on behind what an earlier page reported", () => {
    const o = outbox();
    o.subject.add(event);
    o.log();
    o.subject.kept(5n);
    expect(o.log()).toEqual(["6 connected"]);
    o.subject.add(event);
    expect(o.log()).toEqual(["7 connected"]);
  });
});
