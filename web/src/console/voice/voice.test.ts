import { describe, expect, it, vi } from "vitest";
import { VoiceState_State as State, VoiceState_Why as Why } from "../../generated/proto/beside/v1/peer_pb";
import { TestClock } from "../../shared/session/test-clock";
import { percent, problemOf } from "../../shared/sound/browser-sound";
import type { OpenMicrophone } from "../../shared/sound/sound";
import { Voice } from "./voice";
import { VoiceFloor } from "./voice-floor";
import { voiceText } from "./voice-text";

const nothingKept = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

/** A session's voice over sound that the test plays. `log`: what left it, in order. */
function voice({ floor = new VoiceFloor(nothingKept()), connected = true, fails = "" } = {}) {
  const clock = new TestClock();
  const log: string[] = [];
  const open: { id: string; lost: () => void }[] = [];
  const heard = vi.fn();
  const made = new Voice({
    floor,
    tell: (body) => {
      if (body.case === "setVoice") log.push(body.value.on === true ? "asks" : "ends");
      if (body.case === "voiceMuted") log.push(body.value.on === true ? "mutes" : "unmutes");
      return connected;
    },
    say: (track) => log.push(track === null ? "says nothing" : "says"),
    after: clock.after,
    sound: {
      openMicrophone: async (id, lost): Promise<OpenMicrophone> => {
        if (fails !== "") throw fails;
        open.push({ id, lost });
        return {
          track: { id } as unknown as MediaStreamTrack,
          setOn: (on) => log.push(on ? "microphone on" : "microphone off"),
          level: () => 60,
          close: () => log.push("microphone closed"),
        };
      },
      play: (_stream, speaker) => {
        log.push(`plays${speaker === "" ? "" : ` on ${speaker}`}`);
        return {
          setOn: heard,
          useSpeaker: (id) => log.push(`speaker ${id}`),
          level: () => 40,
          close: () => log.push("plays no more"),
        };
      },
    },
  });
  const told = (state: State, why = Why.UNSPECIFIED) =>
    made.told({ state, why, microphoneLacks: "", speakerLacks: "" });
  return { made, clock, log, told, open, heard, floor };
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function talking(given: Parameters<typeof voice>[0] = {}) {
  const v = voice(given);
  v.made.comes({} as unknown as MediaStream);
  v.made.start();
  await settled();
  v.told(State.ASKED);
  v.told(State.ON);
  return v;
}

describe("the voice [F-14]", () => {
  it("says nothing before the customer's app says that it is on, and nothing after its end", async () => {
    const v = voice();
    v.made.comes({} as unknown as MediaStream);
    v.made.start();
    await settled();
    v.told(State.ASKED);
    expect(v.log).toEqual(["asks", "microphone off", "microphone off"]);
    v.log.length = 0;
    v.told(State.ON);
    expect(v.log).toEqual(["microphone on", "says", "plays"]);
    v.log.length = 0;
    v.made.end();
    expect(v.log).toEqual(["ends", "microphone closed", "says nothing", "plays no more"]);
    expect(v.made.now.get().stage).toBe("off");
  });

  it("is held by the customer's pause and goes on after it", async () => {
    const v = await talking();
    v.log.length = 0;
    v.told(State.HELD);
    expect(v.log).toEqual(["microphone off", "says nothing", "plays no more"]);
    v.log.length = 0;
    v.told(State.ON);
    expect(v.log).toEqual(["microphone on", "says", "plays"]);
  });

  it.each([
    [Why.DECLINED, "declined"],
    [Why.ENDED, "ended"],
    [Why.FORBIDDEN, "forbidden"],
    [Why.BUSY, "busy"],
    [Why.PAUSED, "paused"],
    [Why.UNSUPPORTED, "unsupported"],
  ])("says why there is none (%s), for a while", async (wire, why) => {
    const v = await talking();
    v.told(State.OFF, wire);
    expect(v.made.now.get()).toMatchObject({ stage: "off", why });
    expect(v.log.slice(-3)).toEqual(["microphone closed", "says nothing", "plays no more"]);
    v.clock.pass(8_000);
    expect(v.made.now.get().why).toBeNull();
  });

  it("mutes, and the customer is told", async () => {
    const v = await talking();
    v.log.length = 0;
    v.made.setMuted(true);
    expect(v.log).toEqual(["microphone off", "mutes"]);
    v.log.length = 0;
    v.made.setMuted(false);
    expect(v.log).toEqual(["microphone on", "unmutes"]);
  });

  it("shows both levels while it is on, and its own not while it is muted", async () => {
    const v = await talking();
    v.clock.pass(100);
    expect(v.made.levels.get()).toEqual({ said: 60, heard: 40 });
    v.made.setMuted(true);
    v.clock.pass(100);
    expect(v.made.levels.get()).toEqual({ said: 0, heard: 40 });
    v.made.end();
    expect(v.made.levels.get()).toEqual({ said: 0, heard: 0 });
  });

  it.each(["denied", "none", "taken"])(
    "goes on without a microphone (%s), and both sides know",
    async (problem) => {
      const v = await talking({ fails: problem });
      expect(v.made.now.get()).toMatchObject({ stage: "on", problem });
      expect(v.log).toContain("mutes");
      expect(v.log).toContain("plays");
      expect(voiceText(v.made.now.get())).toEqual({
        key: `console-voice-microphone-${problem}`,
        grave: true,
      });
    },
  );

  it("notices a microphone that is pulled out, and takes the one that is chosen then", async () => {
    const v = await talking();
    v.open[0]?.lost();
    expect(v.made.now.get().problem).toBe("none");
    v.log.length = 0;
    v.floor.chooseMicrophone("headset");
    await settled();
    expect(v.open.map(({ id }) => id)).toEqual(["", "headset"]);
    expect(v.log).toEqual(["microphone on", "says", "unmutes"]);
    v.floor.chooseSpeaker("hall");
    expect(v.log.at(-1)).toBe("speaker hall");
  });

  it("closes a microphone that opens after the end", async () => {
    const v = voice();
    v.made.start();
    v.made.end();
    await settled();
    expect(v.log).toEqual(["asks", "ends", "microphone closed"]);
  });

  it("begins where the customer allowed the right that was asked for", async () => {
    const v = voice();
    v.told(State.ON);
    await settled();
    expect(v.log).toContain("says");
  });

  it("asks nobody without a connection, and ends with it", async () => {
    const alone = voice({ connected: false });
    alone.made.start();
    expect(alone.made.now.get().stage).toBe("off");
    const v = await talking();
    v.made.interrupted();
    expect(v.made.now.get().stage).toBe("off");
    expect(v.log).toContain("microphone closed");
  });
});

describe("one voice at a time [X-6]", () => {
  it("starting or unmuting one has the other step aside", async () => {
    const floor = new VoiceFloor(nothingKept());
    const first = await talking({ floor });
    first.log.length = 0;
    const second = await talking({ floor });
    expect(first.made.now.get()).toMatchObject({ stage: "on", aside: true });
    expect(first.log).toEqual(["microphone off", "mutes"]);
    expect(first.heard).toHaveBeenLastCalledWith(false);
    first.made.setMuted(false);
    expect(first.made.now.get()).toMatchObject({ muted: false, aside: false });
    expect(first.heard).toHaveBeenLastCalledWith(true);
    expect(second.made.now.get().aside).toBe(true);
    second.made.end();
    expect(first.made.now.get().aside).toBe(false);
    expect(voiceText({ ...first.made.now.get(), aside: true }).key).toBe("console-voice-aside");
  });

  it("the chosen devices are kept", () => {
    const memory = nothingKept();
    new VoiceFloor(memory).chooseSpeaker("hall");
    expect(new VoiceFloor(memory).speaker.get()).toBe("hall");
  });
});

it("what the browser says of a microphone is one of three", () => {
  const names = [
    "NotAllowedError",
    "NotFoundError",
    "OverconstrainedError",
    "NotReadableError",
    "AbortError",
  ];
  expect(names.map(problemOf)).toEqual(["denied", "none", "none", "taken", "taken"]);
});

it("a meter shows 60 decibels", () => {
  expect([0, 0.0001, 0.001, 0.0316, 1, 2].map(percent)).toEqual([0, 0, 0, 50, 100, 100]);
});
