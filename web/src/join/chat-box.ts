import { LOCALES } from "../shared/i18n/language";
import type { Chat, ChatLine } from "../shared/session/chat";
import styles from "../shared/session/chat.module.css";
import { element } from "./element";
import type { Texts } from "./texts";

/** The chat of the customer's page. One element for the whole session, so that what is being typed stays. */
export class ChatBox {
  private readonly lines = element("ol", { class: styles["lines"], "aria-live": "polite" });
  private readonly field = element("textarea", {
    class: styles["field"],
    rows: "2",
    maxlength: "4000",
    "data-focus": "message",
  });
  private readonly send = element("button", { type: "submit", class: "button primary" });
  private readonly heading = element("h2", { class: "subtitle", id: "chat-title" });
  private readonly box: HTMLElement;

  constructor(private readonly chat: Chat) {
    const form = element("form", { class: "write" }, this.field, this.send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.write();
    });
    this.field.addEventListener("keydown", (event) => {
      // The Enter that ends a Korean syllable belongs to the IME.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.write();
    });
    this.box = element(
      "section",
      { class: "card chat", "aria-labelledby": "chat-title" },
      this.heading,
      this.lines,
      form,
    );
  }

  place(texts: Texts): HTMLElement {
    this.draw(texts);
    return this.box;
  }

  draw(texts: Texts): void {
    const { t } = texts;
    this.heading.textContent = t("join-chat");
    this.lines.setAttribute("aria-label", t("join-chat"));
    this.field.setAttribute("aria-label", t("join-message"));
    this.field.setAttribute("placeholder", t("join-message-placeholder"));
    this.send.textContent = t("join-send");
    const lines = this.chat.lines.get();
    this.lines.replaceChildren(...lines.map((line) => lineView(texts, line)));
    this.lines.scrollTop = this.lines.scrollHeight;
  }

  private write(): void {
    if (this.chat.write(this.field.value)) this.field.value = "";
  }
}

function lineView({ t, language }: Texts, line: ChatLine): HTMLElement {
  const at = new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit" }).format(
    line.at_ms,
  );
  const state = line.delivery === null ? "" : ` · ${t(`join-chat-${line.delivery}`)}`;
  return element(
    "li",
    { class: styles[line.own ? "own" : "other"] },
    line.name === ""
      ? element("span", { class: "visually-hidden" }, t(line.own ? "join-chat-you" : "join-operator"))
      : element("p", { class: styles["meta"] }, line.name),
    element("p", { class: styles["bubble"] }, line.text),
    element("p", { class: styles["meta"] }, `${at}${state}`),
  );
}
