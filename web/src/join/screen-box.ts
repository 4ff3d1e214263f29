import { button, element } from "./element";
import type { PageScreen } from "./page-screen";
import type { Texts } from "./texts";

/** The operator's own screen on the customer's page, for viewing only [F-09]. One element, so that the picture goes on over a redraw. */
export class ScreenBox {
  private readonly video = element("video", { class: "operatorScreen", autoplay: true, playsinline: true });

  constructor(private readonly screen: PageScreen) {
    this.video.muted = true;
  }

  draw({ t }: Texts, operator: string | null): HTMLElement | null {
    const { view, shown } = this.screen;
    // Of one that is over, or held, nothing is kept.
    if (this.video.srcObject !== shown) this.video.srcObject = shown;
    if (view === null) return null;
    const title =
      operator === null ? t("join-operator-screen-unnamed") : t("join-operator-screen", { operator });
    this.video.setAttribute("aria-label", title);
    const stop = button("secondary", t("join-operator-screen-stop"), () => this.screen.end());
    stop.setAttribute("data-focus", "screen-stop");
    const large = button(
      "secondary",
      t("join-operator-screen-large"),
      () => void this.video.requestFullscreen?.().catch(() => {}),
      view === "held",
    );
    large.setAttribute("data-focus", "screen-large");
    return element(
      "section",
      { class: "card screenCard", "aria-labelledby": "screen-title" },
      element("h2", { class: "subtitle", id: "screen-title" }, title),
      element(
        "p",
        { class: "lead", role: "status" },
        t(view === "held" ? "join-operator-screen-held" : "join-operator-screen-means"),
      ),
      view === "held" ? null : this.video,
      element("div", { class: "actions" }, large, stop),
    );
  }
}
