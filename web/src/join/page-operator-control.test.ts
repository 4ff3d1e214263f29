import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { Right, RightChanged_Change as RightChange } from "../generated/proto/beside/v1/common_pb";
import { PeerMessageSchema } from "../generated/proto/beside/v1/peer_pb";
import { ReversedSchema } from "../generated/proto/beside/v1/signalling_pb";
import { TestClock } from "../shared/session/test-clock";
import type { PeerBody } from "./console-port";
import { offeredOf, permissionsOf } from "./offered";
import { PageDesk } from "./page-desk";
import { ALL } from "./page-rights";
import { Turns } from "./turns";

const TICKET = "0123456789abcdef".repeat(4);
const OFFERED = { ...offeredOf(welcome(true)), talk: true };

function welcome(mayControlOperator: boolean) {
  return { offered: { mayView: true, mayControlOperator } } as Parameters<typeof offeredOf>[0];
}

/** A page that shares, whose customer agreed to this. `log`: what the server was told, and the record has. */
function page({ offered = OFFERED, given = ALL, isConnected = true } = {}) {
  const clock = new TestClock();
  const turns = new Turns(clock.after);
  const log: string[] = [];
  const server = { isThere: true };
  const desk = new PageDesk({
    now: clock.now,
    after: clock.after,
    turns,
    report: (event) => {
      const { case: kind, value } = event;
      if (kind === "rightChanged" && value.right === Right.OPERATOR_CONTROL)
        log.push(`record ${RightChange[value.change ?? 0]}`);
      if (kind === "refused") log.push(`record refused ${value.what}`);
    },
    tell: () => true,
    say: () => {},
    given: () => log.push(desk.permissions.mayControlOperator ? "gives" : "gives it not"),
    answerReversed: (allowed) => {
      if (server.isThere) log.push(allowed ? "allows" : "does not allow");
      return server.isThere;
    },
    secondMayHaveChanged: () => {},
    changed: () => {},
    sound: {
      openMicrophone: async () => Promise.reject(new Error("none")),
      play: () => ({ setOn: () => {}, useSpeaker: () => {}, level: () => 0, close: () => {} }),
    },
  });
  desk.agreed(offered, given);
  if (isConnected) desk.opened();
  log.length = 0;
  const says = (act: MessageInitShape<typeof ReversedSchema>["act"]) =>
    desk.operatorControl.says(create(ReversedSchema, act && { act }));
  const question = () => desk.view.get().question;
  return {
    desk,
    clock,
    turns,
    server,
    question,
    says,
    asked: () => says({ case: "asked", value: {} }),
    ticket: (ticket = TICKET) => says({ case: "ticket", value: ticket }),
    over: () => says({ case: "over", value: {} }),
    console: (body: PeerBody) => desk.received(create(PeerMessageSchema, { body })),
    view: () => desk.view.get().operatorControl,
    /** The customer's press upon the question that stands. */
    press: (allowed: boolean) => {
      clock.pass(500);
      desk.rights.answer(question()?.no ?? 0, allowed);
    },
    told: () => log.splice(0),
  };
}

/** One whose customer has the link before them, or the tab open. */
function ready(isOpened = false) {
  const p = page();
  p.asked();
  p.press(true);
  p.ticket();
  p.clock.pass(500);
  if (isOpened) p.desk.operatorControl.open();
  p.clock.pass(500);
  p.told();
  return p;
}

it("F-15 allowed: the link comes after the customer's press alone, never by time, and is used once", () => {
  const p = page();
  p.asked();
  p.asked();
  expect([p.told(), p.question()?.right, p.question()?.turn]).toEqual([
    ["record ASKED"],
    "operatorControl",
    "shown",
  ]);
  p.desk.rights.answer(p.question()?.no ?? 0, true);
  p.clock.pass(100_000);
  expect([p.told(), p.view()]).toEqual([[], null]);
  p.press(true);
  expect([p.told(), p.view()]).toEqual([["record ALLOWED", "gives", "allows"], null]);
  p.ticket();
  expect(p.view()).toEqual({ stage: "ready" });
  const { operatorControl } = p.desk;
  // A second press upon Allow is none upon what has come into its place.
  expect([operatorControl.open(), p.view()?.stage]).toEqual([null, "ready"]);
  p.clock.pass(500);
  expect([operatorControl.open(), operatorControl.open()]).toEqual([`/viewer#${TICKET}`, null]);
  operatorControl.end();
  expect([p.told(), p.view()]).toEqual([[], { stage: "opened" }]);
  p.clock.pass(600_000);
  expect([p.told(), p.view()?.stage]).toEqual([[], "opened"]);
  p.desk.operatorControl.end();
  expect([p.told(), p.view()]).toEqual([["does not allow"], null]);
  p.over();
  expect(p.told()).toEqual([]);
});

