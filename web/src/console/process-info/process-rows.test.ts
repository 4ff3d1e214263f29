import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ProcessEntrySchema } from "../../generated/proto/beside/v1/peer_pb";
import { BY_CPU, listed, pressed } from "./process-rows";

const process = (pid: number, name: string, cpuCentipercent: number, memoryBytes: bigint, user = "kim") =>
  create(ProcessEntrySchema, {
    pid,
    name,
    command: `/usr/bin/${name} --x`,
    user,
    cpuCentipercent,
    memoryBytes,
  });

const all = [
  process(30, "xterm", 0, 5n),
  process(4, "firefox", 250, 900n, "lee"),
  process(7, "한글", 0, 70n),
];
const pids = (typed: string, order = BY_CPU) => listed(all, typed, order).map(({ pid }) => pid);

describe("the list of processes", () => {
  it("has the busiest first, and equal ones by their number", () => {
    expect(pids("")).toEqual([4, 7, 30]);
  });

  it("is found by name, command, account and number", () => {
    expect(pids("FIRE")).toEqual([4]);
    expect(pids("--x")).toEqual([4, 7, 30]);
    expect(pids(" lee ")).toEqual([4]);
    expect(pids("30")).toEqual([30]);
    expect(pids("한")).toEqual([7]);
    expect(pids("none")).toEqual([]);
  });

  it("is sorted by a press, and the other way by a second one", () => {
    const byMemory = pressed(BY_CPU, "memory");
    expect(pids("", byMemory)).toEqual([4, 7, 30]);
    expect(pids("", pressed(byMemory, "memory"))).toEqual([30, 7, 4]);
    expect(pids("", pressed(BY_CPU, "name"))).toEqual([4, 30, 7]);
  });
});
