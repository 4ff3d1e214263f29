import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import type { PermissionsSchema } from "../generated/proto/beside/v1/common_pb";
import { PeerMessageSchema } from "../generated/proto/beside/v1/peer_pb";
import { CustomerToServerSchema, ServerToCustomerSchema } from "../generated/proto/beside/v1/signalling_pb";
import { TestClock } from "../shared/session/test-clock";
import { TestSocket } from "../shared/session/test-socket";
import type { BrowserPeerLink, BrowserPeerUser } from "./browser-peer";
import { Join } from "./join";
import { type JoinMemory, tabMemory } from "./join-memory";
import type { Share } from "./join-port";

type PeerBody = NonNullable<MessageInitShape<typeof PeerMessageSchema>["body"]>;
type Body = NonNullable<MessageInitShape<typeof ServerToCustomerSchema>["body"]>;

/** Of the tab of these tests. */
function newMemory(): JoinMemory {
  sessionStorage.clear();
  return tabMemory(sessionStorage);
}

type Screen = "shares" | "cancels" | "fails";

/** A customer's page with its server, its operator's console and its browser made by hand. `log`: what those are told, and do. */
export function customer(screen: Screen = "shares", memory = newMemory()) {
  const clock = new TestClock();
  const socket = new TestSocket();
  const log: string[] = [];
  const surveys: string[] = [];
  let endShare = () => {};
  let peerUser: BrowserPeerUser | null = null;
  const share: Share = {
    track: {} as MediaStreamTrack,
    stop: () => log.push("share stopped"),
    onEnded: (listener) => {
      endShare = listener;
    },
  };
  const peer: BrowserPeerLink = {
    accept: async (_sdp, { talk }) => void log.push(talk ? "answered with a voice's line" : "answered"),
    share: async (track: unknown) => void log.push(track === null ? "shows nothing" : "shows"),
    say: (track) => log.push(track === null ? "says nothing" : "says"),
    addCandidate: async () => {},
    send: (body) => {
      if (body.case === "paused") log.push(body.value.on === true ? "paused" : "goes on");
      if (body.case === "rightAnswer") log.push(`right ${body.value.id} ${body.value.answer}`);
      if (body.case === "chat" || body.case === "chatEarlier")
        log.push(
          `${body.case} ${body.case === "chat" ? body.value.text : body.value.lines?.map(({ text }) => text)}`,
        );
      return true;
    },
    close: () => log.push("peer closed"),
  };
  const join = new Join({
    socket: socket.port(clock),
    now: clock.now,
    random: (length) => new Uint8Array(length),
    language: () => "ko",
    machine: () => ({ os: "Linux", osVersion: "Chrome 156" }),
    memory,
    capture: async () => {
      log.push("captured");
      if (screen === "fails") throw new Error("no screen");
      return screen === "cancels" ? null : share;
    },
    createPeer: (user) => {
      peerUser = user;
      return peer;
    },
    survey: {
      find: async (token) => {
        surveys.push(token);
        return { stage: "asked", receipt: null, copy: false };
      },
      copy: async () => null,
      answer: async () => null,
      after: clock.after,
    },
    sound: {
      openMicrophone: async () => {
        log.push("microphone opened");
        return {
          track: {} as MediaStreamTrack,
          setOn: () => {},
          level: () => 60,
          close: () => log.push("microphone closed"),
        };
      },
      play: () => {
        log.push("plays");
        const close = () => log.push("plays no more");
        return { setOn: () => {}, useSpeaker: () => {}, level: () => 40, close };
      },
    },
  });
  const say = (body: Body) =>
    socket.say(toBinary(ServerToCustomerSchema, create(ServerToCustomerSchema, { body })));
  const sent = () =>
    socket.sent.splice(0).map((bytes) => fromBinary(CustomerToServerSchema, bytes).body.case);
  const peerSays = (body: PeerBody) => peerUser?.message(create(PeerMessageSchema, { body }));
  const opens = () => peerUser?.opened();
  return {
    clock,
    socket,
    join,
    say,
    sent,
    log,
    surveys,
    peerSays,
    peer: () => peerUser,
    opens,
    endShare: () => endShare(),
    state: () => join.state.get(),
  };
}

export const welcome = (consentAfterOperator = true) => ({
  case: "welcome" as const,
  value: {
    company: "데모",
    service: "원격지원",
    consentAfterOperator,
    offered: { mayView: true, mayChat: true },
    offeredToApp: { mayView: true, mayControl: true, mayChat: true },
    resumeToken: new TextEncoder().encode("f00d"),
  },
});
export const operator = { case: "operatorJoined" as const, value: { name: "김상담" } };
export const offer = { case: "offer" as const, value: { description: { sdp: "v=0" } } };

/** The sheet is there, with the operator; `may`: what it offers beside the picture and the chat. */
export function joined(screen?: Screen, may: MessageInitShape<typeof PermissionsSchema> = {}) {
  const c = customer(screen);
  c.join.connect("123456");
  c.socket.accept();
  const { value } = welcome();
  c.say({ case: "welcome", value: { ...value, offered: { ...value.offered, ...may } } });
  c.say(operator);
  c.sent();
  return c;
}
