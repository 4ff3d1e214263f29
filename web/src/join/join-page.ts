import { type Language, readLanguage, rememberLanguage } from "../shared/i18n/language";
import { timeLeft } from "./app-section";
import { ChatBox } from "./chat-box";
import { codeOfHash } from "./code";
import { CodeForm } from "./code-form";
import { consentSheet } from "./consent-sheet";
import { copyOffer } from "./copy-offer";
import type { Device } from "./device";
import { type DownloadInfo, listDownloads } from "./downloads";
import { element } from "./element";
import { endedView, joiningView, replacedView } from "./endings";
import type { Join } from "./join";
import { pageHeader } from "./page-header";
import { QuestionPlace } from "./question-place";
import { ScreenBox } from "./screen-box";
import { type Boxes, sessionView } from "./session-bar";
import { findSite, type Site } from "./site";
import { SurveyBox } from "./survey-box";
import { type Texts, textsOf } from "./texts";
import { VoiceBox } from "./voice-box";

/** The customer's page: draws the state of the join, in the chosen language, anew with each change. */
export class JoinPage {
  private texts: Texts = textsOf(readLanguage());
  private readonly form: CodeForm;
  private readonly boxes: Boxes;
  private readonly survey: SurveyBox;
  /** Null until the server has told what there is. */
  private downloads: readonly DownloadInfo[] | null = null;
  private drawnKind = "";
  private readonly questionPlace = new QuestionPlace();
  /** Null until the server has told. */
  private site: Site | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly join: Join,
    private readonly device: Device,
  ) {
    this.form = new CodeForm((code) => join.connect(code));
    this.boxes = {
      chat: new ChatBox(join.chat),
      voice: new VoiceBox(join.desk.voice),
      screen: new ScreenBox(join.desk.screen),
    };
    this.survey = new SurveyBox(join.survey);
  }

  start(): void {
    const { join } = this;
    const code = codeOfHash(location.hash);
    if (!join.comeBack(code) && code !== null) this.form.prefill(code);
    join.state.subscribe(() => this.draw());
    join.app.subscribe(() => this.appChanged());
    join.survey.state.subscribe(() => this.draw());
    join.survey.receipt.subscribe(() => this.draw());
    join.survey.copy.subscribe(() => this.draw());
    join.desk.view.subscribe(() => this.draw());
    join.second.view.subscribe(() => this.draw());
    join.chat.lines.subscribe(() => this.boxes.chat.draw(this.texts));
    window.addEventListener("beforeunload", (event) => {
      // Only a shared screen would be lost: who comes back without one is asked anew anyway.
      const state = join.state.get();
      if (state.kind === "session" && state.sharing) event.preventDefault();
    });
    window.addEventListener("pagehide", () => join.leave());
    // Kept by the browser as it was left: it comes back as after a reload.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
    this.draw();
    join.session.subscribe(() => this.askWhose());
    this.askWhose();
  }

  /** Whose page it is: the server's only company's, or the one's that the code led to. */
  private askWhose(): void {
    const session = this.join.session.get();
    void findSite(session).then((site) => {
      // Overtaken by the code, or without an answer: what is known stays.
      if (site === null || session !== this.join.session.get()) return;
      this.site = site;
      this.draw();
    });
  }

  /** Once a second: the time that is left, and nothing else, so that nobody's typing is disturbed. */
  tick(): void {
    const app = this.join.app.get();
    if (app.kind !== "code") return;
    const shown = this.root.querySelector("[data-left]");
    const left = timeLeft(this.texts.t, app.expiresAt_ms);
    if (left === null && shown !== null) this.draw();
    else if (shown !== null) shown.textContent = left;
  }

  private draw(): void {
    const { t, language } = this.texts;
    document.documentElement.lang = language;
    document.title = t("join-title");
    const state = this.join.state.get();
    const focused = document.activeElement?.getAttribute("data-focus") ?? null;
    const main = element("main", { class: "main" }, this.content());
    this.root.replaceChildren(
      pageHeader(this.texts, this.site, (each) => this.speak(each)),
      main,
    );
    this.restoreFocus(state.kind, main, focused);
    if (this.questionPlace.moved(main)) this.join.turns.anew();
  }

  private content(): HTMLElement {
    const { join, texts, device } = this;
    const state = join.state.get();
    switch (state.kind) {
      case "code":
        return this.form.draw(texts, device, state.problem, this.site?.text ?? "");
      case "joining":
        return joiningView(texts);
      case "consent":
        return consentSheet(texts, join, state, device, this.downloads, this.site?.text ?? "");
      case "session":
        return sessionView(texts, join, state, this.boxes, device, this.downloads);
      case "ended":
        return endedView(
          texts,
          state.reason,
          this.survey.draw(texts),
          join.survey.receipt.get(),
          copyOffer(texts, join.survey),
        );
      case "replaced":
        return replacedView(texts);
    }
  }

  private speak(language: Language): void {
    rememberLanguage(language);
    this.texts = textsOf(language);
    this.boxes.chat.draw(this.texts);
    this.draw();
  }

  private appChanged(): void {
    this.draw();
    if (this.join.app.get().kind === "none" || this.downloads !== null) return;
    void listDownloads().then((downloads) => {
      this.downloads = downloads;
      this.draw();
    });
  }

  /** A new view begins at its heading or its field; a drawn-again one keeps the focus where it was. */
  private restoreFocus(kind: string, main: HTMLElement, focused: string | null): void {
    const again = focused === null ? null : this.root.querySelector<HTMLElement>(`[data-focus="${focused}"]`);
    if (this.drawnKind === kind) {
      again?.focus();
      return;
    }
    this.drawnKind = kind;
    // Who scrolled to the end of a long sheet is at the beginning of what comes after it.
    document.documentElement.scrollTop = 0;
    main.querySelector<HTMLElement>("[data-first]")?.focus();
  }
}
