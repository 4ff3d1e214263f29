import { describe, expect, it } from "vitest";
import { EventOutbox } from "./event-outbox";

function outbox() {
  const sent: number[] = [];
  const link = { stands: true };
  const send = ({ sourceSeq }: { sourceSeq?: bigint }) => {
    if (link.stands) sent.push(Number(sourceSeq));
    return link.stands;
  };
  const subject = new EventOutbox(send, () => 5);
  const add = (count: number) => {
    for (let n = 0; n < count; n += 1) subject.add({ case: "sharingStarted", value: {} });
  };
  return { subject, add, link, sent: () => sent.splice(0) };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe("reports that wait for the server (X-9)", () => {
  it("go out a few ahead of what is kept, so that they never fill the way", () => {
    const o = outbox();
    o.add(200);
    expect(o.sent()).toEqual(numbers(1, 64));
    o.subject.kept(10n);
    expect(o.sent()).toEqual(numbers(65, 74));
    o.subject.kept(74n);
    expect(o.sent()).toEqual(numbers(75, 138));
  });

  it("go again after a reconnection, and those that were written meanwhile too", () => {
    const o = outbox();
    o.add(2);
    o.link.stands = false;
    o.add(1);
    o.link.stands = true;
    expect(o.sent()).toEqual([1, 2]);
    o.subject.resend();
    expect(o.sent()).toEqual([1, 2, 3]);
  });

  it("move behind what the server has of an earlier page", () => {
    const o = outbox();
    o.add(2);
    o.sent();
    o.subject.kept(9n);
    expect(o.sent()).toEqual([10, 11]);
    o.subject.kept(11n);
    o.add(1);
    expect(o.sent()).toEqual([12]);
  });
});
