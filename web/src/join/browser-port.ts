import { readLanguage } from "../shared/i18n/language";
import { browserSocketPort } from "../shared/session/browser-socket";
import { browserSound } from "../shared/sound/browser-sound";
import { BrowserPeer } from "./browser-peer";
import { type Device, detectDevice, OS_NAMES } from "./device";
import { Join } from "./join";
import { tabMemory } from "./join-memory";
import type { Share } from "./join-port";
import { surveyPort } from "./survey-port";

/** The join of this page, over the browser's own parts. */
export function createJoin(): Join {
  return new Join({
    socket: browserSocketPort("/ws/customer"),
    now: Date.now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    language: readLanguage,
    machine: () => ({ os: OS_NAMES[thisDevice().os], osVersion: browserName(navigator.userAgent) }),
    memory: tabMemory(sessionStorage),
    capture,
    createPeer: (user, iceServers) => new BrowserPeer(user, iceServers),
    survey: surveyPort,
    sound: browserSound,
  });
}

export function thisDevice(): Device {
  const { mediaDevices } = navigator;
  return detectDevice({
    userAgent: navigator.userAgent,
    maxTouchPoints: navigator.maxTouchPoints,
    canShare: mediaDevices !== undefined && "getDisplayMedia" in mediaDevices,
    hasWebRtc: "RTCPeerConnection" in globalThis,
  });
}

/** The customer's browser in a few words, for the record: a page learns no more of the machine. */
export function browserName(userAgent: string): string {
  const known = [
    ["Edge", /Edg\/(\d+)/],
    ["Whale", /Whale\/(\d+)/],
    ["Firefox", /Firefox\/(\d+)/],
    ["Chrome", /Chrome\/(\d+)/],
    ["Safari", /Version\/(\d+).*Safari/],
  ] as const;
  for (const [name, pattern] of known) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return "";
}

async function capture(): Promise<Share | null> {
  const stream = await chosenScreen();
  if (stream === null) return null;
  const track = stream.getVideoTracks()[0];
  if (track === undefined) return null;
  // Text and windows: sharp pictures before many pictures.
  track.contentHint = "detail";
  return {
    track,
    stop: () => {
      for (const each of stream.getTracks()) each.stop();
    },
    onEnded: (listener) => track.addEventListener("ended", listener),
  };
}

/** Null where the customer closed the browser's dialog. */
async function chosenScreen(): Promise<MediaStream | null> {
  try {
    return await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 30 } }, audio: false });
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotAllowedError") return null;
    throw error;
  }
}
