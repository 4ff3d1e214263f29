import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { type Files, FilesProblem } from "./files";
import { TransferQueue } from "./queue";
import { useRemoteFolder } from "./use-remote-folder";

const HOME = { path: "/home/kim", name: "kim", kind: "home" };

function panel(browses = true) {
  let places = (_: (typeof HOME)[]) => {};
  let fails = (_: Error) => {};
  const answer = new Promise<(typeof HOME)[]>((resolve, reject) => {
    places = resolve;
    fails = reject;
  });
  const files = {
    queue: new TransferQueue(() => 0),
    places: () => answer,
    list: async () => ({ entries: [] }),
  } as unknown as Files;
  const { result } = renderHook(() => useRemoteFolder(files, browses));
  return { places, fails, remote: () => result.current };
}

const settled = () => act(async () => undefined);

it("F-02: what is sent before the customer's folder is known waits for it, and goes there", async () => {
  const at = panel();
  let target: string | undefined;
  void at
    .remote()
    .target()
    .then((folder) => (target = folder));
  await settled();
  expect(target).toBeUndefined();
  at.places([HOME]);
  await settled();
  expect(target).toBe("/home/kim");
  expect(await at.remote().target()).toBe("/home/kim");
});

it("F-02: where no folder can be shown, what is sent goes to the customer's downloads", async () => {
  expect(await panel(false).remote().target()).toBe("");
  const at = panel();
  const target = at.remote().target();
  at.fails(new FilesProblem("files-failed"));
  await settled();
  expect(await target).toBe("");
});
