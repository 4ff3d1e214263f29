// The systems that we are measured against: VNC servers of Debian's packages behind websockify, shown by noVNC.
import type { Browser, Page } from '@playwright/test';
import { freePort } from '../parts/server.ts';
import type { Measured } from './figures.ts';
import { countBytes } from './probe.ts';
import { listening, start, xServer } from './processes.ts';

/** One system under measurement, with a desktop of its own. */
export interface Subject extends Measured {
  /** The customer's display, for the workloads. */
  display: string;
  /** Processes whose time counts. */
  pids: number[];
  /** The process of the customer's side, for its memory. */
  app: number;
  /** The page that shows the picture, one pixel for one. */
  page: Page;
  /** Loads that page anew. */
  open(): Promise<void>;
  /** After the last loading: one pixel of the page for one of the desktop. */
  settle(): Promise<void>;
  /** Finds the picture's canvas in the page. */
  canvas: string;
  stop(): Promise<void>;
}

const NOVNC = '/usr/share/novnc';

export async function x11vnc(browser: Browser, size: string): Promise<Subject> {
  const x = await xServer('Xvfb', ['-screen', '0', `${size}x24`]);
  const port = await freePort();
  const server = start('x11vnc', ['-display', x.display, '-forever', '-shared', '-nopw', '-quiet', '-localhost', '-rfbport', String(port)]);
  await listening(port);
  return behindWebsockify(browser, 'x11vnc', x.display, port, [x.program.pid, server.pid], server.pid);
}

export async function tigervnc(browser: Browser, size: string): Promise<Subject> {
  const port = await freePort();
  const x = await xServer('Xtigervnc', ['-geometry', size, '-depth', '24', '-rfbport', String(port), '-SecurityTypes', 'None', '-localhost', '-AlwaysShared']);
  await listening(port);
  return behindWebsockify(browser, 'tigervnc', x.display, port, [x.program.pid], x.program.pid);
}

async function behindWebsockify(
  browser: Browser,
  system: 'x11vnc' | 'tigervnc',
  display: string,
  rfb: number,
  pids: number[],
  app: number,
): Promise<Subject> {
  const web = await freePort();
  const proxy = start('websockify', ['--web', NOVNC, `127.0.0.1:${web}`, `127.0.0.1:${rfb}`]);
  await listening(web);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1200 } });
  await countBytes(page);
  return {
    system,
    display,
    pids: [...pids, proxy.pid],
    app,
    canvas: '#noVNC_container canvas',
    page,
    async open() {
      await page.goto(`http://127.0.0.1:${web}/vnc.html?autoconnect=1&resize=off&reconnect=0`);
    },
    // noVNC does not scale unless it is told to.
    settle: () => Promise.resolve(),
    async stop() {
      await page.close();
    },
  };
}
