import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it, vi } from "vitest";
import { PeerMessageSchema } from "../../generated/proto/beside/v1/peer_pb";
import { TestClock } from "../../shared/session/test-clock";
import { DROPPED_MAX, MESSAGES_BURST, MESSAGES_PER_S, MessageInlet } from "./message-inlet";

function bytesOf(what: string): ArrayBuffer {
  const message = create(PeerMessageSchema, { body: { case: "refused", value: { what } } });
  return new Uint8Array(toBinary(PeerMessageSchema, message)).buffer;
}

function inlet() {
  const clock = new TestClock();
  const user = { message: vi.fn(), flooded: vi.fn() };
  return { clock, user, subject: new MessageInlet(user, clock.now) };
}

describe("the messages of a customer", () => {
  it("are read, and what is none is counted", () => {
    const { subject, user } = inlet();
    subject.receive(bytesOf("own-window"));
    for (const bad of ["text", Uint8Array.of(255, 255).buffer, new ArrayBuffer(16 * 1024 + 1)]) {
      subject.receive(bad);
    }
    expect(user.message.mock.calls.map(([message]) => message.body.value.what)).toEqual(["own-window"]);
    expect(subject.unreadable).toBe(3);
  });

  it("are dropped where they are too many, and taken again later", () => {
    const { clock, subject, user } = inlet();
    const flood = () => {
      user.message.mockClear();
      for (let n = 0; n < 1_500; n += 1) subject.receive(bytesOf("own-window"));
      return user.message.mock.calls.length;
    };
    expect(flood()).toBe(MESSAGES_BURST);
    clock.pass(1_000);
    expect(flood()).toBe(MESSAGES_PER_S);
    clock.pass(60_000);
    expect(flood()).toBe(MESSAGES_BURST);
    expect(user.flooded).not.toHaveBeenCalled();
  });

  it("are a flood where it goes on, told once for so many", () => {
    const { subject, user } = inlet();
    for (let n = 0; n < MESSAGES_BURST + 2 * DROPPED_MAX - 1; n += 1) subject.receive(bytesOf("own-window"));
    expect(user.flooded).toHaveBeenCalledTimes(1);
    subject.receive("no message");
    expect(user.flooded).toHaveBeenCalledTimes(2);
  });
});
