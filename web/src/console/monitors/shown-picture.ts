import { Store } from "../../shared/session/store";
import type { PictureSize } from "../input/pointer";
import type { Area } from "./monitor-area";

/** The picture as it stands on the page, for whoever shows a part of it elsewhere: a small picture, a window of its own. */
export class ShownPicture {
  /** Of the whole picture, in its pixels; nothing while there is none. */
  readonly size = new Store<PictureSize>({ width: 0, height: 0 });
  private canvas: HTMLCanvasElement | null = null;
  private readonly followers = new Set<() => void>();

  /** Where it is drawn now; null: nowhere. */
  standsOn(canvas: HTMLCanvasElement | null): void {
    this.canvas = canvas;
    this.changed();
  }

  /** Something of it was drawn. */
  changed(): void {
    for (const follower of this.followers) follower();
  }

  /** Called when something of it was drawn; returns how to stop. */
  follow(follower: () => void): () => void {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }

  /** Draws a part of it over all of `target`. */
  copyTo(target: HTMLCanvasElement, { x, y, width, height }: Area): void {
    const context = target.getContext("2d", { alpha: false });
    if (context === null || this.canvas === null) return;
    context.drawImage(this.canvas, x, y, width, height, 0, 0, target.width, target.height);
  }
}
