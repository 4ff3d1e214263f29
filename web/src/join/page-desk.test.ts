import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import {
  Right,
  RightChanged_Change as RightChange,
  VoiceChanged_Change as VoiceChange,
} from "../generated/proto/beside/v1/common_pb";
import {
  RightAnswer_Answer as Answer,
  PeerMessageSchema,
  OperatorScreenState_State as ScreenState,
  VoiceState_State as VoiceState,
  VoiceState_Why as Why,
} from "../generated/proto/beside/v1/peer_pb";
import { TestClock } from "../shared/session/test-clock";
import type { PeerBody } from "./console-port";
import type { Offered } from "./join-state";
import { PageDesk } from "./page-desk";
import { ALL } from "./page-rights";
import { Turns } from "./turns";

const OFFERED: Offered = {
  chat: true,
  capture: true,
  controlByApp: true,
  askPart: true,
  record: true,
  recordAtStart: false,
  recordingRequired: false,
  recordingCopies: false,
  talk: true,
  operatorScreen: true,
  invite: true,
  secondUnasked: false,
  operatorControl: true,
};

/** A desk whose customer agreed to this. `log`: what the console was told, the record has, and the microphone did. */
function desk({ offered = OFFERED, given = ALL, fails = "" } = {}) {
  const clock = new TestClock();
  const log: string[] = [];
  const made = new PageDesk({
    now: clock.now,
    after: clock.after,
    turns: new Turns(clock.after),
    report: (event) => {
      if (event.case === "rightChanged") log.push(`record ${RightChange[event.value.change ?? 0]}`);
      if (event.case === "voiceChanged") log.push(`record voice ${VoiceChange[event.value.change ?? 0]}`);
      if (event.case === "refused") log.push(`record refused ${event.value.what}`);
      if (event.case === "unsupported") log.push(`record ${event.value.what}`);
    },
    tell: (body) => {
      if (body.case === "voiceState")
        log.push(
          `voice ${VoiceState[body.value.state ?? 0]} ${Why[body.value.why ?? 0]} ${body.value.microphoneLacks}`.trim(),
        );
      if (body.case === "operatorScreenState") log.push(`screen ${ScreenState[body.value.state ?? 0]}`);
      if (body.case === "voiceMuted") log.push(body.value.on === true ? "mutes" : "unmutes");
      if (body.case === "rightAnswer") log.push(`right ${Answer[body.value.answer ?? 0]}`);
      if (body.case === "permissionsNow")
        log.push(body.value.permissions?.mayTalk === true ? "may talk" : "may not talk");
      return true;
    },
    say: (track) => log.push(track === null ? "says nothing" : "says"),
    given: () => log.push("consents"),
    answerReversed: () => true,
    secondMayHaveChanged: () => {},
    changed: () => {},
    sound: {
      openMicrophone: async () => {
        if (fails !== "") throw fails;
        log.push("microphone opened");
        return {
          track: {} as MediaStreamTrack,
          setOn: (on) => log.push(on ? "on" : "off"),
          level: () => 60,
          close: () => log.push("closed"),
        };
      },
      play: () => ({
        setOn: () => {},
        useSpeaker: () => {},
        level: () => 40,
        close: () => log.push("plays no more"),
      }),
    },
  });
  made.agreed(offered, given);
  made.opened();
  made.voice.comes({} as MediaStream);
  log.length = 0;
  const says = (body: PeerBody) => made.received(create(PeerMessageSchema, { body }));
  const talk = (on: boolean) => says({ case: "setVoice", value: { on } });
  /** The customer's press on the question that stands. */
  const press = async (allowed: boolean) => {
    clock.pass(500);
    made.rights.answer(made.view.get().question?.no ?? 0, allowed);
    await settled();
  };
  return { made, clock, log, says, talk, press, told: () => log.splice(0) };
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

it("F-14 allowed: the microphone opens by the customer's press alone, and closes with the end", async () => {
  const d = desk();
  d.talk(true);
  expect(d.told()).toEqual(["record ASKED", "voice ASKED UNSPECIFIED"]);
  d.clock.pass(60_000);
  expect(d.told()).toEqual([]);
  await d.press(true);
  expect(d.told()).toEqual([
    ...["record ALLOWED", "consents", "may talk", "record voice STARTED", "voice ON UNSPECIFIED"],
    ...["microphone opened", "on", "says"],
  ]);
  d.made.voice.setMuted(true);
  expect(d.told()).toEqual(["record voice CUSTOMER_MUTED", "off", "mutes"]);
  d.clock.pass(100);
  expect(d.made.voice.levels.get()).toEqual({ said: 0, heard: 40 });
  d.made.voice.end();
  expect(d.told()).toEqual([
    ...[
      "record voice ENDED_BY_CUSTOMER",
      "voice OFF ENDED",
      "says nothing",
      "closed",
      "plays no more",
      "unmutes",
    ],
  ]);
  expect(d.made.voice.view).toBeNull();
});

it("F-14 forbidden: without the permission a console that asks is refused, and nobody is asked", async () => {
  const d = desk({ offered: { ...OFFERED, talk: false } });
  d.talk(true);
  expect(d.told()).toEqual(["record refused voice-forbidden", "voice OFF FORBIDDEN"]);
  d.says({ case: "rightRequest", value: { id: 1, right: Right.TALK } });
  expect(d.told()).toEqual(["record refused right-forbidden", "right FORBIDDEN"]);
  d.made.rights.set("talk", true);
  await d.press(true);
  expect([d.told(), d.made.view.get().question]).toEqual([[], null]);
});

it("a press counts for the question that was read, and not in its first moment", () => {
  const d = desk();
  d.talk(true);
  d.made.rights.answer(1, true);
  d.made.rights.answer(2, true);
  expect(d.told()).toEqual(["record ASKED", "voice ASKED UNSPECIFIED"]);
  d.made.rights.answer(1, false);
  expect(d.told()).toEqual(["record REFUSED", "consents", "may talk", "voice OFF DECLINED"]);
});

it("a switch that is turned on in a question's first moment gives the right, and begins nothing", async () => {
  const d = desk({ given: { ...ALL, talk: false } });
  d.says({ case: "rightRequest", value: { id: 3, right: Right.TALK } });
  d.told();
  d.made.rights.set("talk", true);
  expect(d.told()).toEqual([
    "record ALLOWED",
    "consents",
    "may talk",
    "voice OFF UNSPECIFIED",
    "right ALLOWED",
  ]);
  expect([d.made.view.get().question, d.made.voice.view]).toEqual([null, null]);
  d.made.rights.set("talk", false);
  d.talk(true);
  d.told();
  d.made.rights.set("talk", true);
  expect(d.told()).toEqual(["record GIVEN", "consents", "may talk"]);
  expect([d.made.view.get().question?.right, d.made.voice.view]).toEqual(["talk", null]);
  await d.press(true);
  expect(d.told()).toContain("microphone opened");
  const later = desk({ given: { ...ALL, talk: false } });
  later.says({ case: "rightRequest", value: { id: 3, right: Right.TALK } });
  later.clock.pass(500);
  later.made.rights.set("talk", true);
  expect(later.made.voice.view).not.toBeNull();
});

it("a pause closes the microphone and it opens again after it; the right taken back ends the voice (X-10)", async () => {
  const d = desk();
  d.talk(true);
  await d.press(true);
  d.told();
  d.made.pause(true);
  expect(d.told()).toEqual(["voice HELD UNSPECIFIED", "says nothing", "closed", "plays no more"]);
  d.talk(true);
  expect(d.told()).toEqual(["record refused voice-paused", "voice HELD UNSPECIFIED"]);
  d.made.pause(false);
  await settled();
  expect(d.told()).toEqual(["voice ON UNSPECIFIED", "microphone opened", "on", "says"]);
  d.made.rights.set("talk", false);
  expect(d.told()).toEqual([
    ...["record TAKEN_BACK", "consents", "may not talk", "record voice ENDED", "voice OFF FORBIDDEN"],
    ...["says nothing", "closed", "plays no more"],
  ]);
  d.says({ case: "rightRequest", value: { id: 7, right: Right.TALK } });
  await d.press(true);
  expect(d.told().slice(0, 5)).toEqual([
    "record ASKED",
    "voice ASKED UNSPECIFIED",
    "record ALLOWED",
    "consents",
    "may talk",
  ]);
  expect(d.made.voice.view).not.toBeNull();
});

it("the policy's end of it closes the microphone, and a lost connection as well", async () => {
  const d = desk();
  d.talk(true);
  await d.press(true);
  d.made.offer({ ...OFFERED, talk: false });
  expect(d.told()).toContain("closed");
  expect(d.made.voice.view).toBeNull();
  d.made.offer(OFFERED);
  d.talk(true);
  await d.press(true);
  d.made.left();
  expect(d.told().slice(-4)).toEqual(["record voice ENDED", "says nothing", "closed", "plays no more"]);
  expect(d.made.voice.view).toBeNull();
});

it("says what of the microphone is missing, once in the record", async () => {
  const d = desk({ fails: "denied" });
  d.talk(true);
  await d.press(true);
  expect(d.told().slice(-3)).toEqual([
    "says nothing",
    "record voice-microphone-denied",
    "voice ON UNSPECIFIED voice-microphone-denied",
  ]);
  expect(d.made.voice.view).toMatchObject({ problem: "denied" });
});

it("F-09: the operator's screen is shown after the customer's press, and not in a pause or after the end", async () => {
  const d = desk();
  const stream = {} as MediaStream;
  d.made.screen.comes(stream);
  expect(d.made.screen.shown).toBeNull();
  d.says({ case: "setOperatorScreen", value: { on: true } });
  expect([d.told(), d.made.screen.shown]).toEqual([["record ASKED", "screen ASKED"], null]);
  await d.press(true);
  expect(d.made.screen.shown).toBe(stream);
  d.made.pause(true);
  expect([d.made.screen.view, d.made.screen.shown]).toEqual(["held", null]);
  d.made.pause(false);
  d.made.screen.end();
  expect([d.made.screen.view, d.made.screen.shown]).toEqual([null, null]);
  const forbidden = desk({ offered: { ...OFFERED, operatorScreen: false } });
  forbidden.made.screen.comes(stream);
  forbidden.says({ case: "setOperatorScreen", value: { on: true } });
  expect(forbidden.told()).toEqual(["record refused operator-screen-forbidden", "screen OFF"]);
  expect(forbidden.made.screen.shown).toBeNull();
});

it("a flood of wishes asks once, and makes few lines of the record", () => {
  const d = desk({ given: { ...ALL, invite: false } });
  for (let id = 1; id <= 1_000; id += 1) {
    d.talk(true);
    d.says({ case: "setOperatorScreen", value: { on: true } });
    d.says({ case: "rightRequest", value: { id, right: Right.INVITE } });
  }
  const lines = d.told().filter((line) => line.startsWith("record"));
  expect(lines[0]).toBe("record ASKED");
  expect(lines.length).toBeLessThan(100);
});

it("what the operator's options take is not what the customer takes back: the consent stays", () => {
  const { made } = desk();
  made.offer({ ...OFFERED, record: false, talk: false });
  expect(made.permissions).toMatchObject({ mayRecord: false, mayTalk: false, mayInvite: true });
  expect(made.consent).toMatchObject({ mayRecord: true, mayTalk: true, mayInvite: true });
  made.rights.set("invite", false);
  expect(made.consent).toMatchObject({ mayRecord: true, mayTalk: true, mayInvite: false });
});
