import { describe, expect, it, vi } from "vitest";
import { missingFeatures, motionCodecs } from "./browser-support";
import { motionFirst, receiveMotion, receiveScreen } from "./peer/motion-video";

const whole = { RTCPeerConnection: {}, WebAssembly, WebSocket: {} };

describe("missingFeatures", () => {
  it("names nothing where all is there, vectors in the real WebAssembly included", () => {
    expect(missingFeatures(whole)).toEqual([]);
  });

  it("names each thing that is not there", () => {
    expect(missingFeatures({ ...whole, RTCPeerConnection: undefined })).toEqual(["WebRTC"]);
    expect(missingFeatures({ ...whole, WebAssembly: { validate: () => false } })).toEqual([
      "WebAssembly SIMD",
    ]);
    expect(missingFeatures({})).toEqual(["WebRTC", "WebAssembly", "WebSocket"]);
  });
});

const AV1 = { mimeType: "video/AV1", sdpFmtpLine: "level-idx=5;profile=0;tier=0" };
const AV1_444 = { mimeType: "video/AV1", sdpFmtpLine: "level-idx=5;profile=1;tier=0" };
const VP8 = { mimeType: "video/VP8" };
const RTX = { mimeType: "video/rtx" };

describe("motionCodecs", () => {
  it("tells what of AV1 the browser takes", () => {
    expect(motionCodecs({ codecs: [VP8, AV1, AV1_444, RTX] }, true)).toEqual(["av1", "av1-444"]);
    expect(motionCodecs({ codecs: [{ mimeType: "video/AV1" }] }, true)).toEqual(["av1"]);
  });

  it("is nothing without AV1, without WebRTC's list, and where pictures are not told of", () => {
    expect(motionCodecs({ codecs: [VP8, RTX] }, true)).toEqual([]);
    expect(motionCodecs(null, true)).toEqual([]);
    expect(motionCodecs({ codecs: [AV1] }, false)).toEqual([]);
  });
});

describe("motionFirst", () => {
  it("puts whole colour before half, AV1 before all, and leaves nothing out", () => {
    expect(motionFirst([VP8, RTX, AV1, AV1_444])).toEqual([AV1_444, AV1, VP8, RTX]);
    expect(motionFirst([RTX, VP8])).toEqual([RTX, VP8]);
  });
});

describe("receiveMotion and receiveScreen", () => {
  const offered = (
    codecs: readonly { mimeType: string }[],
    receive: typeof receiveScreen | typeof receiveMotion = receiveMotion,
  ) => {
    const video = { receiver: { jitterBufferTarget: 40 }, preferred: [""] };
    const setCodecPreferences = (order: readonly { mimeType: string }[]) => {
      video.preferred = order.map(({ mimeType }) => mimeType);
    };
    const made: unknown[] = [];
    const addTransceiver = vi.fn((...given: unknown[]) => {
      made.push(given);
      return Object.assign(video, { setCodecPreferences });
    });
    const connection = Object.create(null, { addTransceiver: { value: addTransceiver } });
    receive(
      connection,
      codecs.map((codec) => ({ clockRate: 90_000, ...codec })),
    );
    return { made, video };
  };

  it("offers one track to receive, AV1 first and without waiting", () => {
    const { made, video } = offered([VP8, AV1]);
    expect(made).toEqual([["video", { direction: "recvonly" }]]);
    expect(video.preferred).toEqual(["video/AV1", "video/VP8"]);
    expect(video.receiver.jitterBufferTarget).toBe(0);
  });

  it("offers none where the browser knows no AV1", () => {
    expect(offered([VP8, RTX]).made).toEqual([]);
  });

  it("F-13: never asks a customer's browser for video that no standard file takes", () => {
    const H264 = { mimeType: "video/H264" };
    expect(offered([H264, VP8, RTX, H264, AV1], receiveScreen).video.preferred).toEqual([
      "video/VP8",
      "video/rtx",
      "video/AV1",
    ]);
    // A browser that hides its codecs keeps its own order.
    expect(offered([], receiveScreen).video.preferred).toEqual([""]);
  });
});
