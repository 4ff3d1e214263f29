/** Where the Allow of the question that stands on the page is, over the page's redraws. */
export class QuestionPlace {
  private was: (Place & { readonly focus: string }) | null = null;

  /** After a redraw: the same question's Allow is elsewhere than before, under whichever pointer. */
  moved(main: HTMLElement): boolean {
    const allow = main.querySelector<HTMLElement>(".asks .button.primary");
    const { was } = this;
    this.was = allow === null ? null : { focus: allow.getAttribute("data-focus") ?? "", ...placeOf(allow) };
    if (was === null || this.was === null || was.focus !== this.was.focus) return false;
    return was.onPage !== this.was.onPage && was.inWindow !== this.was.inWindow;
  }
}

/** Who scrolls moves everything by themselves: what stands still on the page, or in the window where it is held in sight, has not moved. */
type Place = { readonly onPage: string; readonly inWindow: string };

function placeOf(shown: HTMLElement): Place {
  const { left, top } = shown.getBoundingClientRect();
  return {
    onPage: `${Math.round(left + window.scrollX)} ${Math.round(top + window.scrollY)}`,
    inWindow: `${Math.round(left)} ${Math.round(top)}`,
  };
}
