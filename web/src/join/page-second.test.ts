import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { SecondRole } from "../generated/proto/beside/v1/common_pb";
import { PeerMessageSchema } from "../generated/proto/beside/v1/peer_pb";
import {
  HandedOverSchema,
  type SecondOperator,
  SecondOperatorSchema,
} from "../generated/proto/beside/v1/signalling_pb";
import { TestClock } from "../shared/session/test-clock";
import type { BrowserPeerUser } from "./browser-peer";
import type { PeerBody } from "./console-port";
import { PageSecond } from "./page-second";
import { Turns } from "./turns";

const ID = new Uint8Array(16).fill(9);

/** A page that shares, to whom another operator is announced. `log`: what left it. */
function page({ invite = true, unasked = false } = {}) {
  const clock = new TestClock();
  const turns = new Turns(clock.after);
  const log: string[] = [];
  const may = { invite, unasked, chats: true };
  let user: BrowserPeerUser | null = null;
  const name = (body: PeerBody) => {
    if (body.case === "chat") return `chat ${body.value.text} of ${body.value.name || "you"}`;
    if (body.case === "operatorsNow") return `operators ${body.value.second}`;
    if (body.case === "permissionsNow") return `may chat ${body.value.permissions?.mayChat}`;
    return `${body.case}`;
  };
  const made = new PageSecond({
    now: clock.now,
    after: clock.after,
    turns,
    report: (event) => {
      if (event.case === "secondAnswered")
        log.push(
          `record ${event.value.allowed === true ? "allowed" : "refused"}${event.value.unasked === true ? ", told" : ""}`,
        );
    },
    refuse: (what) => log.push(`refuses ${what}`),
    send: (body) => {
      if (body.case === "second")
        log.push(`server ${body.value.act?.case} ${body.value.act?.value === true}`);
    },
    tellOperator: (body) => {
      log.push(`operator: ${name(body)}`);
      return true;
    },
    createPeer: (made) => {
      user = made;
      return {
        accept: async (_sdp, { track, talk, screen }) =>
          void log.push(`answers ${track() !== null} ${talk} ${screen}`),
        share: async (track) => void log.push(track === null ? "shows nothing" : "shows"),
        say: () => {},
        addCandidate: async () => {},
        send: (body) => {
          log.push(`second: ${name(body)}`);
          return true;
        },
        close: () => log.push("closes"),
      };
    },
    may: () => may,
    paused: () => false,
    track: () => ({}) as MediaStreamTrack,
    operator: () => "이상담",
    chatCame: (_id, text, from) => log.push(`reads ${text} of ${from}`),
    earlier: () => [],
    handedOver: (to) => log.push(`handed over to ${to}`),
  });
  const says = (act: MessageInitShape<typeof SecondOperatorSchema>["act"], chat = true) => {
    const init = {
      operatorId: ID,
      name: "박두번\u202e",
      may: { mayView: true, mayChat: chat },
      ...(act && { act }),
    };
    made.says(
      fromBinary(SecondOperatorSchema, toBinary(SecondOperatorSchema, create(SecondOperatorSchema, init))),
    );
  };
  const asked = (role: SecondRole) => says({ case: "asked", value: role });
  const peer = (body: PeerBody) => user?.message(create(PeerMessageSchema, { body }));
  const press = (allowed: boolean) => {
    clock.pass(500);
    made.answer(made.view.get()?.no ?? 0, allowed);
  };
  const comes = async () => {
    says({ case: "offer", value: { description: { sdp: "v=0" } } });
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    user?.connected(true);
    user?.opened();
  };
  return { made, may, clock, turns, says, asked, peer, press, comes, told: () => log.splice(0) };
}

