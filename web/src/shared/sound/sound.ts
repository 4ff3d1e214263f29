/** What stands against a person's own microphone. */
export type MicrophoneProblem = "denied" | "none" | "taken";

export type OpenMicrophone = {
  readonly track: MediaStreamTrack;
  /** Off, it gives silence. */
  setOn(on: boolean): void;
  level(): number;
  close(): void;
};

export type Playing = {
  setOn(on: boolean): void;
  /** Empty: the browser's own choice. */
  useSpeaker(id: string): void;
  level(): number;
  close(): void;
};

/** What the browser does with sound. */
export type SoundPort = {
  /** Rejects with a `MicrophoneProblem`. `lost`: it is gone, by itself. Empty `id`: the browser's own choice. */
  openMicrophone(id: string, lost: () => void): Promise<OpenMicrophone>;
  play(stream: MediaStream, speaker: string): Playing;
};

/** What a microphone that did not open was refused with. */
export function microphoneProblem(problem: unknown): MicrophoneProblem {
  return problem === "denied" || problem === "none" ? problem : "taken";
}
