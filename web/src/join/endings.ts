import { saveText } from "../shared/ui/save-text";
import { button, element } from "./element";
import type { Receipt } from "./survey";
import type { Texts } from "./texts";

/** Between the press and the server's answer. */
export function joiningView({ t }: Texts): HTMLElement {
  return element("div", { class: "card narrow center", role: "status" }, element("p", {}, t("join-joining")));
}

/** After the end: what happened, that nothing is shared any more, or never was, and what is asked [S-03]. */
export function endedView(
  texts: Texts,
  reason: string,
  survey: HTMLElement | null,
  receipt: Receipt | null,
  copy: HTMLElement | null,
): HTMLElement {
  const { t } = texts;
  const wasRefused = reason === "customer-declined";
  return element(
    "section",
    { class: "card narrow center" },
    element("h1", { class: "title", tabindex: "-1", "data-first": true }, t("join-ended-title")),
    element("p", {}, t(`join-ended-${reason}`)),
    element("p", { class: "hint" }, t(wasRefused ? "join-ended-never-shared" : "join-ended-nothing-shared")),
    survey,
    copy,
    receipt && button("secondary", t("join-receipt-save"), () => saveReceipt(texts, receipt)),
    button("secondary", t("join-new-code"), startAnew),
  );
}

/** A small text, which the customer keeps [Y-2]. */
function saveReceipt({ t }: Texts, { ended_at, ...receipt }: Receipt): void {
  const text = t("join-receipt-text", { ...receipt, ended: ended_at });
  saveText(`${t("join-receipt-file")} ${ended_at.slice(0, 10)}.txt`, `${text}\n`);
}

/** The app took the session over: this page shares nothing any more. */
export function replacedView({ t }: Texts): HTMLElement {
  return element(
    "section",
    { class: "card narrow center" },
    element("h1", { class: "title", tabindex: "-1", "data-first": true }, t("join-replaced-title")),
    element("p", {}, t("join-replaced-text")),
    element("p", { class: "hint" }, t("join-replaced-close")),
  );
}

/** A fresh page: the used code must not stand in its address. */
function startAnew(): void {
  history.replaceState(null, "", "/");
  location.reload();
}
