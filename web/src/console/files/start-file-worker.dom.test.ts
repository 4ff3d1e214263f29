import { afterEach, expect, it, vi } from "vitest";
import type { News } from "./file-work";
import { startFileWorker } from "./start-file-worker";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A worker that the test plays. */
function playing() {
  const worker = { onmessage: (_: { data: object }) => {}, postMessage: vi.fn(), terminate: vi.fn() };
  vi.stubGlobal(
    "Worker",
    class {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: the code under test is to get this very object.
        return worker;
      }
    },
  );
  const told: News[] = [];
  return { worker, told, files: startFileWorker((news) => told.push(news)) };
}

it("ends the worker when what was to be dropped is dropped [F-02]", () => {
  const { worker, told, files } = playing();
  files.order({ kind: "drop", key: 1 });
  files.close();
  expect(worker.postMessage.mock.calls).toEqual([[{ kind: "drop", key: 1 }], [{ kind: "end" }]]);
  expect(worker.terminate).not.toHaveBeenCalled();
  worker.onmessage({ data: { kind: "ended" } });
  expect(worker.terminate).toHaveBeenCalledOnce();
  expect(told).toEqual([]);
});

it("waits for no worker that hangs [F-02]", () => {
  vi.useFakeTimers();
  const { worker, files } = playing();
  files.close();
  vi.advanceTimersByTime(4_999);
  expect(worker.terminate).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(worker.terminate).toHaveBeenCalledOnce();
});
