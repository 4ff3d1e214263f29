import { momentText, sizeText } from "../shared/i18n/formats";
import { type Language, readLanguage, rememberLanguage } from "../shared/i18n/language";
import { type CopiedRecording, findCopy, type RecordingCopy } from "./copy";
import { button, element } from "./element";
import { pageHeader } from "./page-header";
import { findSite, type Site } from "./site";
import { type Texts, textsOf } from "./texts";

/** `loading`: nothing is known yet. */
type State = RecordingCopy | "loading" | "gone" | "unreachable";

/** How often a file that is being made is looked at. */
const EVERY_MS = 10_000;
/** How often files that are there get a new address: one holds for an hour. */
const FRESH_MS = 10 * 60_000;

/** A customer's link to a copy of what was recorded [F-13]: how far it is, and to be fetched. */
export class CopyPage {
  private texts: Texts = textsOf(readLanguage());
  private state: State = "loading";
  private site: Site | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly token: string,
    private readonly after: (wait_ms: number, run: () => void) => void,
    private readonly find = findCopy,
    private readonly whose: () => Promise<Site | null> = findSite,
  ) {}

  start(): void {
    this.draw();
    void this.whose().then((site) => {
      this.site = site;
      this.draw();
    });
    void this.look();
  }

  private async look(): Promise<void> {
    try {
      this.state = (await this.find(this.token)) ?? "gone";
    } catch {
      // What is known stays, and is looked for again.
      if (typeof this.state === "string") this.state = "unreachable";
    }
    this.draw();
    if (typeof this.state !== "string") {
      this.after(isUnderWay(this.state) ? EVERY_MS : FRESH_MS, () => void this.look());
    }
  }

  private draw(): void {
    const { t, language } = this.texts;
    document.documentElement.lang = language;
    document.title = t("join-copy-title");
    const focused = document.activeElement?.getAttribute("data-focus") ?? null;
    const card = element(
      "section",
      { class: "card narrow copies" },
      element("h1", { class: "title" }, t("join-copy-title")),
      ...this.content(),
    );
    const header = pageHeader(this.texts, this.site, (each) => this.speak(each));
    this.root.replaceChildren(header, element("main", { class: "main" }, card));
    if (focused !== null) this.root.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus();
  }

  private content(): HTMLElement[] {
    const { texts, state } = this;
    const { t, language } = texts;
    if (state === "loading") return [element("p", { role: "status" }, t("join-copy-loading"))];
    if (state === "gone") return [element("p", { role: "alert" }, t("join-copy-gone"))];
    if (state === "unreachable") {
      const again = button("secondary", t("join-copy-retry"), () => void this.look());
      return [element("p", { role: "alert" }, t("join-copy-unreachable")), again];
    }
    const { service, company, until_ms } = state;
    return [
      element("p", {}, t("join-copy-whose", { service, company })),
      element(
        "ul",
        { class: "copied", role: "list" },
        ...state.recordings.map((recording) => entry(texts, recording)),
      ),
      element("p", { class: "hint" }, t("join-copy-player")),
      element("p", { class: "hint" }, t("join-copy-until", { date: momentText(until_ms, language) })),
    ];
  }

  private speak(language: Language): void {
    rememberLanguage(language);
    this.texts = textsOf(language);
    this.draw();
  }
}

function isUnderWay(state: State): boolean {
  if (typeof state === "string") return false;
  return state.recordings.some((recording) => recording.state === "waiting" || recording.state === "making");
}

function entry({ t, language }: Texts, recording: CopiedRecording): HTMLElement {
  const no = String(recording.no);
  const { state, percent, size_bytes, file } = recording;
  const said = t(`join-copy-${state}`, {
    percent: String(percent),
    size: sizeText(size_bytes, language),
  });
  return element(
    "li",
    {},
    element("strong", {}, t("join-copy-recording", { no })),
    element("span", { class: "when" }, momentText(recording.began_at_ms, language)),
    element("span", { role: "status", class: "state" }, said),
    file === null
      ? null
      : element(
          "a",
          { href: file, download: true, class: "button primary", "data-focus": `save-${no}` },
          t("join-copy-save", { no }),
        ),
  );
}
