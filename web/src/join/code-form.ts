import { readCode, spacedCode } from "./code";
import { type Device, isPhone } from "./device";
import { element } from "./element";
import type { JoinProblem } from "./join-state";
import type { Texts } from "./texts";

/** The one field and the one button. Keeps what was typed while it is drawn anew. */
export class CodeForm {
  private typed = "";
  private wrong = false;
  private fromLink = false;

  constructor(private readonly onCode: (code: string) => void) {}

  /** The code of the opened link: shown, and confirmed by the customer's own press. */
  prefill(code: string): void {
    this.typed = spacedCode(code);
    this.fromLink = true;
  }

  draw(texts: Texts, device: Device, problem: JoinProblem | null, about: string): HTMLElement {
    const { t } = texts;
    const input = element("input", {
      id: "code",
      class: "code",
      name: "code",
      inputmode: "numeric",
      autocomplete: "one-time-code",
      maxlength: "32",
      "data-first": true,
      "data-focus": "code",
      "aria-describedby": "code-note",
      "aria-invalid": this.wrong || problem !== null ? "true" : undefined,
    });
    input.value = this.typed;
    const note = element(
      "p",
      { id: "code-note", class: "error", role: "alert" },
      noteOf(texts, this.wrong, problem),
    );
    input.addEventListener("input", () => {
      this.typed = input.value;
      this.wrong = false;
      this.fromLink = false;
      note.textContent = "";
      input.removeAttribute("aria-invalid");
    });
    const blocked = isPhone(device) || !device.hasWebRtc;
    const next = element(
      "button",
      { type: "submit", class: "button primary wide", disabled: blocked },
      t("join-next"),
    );
    const form = element(
      "form",
      { class: "card narrow", novalidate: true },
      element("h1", { class: "title" }, t("join-title")),
      element("p", { class: "lead" }, t(this.fromLink && problem === null ? "join-lead-link" : "join-lead")),
      about === "" ? null : element("p", { class: "about" }, about),
      element("label", { for: "code", class: "label" }, t("join-code")),
      input,
      note,
      next,
      limitNote(texts, device),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const code = readCode(this.typed);
      if (code !== null && !blocked) {
        // The code is used up by this press; a reload begins with an empty field.
        history.replaceState(null, "", location.pathname);
        this.onCode(code);
        return;
      }
      this.wrong = true;
      note.textContent = noteOf(texts, true, null);
      input.setAttribute("aria-invalid", "true");
      input.focus();
    });
    return form;
  }
}

function noteOf({ t, knows }: Texts, wrong: boolean, problem: JoinProblem | null): string {
  if (wrong) return t("join-problem-six-digits");
  if (problem === null) return "";
  const key = `join-problem-${problem.code}`;
  return knows(key) ? t(key, { seconds: problem.wait_s }) : t("join-problem-other");
}

/** What this device cannot do, told before a code is spent on it. */
function limitNote({ t }: Texts, device: Device): HTMLElement | null {
  if (device.os === "ios") return element("p", { class: "info" }, t("join-limit-ios"));
  if (device.os === "android") return element("p", { class: "info" }, t("join-limit-android"));
  if (!device.hasWebRtc) return element("p", { class: "info" }, t("join-limit-browser"));
  return null;
}
