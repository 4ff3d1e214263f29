import "../../shared/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "../../shared/api/queries";
import { I18nProvider } from "../../shared/i18n/i18n";
import type { Spoken } from "../../shared/i18n/spoken";
import { NotifyProvider } from "../../shared/ui/notify";
import { UnfitBrowser } from "../account/unfit-browser";
import { missingFeatures } from "../browser-support";
import { createViewer } from "../workspace/create-workspace";
import { WorkspaceOf } from "../workspace/use-workspace";
import { loadViewerTexts } from "./texts";
import type { Tickets } from "./ticket";
import { ViewerPage } from "./viewer-page";

/** Draws the page into `root`. */
export function showViewer(root: HTMLElement, tickets: Tickets, first: Spoken): void {
  const missing = missingFeatures(globalThis);
  const content = () => {
    if (missing.length > 0) return <UnfitBrowser missing={missing} />;
    const workspace = createViewer(tickets);
    workspace.start();
    return (
      <WorkspaceOf workspace={workspace}>
        <ViewerPage />
      </WorkspaceOf>
    );
  };
  createRoot(root).render(
    <StrictMode>
      {/* What the picture's parts may ask of a server they ask of none here: this page has no account. */}
      <QueryClientProvider client={createQueryClient()}>
        <I18nProvider first={first} load={loadViewerTexts}>
          <NotifyProvider>{content()}</NotifyProvider>
        </I18nProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
