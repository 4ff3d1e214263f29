/** How a connection does; null: not measured, or nothing to measure it by. */
export type Quality = {
  readonly rtt_ms: number | null;
  readonly relayed: boolean | null;
  /** Packets that did not arrive, of a hundred. */
  readonly loss_percent: number | null;
  /** What comes from the customer, all channels together. */
  readonly received_bits_s: number | null;
  readonly pictures_s: number | null;
};

/** Before it is measured, and of a connection that is gone. */
export const NO_QUALITY: Quality = {
  rtt_ms: null,
  relayed: null,
  loss_percent: null,
  received_bits_s: null,
  pictures_s: null,
};

/** What of W3C webrtc-stats is read here: `transport`, `candidate-pair`, candidates, `inbound-rtp`. */
export type StatsEntry = {
  readonly id: string;
  readonly type: string;
  readonly selectedCandidatePairId?: string;
  readonly currentRoundTripTime?: number;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
  readonly bytesReceived?: number;
  readonly requestsSent?: number;
  readonly responsesReceived?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly framesDecoded?: number;
};

type Stats = { forEach(visit: (entry: StatsEntry) => void): void };

/** What has been counted up to one moment. */
type Counted = {
  readonly at_ms: number;
  readonly pairId: string;
  readonly bytes: number;
  readonly pictures: number;
  readonly arrived: number;
  readonly lost: number;
  readonly asked: number;
  readonly answered: number;
};

/** The checks of a path come every few seconds, so that a loss is told from many of them. */
const KEPT = 16;
/** Fewer say nothing. */
const ASKED_MIN = 5;

/** Turns what a connection has counted so far into how it does just now. */
export class QualityMeter {
  private counted: Counted[] = [];

  /** `drawn`: exact pictures that were drawn since the session began. */
  measure(stats: Stats, drawn: number, at_ms: number): Quality {
    const entries = new Map<string, StatsEntry>();
    let pairId: string | undefined;
    let frames = 0;
    let arrived = 0;
    let lost = 0;
    stats.forEach((entry) => {
      entries.set(entry.id, entry);
      if (entry.type === "transport") pairId = entry.selectedCandidatePairId ?? pairId;
      if (entry.type !== "inbound-rtp") return;
      frames += entry.framesDecoded ?? 0;
      arrived += entry.packetsReceived ?? 0;
      lost += entry.packetsLost ?? 0;
    });
    const pair = pairId === undefined ? undefined : entries.get(pairId);
    if (pair === undefined) return NO_QUALITY;
    const ends = [pair.localCandidateId, pair.remoteCandidateId].map((id) => entries.get(id ?? ""));
    const seconds = pair.currentRoundTripTime;
    const now: Counted = {
      at_ms,
      pairId: pair.id,
      bytes: pair.bytesReceived ?? 0,
      pictures: frames + drawn,
      arrived,
      lost,
      asked: pair.requestsSent ?? 0,
      answered: pair.responsesReceived ?? 0,
    };
    return {
      rtt_ms: seconds === undefined ? null : Math.round(seconds * 1000),
      relayed: ends.some((end) => end?.candidateType === "relay"),
      ...this.since(now),
    };
  }

  private since(now: Counted): Pick<Quality, "loss_percent" | "received_bits_s" | "pictures_s"> {
    // Another path counts anew.
    this.counted = this.counted.filter(({ pairId }) => pairId === now.pairId);
    const first = this.counted[0];
    const last = this.counted.at(-1);
    this.counted = [...this.counted.slice(1 - KEPT), now];
    if (first === undefined || last === undefined || now.at_ms <= last.at_ms)
      return { loss_percent: null, received_bits_s: null, pictures_s: null };
    const seconds = (now.at_ms - last.at_ms) / 1000;
    return {
      loss_percent: lossOf(last, now) ?? lossOfChecks(first, now),
      received_bits_s: (Math.max(now.bytes - last.bytes, 0) * 8) / seconds,
      pictures_s: Math.max(now.pictures - last.pictures, 0) / seconds,
    };
  }
}

/** Of the packets of video and voice, where there are any. */
function lossOf(last: Counted, now: Counted): number | null {
  const lost = Math.max(now.lost - last.lost, 0);
  const all = now.arrived - last.arrived + lost;
  return all > 0 ? (100 * lost) / all : null;
}

/** Of the checks of the path, since nothing tells what the data channels lost. One may still be on its way. */
function lossOfChecks(first: Counted, now: Counted): number | null {
  const asked = now.asked - first.asked;
  if (asked < ASKED_MIN) return null;
  const missing = Math.max(asked - 1 - (now.answered - first.answered), 0);
  return (100 * missing) / asked;
}
