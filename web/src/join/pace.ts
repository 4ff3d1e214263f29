/** How often something may happen: so many times within a window that slides. */
export class Pace {
  private times_ms: number[] = [];

  constructor(
    private readonly most: number,
    private readonly window_ms: number,
  ) {}

  /** Whether it may once more; then it counts. */
  hasRoom(now_ms: number): boolean {
    this.times_ms = this.times_ms.filter((at_ms) => now_ms - at_ms < this.window_ms);
    if (this.times_ms.length >= this.most) return false;
    this.times_ms.push(now_ms);
    return true;
  }
}
