import { describe, expect, it } from "vitest";
import { withStartBitrate } from "./sharp-video";

const lines = (...each: string[]) => each.map((line) => `${line}\r\n`).join("");

describe("withStartBitrate", () => {
  it("asks for it of every video codec and of nothing else", () => {
    const head = ["v=0", "a=rtpmap:111 in-the-head/1"];
    const other = ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=sctp-port:5000"];
    const video = ["m=video 9 UDP/TLS/RTP/SAVPF 96 97 98", "a=rtpmap:96 VP8/90000"];
    const given = lines(
      ...head,
      ...other,
      ...video,
      "a=rtpmap:97 rtx/90000",
      "a=fmtp:97 apt=96",
      "a=rtpmap:98 VP9/90000",
      "a=fmtp:98 profile-id=0",
    );
    const wanted = lines(
      ...head,
      ...other,
      ...video,
      "a=fmtp:96 x-google-start-bitrate=4000",
      "a=rtpmap:97 rtx/90000",
      "a=fmtp:97 apt=96",
      "a=rtpmap:98 VP9/90000",
      "a=fmtp:98 profile-id=0;x-google-start-bitrate=4000",
    );
    expect(withStartBitrate(given)).toBe(wanted);
  });

  it("leaves an offer without video, or none at all, as it is", () => {
    for (const sdp of [
      "",
      "v=0",
      lines("v=0", "m=audio 9 UDP/TLS/RTP/SAVPF 111", "a=rtpmap:111 opus/48000"),
    ]) {
      expect(withStartBitrate(sdp)).toBe(sdp);
    }
  });
});
