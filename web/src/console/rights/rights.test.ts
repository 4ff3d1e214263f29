import { describe, expect, it } from "vitest";
import { Right } from "../../generated/proto/beside/v1/common_pb";
import { RightAnswer_Answer as Answer } from "../../generated/proto/beside/v1/peer_pb";
import { TestClock } from "../../shared/session/test-clock";
import type { PeerMessageInit } from "../peer/input-wire";
import { type Rights, rightsOf } from "../session/session-view";
import { RightAsker } from "./right-asker";
import { askable } from "./rights";

const NONE = rightsOf(undefined);
const ALL = Object.fromEntries(Object.keys(NONE).map((name) => [name, true])) as unknown as Rights;

describe("what can be asked for", () => {
  it("is what the policy offers and the customer does not give", () => {
    expect(askable(NONE, ALL)).toHaveLength(18);
    expect(askable(ALL, ALL)).toEqual([]);
    expect(askable(NONE, null)).toEqual([]);
    expect(askable({ ...ALL, control: false, sendFiles: false }, { ...ALL, sendFiles: false })).toEqual([
      "control",
    ]);
    expect(askable({ ...ALL, changeFiles: false }, ALL)).toEqual(["send-files"]);
  });

  it("covers every permission", () => {
    for (const name of Object.keys(NONE))
      expect(askable({ ...ALL, [name]: false }, ALL), name).toHaveLength(1);
  });
});

describe("a question to the customer", () => {
  function asker(connected = true) {
    const clock = new TestClock();
    const sent: PeerMessageInit["body"][] = [];
    const asks = new RightAsker(
      (body) => {
        sent.push(body);
        return connected;
      },
      (delay_ms, task) => clock.after(delay_ms, task),
    );
    return { asks, sent, clock };
  }

  it("waits for the customer, however long it takes, and no second one is put meanwhile", () => {
    const { asks, sent, clock } = asker();
    asks.ask("control");
    asks.ask("open");
    clock.pass(3_600_000);
    expect(asks.asked.get()).toEqual({ id: 1, right: "control", state: "waiting" });
    expect(sent).toEqual([{ case: "rightRequest", value: { id: 1, right: Right.CONTROL } }]);
  });

  it.each([
    [Answer.ALLOWED, "allowed"],
    [Answer.REFUSED, "refused"],
    [Answer.FORBIDDEN, "forbidden"],
    [Answer.BUSY, "busy"],
    [Answer.PAUSED, "paused"],
    [Answer.UNSUPPORTED, "unsupported"],
    [99 as Answer, "unsupported"],
  ])("is answered, which is said for a while", (answer, state) => {
    const { asks, clock } = asker();
    asks.ask("open");
    asks.answered({ id: 7, answer: Answer.ALLOWED });
    asks.answered({ id: 1, answer });
    asks.answered({ id: 1, answer: Answer.ALLOWED });
    expect(asks.asked.get()?.state).toBe(state);
    clock.pass(10_000);
    expect(asks.asked.get()).toBeNull();
  });

  it("can be withdrawn, ends with the connection, and is not put without one", () => {
    const { asks, sent } = asker();
    asks.ask("open");
    asks.withdraw();
    expect(sent.at(-1)).toEqual({ case: "rightWithdrawn", value: { id: 1 } });
    asks.answered({ id: 1, answer: Answer.ALLOWED });
    expect(asks.asked.get()).toBeNull();
    asks.ask("open");
    asks.interrupted();
    expect(asks.asked.get()).toBeNull();
    const away = asker(false).asks;
    away.ask("open");
    expect(away.asked.get()).toBeNull();
  });
});
