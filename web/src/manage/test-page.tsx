import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRouter, RouterProvider } from "@tanstack/react-router";
import { act, render } from "@testing-library/react";
import { vi } from "vitest";
import { I18nProvider } from "../shared/i18n/i18n";
import { NotifyProvider } from "../shared/ui/notify";
import { routeTree } from "./router";
import { texts as en } from "./texts-en";
import { texts as ko } from "./texts-ko";

const TEXTS = { ko, en };

/** What the server answers, by `METHOD /path`: a body, a status with a body, or a promise of either. */
export type Answers = Record<string, unknown>;

/** A refusal of the server. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {}
}

/** The administrator whom the tests sign in. */
export const SIGNED_IN = {
  time_zone: "Asia/Seoul",
  csrf_token: "token",
  administrator: { id: "1", login: "admin", name: "김관리", email: "kim@example.kr" },
  company: { short_name: "acme", name: "에이씨엠이", service_name: "ACME 원격지원" },
  idle: { after_s: 1800, left_s: 1800 },
};

let router: ReturnType<typeof routerAt>;

/** Opens an address of the administrator site against answers that the test gives. Gives the requests made. */
export function open(address: string, answers: Answers, language: "ko" | "en" = "ko"): Request[] {
  const requests: Request[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    requests.push(request.clone());
    const asked = `${request.method} ${new URL(request.url).pathname}`;
    const given = await answers[asked];
    if (given instanceof Refusal) return reply(given.status, given.body);
    return given === undefined ? reply(404, { code: "not-found", title: "" }) : reply(200, given);
  });
  router = routerAt(address);
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <I18nProvider first={{ language, texts: TEXTS[language] }} load={async (next) => TEXTS[next]}>
        <NotifyProvider>
          <RouterProvider router={router} />
        </NotifyProvider>
      </I18nProvider>
    </QueryClientProvider>,
  );
  return requests;
}

/** Goes to another address of the page that was opened last, as a jump in the browser's history does. */
export async function jump(address: string): Promise<void> {
  await act(async () => router.history.push(address));
}

function routerAt(address: string) {
  return createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [address] }) });
}

function reply(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}
