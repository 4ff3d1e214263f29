// Reads a page's picture from inside the page: the same code for every system.
import type { Page } from '@playwright/test';

/** Counts what a page receives by WebSocket and by WebRTC. Must be installed before the page loads. */
export async function countBytes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const scope = window as unknown as { benchBytes: number; benchPeers: RTCPeerConnection[] };
    scope.benchBytes = 0;
    scope.benchPeers = [];
    // Proxies, not subclasses: noVNC looks for the methods on the object's own prototype.
    window.WebSocket = new Proxy(window.WebSocket, {
      construct(target, [url, protocols]: [string, string[]?]) {
        const socket = protocols === undefined ? new target(url) : new target(url, protocols);
        socket.addEventListener('message', ({ data }) => {
          scope.benchBytes += data.byteLength ?? data.size ?? data.length;
        });
        return socket;
      },
    });
    window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
      construct(target, [configuration]: [RTCConfiguration?]) {
        const peer = new target(configuration);
        scope.benchPeers.push(peer);
        return peer;
      },
    });
  });
}

/** Bytes received by this page since it was loaded. */
export function receivedBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const scope = window as unknown as { benchBytes: number; benchPeers: RTCPeerConnection[] };
    let bytes = scope.benchBytes;
    for (const peer of scope.benchPeers) {
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'transport') bytes += report.bytesReceived;
      }
    }
    return bytes;
  });
}

/** Where the picture's number stands: 16 black or white squares in a row, the lowest bit first. */
export interface Strip {
  x: number;
  y: number;
  /** The side of a square. */
  square: number;
}

/** Installs `window.bench` in the page; `selector` finds the canvas of the picture. */
export async function installProbe(page: Page, selector: string): Promise<void> {
  await page.evaluate((selector) => {
    const canvas = document.querySelector(selector);
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error(`no canvas at ${selector}`);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('the canvas has no 2d context');
    const pixel = (x: number, y: number) => context.getImageData(x, y, 1, 1).data.join();
    const strip = ({ x, y, square }: Strip) => {
      const row = context.getImageData(x, y + square / 2, 16 * square, 1).data;
      let number = 0;
      for (let bit = 0; bit < 16; bit += 1) if ((row[(bit + 0.5) * square * 4] ?? 0) > 127) number |= 1 << bit;
      return number;
    };
    Object.assign(window, {
      bench: {
        latency: (x: number, y: number) => {
          const before = pixel(x, y);
          return new Promise<number>((resolve) => {
            let pressed = 0;
            addEventListener('pointerdown', () => { pressed = performance.now(); }, { capture: true, once: true });
            const look = () => {
              if (pressed > 0 && pixel(x, y) !== before) resolve(performance.now() - pressed);
              else requestAnimationFrame(look);
            };
            look();
          });
        },
        distinct: (place: Strip, duration: number) =>
          new Promise<number>((resolve) => {
            const end = performance.now() + duration;
            let last = strip(place);
            let count = 0;
            const look = () => {
              const now = strip(place);
              if (now !== last) count += 1;
              last = now;
              if (performance.now() < end) requestAnimationFrame(look);
              else resolve(count / (duration / 1000));
            };
            look();
          }),
        strip,
        whole: () => {
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          let text = '';
          for (let at = 0; at < data.length; at += 32768) {
            text += String.fromCharCode(...data.subarray(at, at + 32768));
          }
          return btoa(text);
        },
      },
    });
  }, selector);
}

interface Bench {
  latency(x: number, y: number): Promise<number>;
  distinct(place: Strip, duration: number): Promise<number>;
  strip(place: Strip): number;
  whole(): string;
}

/** One press at a point of the picture, and the milliseconds until the page's pixel there has changed. */
export async function clickLatency(page: Page, at: { x: number; y: number }, offset: { x: number; y: number }): Promise<number> {
  const measured = page.evaluate(
    ({ x, y }) => (window as unknown as { bench: Bench }).bench.latency(x, y),
    at,
  );
  await page.mouse.move(offset.x + at.x, offset.y + at.y);
  await page.waitForTimeout(60 + Math.random() * 60);
  await page.mouse.down();
  await page.mouse.up();
  return measured;
}

/** Distinct pictures that the page showed a second. */
export function picturesPerSecond(page: Page, place: Strip, duration: number): Promise<number> {
  return page.evaluate(
    ({ place, duration }) => (window as unknown as { bench: Bench }).bench.distinct(place, duration),
    { place, duration },
  );
}

/** The page's picture now: the number in its strip and its pixels, RGBA rows, read at one moment. */
export async function snapshot(page: Page, place: Strip): Promise<{ number: number; pixels: Buffer }> {
  const { number, text } = await page.evaluate((place) => {
    const { bench } = window as unknown as { bench: Bench };
    return { number: bench.strip(place), text: bench.whole() };
  }, place);
  return { number, pixels: Buffer.from(text, 'base64') };
}
