import { expect, it } from "vitest";
import { RecordingState_State as State } from "../generated/proto/beside/v1/peer_pb";
import { PageRecording } from "./page-recording";

function bench() {
  const log: string[] = [];
  let now = 0;
  const recording = new PageRecording({
    now: () => now,
    report: (event) => {
      if (event.case === "recordingChanged") log.push(`record ${event.value.on}`);
      if (event.case === "copyAsked") log.push("copy");
    },
    tell: (state) => void log.push(State[state]),
    refuse: (what) => void log.push(what),
  });
  const ask = (on: boolean) => {
    now += 1_000;
    recording.ask(on);
  };
  return { recording, log, ask, told: () => log.splice(0) };
}

it("S-15: begins with the session where that is set, and else waits for the operator", () => {
  const first = bench();
  first.recording.allow(true, true);
  expect(first.told()).toEqual([]);
  first.recording.connect(true);
  expect(first.told()).toEqual(["ON", "record true"]);
  first.ask(false);
  expect(first.told()).toEqual(["OFF", "record false"]);
  // What the operator chose stays, also for another connection.
  first.recording.connect(false);
  first.recording.connect(true);
  expect(first.told()).toEqual(["OFF"]);
  const second = bench();
  second.recording.allow(true, false);
  second.recording.connect(true);
  second.ask(true);
  expect(second.told()).toEqual(["OFF", "ON", "record true"]);
});

it("F-13: a copy is asked for once, where the company gives it and something was recorded", () => {
  const { recording, ask, told } = bench();
  recording.allow(true, false, true);
  recording.connect(true);
  recording.askCopy();
  expect([recording.copy, told()]).toEqual(["none", ["OFF"]]);
  ask(true);
  ask(false);
  told();
  expect(recording.copy).toBe("offered");
  recording.askCopy();
  recording.askCopy();
  expect([recording.copy, told()]).toEqual(["asked", ["copy"]]);
  const none = bench();
  none.recording.allow(true, true, false);
  none.recording.connect(true);
  none.told();
  none.recording.askCopy();
  expect([none.recording.copy, none.told()]).toEqual(["none", []]);
});

it("F-13 forbidden: a console that asks without leave is refused, and not more often than a hand asks", () => {
  const { recording, ask, told, log } = bench();
  recording.allow(false, true);
  recording.connect(true);
  ask(true);
  expect(told()).toEqual(["FORBIDDEN", "recording-forbidden"]);
  for (let turn = 0; turn < 100; turn += 1) recording.ask(true);
  expect(log).toEqual([]);
});

it("the customer takes it back and gives it again, and then it waits for the operator", () => {
  const { recording, ask, told } = bench();
  recording.allow(true, true);
  recording.connect(true);
  told();
  recording.setAllowed(false);
  expect(told()).toEqual(["FORBIDDEN", "record false"]);
  ask(true);
  expect(told()).toEqual(["recording-forbidden"]);
  recording.setAllowed(true);
  expect(told()).toEqual(["OFF"]);
});

it("X-10: a pause holds it, nothing can be begun in one, and it goes on afterwards", () => {
  const { recording, ask, told } = bench();
  recording.allow(true, true);
  recording.connect(true);
  told();
  recording.pause(true);
  expect(told()).toEqual(["HELD", "record false"]);
  ask(true);
  expect(told()).toEqual(["session-paused"]);
  recording.pause(false);
  expect(told()).toEqual(["ON", "record true"]);
  recording.connect(false);
  expect(told()).toEqual(["record false"]);
});
