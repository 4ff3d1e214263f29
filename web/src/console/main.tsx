import "../shared/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "../shared/api/queries";
import { I18nProvider } from "../shared/i18n/i18n";
import { NotifyProvider } from "../shared/ui/notify";
import { ConsolePage, meQuery } from "./console-page";
import { consoleMessages } from "./messages";
import { startPictureWorker } from "./peer/picture-inlet";

// Before anything else: a session that goes on after a reload has its channels within a quarter of a second.
startPictureWorker();
const queries = createQueryClient();
void queries.prefetchQuery(meQuery);
const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <I18nProvider messages={consoleMessages}>
          <NotifyProvider>
            <ConsolePage />
          </NotifyProvider>
        </I18nProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
