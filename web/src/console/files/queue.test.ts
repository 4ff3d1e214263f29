import { describe, expect, it } from "vitest";
import { TransferQueue } from "./queue";

function queueAt() {
  const clock = { now_ms: 0 };
  return { clock, queue: new TransferQueue(() => clock.now_ms) };
}

describe("the queue [F-02]", () => {
  it("keeps the order, and knows what waits", () => {
    const { queue } = queueAt();
    const first = queue.add("send", "a", 10, "ask");
    const second = queue.add("fetch", "b", 20, "ask");
    expect(queue.next()?.id).toBe(first.id);
    queue.change(first.id, { state: "paused" });
    expect(queue.next()?.id).toBe(second.id);
    queue.change(second.id, { state: "done" });
    expect(queue.next()).toBeUndefined();
  });

  it("counts what is done, also what its list has forgotten", () => {
    const { queue } = queueAt();
    for (let no = 1; no <= 250; no += 1)
      queue.change(queue.add("send", `${no}`, 1, "ask").id, { state: "done" });
    queue.change(queue.add("fetch", "b", 1, "ask").id, { state: "failed" });
    queue.clear();
    expect([queue.done("send"), queue.done("fetch")]).toEqual([250, 0]);
  });

  it("tells speed and time left by the last three seconds", () => {
    const { clock, queue } = queueAt();
    const { id } = queue.add("send", "a", 10_000, "ask");
    queue.change(id, { state: "running" });
    for (let at = 1; at <= 4; at += 1) {
      clock.now_ms = at * 1_000;
      queue.moved(id, at * 1_000);
    }
    const sum = queue.sum();
    expect(sum).toMatchObject({ total_bytes: 10_000, moved_bytes: 4_000, left: 1 });
    // Three samples of 1,000 bytes within the last two seconds and a bit.
    expect(sum.rate_bytes_per_s).toBeCloseTo(1_500);
    expect(sum.left_s).toBeCloseTo(4);
    clock.now_ms = 60_000;
    expect(queue.sum()).toMatchObject({ rate_bytes_per_s: 0, left_s: null });
  });

  it("tells views of progress a few times a second, and of the last of it", () => {
    const { clock, queue } = queueAt();
    const { id } = queue.add("send", "a", 10_000, "ask");
    let told = 0;
    queue.jobs.subscribe(() => {
      told += 1;
    });
    for (let moved = 1; moved <= 1_000; moved += 1) {
      clock.now_ms += 1;
      queue.moved(id, moved);
    }
    expect(told).toBeLessThanOrEqual(6);
    queue.change(id, { state: "paused" });
    expect(queue.get(id)).toMatchObject({ moved_bytes: 1_000, state: "paused" });
  });

  it("counts what has ended no more, and forgets it when asked", () => {
    const { queue } = queueAt();
    const { id } = queue.add("send", "a", 10, "ask");
    queue.change(id, { state: "failed", why: "files-denied" });
    queue.add("send", "b", 5, "ask");
    expect(queue.sum()).toMatchObject({ total_bytes: 5, left: 1 });
    queue.clear();
    expect(queue.jobs.get().map(({ name }) => name)).toEqual(["b"]);
  });

  it("does not grow without end", () => {
    const { queue } = queueAt();
    for (let n = 0; n < 1_000; n += 1) {
      const { id } = queue.add("send", `${n}`, 1, "ask");
      queue.change(id, { state: "done" });
    }
    expect(queue.jobs.get().length).toBeLessThanOrEqual(201);
  });
});
