import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

const FRESH_MS = 10_000;
const RETRIES = 2;

/** Asks again only where the server did not answer or failed: a refusal stays a refusal. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        networkMode: "always",
        retry: (failures, error) =>
          failures < RETRIES && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
        retryDelay: (failures) => 300 * 2 ** failures,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