it("whoever does not want it gets no link", () => {
  const p = page();
  p.asked();
  p.press(false);
  expect(p.told()).toEqual(["record ASKED", "record REFUSED", "gives", "does not allow"]);
  p.ticket();
  expect([p.told(), p.view()]).toEqual([["record refused server-out-of-order"], null]);
  // And who leaves the link alone is asked no more by it.
  const later = ready();
  later.desk.operatorControl.end();
  expect([later.told(), later.view()]).toEqual([["does not allow"], null]);
});

it("F-15 forbidden: nobody is asked for what the options forbid, nor by a request for the right", () => {
  const offered = { ...OFFERED, ...offeredOf(welcome(false)) };
  const p = page({ offered });
  expect(p.desk.permissions.mayControlOperator).toBe(false);
  p.asked();
  expect(p.told()).toEqual(["record refused operator-control-forbidden", "does not allow"]);
  p.console({ case: "rightRequest", value: { id: 1, right: Right.OPERATOR_CONTROL } });
  p.ticket();
  p.desk.rights.set("operatorControl", true);
  p.press(true);
  expect(p.told()).toEqual(["record refused right-forbidden", "record refused server-out-of-order"]);
  expect([p.question(), p.view()]).toEqual([null, null]);
  // What was offered and is not given, the question itself gives, as with every right.
  const not = page({ given: { ...ALL, operatorControl: false } });
  not.asked();
  not.press(true);
  expect(not.told()).toEqual(["record ASKED", "record ALLOWED", "gives", "allows"]);
});

it("a server that says things out of order, or what is no ticket, brings no link", () => {
  const p = page();
  p.ticket();
  p.asked();
  p.ticket();
  p.over();
  p.ticket();
  expect(p.told().filter((line) => line.startsWith("record refused"))).toHaveLength(3);
  for (const bad of ["", "a/b", "a b", "a#b", "a\n", "상담", "javascript:alert(1)", "a".repeat(65)]) {
    const each = page();
    each.asked();
    each.press(true);
    each.ticket(bad);
    expect([bad, each.view(), each.told().at(-1)]).toEqual([bad, null, "record refused server-out-of-order"]);
  }
  const twice = ready();
  twice.ticket("another");
  twice.says(undefined);
  expect(twice.desk.operatorControl.open()).toBe(`/viewer#${TICKET}`);
  // The Allow of a question that was withdrawn, taken for that of the next one.
  const crossed = page();
  crossed.asked();
  crossed.press(true);
  crossed.over();
  crossed.asked();
  crossed.told();
  crossed.ticket();
  expect([crossed.told(), crossed.question(), crossed.view()]).toEqual([
    ["record refused server-out-of-order", "record WITHDRAWN", "does not allow"],
    null,
    null,
  ]);
});

it("X-10: nobody is asked during a pause, without a connection, beside another question, or without end", () => {
  const p = page();
  p.desk.pause(true);
  p.asked();
  expect([p.told(), p.question()]).toEqual([
    ["record refused operator-control-paused", "does not allow"],
    null,
  ]);
  p.desk.pause(false);
  for (let count = 0; count < 5; count += 1) {
    p.asked();
    p.press(false);
  }
  p.told();
  p.asked();
  expect([p.told(), p.question()]).toEqual([
    ["record refused operator-control-too-fast", "does not allow"],
    null,
  ]);
  p.clock.pass(60_000);
  p.console({ case: "setVoice", value: { on: true } });
  p.asked();
  expect(p.told()).toEqual(["record refused operator-control-too-fast", "does not allow"]);
  p.press(false);
  p.asked();
  expect(p.question()?.right).toBe("operatorControl");

  const alone = page({ isConnected: false });
  alone.asked();
  expect([alone.told(), alone.question()]).toEqual([["does not allow"], null]);
});

