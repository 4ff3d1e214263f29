import { describe, expect, it } from "vitest";
import {
  OperatorScreenState_State as State,
  OperatorScreenState_Why as Why,
} from "../../generated/proto/beside/v1/peer_pb";
import { TestClock } from "../../shared/session/test-clock";
import { OperatorScreen, type ScreenUser } from "./operator-screen";

const PACKET = new ArrayBuffer(3);

/** A session's operator screen over a browser that the test plays. `log`: what left it, in order. */
function screen({ connected = true, fails = "" } = {}) {
  const clock = new TestClock();
  const log: string[] = [];
  const users: ScreenUser[] = [];
  const made = new OperatorScreen({
    tell: (body) => {
      if (body.case === "setOperatorScreen") log.push(body.value.on === true ? "asks" : "ends");
      return connected;
    },
    send: (packet) => log.push(`sends ${packet.byteLength}`),
    show: (track) => log.push(track === null ? "shows nothing" : "shows"),
    way: () => "video",
    after: clock.after,
    screen: {
      choose: async (user) => {
        if (fails !== "") throw fails;
        users.push(user);
        return {
          begin: (fromEpoch) => log.push(`begins ${fromEpoch}`),
          hold: () => log.push("holds"),
          shown: (epoch, update) => log.push(`shown ${epoch}.${update}`),
          close: () => log.push("closes"),
        };
      },
    },
  });
  const told = (state: State, { why = Why.UNSPECIFIED, fromEpoch = 0 } = {}) =>
    made.told({ state, why, fromEpoch });
  return { made, clock, log, told, users };
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function showing() {
  const s = screen();
  s.made.start();
  await settled();
  s.told(State.ASKED);
  s.told(State.ON, { fromEpoch: 3 });
  return s;
}

describe("the operator's own screen [F-09]", () => {
  it("asks the customer once a screen is chosen, and sends nothing before they allow it", async () => {
    const { made, log, told, users } = screen();
    made.start();
    expect([made.now.get().stage, log]).toEqual(["choosing", []]);
    await settled();
    told(State.ASKED);
    users[0]?.packet(PACKET);
    expect([made.now.get().stage, log]).toEqual(["asked", ["asks", "holds"]]);
    told(State.ON, { fromEpoch: 3 });
    users[0]?.packet(PACKET);
    made.shown({ epoch: 3, update: 0 });
    expect(log.slice(2)).toEqual(["begins 3", "sends 3", "shown 3.0"]);
  });

  it("a pause holds it, and it goes on with a new epoch; the same state again changes nothing", async () => {
    const { made, log, told, users } = await showing();
    told(State.ON, { fromEpoch: 3 });
    told(State.HELD);
    users[0]?.packet(PACKET);
    expect(made.now.get().stage).toBe("held");
    told(State.ON, { fromEpoch: 4 });
    expect(log.slice(2)).toEqual(["begins 3", "holds", "begins 4"]);
  });

  it("ends by the tool, by the browser's own button, by the customer and with the connection; then nothing is captured", async () => {
    const ends: ((s: Awaited<ReturnType<typeof showing>>) => void)[] = [
      ({ made }) => made.toggle(),
      ({ users }) => users[0]?.lost(),
      ({ told }) => told(State.OFF, { why: Why.ENDED }),
      ({ made }) => made.interrupted(),
    ];
    for (const [index, end] of ends.entries()) {
      const s = await showing();
      end(s);
      s.users[0]?.packet(PACKET);
      expect(s.made.now.get().stage).toBe("off");
      expect(s.log.slice(3)).toEqual(index < 2 ? ["ends", "closes"] : ["closes"]);
    }
  });

  it("says why it is not shown, until it was read", async () => {
    const whys = [
      [Why.DECLINED, "declined"],
      [Why.ENDED, "ended"],
      [Why.FORBIDDEN, "forbidden"],
      [Why.BUSY, "busy"],
      [Why.PAUSED, "paused"],
      [Why.FAILED, "failed"],
    ] as const;
    for (const [why, said] of whys) {
      const { made, told, clock } = await showing();
      told(State.OFF, { why });
      expect(made.now.get()).toEqual({ stage: "off", why: said });
      clock.pass(8_000);
      expect(made.now.get().why).toBeNull();
    }
  });

  it("a browser that cannot, or an operator who chose nothing, asks no customer", async () => {
    for (const [fails, why] of [
      ["unsupported", "unsupported"],
      ["NotAllowedError", "blocked"],
    ]) {
      const { made, log } = screen({ fails: fails ?? "" });
      made.start();
      await settled();
      expect([made.now.get(), log]).toEqual([{ stage: "off", why }, []]);
    }
    const { made, log } = screen({ connected: false });
    made.start();
    await settled();
    expect([made.now.get().stage, log]).toEqual(["off", ["asks", "closes"]]);
  });

  it("an end while the browser still asks closes what is chosen then", async () => {
    const { made, log } = screen();
    made.start();
    made.end();
    await settled();
    expect([made.now.get().stage, log]).toEqual(["off", ["closes"]]);
  });

  it("what another window of the operator's shows is not shown by this one", () => {
    const { made, log, told } = screen();
    told(State.ASKED);
    told(State.ON);
    expect([made.now.get().stage, log]).toEqual(["off", []]);
  });

  it("to a customer in a browser nothing is shown before they allow it, and nothing after the end", async () => {
    const { made, log, told, users } = screen();
    const track = {} as MediaStreamTrack;
    made.start();
    await settled();
    told(State.ASKED);
    users[0]?.show(track);
    told(State.ON);
    users[0]?.show(track);
    told(State.HELD);
    users[0]?.show(track);
    users[0]?.show(null);
    made.end();
    users[0]?.show(track);
    expect(log.filter((entry) => entry.startsWith("shows"))).toEqual(["shows", "shows nothing"]);
  });

  it("pictures that cannot be made end it, and the operator reads so", async () => {
    const { made, log, users } = await showing();
    users[0]?.failed();
    expect([made.now.get(), log.slice(3)]).toEqual([{ stage: "off", why: "failed" }, ["ends", "closes"]]);
  });
});
