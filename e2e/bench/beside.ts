// Our product under measurement: real server, real app on a virtual desktop, real console.
import type { Browser } from '@playwright/test';
import { Case } from '../parts/case.ts';
import type { Subject } from './peers.ts';
import { countBytes } from './probe.ts';
import { type Network, Relay } from './relay.ts';

/** Room for the console's own bars around a picture of 1920x1080. */
const VIEWPORT = { width: 2400, height: 1300 };

/** `network`: what lies between console and app; without one nothing does. */
export async function beside(browser: Browser, size: string, network?: Network): Promise<Subject> {
  const [width, height] = size.split('x').map(Number);
  const relay = network === undefined ? undefined : new Relay(network);
  const running = await Case.start(browser, {
    desktop: { ...(width ? { width } : {}), ...(height ? { height } : {}) },
    prepare: async ({ page }) => {
      await page.setViewportSize(VIEWPORT);
      await countBytes(page);
      await relay?.install(page);
    },
  });
  const { operator, desktop, server } = running;
  const app = await running.join();
  return {
    system: 'beside',
    ...(network === undefined ? {} : { network: network.name }),
    display: desktop.display,
    pids: [desktop.screenPid, server.pid, app.program.pid],
    app: app.program.pid,
    page: operator.page,
    canvas: 'canvas',
    async open() {
      await operator.page.reload();
    },
    settle: () => operator.originalSize(),
    async stop() {
      await relay?.close();
      await running.stop();
    },
  };
}
