import { expect, it } from "vitest";
import { TestClock } from "../shared/session/test-clock";
import { Turns } from "./turns";

function asked() {
  const clock = new TestClock();
  const turns = new Turns(clock.after);
  const log: string[] = [];
  const take = (name: string) => turns.take((turn) => log.push(`${name} ${turn}`));
  return { clock, turns, take, told: () => log.splice(0) };
}

it("one question stands at a time, and its moment begins when it is shown", () => {
  const { clock, take, told } = asked();
  const first = take("first");
  const second = take("second");
  expect(told()).toEqual(["first shown", "second waits"]);
  clock.pass(499);
  expect(told()).toEqual([]);
  clock.pass(1);
  expect(told()).toEqual(["first ready"]);
  clock.pass(60_000);
  first();
  expect(told()).toEqual(["second shown"]);
  clock.pass(499);
  expect(told()).toEqual([]);
  clock.pass(1);
  expect(told()).toEqual(["second ready"]);
  second();
  clock.pass(60_000);
  expect(told()).toEqual([]);
});

it("one that waits leaves without a trace, and one that is withdrawn is never ready", () => {
  const { clock, take, told } = asked();
  const first = take("first");
  take("second")();
  first();
  first();
  expect(told()).toEqual(["first shown", "second waits"]);
  clock.pass(60_000);
  expect(told()).toEqual([]);
});

it("what moved has to stand for its moment anew", () => {
  const { clock, turns, take, told } = asked();
  turns.anew();
  take("first");
  clock.pass(500);
  turns.anew();
  expect(told()).toEqual(["first shown", "first ready", "first shown"]);
  clock.pass(499);
  turns.anew();
  clock.pass(499);
  expect(told()).toEqual(["first shown"]);
  clock.pass(1);
  expect(told()).toEqual(["first ready"]);
});
