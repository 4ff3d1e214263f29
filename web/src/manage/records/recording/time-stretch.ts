/** Samples of one window, of the half that two of them share, and how far the next may lie from its place to fit. */
const WINDOW = 1_920;
const HALF = WINDOW / 2;
const REACH = 480;
/** Places are compared at every so many samples, and tried at every so many. */
const COARSE = 8;

/**
 * Speech at another speed in the same pitch: windows of 40 ms at 48 kHz are laid one over the other where they fit best (waveform
 * similarity overlap-add).
 */
export class TimeStretch {
  private input = new Float32Array(0);
  /** Where the next window begins, as far as the speed has a say. */
  private at = 0;
  /** The second half of the last window: how it would go on. */
  private tail: Float32Array | null = null;

  /** Takes samples, and gives as many as are ready: about one for `speed`. */
  push(samples: Float32Array, speed: number): Float32Array<ArrayBuffer> {
    this.append(samples);
    const out: Float32Array[] = [];
    while (Math.round(this.at) + REACH + WINDOW <= this.input.length) {
      const begins = Math.round(this.at) + (this.tail === null ? 0 : this.bestFor(this.tail));
      out.push(this.joined(begins));
      this.tail = this.input.slice(begins + HALF, begins + WINDOW);
      this.at += HALF * speed;
    }
    return concatenated(out);
  }

  private append(samples: Float32Array): void {
    const gone = Math.min(Math.floor(this.at), this.input.length);
    this.at -= gone;
    this.input = concatenated([this.input.subarray(gone), samples]);
  }

  private bestFor(tail: Float32Array): number {
    let best = { offset: 0, fit: Number.NEGATIVE_INFINITY };
    for (let offset = 0; offset <= REACH; offset += COARSE) {
      const from = Math.round(this.at) + offset;
      let fit = 0;
      for (let index = 0; index < HALF; index += COARSE)
        fit += (tail[index] ?? 0) * (this.input[from + index] ?? 0);
      if (fit > best.fit) best = { offset, fit };
    }
    return best.offset;
  }

  private joined(begins: number): Float32Array {
    const { tail } = this;
    const half = this.input.slice(begins, begins + HALF);
    if (tail === null) return half;
    return half.map((sample, index) => {
      const share = index / HALF;
      return sample * share + (tail[index] ?? 0) * (1 - share);
    });
  }
}

function concatenated(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
