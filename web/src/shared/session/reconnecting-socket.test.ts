import { describe, expect, it } from "vitest";
import {
  CONNECT_MAX_MS,
  PING_EVERY_MS,
  ReconnectingSocket,
  SILENCE_MAX_MS,
  type SocketListener,
} from "./reconnecting-socket";
import { TestClock } from "./test-clock";

function socket() {
  const clock = new TestClock();
  const log: string[] = [];
  const listeners: SocketListener[] = [];
  const connection = new ReconnectingSocket(
    {
      connect: (listener) => {
        listeners.push(listener);
        return { send: (bytes) => log.push(`sent ${bytes.length}`), close: () => log.push("closed") };
      },
      after: clock.after,
      random: () => 0.5,
    },
    {
      opened: () => log.push("hello"),
      message: () => log.push("message"),
      status: (status) => log.push(status.kind === "waiting" ? `waiting ${status.failures}` : status.kind),
      ping: () => new Uint8Array(1),
    },
  );
  const newest = () => listeners[listeners.length - 1];
  return { clock, connection, log: () => log.splice(0), newest, count: () => listeners.length };
}

describe("reconnecting socket", () => {
  it("says hello first and pings while it is open", () => {
    const s = socket();
    s.connection.start();
    s.newest()?.opened();
    expect(s.log()).toEqual(["connecting", "open", "hello"]);
    s.clock.pass(PING_EVERY_MS);
    expect(s.log()).toEqual(["sent 1"]);
  });

  it("comes back after 0.5 s, then 1, 2, 4 and always 5 s", () => {
    const s = socket();
    s.connection.start();
    for (const wait_ms of [500, 1000, 2000, 4000, 5000, 5000]) {
      const before = s.count();
      s.newest()?.closed();
      s.clock.pass(wait_ms - 1);
      expect(s.count()).toBe(before);
      s.clock.pass(1);
      expect(s.count()).toBe(before + 1);
    }
  });

  it("begins anew with 0.5 s once the server has spoken", () => {
    const s = socket();
    s.connection.start();
    s.newest()?.closed();
    s.clock.pass(500);
    s.newest()?.opened();
    s.newest()?.message(new Uint8Array(0));
    s.newest()?.closed();
    expect(s.log().at(-1)).toBe("waiting 1");
  });

  it("gives up a connection that is silent or never comes up", () => {
    const s = socket();
    s.connection.start();
    s.clock.pass(CONNECT_MAX_MS);
    expect(s.log().slice(-2)).toEqual(["closed", "waiting 1"]);
    s.clock.pass(500);
    s.newest()?.opened();
    s.log();
    s.clock.pass(SILENCE_MAX_MS);
    expect(s.log().slice(-2)).toEqual(["closed", "waiting 2"]);
  });

  it("hears nothing of an old connection and nothing after its end", () => {
    const s = socket();
    s.connection.start();
    const first = s.newest();
    first?.closed();
    s.clock.pass(500);
    s.log();
    first?.message(new Uint8Array(1));
    first?.closed();
    expect(s.log()).toEqual([]);
    s.connection.stop();
    s.clock.pass(60_000);
    expect(s.log()).toEqual(["closed", "stopped"]);
    expect(s.connection.send(new Uint8Array(1))).toBe(false);
  });
});
