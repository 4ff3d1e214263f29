import { expect, it } from "vitest";
import type { Entry } from "./files";
import { numbered, ownProblem } from "./local-folder";
import { above, below, walkRemote } from "./remote-walk";
import { sortEntries } from "./sort-entries";

function entry(name: string, kind: Entry["kind"], size_bytes = 0, modified_ms = 0): Entry {
  return { name, kind, size_bytes, modified_ms, link: false };
}

it("folders stand first, and names as people order them [F-02]", () => {
  const entries = [
    entry("파일 10", "file"),
    entry("파일 9", "file"),
    entry("나", "folder"),
    entry("가", "folder"),
  ];
  const names = (descending: boolean) =>
    sortEntries(entries, { column: "name", descending }, "ko").map(({ name }) => name);
  expect(names(false)).toEqual(["가", "나", "파일 9", "파일 10"]);
  expect(names(true)).toEqual(["나", "가", "파일 10", "파일 9"]);
});

it("files are sorted by size and time [F-02]", () => {
  const entries = [entry("a", "file", 2, 1), entry("b", "file", 1, 2)];
  const first = (column: "size" | "modified") =>
    sortEntries(entries, { column, descending: false }, "en")[0]?.name;
  expect([first("size"), first("modified")]).toEqual(["b", "a"]);
});

it("both sides number a second file in the same way [F-02]", () => {
  expect(["a.txt", "a", ".profile", "보고서.tar.gz"].map((name) => numbered(name, 2))).toEqual([
    "a (2).txt",
    "a (2)",
    ".profile (2)",
    "보고서.tar (2).gz",
  ]);
});

it("what cannot be read on this computer has its words [F-02]", () => {
  const told = ["NotAllowedError", "NotFoundError", "NotReadableError", "UnknownError"].map((name) =>
    ownProblem(new DOMException("", name)),
  );
  expect(told).toEqual(["files-own-denied", "files-own-changed", "files-own-changed", "files-own-failed"]);
  expect(ownProblem(new TypeError())).toBe("files-own-failed");
});

it("paths go up and down [F-02]", () => {
  expect([below("/", "a"), below("/a", "b"), above("/a/b"), above("/a"), above("/")]).toEqual([
    "/a",
    "/a/b",
    "/a",
    "/",
    "/",
  ]);
});

it("a folder as a whole is its files, and no link is followed into a circle [F-02]", async () => {
  const folders: Record<string, Entry[]> = {
    "/x/f": [entry("a", "file"), entry("g", "folder"), { ...entry("loop", "folder"), link: true }],
    "/x/f/g": [entry("b", "file"), entry("pipe", "other")],
  };
  const list = (path: string) =>
    Promise.resolve({ entries: folders[path] ?? [], cut: false, unnamed: 0, writable: true, free_bytes: 0 });
  const entries = [entry("f", "folder"), entry("c", "file")];
  const { files } = await walkRemote({ list }, "/x", entries, new AbortController().signal);
  expect(files.map(({ path, names }) => [path, names.join("/")])).toEqual([
    ["/x/f/a", "f/a"],
    ["/x/f/g/b", "f/g/b"],
    ["/x/c", "c"],
  ]);
});
