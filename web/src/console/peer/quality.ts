/** How a connection does. `rtt_ms`: null until measured. */
export type Quality = { readonly rtt_ms: number | null; readonly relayed: boolean | null };

/** Before it is measured, and of a connection that is gone. */
export const NO_QUALITY: Quality = { rtt_ms: null, relayed: null };

type StatsEntry = {
  readonly id: string;
  readonly type: string;
  readonly selectedCandidatePairId?: string;
  readonly currentRoundTripTime?: number;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
};

/** Reads the pair of addresses in use. Source: W3C webrtc-stats, `transport` and `candidate-pair`. */
export function selectedPair(stats: { forEach(visit: (entry: StatsEntry) => void): void }): Quality {
  const entries = new Map<string, StatsEntry>();
  let pairId: string | undefined;
  stats.forEach((entry) => {
    entries.set(entry.id, entry);
    if (entry.type === "transport" && entry.selectedCandidatePairId !== undefined)
      pairId = entry.selectedCandidatePairId;
  });
  const pair = pairId === undefined ? undefined : entries.get(pairId);
  if (pair === undefined) return NO_QUALITY;
  const ends = [pair.localCandidateId, pair.remoteCandidateId].map((id) =>
    id === undefined ? undefined : entries.get(id),
  );
  const seconds = pair.currentRoundTripTime;
  return {
    rtt_ms: seconds === undefined ? null : Math.round(seconds * 1000),
    relayed: ends.some((end) => end?.candidateType === "relay"),
  };
}
