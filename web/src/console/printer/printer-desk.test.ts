import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import {
  PrinterNewsSchema,
  PrinterState_State as State,
  PrintedDocument_State as Told,
} from "../../generated/proto/beside/v1/peer_pb";
import { Store } from "../../shared/session/store";
import { HOSTILE_TEXTS } from "../../shared/test-hostile-texts";
import type { Job } from "../files/queue";
import { pdfName } from "./printed-file";
import { PrinterDesk } from "./printer-desk";

function desk() {
  const jobs = new Store<readonly Job[]>([]);
  const fetched: { document: number; finished: (file: File) => void }[] = [];
  const told: unknown[] = [];
  const forgotten: File[] = [];
  const made = new PrinterDesk({
    tell: (body) => told.push(body) > 0,
    fetch: (document, name, size_bytes, finished) => {
      fetched.push({ document, finished });
      const start = {
        direction: "fetch",
        moved_bytes: 0,
        state: "running",
        why: "",
        there: null,
        rule: "ask",
      } as const;
      jobs.set([...jobs.get(), { ...start, id: fetched.length, name, size_bytes }]);
      return fetched.length;
    },
    jobs,
    forget: (file) => forgotten.push(file),
  });
  const document = (number: number, state: Told, why = "") =>
    made.told(
      create(PrinterNewsSchema, {
        news: {
          case: "document",
          value: { document: number, state, name: "보고서.pdf", pages: 3, sizeBytes: 9n, why },
        },
      }),
    );
  const job = (id: number, part: Partial<Job>) =>
    jobs.set(jobs.get().map((each) => (each.id === id ? { ...each, ...part } : each)));
  const states = () => made.documents.get().map(({ state }) => state);
  return { made, fetched, told, forgotten, document, job, states };
}

const PDF = new File(["%PDF-1.4"], "private");

it("a document is fetched when it is ready, once, and nothing opens it [S-12]", () => {
  const { made, fetched, document, states, forgotten } = desk();
  document(1, Told.ARRIVING);
  expect([fetched.length, states()]).toEqual([0, ["arriving"]]);
  document(1, Told.READY);
  document(1, Told.READY);
  expect([fetched.length, states()]).toEqual([1, ["fetching"]]);
  fetched[0]?.finished(PDF);
  expect([states(), made.news.get()]).toEqual([["here"], 1]);
  expect(made.documents.get()[0]).toMatchObject({ name: "보고서.pdf", pages: 3, file: PDF });
  made.discard(1);
  expect([states(), made.news.get(), forgotten]).toEqual([[], null, [PDF]]);
});

it("one that did not arrive is fetched again, and one that is gone says why", () => {
  const { made, fetched, document, job, states } = desk();
  document(1, Told.READY);
  job(1, { moved_bytes: 5 });
  expect(made.documents.get()[0]?.moved_bytes).toBe(5);
  job(1, { state: "failed", why: "files-digest" });
  expect(made.documents.get()[0]).toMatchObject({ state: "failed", why: "files-digest" });
  made.again(1);
  expect([fetched.length, states()]).toEqual([2, ["fetching"]]);
  document(2, Told.ARRIVING);
  document(2, Told.GONE, "print-too-large");
  expect(made.documents.get()[0]).toMatchObject({ state: "gone", why: "print-too-large" });
});

it("a connection that is lost takes what still came to the app, and numbers begin anew with the app", () => {
  const { made, fetched, document, states } = desk();
  document(1, Told.READY);
  fetched[0]?.finished(PDF);
  document(2, Told.ARRIVING);
  made.interrupted();
  expect(states()).toEqual(["here"]);
  document(1, Told.READY);
  expect(states()).toEqual(["fetching", "here"]);
});

it("the printer is turned off and on, and says where it stands", () => {
  const { made, told } = desk();
  made.setOn(false);
  expect(told).toEqual([{ case: "setPrinter", value: { on: false } }]);
  const value = { state: State.UNAVAILABLE, name: "", lacks: "printer-no-cups" };
  made.told(create(PrinterNewsSchema, { news: { case: "state", value } }));
  expect(made.now.get()).toEqual({ state: "unavailable", name: "", lacks: "printer-no-cups" });
});

it("a discarded document that still comes is not kept", () => {
  const { made, fetched, document, forgotten } = desk();
  document(1, Told.READY);
  made.discard(1);
  fetched[0]?.finished(PDF);
  expect([made.documents.get(), forgotten]).toEqual([[], [PDF]]);
});

it("a stranger's name is a file's name", () => {
  expect(pdfName("보고서.pdf")).toBe("보고서.pdf");
  expect(pdfName("../../etc/passwd")).toBe("_.._etc_passwd.pdf");
  expect(pdfName("")).toBe("document.pdf");
  expect(pdfName("a\u202efdp.exe")).toBe("a_fdp.exe.pdf");
  for (const text of HOSTILE_TEXTS) expect(pdfName(text)).toMatch(/^[^\\/:*?"<>|\p{Cc}]+\.pdf$/u);
});
