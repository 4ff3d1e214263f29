import { expect, it } from "vitest";
import type { Entry, Folder } from "./files";
import { FOUND_MAX } from "./local-folder";
import { walkRemote } from "./remote-walk";

const entry = (name: string, kind: Entry["kind"], link = false): Entry => ({
  name,
  kind,
  link,
  size_bytes: 1,
  modified_ms: 1,
});

/** A customer's app that tells the same of every folder. */
function telling(...entries: Entry[]) {
  const asked: string[] = [];
  const list = (path: string): Promise<Folder> => {
    asked.push(path);
    return Promise.resolve({ entries, cut: false, unnamed: 0, writable: true, free_bytes: 0 });
  };
  return { asked, list };
}

const open = () => new AbortController().signal;

it("finds the files below folders, and follows no link to one [F-02]", async () => {
  const app = telling(entry("a", "file"), entry("link", "folder", true), entry("pipe", "other"));
  const { files, cut } = await walkRemote(app, "/home", [entry("x", "folder")], open());
  expect(files.map(({ path, names }) => [path, names])).toEqual([["/home/x/a", ["x", "a"]]]);
  expect([app.asked, cut]).toEqual([["/home/x"], false]);
});

it("comes to an end where the customer's app names ever more folders [F-02]", async () => {
  const deep = telling(entry("x", "folder"));
  expect((await walkRemote(deep, "/", [entry("x", "folder")], open())).cut).toBe(true);
  expect(deep.asked).toHaveLength(64);
  const wide = telling(entry("x", "folder"), entry("y", "folder"));
  expect((await walkRemote(wide, "/", [entry("x", "folder")], open())).cut).toBe(true);
  expect(wide.asked).toHaveLength(FOUND_MAX);
});

it("ends with the panel [F-02]", async () => {
  const panel = new AbortController();
  const app = telling(entry("x", "folder"), entry("a", "file"));
  const list = (path: string) => {
    if (app.asked.length === 3) panel.abort();
    return app.list(path);
  };
  await walkRemote({ list }, "/", [entry("x", "folder")], panel.signal);
  expect(app.asked).toHaveLength(4);
});
