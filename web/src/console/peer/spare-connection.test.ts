import { describe, expect, it } from "vitest";
import { TestClock } from "../../shared/session/test-clock";
import type { ConnectionOptions } from "./connection-parts";
import { SPARE_MAX_MS, SpareConnection } from "./spare-connection";

class Made {
  closed = false;
  constructor(readonly options: ConnectionOptions) {}
  close(): void {
    this.closed = true;
  }
}

function spares() {
  const clock = new TestClock();
  const made: Made[] = [];
  const spare = new SpareConnection<Made>({
    create: (options) => {
      const parts = new Made(options);
      made.push(parts);
      return parts;
    },
    after: clock.after,
  });
  return { clock, made, spare };
}

const app: ConnectionOptions = { iceServers: [], customer: "app" };

describe("a connection made ahead", () => {
  it("serves the first session that it suits, and only that one", () => {
    const { made, spare } = spares();
    spare.prepare();
    spare.prepare();
    expect(spare.take(app)).toBe(made[0]);
    expect(spare.take(app)).toBe(made[1]);
    expect(made).toHaveLength(2);
  });

  it("is not for a customer in the browser, and waits on", () => {
    const { made, spare } = spares();
    spare.prepare();
    expect(spare.take({ ...app, customer: "browser" })).toBe(made[1]);
    expect(spare.take(app)).toBe(made[0]);
  });

  it("is closed when nobody wanted it for too long", () => {
    const { clock, made, spare } = spares();
    spare.prepare();
    clock.pass(SPARE_MAX_MS);
    expect(made.map(({ closed }) => closed)).toEqual([true]);
    expect(spare.take(app)).toBe(made[1]);
  });

  it("outlives that time once it is in use", () => {
    const { clock, made, spare } = spares();
    spare.prepare();
    spare.take(app);
    clock.pass(SPARE_MAX_MS);
    expect(made.map(({ closed }) => closed)).toEqual([false]);
  });
});
