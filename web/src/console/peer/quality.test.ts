import { expect, it } from "vitest";
import { NO_QUALITY, QualityMeter, type StatsEntry } from "./quality";

const at = (counted: Partial<StatsEntry>, rtp: Partial<StatsEntry> = {}): StatsEntry[] => [
  { id: "T", type: "transport", selectedCandidatePairId: "P" },
  {
    id: "P",
    type: "candidate-pair",
    currentRoundTripTime: 0.0123,
    localCandidateId: "L",
    remoteCandidateId: "R",
    ...counted,
  },
  { id: "L", type: "local-candidate", candidateType: "host" },
  { id: "R", type: "remote-candidate", candidateType: "relay" },
  { id: "V", type: "inbound-rtp", ...rtp },
];

it("X-4: the first measure knows the path, and what is counted needs a second one", () => {
  const meter = new QualityMeter();
  const first = meter.measure(at({ bytesReceived: 1_000 }), 5, 10_000);
  expect(first).toEqual({ ...NO_QUALITY, rtt_ms: 12, relayed: true });
  const second = meter.measure(at({ bytesReceived: 251_000 }, { framesDecoded: 20 }), 45, 12_000);
  expect(second.received_bits_s).toBe(1_000_000);
  expect(second.pictures_s).toBe(30);
  expect(second.loss_percent).toBeNull();
});

it("X-4: loss is that of the media, else that of the path's checks, of which one may be on its way", () => {
  const meter = new QualityMeter();
  meter.measure(at({}, { packetsReceived: 0, packetsLost: 0 }), 0, 0);
  const media = meter.measure(at({}, { packetsReceived: 95, packetsLost: 5 }), 0, 2_000);
  expect(media.loss_percent).toBe(5);
  const checks = new QualityMeter();
  checks.measure(at({ requestsSent: 10, responsesReceived: 10 }), 0, 0);
  expect(checks.measure(at({ requestsSent: 13, responsesReceived: 12 }), 0, 2_000).loss_percent).toBeNull();
  expect(checks.measure(at({ requestsSent: 20, responsesReceived: 19 }), 0, 4_000).loss_percent).toBe(0);
  expect(checks.measure(at({ requestsSent: 20, responsesReceived: 14 }), 0, 6_000).loss_percent).toBe(50);
});

it("X-4: another path counts anew, and a connection without one has no quality", () => {
  const meter = new QualityMeter();
  meter.measure(at({ bytesReceived: 9_000 }), 0, 0);
  const other = at({ id: "Q", bytesReceived: 100 }).map((entry) =>
    entry.type === "transport" ? { ...entry, selectedCandidatePairId: "Q" } : entry,
  );
  expect(meter.measure(other, 0, 2_000).received_bits_s).toBeNull();
  expect(meter.measure([], 0, 4_000)).toEqual(NO_QUALITY);
});
