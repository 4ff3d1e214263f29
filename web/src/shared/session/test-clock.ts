/** Time for tests: passes only when told. */
export class TestClock {
  private tasks: { readonly at_ms: number; readonly task: () => void }[] = [];
  private time_ms = 0;

  readonly now = (): number => this.time_ms;

  readonly after = (delay_ms: number, task: () => void): (() => void) => {
    const entry = { at_ms: this.time_ms + delay_ms, task };
    this.tasks.push(entry);
    return () => {
      this.tasks = this.tasks.filter((other) => other !== entry);
    };
  };

  pass(by_ms: number): void {
    const end_ms = this.time_ms + by_ms;
    for (;;) {
      const due = this.tasks.filter((entry) => entry.at_ms <= end_ms);
      const next = due.sort((a, b) => a.at_ms - b.at_ms)[0];
      if (next === undefined) break;
      this.tasks = this.tasks.filter((other) => other !== next);
      this.time_ms = next.at_ms;
      next.task();
    }
    this.time_ms = end_ms;
  }
}
