// A customer at the page, for tests that need one and are about something else.
import { type Browser, expect, type Page } from "@playwright/test";
import { type Language, labels } from "./labels.ts";
import { contextOf } from "./looks.ts";
import type { Server } from "./server.ts";

export class CustomerPage {
  private constructor(
    readonly page: Page,
    private readonly language: Language,
  ) {}

  /** The page with a code that a link brought, not yet confirmed. */
  static async open(browser: Browser, server: Server, code: string, language: Language): Promise<CustomerPage> {
    const context = await browser.newContext(contextOf(language));
    const page = await context.newPage();
    // Which screen to share is asked by the browser itself, which has none here; browser-share.spec.ts shares a real one.
    await page.addInitScript(() => {
      navigator.mediaDevices.getDisplayMedia = async () => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 800 });
        const pen = canvas.getContext("2d");
        // A canvas that nobody paints anew gives no further picture.
        const paint = () => {
          if (pen === null) return;
          pen.fillStyle = "#2b4a6f";
          pen.fillRect(0, 0, 1280, 800);
          pen.fillStyle = "#f4f6fb";
          pen.fillRect(240, 160, 800, 460);
          pen.fillStyle = "#1b2033";
          pen.font = "28px sans-serif";
          pen.fillText("Printers: no device found", 290, 240);
        };
        paint();
        setInterval(paint, 200);
        const stream = canvas.captureStream(5);
        // As a browser says of a whole screen.
        for (const track of stream.getVideoTracks()) {
          track.getSettings = () => ({ width: 1280, height: 800, displaySurface: "monitor" });
        }
        return stream;
      };
    });
    await page.goto(`${server.url}/#${code}`);
    return new CustomerPage(page, language);
  }

  /** Confirms the code and waits for the question. */
  async connect(): Promise<void> {
    await this.press(labels[this.language].next);
    await expect(this.page.getByRole("button", { name: labels[this.language].agree, exact: true })).toBeEnabled();
  }

  async agree(): Promise<void> {
    await this.press(labels[this.language].agree);
    await expect(this.page.getByRole("button", { name: labels[this.language].stop, exact: true })).toBeVisible();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