it("S-10 on: nobody is answered before the customer's press, nor without it", async () => {
  const p = page();
  p.says({ case: "offer", value: { description: { sdp: "v=0" } } });
  expect(p.told()).toEqual(["refuses second-not-agreed"]);
  p.asked(SecondRole.VIEW);
  p.asked(SecondRole.VIEW);
  expect(p.made.view.get()).toMatchObject({ stage: "asked", takesOver: false });
  // What a name could turn around is gone from it.
  expect(p.made.view.get()?.name).not.toContain("\u202e");
  p.clock.pass(60_000);
  await p.comes();
  expect(p.told()).toEqual(["refuses second-not-agreed"]);
  p.press(false);
  expect(p.told()).toEqual(["record refused", "server allowed false"]);
  expect(p.made.view.get()).toBeNull();
  p.asked(SecondRole.VIEW);
  p.made.answer(2, true);
  expect(p.told()).toEqual([]);
  p.press(true);
  expect(p.told()).toEqual(["record allowed", "server allowed true"]);
});

it("their question waits for the one that stands, and a press counts once it was seen", () => {
  const p = page();
  const other = p.turns.take(() => {});
  p.asked(SecondRole.VIEW);
  p.press(true);
  expect([p.told(), p.made.view.get()?.turn]).toEqual([[], "waits"]);
  other();
  p.made.answer(1, true);
  expect([p.told(), p.made.view.get()?.turn]).toEqual([[], "shown"]);
  p.press(true);
  expect(p.told()).toEqual(["record allowed", "server allowed true"]);
  // Its place is free again.
  p.turns.take((turn) => expect(turn).toBe("shown"));
});

it("F-18 allowed: they see and chat, both consoles hear who is there, and neither voice nor screen of theirs is taken", async () => {
  const p = page({ unasked: true });
  p.asked(SecondRole.VIEW);
  expect(p.told()).toEqual(["record allowed, told", "server allowed true"]);
  await p.comes();
  const told = p.told();
  expect(told).toContain("answers true false false");
  expect(told.some((line) => line.startsWith("operator: operators 박두번"))).toBe(true);
  expect(told).toContain("second: may chat true");
  p.peer({ case: "chat", value: { id: ID, text: "안녕하세요" } });
  expect(p.told().join()).toMatch(/^reads 안녕하세요 of 박두번/);
  const line = { key: "1", id: ID, own: false, text: "네", at_ms: 1, name: "", delivery: null } as const;
  p.made.reads(line);
  p.made.reads({ ...line, name: p.made.name });
  expect(p.told()).toEqual(["second: chat 네 of 이상담"]);
  const ofSession: PeerBody[] = [
    { case: "setVoice", value: { on: true } },
    { case: "setRecording", value: { on: true } },
    { case: "askPart", value: {} },
    { case: "setOperatorScreen", value: { on: true } },
  ];
  for (const body of ofSession) {
    p.peer(body);
    expect(p.told()).toEqual(["refuses second-forbidden"]);
  }
  p.says(undefined, false);
  p.told();
  p.peer({ case: "chat", value: { id: ID, text: "더" } });
  p.made.reads(line);
  expect(p.told()).toEqual(["refuses chat-forbidden"]);
});

it("F-18 forbidden: without the right nobody comes in, and with it taken back they go", async () => {
  const p = page({ invite: false });
  p.asked(SecondRole.VIEW);
  expect(p.told()).toEqual(["refuses second-forbidden", "record refused", "server allowed false"]);
  p.may.invite = true;
  p.asked(SecondRole.VIEW);
  p.press(true);
  await p.comes();
  p.told();
  p.may.invite = false;
  p.made.settle();
  expect(p.told()).toEqual(expect.arrayContaining(["second: bye", "shows nothing", "server left false"]));
  p.clock.pass(300);
  expect(p.told()).toContain("closes");
  expect(p.made.view.get()).toBeNull();
});

it("a session is handed over to whom the customer let in for that, and to nobody else", () => {
  const p = page();
  const handedOver: SecondOperator["act"] = { case: "handedOver", value: create(HandedOverSchema) };
  p.says(handedOver);
  p.asked(SecondRole.VIEW);
  p.press(true);
  p.says(handedOver);
  expect(p.told().join()).not.toContain("handed over");
  p.asked(SecondRole.HAND_OVER);
  p.says(handedOver);
  expect(p.told().join()).not.toContain("handed over");
  p.press(true);
  p.says(handedOver);
  expect(p.told().at(-1)).toMatch(/^handed over to 박두번/);
});
