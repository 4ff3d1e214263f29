import { fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { CaptureReason as Reason, CaptureWay as Way } from "../../generated/proto/beside/v1/common_pb";
import { CaptureModeSchema } from "../../generated/proto/beside/v1/peer_pb";
import { captureModeOf, captureWays, whyNotWay, wireCaptureWay } from "./capture-mode";

describe("captureModeOf [S-04]", () => {
  it("reads each way and each reason", () => {
    const read = (way: Way, reason: Reason) => captureModeOf({ way, reason });
    expect(read(Way.FAST, Reason.OPTION)).toEqual({ way: "fast", reason: "option" });
    expect(read(Way.PLAIN, Reason.OPERATOR)).toEqual({ way: "plain", reason: "operator" });
    expect(read(Way.PLAIN, Reason.NO_DAMAGE)).toEqual({ way: "plain", reason: "no-damage" });
    expect(read(Way.FAST, Reason.NO_SHARED_MEMORY)).toEqual({ way: "fast", reason: "no-shared-memory" });
    expect(captureWays.map((way) => read(wireCaptureWay(way), Reason.OPTION)?.way)).toEqual(captureWays);
  });

  it("knows nothing of a way of tomorrow", () => {
    // Fields 1 and 2, as an app of tomorrow sends them.
    const sent = (way: number, reason: number) =>
      captureModeOf(fromBinary(CaptureModeSchema, new Uint8Array([8, way, 16, reason])));
    expect(sent(0, 1)).toBeNull();
    expect(sent(7, 9)).toBeNull();
    expect(sent(1, 9)).toEqual({ way: "fast", reason: "option" });
  });
});

describe("whyNotWay", () => {
  const plain = { way: "plain", reason: "no-damage" } as const;

  it("offers no fast way where the display has none", () => {
    expect(whyNotWay("fast", plain, false)).toBe("console-capture-no-damage");
    expect(whyNotWay("plain", plain, false)).toBeNull();
  });

  it("leaves the choice to the session's operator", () => {
    const fast = { way: "fast", reason: "option" } as const;
    expect(captureWays.map((way) => whyNotWay(way, fast, true))).toEqual([
      "console-capture-second",
      "console-capture-second",
    ]);
    expect(captureWays.map((way) => whyNotWay(way, fast, false))).toEqual([null, null]);
  });
});
