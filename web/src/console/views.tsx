import "../shared/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "../shared/api/queries";
import { I18nProvider } from "../shared/i18n/i18n";
import { NotifyProvider } from "../shared/ui/notify";
import { ConsolePage } from "./console-page";
import { consoleMessages } from "./messages";
import type { Opening } from "./opening/opening";

/** Draws the console into `root`. */
export function showConsole(root: HTMLElement, opening: Opening): void {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <I18nProvider messages={consoleMessages}>
          <NotifyProvider>
            <ConsolePage opening={opening} />
          </NotifyProvider>
        </I18nProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
