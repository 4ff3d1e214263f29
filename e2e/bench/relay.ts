// A bad network between the console and the customer app: a UDP relay that delays and drops, without a kernel module.
//
// The page gives the app's addresses to the relay and uses the relay's instead. Chromium hides its own behind names in
// `.local`, which the app skips, so the app knows the page by the relay alone and everything goes through it.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Page } from '@playwright/test';

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
  private readonly sockets: Socket[] = [];
  private readonly ports = new Map<string, Promise<number>>();
  private readonly toApp: Line;
  private readonly toPage: Line;

  constructor(network: Network) {
    const random = seeded(20_261_123);
    this.toApp = new Line(network, random);
    this.toPage = new Line(network, random);
  }

  /** Makes the page's connections go through the relay. Must be installed before the page loads. */
  async install(page: Page): Promise<void> {
    await page.exposeFunction('benchRelayPort', (address: string, port: number) => this.portFor(address, port));
    await page.addInitScript(rewriteCandidates);
  }

  close(): void {
    for (const socket of this.sockets.splice(0)) socket.close();
  }

  /** The relay's port that stands for the app's. */
  private portFor(address: string, port: number): Promise<number> {
    const key = `${address} ${port}`;
    const known = this.ports.get(key) ?? this.listen(address, port);
    this.ports.set(key, known);
    return known;
  }

  private async listen(address: string, port: number): Promise<number> {
    const pageSide = await this.socket(address);
    // One socket for each of the page's own, so that the app sees as many addresses as there are.
    const appSides = new Map<string, Promise<Socket>>();
    pageSide.on('message', (bytes, from) => {
      const key = `${from.address} ${from.port}`;
      const appSide = appSides.get(key) ?? this.appSide(address, pageSide, from);
      appSides.set(key, appSide);
      this.toApp.carry(bytes.length, () => this.ifOpen(() => void appSide.then((socket) => socket.send(bytes, port, address)).catch(() => undefined)));
    });
    return pageSide.address().port;
  }

  private async appSide(address: string, pageSide: Socket, page: RemoteInfo): Promise<Socket> {
    const socket = await this.socket(address);
    socket.on('message', (bytes) => this.toPage.carry(bytes.length, () => this.ifOpen(() => pageSide.send(bytes, page.port, page.address))));
    return socket;
  }

  private socket(address: string): Promise<Socket> {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    this.sockets.push(socket);
    // What a closed end refuses is lost, as on any network.
    return new Promise((resolve) => socket.on('error', () => undefined).bind(0, address, () => resolve(socket)));
  }

  private ifOpen(send: () => void): void {
    if (this.sockets.length > 0) send();
  }
}

/** What the router before the narrow line keeps, in time of the line; whatever comes after that is lost, as on any network. */
const BACKLOG_MS = 100;

/** One direction: datagrams leave one after the other, and arrive in their order. */
class Line {
  private readonly under: { due: number; arrive: () => void }[] = [];
  private freeAt = 0;
  private waits = false;

  constructor(
    private readonly network: Network,
    private readonly random: () => number,
  ) {}

  carry(bytes: number, arrive: () => void): void {
    const now = performance.now();
    if (this.random() < this.network.loss || this.freeAt - now > BACKLOG_MS) return;
    this.freeAt = Math.max(this.freeAt, now) + (bytes * 8) / (this.network.mbitPerS * 1_000);
    this.under.push({ due: this.freeAt + this.network.roundTripMs / 2, arrive });
    if (!this.waits) this.wait();
  }

  private wait(): void {
    const [first] = this.under;
    this.waits = first !== undefined;
    if (first !== undefined) setTimeout(() => this.arrive(), Math.max(first.due - performance.now(), 0));
  }

  private arrive(): void {
    const now = performance.now();
    const there = this.under.findIndex(({ due }) => due > now);
    for (const { arrive } of this.under.splice(0, there < 0 ? this.under.length : there)) arrive();
    this.wait();
  }
}

/** xorshift32, 0 to 1: the same losses in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
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