it("its question waits for the one that stands, and a press counts once it was seen", () => {
  const p = page();
  const other = p.turns.take(() => {});
  p.asked();
  p.press(true);
  expect([p.told(), p.question()?.turn]).toEqual([["record ASKED"], "waits"]);
  other();
  p.desk.rights.answer(p.question()?.no ?? 0, true);
  expect(p.told()).toEqual([]);
  p.press(true);
  expect(p.told()).toEqual(["record ALLOWED", "gives", "allows"]);
});

it("the server's end takes question, link or card away", () => {
  const p = page();
  p.asked();
  p.over();
  expect([p.told(), p.question()]).toEqual([["record ASKED", "record WITHDRAWN"], null]);
  for (const isOpened of [false, true]) {
    const each = ready(isOpened);
    each.over();
    expect([each.told(), each.view()]).toEqual([[], null]);
  }
});

it("the right taken back and the options end it; a pause and a lost connection are this computer's alone", () => {
  for (const isOpened of [false, true]) {
    const back = ready(isOpened);
    back.desk.rights.set("operatorControl", false);
    expect([back.told(), back.view()]).toEqual([
      ["record TAKEN_BACK", "gives it not", "does not allow"],
      null,
    ]);
    const cut = ready(isOpened);
    cut.desk.offer({ ...OFFERED, operatorControl: false });
    expect([cut.told(), cut.view()]).toEqual([["does not allow"], null]);
  }
  const early = page();
  early.asked();
  early.press(true);
  early.told();
  early.desk.rights.set("operatorControl", false);
  early.ticket();
  expect(early.told().slice(-2)).toEqual(["does not allow", "record refused server-out-of-order"]);
  const goesOn = ready(true);
  goesOn.desk.pause(true);
  goesOn.desk.left();
  expect([goesOn.told(), goesOn.view()?.stage]).toEqual([[], "opened"]);
  // A question goes with the connection on which it was asked.
  const asked = page();
  asked.asked();
  asked.desk.left();
  expect([asked.told(), asked.question()]).toEqual([
    ["record ASKED", "record WITHDRAWN", "does not allow"],
    null,
  ]);
});

it("a link that opens nothing any more is taken away, and an end that the server did not hear is told again", () => {
  const stale = ready();
  stale.clock.pass(120_000);
  expect([stale.told(), stale.view()]).toEqual([["does not allow"], null]);
  const away = ready(true);
  away.server.isThere = false;
  away.desk.operatorControl.end();
  expect([away.told(), away.view()]).toEqual([[], null]);
  away.server.isThere = true;
  // Until the server says that it is over: it may not have heard the first time, either.
  away.desk.operatorControl.cameBack();
  away.desk.operatorControl.cameBack();
  expect(away.told()).toEqual(["does not allow", "does not allow"]);
  away.over();
  away.desk.operatorControl.cameBack();
  expect(away.told()).toEqual([]);
  // The right given again meanwhile is for the next time.
  const again = ready(true);
  again.server.isThere = false;
  again.desk.rights.set("operatorControl", false);
  again.desk.rights.set("operatorControl", true);
  again.server.isThere = true;
  again.told();
  again.desk.operatorControl.cameBack();
  expect(again.told()).toEqual(["does not allow"]);
  // A ticket that was lost on its way leaves nobody waiting.
  const lost = page();
  lost.asked();
  lost.press(true);
  lost.told();
  lost.desk.operatorControl.cameBack();
  expect(lost.told()).toEqual(["does not allow"]);
});

it("a request for the right alone gives it, and begins nothing", () => {
  const p = page({ given: { ...ALL, operatorControl: false } });
  p.console({ case: "rightRequest", value: { id: 1, right: Right.OPERATOR_CONTROL } });
  p.press(true);
  p.ticket();
  expect(p.told()).toEqual(["record ASKED", "record ALLOWED", "gives", "record refused server-out-of-order"]);
  expect(permissionsOf(OFFERED, ALL).mayControlOperator).toBe(true);
});
