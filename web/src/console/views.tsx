import "../shared/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "../shared/api/queries";
import { I18nProvider } from "../shared/i18n/i18n";
import type { Spoken } from "../shared/i18n/spoken";
import { NotifyProvider } from "../shared/ui/notify";
import { ConsolePage } from "./console-page";
import type { Opening } from "./opening/opening";
import { loadConsoleTexts } from "./texts";

/** Draws the console into `root`. */
export function showConsole(root: HTMLElement, opening: Opening, first: Spoken): void {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <I18nProvider first={first} load={loadConsoleTexts}>
          <NotifyProvider>
            <ConsolePage opening={opening} />
          </NotifyProvider>
        </I18nProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
