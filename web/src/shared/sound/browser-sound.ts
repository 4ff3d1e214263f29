import type { MicrophoneProblem, OpenMicrophone, Playing, SoundPort } from "./sound";

/** Below that nothing is shown: the noise of a quiet room. */
const FLOOR_DB = -60;

/** The browser's own microphone and speaker. */
export const browserSound: SoundPort = { openMicrophone, play };

/** Whether the browser lets a page choose where sound comes out. */
export const choosesSpeaker = (): boolean => "setSinkId" in HTMLMediaElement.prototype;

async function openMicrophone(id: string, lost: () => void): Promise<OpenMicrophone> {
  const stream = await capture(id);
  const track = stream.getAudioTracks()[0];
  if (track === undefined) throw noMicrophone();
  track.enabled = false;
  track.onended = lost;
  const meter = meterOf(stream);
  return {
    track,
    setOn: (on) => {
      track.enabled = on;
    },
    level: meter.level,
    close: () => {
      track.onended = null;
      track.stop();
      meter.close();
    },
  };
}

async function capture(id: string): Promise<MediaStream> {
  // Where the page is not secure there is none; nowhere else.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw noMicrophone();
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  try {
    return await devices.getUserMedia({ audio: id === "" ? audio : { ...audio, deviceId: { ideal: id } } });
  } catch (error) {
    throw problemOf(error instanceof DOMException ? error.name : "");
  }
}

/** By the names of the Media Capture specification, section 10.2. */
export function problemOf(name: string): MicrophoneProblem {
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "taken";
}

function noMicrophone(): MicrophoneProblem {
  return "none";
}

function play(stream: MediaStream, speaker: string): Playing {
  const audio = new Audio();
  audio.srcObject = stream;
  const use = (id: string) => {
    // A device that is gone: the browser's own choice stays.
    if (choosesSpeaker()) void audio.setSinkId(id).catch(() => {});
  };
  if (speaker !== "") use(speaker);
  void audio.play().catch(() => {});
  const meter = meterOf(stream);
  return {
    setOn: (on) => {
      audio.muted = !on;
    },
    useSpeaker: use,
    level: meter.level,
    close: () => {
      audio.pause();
      audio.srcObject = null;
      meter.close();
    },
  };
}

let shared: AudioContext | null = null;

/** How loud a stream is, 0 to 100 over 60 dB. */
function meterOf(stream: MediaStream): { level(): number; close(): void } {
  shared ??= new AudioContext();
  void shared.resume();
  const source = shared.createMediaStreamSource(stream);
  const analyser = shared.createAnalyser();
  analyser.fftSize = 2048;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      return percent(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
    },
    close: () => source.disconnect(),
  };
}

/** A peak, 0 to 1, as a meter shows it. */
export function percent(peak: number): number {
  if (peak <= 0) return 0;
  const db = 20 * Math.log10(peak);
  return Math.round(Math.min(100, Math.max(0, 100 * (1 - db / FLOOR_DB))));
}
