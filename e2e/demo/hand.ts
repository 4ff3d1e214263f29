// The operator's hand: the real pointer of their desktop moves as one sees it move, and presses what lies under it.
import type { Locator } from "@playwright/test";
import type { Desktop } from "../parts/desktop.ts";

const STEPS = 24;

interface Place {
  x: number;
  y: number;
}

export class Hand {
  private at: Place = { x: 720, y: 620 };

  constructor(private readonly desktop: Desktop) {}

  /** Glides to a place on the screen, slower at both ends of the way; the page fills the whole screen. */
  async to(place: Place): Promise<void> {
    const from = this.at;
    const way = Array.from({ length: STEPS }, (_, index) => {
      const share = (1 - Math.cos((Math.PI * (index + 1)) / STEPS)) / 2;
      const step = [from.x + (place.x - from.x) * share, from.y + (place.y - from.y) * share];
      return ["mousemove", ...step.map((each) => `${Math.round(each)}`), "sleep", "0.018"];
    });
    await this.desktop.hands(...way.flat());
    this.at = place;
  }

  async press(place: Place): Promise<void> {
    await this.to(place);
    await this.desktop.hands("sleep", "0.15", "click", "1");
  }

  /** Presses a control of the page in its middle. */
  async pressOn(control: Locator): Promise<void> {
    await control.scrollIntoViewIfNeeded();
    const box = await control.boundingBox();
    if (box === null) throw new Error("a control to press is not shown");
    await this.press({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  }

  /** Writes into a field, letter by letter. */
  async write(field: Locator, text: string): Promise<void> {
    await this.pressOn(field);
    await field.pressSequentially(text, { delay: 45 });
  }
}
