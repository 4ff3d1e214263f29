/** Where the Allow of the question that stands on the page is, over the page's redraws. */
export class QuestionPlace {
  private was: { readonly focus: string; readonly at: string } | null = null;

  /** After a redraw: the same question's Allow is elsewhere than before, under whichever pointer. */
  moved(main: HTMLElement): boolean {
    const allow = main.querySelector<HTMLElement>(".asks .button.primary");
    const { was } = this;
    this.was = allow === null ? null : { focus: allow.getAttribute("data-focus") ?? "", at: placeOf(allow) };
    return was !== null && was.focus === this.was?.focus && was.at !== this.was.at;
  }
}

/** On the page, not in the window: who scrolls moves everything by themselves. */
function placeOf(shown: HTMLElement): string {
  const { left, top } = shown.getBoundingClientRect();
  return `${Math.round(left + window.scrollX)} ${Math.round(top + window.scrollY)}`;
}
