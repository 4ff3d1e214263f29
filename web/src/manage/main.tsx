import "../shared/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "../shared/api/queries";
import { I18nProvider } from "../shared/i18n/i18n";
import { firstSpoken } from "../shared/i18n/spoken";
import { NotifyProvider } from "../shared/ui/notify";
import { router } from "./router";
import { loadManageTexts } from "./texts";

const place = document.getElementById("root");
if (place === null) throw new Error("manage.html has no #root");

const first = await firstSpoken(loadManageTexts);
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <I18nProvider first={first} load={loadManageTexts}>
        <NotifyProvider>
          <RouterProvider router={router} />
        </NotifyProvider>
      </I18nProvider>
    </QueryClientProvider>
  </StrictMode>,
);
