// A bad network between the console and the customer app: a UDP relay that delays and drops (`crates/peer/examples/bad_network.rs`).
//
// The page gives the app's addresses to the relay and uses the relay's instead. Chromium hides its own behind names in
// `.local`, which the app skips, so the app knows the page by the relay alone and everything goes through it.
import type { Page } from '@playwright/test';
import { program } from '../parts/places.ts';
import { Program } from '../parts/program.ts';

/** What a relay does to datagrams, in both directions. */
export interface Network {
  /** As the figures name it: `50ms-3%`. */
  name: string;
  roundTripMs: number;
  /** Share of datagrams lost each way, 0 to 1. */
  loss: number;
  /** How much goes through each way; infinite where not named. */
  mbitPerS: number;
}

/** Reads `50ms`, `50ms-3%` or `50ms-100Mbit`. */
export function parseNetwork(name: string): Network {
  const [, delay, loss = '0', mbit = 'Infinity'] = /^(\d+)ms(?:-(\d+(?:\.\d+)?)%)?(?:-(\d+)Mbit)?$/.exec(name) ?? [];
  if (delay === undefined) throw new Error(`a network is written as 50ms-3% or 50ms-100Mbit: ${name}`);
  return { name, roundTripMs: Number(delay), loss: Number(loss) / 100, mbitPerS: Number(mbit) };
}

export class Relay {
  private readonly program: Program;
  private readonly ports = new Map<string, Promise<number>>();

  constructor({ roundTripMs, loss, mbitPerS }: Network) {
    const wide = Number.isFinite(mbitPerS) ? String(mbitPerS) : 'inf';
    this.program = Program.start(program('examples/bad_network'), [String(roundTripMs), String(loss), wide]);
  }

  /** Makes the page's connections go through the relay. Must be installed before the page loads. */
  async install(page: Page): Promise<void> {
    await page.exposeFunction('benchRelayPort', (address: string, port: number) => this.portFor(address, port));
    await page.addInitScript(rewriteCandidates);
  }

  async close(): Promise<void> {
    await this.program.stop();
  }

  /** The relay's port that stands for the app's. */
  private portFor(address: string, port: number): Promise<number> {
    const key = `${address} ${port}`;
    const known = this.ports.get(key) ?? this.ask(key);
    this.ports.set(key, known);
    return known;
  }

  private async ask(key: string): Promise<number> {
    const answer = `port ${key} `;
    this.program.write(`${key}\n`);
    return Number((await this.program.line(answer, (line) => line.startsWith(answer))).slice(answer.length));
  }
}

/** Runs in the page. RFC 8839 §5.1: the fifth and sixth word of a candidate are its address and port. */
function rewriteCandidates(): void {
  const scope = window as unknown as { benchRelayPort(address: string, port: number): Promise<number> };
  const rewrite = async (line: string): Promise<string> => {
    const words = line.split(' ');
    const [, , , , address, port] = words;
    if (address === undefined || port === undefined) return line;
    words[5] = String(await scope.benchRelayPort(address, Number(port)));
    return words.join(' ');
  };
  const { addIceCandidate, setRemoteDescription } = RTCPeerConnection.prototype;
  Object.assign(RTCPeerConnection.prototype, {
    async addIceCandidate(this: RTCPeerConnection, candidate?: RTCIceCandidateInit | null) {
      const line = candidate?.candidate ?? '';
      if (line === '') return;
      await Reflect.apply(addIceCandidate, this, [{ ...candidate, candidate: await rewrite(line) }]);
    },
    async setRemoteDescription(this: RTCPeerConnection, { type, sdp = '' }: RTCSessionDescriptionInit) {
      const lines = sdp.split('\r\n').map((line) => (line.startsWith('a=candidate:') ? rewrite(line) : line));
      await Reflect.apply(setRemoteDescription, this, [{ type, sdp: (await Promise.all(lines)).join('\r\n') }]);
    },
  });
}
