import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ToolAnswerSchema } from "../../generated/proto/beside/v1/peer_pb";
import { TestClock } from "../../shared/session/test-clock";
import { type Tool, ToolCaller } from "./tool-caller";

const LIST: Tool = { case: "listProcesses", value: {} };

function caller(connected = true) {
  const clock = new TestClock();
  const ids: number[] = [];
  const made = new ToolCaller(
    ({ id }) => {
      ids.push(id);
      return connected;
    },
    (delay_ms, task) => clock.after(delay_ms, task),
  );
  const answer = (init: Parameters<typeof create<typeof ToolAnswerSchema>>[1]) =>
    made.answered(create(ToolAnswerSchema, init));
  return { made, ids, clock, answer };
}

const part = (...pids: number[]) => ({
  case: "processes" as const,
  value: { processes: pids.map((pid) => ({ pid })) },
});

describe("a tool", () => {
  it("is answered by its own parts, in order", async () => {
    const c = caller();
    const first = c.made.run(LIST);
    const second = c.made.run(LIST);
    c.answer({ id: 2, more: true, result: part(21) });
    c.answer({ id: 1, result: part(11) });
    c.answer({ id: 2, result: part(22, 23) });
    c.answer({ id: 2, result: part(24) });
    c.answer({ id: 9, result: part(99) });
    const pids = async (outcome: typeof first) => {
      const found = await outcome;
      if (!found.ok) return found.problem;
      return found.results.flatMap((each) =>
        each.case === "processes" ? each.value.processes.map(({ pid }) => pid) : [],
      );
    };
    expect(await pids(first)).toEqual([11]);
    expect(await pids(second)).toEqual([21, 22, 23]);
  });

  it.each([
    [{ id: 1, problem: "forbidden" }, "forbidden", ""],
    [
      { id: 1, more: true, problem: "unsupported", detail: "services-no-systemd" },
      "unsupported",
      "services-no-systemd",
    ],
    [{ id: 1, problem: "service-failed", detail: "x".repeat(300) }, "service-failed", "x".repeat(256)],
  ])("that was not done says why", async (answer, problem, detail) => {
    const c = caller();
    const outcome = c.made.run(LIST);
    c.answer(answer);
    expect(await outcome).toEqual({ ok: false, problem, detail });
  });

  it("whose answer has no end is given up", async () => {
    const c = caller();
    const outcome = c.made.run(LIST);
    for (let n = 0; n < 100; n += 1) c.answer({ id: 1, more: true, result: part(...new Array(300).fill(n)) });
    expect(await outcome).toMatchObject({ ok: false, problem: "too-much" });
  });

  it("without a connection, without an answer, or cut off in the middle says so", async () => {
    expect(await caller(false).made.run(LIST)).toMatchObject({ problem: "not-connected" });
    const silent = caller();
    const unanswered = silent.made.run(LIST);
    silent.clock.pass(60_000);
    expect(await unanswered).toMatchObject({ problem: "no-answer" });
    const cut = caller();
    const half = cut.made.run(LIST);
    cut.answer({ id: 1, more: true, result: part(1) });
    cut.made.interrupted();
    cut.answer({ id: 1, result: part(2) });
    expect(await half).toMatchObject({ ok: false, problem: "interrupted" });
  });
});
