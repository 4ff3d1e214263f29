// A page worked by the keyboard alone: Tab until the thing has the focus, then the key that a person would press.
import { expect, type Locator, type Page } from "@playwright/test";

/** More Tabs than any page has places to stop at. */
const MOST_TABS = 400;

export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Moves the focus there, forwards. */
  async to(target: Locator): Promise<void> {
    const first = target.first();
    await expect(first).toBeVisible();
    for (let step = 0; step < MOST_TABS; step += 1) {
      if (await isFocused(first)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${target}`);
  }

  /** A link or a button. */
  async press(target: Locator): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press("Enter");
  }

  /** Types into a field in place of what stands there. */
  async write(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.insertText(text);
  }

  /** Chooses from a list that a button opens. */
  async choose(button: Locator, option: string): Promise<void> {
    await this.press(button);
    await expect(this.page.getByRole("listbox")).toBeVisible();
    await this.page.keyboard.press("Home");
    await this.arrowTo(this.page.getByRole("option", { name: option, exact: true }), "ArrowDown");
    await this.page.keyboard.press("Enter");
  }

  /** Chooses one of a few that stand side by side: the arrows choose. */
  async segment(group: Locator, choice: string): Promise<void> {
    await this.to(group.getByRole("radio", { checked: true }));
    const wanted = group.getByRole("radio", { name: choice, exact: true });
    await this.arrowTo(wanted, "ArrowRight");
    await expect(wanted).toBeChecked();
  }

  /** A row of a list that is one stop of Tab: the arrows go from row to row. */
  async row(rows: Locator, wanted: Locator): Promise<void> {
    await this.to(rows);
    await this.arrowTo(wanted, "ArrowDown");
  }

  private async arrowTo(target: Locator, key: string): Promise<void> {
    await expect(target).toBeVisible();
    for (let step = 0; step < 60; step += 1) {
      if (await isFocused(target)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`${key} does not reach ${target}`);
  }
}

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
