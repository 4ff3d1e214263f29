import { describe, expect, it } from "vitest";
import { InputSender, MOVE_INTERVAL_MS, type NumberedInput, REPEAT_AFTER_MS, TEXT_BATCH_MS } from "./sender";

function sender() {
  const log: string[] = [];
  let now_ms = 0;
  let tasks: { at_ms: number; task: () => void }[] = [];
  const port = {
    sendControl: (input: NumberedInput) => log.push(`control ${shown(input)}`),
    sendPointer: (input: NumberedInput) => log.push(`pointer ${shown(input)}`),
    after: (delay_ms: number, task: () => void) => {
      const entry = { at_ms: now_ms + delay_ms, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
  };
  return {
    input: new InputSender(port),
    sent: () => log.splice(0),
    pass(by_ms: number) {
      const end_ms = now_ms + by_ms;
      for (;;) {
        const next = tasks.filter((entry) => entry.at_ms <= end_ms).sort((a, b) => a.at_ms - b.at_ms)[0];
        if (next === undefined) break;
        tasks = tasks.filter((other) => other !== next);
        now_ms = next.at_ms;
        next.task();
      }
      now_ms = end_ms;
    },
  };
}

function shown(input: NumberedInput): string {
  if ("move" in input) return `${input.number}/${input.moveNumber} ${input.move.x},${input.move.y}`;
  return `${input.number} ${input.event.kind === "text" ? input.event.text : input.event.kind}`;
}

describe("input sender", () => {
  it("sends a key on both channels at once and once more 30 ms later, with one number", () => {
    const s = sender();
    s.input.send({ kind: "key", code: "Enter", pressed: true });
    expect(s.sent()).toEqual(["control 1 key", "pointer 1 key"]);
    s.pass(REPEAT_AFTER_MS);
    expect(s.sent()).toEqual(["pointer 1 key"]);
  });

  it("gathers text of one frame and sends it before the key that follows", () => {
    const s = sender();
    s.input.send({ kind: "text", text: "가" });
    s.input.send({ kind: "text", text: "나" });
    expect(s.sent()).toEqual([]);
    s.input.send({ kind: "key", code: "Enter", pressed: true });
    expect(s.sent()).toEqual(["control 1 가나", "pointer 1 가나", "control 2 key", "pointer 2 key"]);
    s.input.send({ kind: "text", text: "다" });
    s.pass(TEXT_BATCH_MS);
    expect(s.sent()).toEqual(["control 3 다", "pointer 3 다"]);
  });

  it("sends the newest position only, and the last one twice", () => {
    const s = sender();
    s.input.move({ x: 1, y: 1 });
    s.input.move({ x: 2, y: 2 });
    s.input.move({ x: 3, y: 3 });
    expect(s.sent()).toEqual(["pointer 0/1 1,1"]);
    s.pass(MOVE_INTERVAL_MS);
    expect(s.sent()).toEqual(["pointer 0/2 3,3"]);
    s.pass(MOVE_INTERVAL_MS + REPEAT_AFTER_MS);
    expect(s.sent()).toEqual(["pointer 0/2 3,3"]);
  });

  it("lets a click overtake a waiting move", () => {
    const s = sender();
    s.input.move({ x: 1, y: 1 });
    s.input.move({ x: 2, y: 2 });
    s.input.send({ kind: "button", button: "left", pressed: true, at: { x: 2, y: 2 } });
    s.pass(MOVE_INTERVAL_MS);
    expect(s.sent()).toEqual(["pointer 0/1 1,1", "control 1 button", "pointer 1 button"]);
  });

  it("is silent after its end", () => {
    const s = sender();
    s.input.send({ kind: "text", text: "끝" });
    s.input.close();
    expect(s.sent()).toEqual(["control 1 끝", "pointer 1 끝"]);
    s.input.send({ kind: "release-all" });
    s.pass(100);
    expect(s.sent()).toEqual([]);
  });
});
