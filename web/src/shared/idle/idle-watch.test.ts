import { describe, expect, it } from "vitest";
import { TestClock } from "../session/test-clock";
import { IdleWatch } from "./idle-watch";

/** A page whose server forgets the sign-in `after_s` seconds after the last sign of anybody. */
function page(after_s: number) {
  const clock = new TestClock();
  let seen_ms = 0;
  let away = false;
  const log: string[] = [];
  const watch = new IdleWatch(
    { after_s, left_s: after_s },
    {
      now: clock.now,
      after: clock.after,
      ask: async () => {
        if (away) throw new Error("away");
        const left_s = Math.floor((seen_ms + after_s * 1000 - clock.now()) / 1000);
        return left_s > 0 ? left_s : null;
      },
      stay: async () => {
        if (away) throw new Error("away");
        log.push("stay");
        seen_ms = clock.now();
      },
      over: () => log.push("over"),
    },
  );
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      clock.pass(1_000);
      // What the server answers comes before the next second.
      for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
    }
  };
  return {
    watch,
    log,
    pass,
    /** Somebody is there in another tab. */
    otherTab: () => {
      seen_ms = clock.now();
    },
    setAway: (now: boolean) => {
      away = now;
    },
  };
}

describe("A-5: auto logout in the page", () => {
  it("warns a minute before, counts down, and is over at the end", async () => {
    const { watch, log, pass } = page(1800);
    await pass(1739);
    expect(watch.warning.get()).toBeNull();
    await pass(2);
    expect(watch.warning.get()).toBeGreaterThanOrEqual(58);
    await pass(30);
    expect(watch.warning.get()).toBeGreaterThanOrEqual(28);
    expect(watch.warning.get()).toBeLessThanOrEqual(30);
    expect(log).toEqual([]);
    await pass(31);
    expect(log).toEqual(["over"]);
  });

  it("Stay signed in begins the time anew", async () => {
    const { watch, log, pass } = page(1800);
    await pass(1770);
    await watch.stay();
    expect(watch.warning.get()).toBeNull();
    await pass(1735);
    expect([watch.warning.get(), log]).toEqual([null, ["stay"]]);
    await pass(70);
    expect(log).toEqual(["stay", "over"]);
  });

  it("keys and clicks are told now and then, and not while the warning asks", async () => {
    const { watch, log, pass } = page(1800);
    for (let second = 0; second < 120; second += 1) {
      watch.active();
      await pass(1);
    }
    expect(log).toEqual(["stay"]);
    await pass(1700);
    expect(watch.warning.get()).not.toBeNull();
    watch.active();
    expect(log).toEqual(["stay"]);
  });

  it("another tab's activity takes the warning away", async () => {
    const { watch, log, pass, otherTab } = page(1800);
    await pass(1750);
    expect(watch.warning.get()).not.toBeNull();
    otherTab();
    await pass(12);
    expect([watch.warning.get(), log]).toEqual([null, []]);
  });

  it("a server that is away signs nobody out before it says so", async () => {
    const { watch, log, pass, setAway } = page(100);
    setAway(true);
    await pass(130);
    expect([watch.warning.get(), log]).toEqual([0, []]);
    setAway(false);
    await pass(3);
    expect(log).toEqual(["over"]);
  });
});
