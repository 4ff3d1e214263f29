import { spacedCode } from "./code";
import { type Device, downloadName, OS_NAMES } from "./device";
import type { DownloadInfo } from "./downloads";
import { button, element } from "./element";
import type { Join } from "./join";
import type { Offered } from "./join-state";
import type { Texts } from "./texts";

/**
 * From the browser's view to the app's control, in the same session [Y-6]; where nobody may control, to the app's view for a
 * browser that can share none. Null: the app could do no more than the page does [S-07].
 */
export function appSection(
  texts: Texts,
  join: Join,
  { controlByApp }: Offered,
  device: Device,
  downloads: readonly DownloadInfo[] | null,
): HTMLElement | null {
  const { t } = texts;
  if (!controlByApp && device.canShare) return null;
  const app = join.app.get();
  const ask = button("secondary", t(controlByApp ? "join-app" : "join-app-view"), () =>
    join.requestAppCode(),
  );
  if (app.kind === "none") {
    ask.setAttribute("data-focus", "app");
    const why = t(controlByApp ? "join-app-why" : "join-app-view-why");
    return element("div", { class: "app" }, element("p", { class: "hint" }, why), ask);
  }
  if (app.kind === "asked" || downloads === null) {
    return element("div", { class: "app", role: "status" }, t("join-app-asked"));
  }
  const left = timeLeft(t, app.expiresAt_ms);
  if (left === null) {
    return element("div", { class: "app" }, element("p", { class: "hint" }, t("join-app-expired")), ask);
  }
  const fitting = downloads.find(({ os }) => os === device.os);
  if (fitting === undefined) {
    return element(
      "div",
      { class: "app" },
      element("p", { class: "info" }, t("join-app-missing", { os: OS_NAMES[device.os] })),
    );
  }
  return steps(texts, fitting, app.code, left, OS_NAMES[device.os]);
}

/** How long the code still holds, in words; null: no more. */
export function timeLeft(t: Texts["t"], expiresAt_ms: number): string | null {
  const left_s = Math.ceil((expiresAt_ms - Date.now()) / 1000);
  return left_s <= 0 ? null : t("join-app-left", { minutes: Math.floor(left_s / 60), seconds: left_s % 60 });
}

function steps({ t }: Texts, fitting: DownloadInfo, code: string, left: string, os: string): HTMLElement {
  const name = downloadName(fitting.file, code);
  const megabytes = Math.max(1, Math.round(fitting.size_bytes / 1_000_000));
  const link = element(
    "a",
    {
      class: "button primary",
      href: `/downloads/${encodeURIComponent(name)}`,
      download: name,
      "data-focus": "download",
    },
    t("join-app-download", { megabytes, os }),
  );
  const run =
    fitting.os === "linux"
      ? element("li", {}, t("join-app-linux"), element("p", {}, t("join-app-linux-terminal"), command(name)))
      : element("li", {}, t("join-app-run", { name }));
  return element(
    "div",
    { class: "app" },
    element("h2", { class: "subtitle" }, t("join-app-title")),
    element("ol", { class: "steps" }, element("li", {}, link), run, element("li", {}, t("join-app-confirm"))),
    element(
      "p",
      { class: "appCode" },
      element("span", { class: "label" }, t("join-code")),
      element("strong", {}, spacedCode(code)),
      element("span", { class: "hint", "data-left": true }, left),
    ),
  );
}

/** The folder of downloads has a name in each language, which the desktop knows. */
function command(name: string): HTMLElement {
  const line = `cd "$(xdg-user-dir DOWNLOAD)" && chmod +x ${name} && ./${name}`;
  return element("code", { class: "command" }, line);
}
