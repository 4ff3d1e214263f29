import { expect, it } from "vitest";
import { TimeStretch } from "./time-stretch";

const RATE = 48_000;

function tone(seconds: number, hz: number): Float32Array {
  return Float32Array.from({ length: RATE * seconds }, (_, at) => Math.sin((2 * Math.PI * hz * at) / RATE));
}

function stretched(speed: number): Float32Array {
  const stretch = new TimeStretch();
  const all: number[] = [];
  const samples = tone(2, 220);
  for (let at = 0; at < samples.length; at += 960)
    all.push(...stretch.push(samples.subarray(at, at + 960), speed));
  return Float32Array.from(all);
}

/** How often a second it goes through zero upwards. */
function pitch(samples: Float32Array): number {
  let count = 0;
  for (let at = 1; at < samples.length; at += 1)
    if ((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0) count += 1;
  return count / (samples.length / RATE);
}

it.each([0.5, 1, 2, 4])("speaks %s times as fast in the same pitch", (speed) => {
  const samples = stretched(speed);
  expect(samples.length / RATE).toBeCloseTo(2 / speed, 0);
  expect(Math.abs(pitch(samples) - 220)).toBeLessThan(12);
  // It neither swells nor fades where windows meet.
  const loudest = samples.subarray(4_800).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  expect(loudest).toBeGreaterThan(0.9);
  expect(loudest).toBeLessThan(1.1);
});
