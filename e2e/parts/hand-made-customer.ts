// A customer's side that somebody made by hand: it says of itself what it likes, by the messages of proto/beside/v1.
import { randomBytes } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { field, nested } from "./hand-made.ts";
import type { Server } from "./server.ts";

const words = (number: number, text: string) => nested(number, [...Buffer.from(text)]);

export class HandMadeCustomer {
  private reported = 0;

  private constructor(private readonly page: Page) {}

  /** Comes with a code, as an app on a machine that calls itself so. */
  static async come(browser: Browser, server: Server, code: string, { os, osVersion, hostName }: Record<"os" | "osVersion" | "hostName", string>): Promise<HandMadeCustomer> {
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    await page.goto(server.url);
    await page.evaluate(async () => {
      const socket = new WebSocket(`wss://${location.host}/ws/customer`);
      socket.binaryType = "arraybuffer";
      Object.assign(window, { socket });
      await new Promise((resolve) => socket.addEventListener("open", resolve));
    });
    const customer = new HandMadeCustomer(page);
    const versions = nested(1, [...field(1, 1), ...field(2, 1), ...words(3, "0.0.0")]);
    const run = [...nested(5, [...randomBytes(32)]), ...nested(6, [...randomBytes(32)])];
    const machine = nested(7, [...words(1, os), ...words(2, osVersion), ...words(3, hostName)]);
    await customer.say(nested(1, [...versions, ...field(2, 1), ...words(3, code), ...run, ...machine, ...words(8, "en")]));
    return customer;
  }

  /** Agrees to be seen and to chat. */
  async agree(): Promise<void> {
    await this.say(nested(2, [...field(1, 1), ...nested(2, [...field(1, 1), ...field(3, 1)])]));
  }

  /** Reports everything that an app reports, in these words. */
  async report(text: string): Promise<void> {
    const chat = [...nested(1, [...randomBytes(16)]), ...field(2, 2), ...words(3, text), ...field(4, 1)];
    await this.event(10, chat);
    await this.event(12, [...words(1, text), ...field(2, 1)]);
    await this.event(17, words(1, text));
    await this.event(18, [...words(1, text), ...words(2, text), ...words(3, text)]);
    await this.event(30, [...field(1, 4), ...words(3, text), ...words(6, text)]);
    await this.event(31, [...field(1, 2), ...words(2, text), ...words(3, text)]);
  }

  /** Presses Stop. */
  async stop(): Promise<void> {
    await this.say(field(6, 1));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  private async event(kind: number, body: number[]): Promise<void> {
    this.reported += 1;
    await this.say(nested(5, [...field(1, this.reported), ...field(2, 1), ...nested(kind, body)]));
  }

  private async say(message: number[]): Promise<void> {
    await this.page.evaluate((bytes) => (window as unknown as { socket: WebSocket }).socket.send(new Uint8Array(bytes)), message);
  }
}
