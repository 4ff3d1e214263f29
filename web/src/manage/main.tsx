import "../shared/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "../shared/api/queries";
import { I18nProvider } from "../shared/i18n/i18n";
import { NotifyProvider } from "../shared/ui/notify";
import { manageMessages } from "./messages";
import { router } from "./router";

const place = document.getElementById("root");
if (place === null) throw new Error("manage.html has no #root");

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <I18nProvider messages={manageMessages}>
        <NotifyProvider>
          <RouterProvider router={router} />
        </NotifyProvider>
      </I18nProvider>
    </QueryClientProvider>
  </StrictMode>,
);
