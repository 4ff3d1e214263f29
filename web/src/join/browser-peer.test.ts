import { afterEach, expect, it, vi } from "vitest";
import { BrowserPeer, type BrowserPeerUser } from "./browser-peer";

afterEach(() => vi.unstubAllGlobals());

it("attaches what may be seen once the offer is taken, and not what could be seen before", async () => {
  const log: unknown[] = [];
  let taken = () => {};
  const video = {
    receiver: { track: { kind: "video" } },
    sender: {
      replaceTrack: async (track: unknown) => void log.push(track),
      getParameters: () => ({ encodings: [] }),
      setParameters: async () => {},
    },
  };
  vi.stubGlobal(
    "RTCPeerConnection",
    class {
      setRemoteDescription = () =>
        new Promise<void>((resolve) => {
          taken = resolve;
        });
      getTransceivers = () => [video];
      createAnswer = async () => ({ type: "answer", sdp: "v=0" });
      setLocalDescription = async () => {};
      localDescription = null;
    },
  );
  const user = { answer: () => log.push("answers") } as unknown as BrowserPeerUser;
  let track: MediaStreamTrack | null = {} as MediaStreamTrack;
  const accepting = new BrowserPeer(user, []).accept("v=0", {
    track: () => track,
    talk: false,
    screen: false,
  });
  // The customer pauses.
  track = null;
  taken();
  await accepting;
  expect(log).toEqual([null, "answers"]);
});
