import { render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TransferQueue } from "./queue";
import { useDone } from "./use-done";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("looks once for many files that are done, again for later ones, and never for another direction [F-02]", () => {
  const queue = new TransferQueue(() => 0);
  const look = vi.fn();
  const Looking = () => {
    useDone(queue, "send", look);
    return null;
  };
  const { unmount } = render(<Looking />);
  const done = (direction: "send" | "fetch") =>
    queue.change(queue.add(direction, "a", 1, "ask").id, { state: "done" });
  for (let no = 0; no < 100; no += 1) done("send");
  expect(look).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(1_000);
  expect(look).toHaveBeenCalledTimes(1);
  done("fetch");
  vi.advanceTimersByTime(1_000);
  expect(look).toHaveBeenCalledTimes(1);
  done("send");
  vi.advanceTimersByTime(1_000);
  expect(look).toHaveBeenCalledTimes(2);
  done("send");
  unmount();
  vi.advanceTimersByTime(1_000);
  expect(look).toHaveBeenCalledTimes(2);
});
