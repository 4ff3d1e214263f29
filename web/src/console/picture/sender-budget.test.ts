import { describe, expect, it } from "vitest";
import { EPOCHS_BURST, EPOCHS_PER_S, SenderBudget, WORK_BURST_S, WORK_PX_PER_S } from "./sender-budget";

const FULL_4K_PX = 3840 * 2160;

function budget() {
  const clock = { now_ms: 5_000 };
  const given = new SenderBudget(() => clock.now_ms);
  const draws = (work_px: number) => given.pay({ work_px, begun: false });
  const begins = () => given.pay({ work_px: 0, begun: true });
  return { clock, draws, begins };
}

describe("SenderBudget", () => {
  it("serves 30 full pictures of 3840 x 2160 a second without end, each written and drawn, one compared", () => {
    const { clock, draws } = budget();
    for (let picture = 0; picture < 30 * 60; picture += 1) {
      clock.now_ms += 1_000 / 30;
      expect(draws(FULL_4K_PX * (picture % 30 === 0 ? 3 : 2))).toBe(true);
    }
  });

  it("ends where work goes on at twice its rate, and not at once", () => {
    const { clock, draws } = budget();
    let seconds = 0;
    while (draws(WORK_PX_PER_S)) {
      clock.now_ms += 500;
      seconds += 0.5;
      expect(seconds).toBeLessThan(60);
    }
    expect(seconds).toBeGreaterThan(WORK_BURST_S - 1);
  });

  it("serves what waited while the page was busy", () => {
    const { clock, draws } = budget();
    expect(draws(WORK_PX_PER_S * WORK_BURST_S)).toBe(true);
    expect(draws(1)).toBe(false);
    clock.now_ms += WORK_BURST_S * 1_000;
    expect(draws(WORK_PX_PER_S)).toBe(true);
  });

  it("ends where epochs begin faster than a screen is resized", () => {
    const { clock, begins } = budget();
    for (let count = 0; count < EPOCHS_BURST; count += 1) expect(begins()).toBe(true);
    expect(begins()).toBe(false);
    clock.now_ms += 1_000 * (2 / EPOCHS_PER_S);
    expect(begins()).toBe(true);
  });
});
