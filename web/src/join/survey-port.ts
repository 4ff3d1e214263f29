import type { components } from "../generated/api.ts";
import { after } from "../shared/session/browser-socket";
import type { Receipt, SurveyPort, SurveyStage } from "./survey";

const PATH = "/api/survey";

/** Over the server's HTTP: the session's socket is closed by then. */
export const surveyPort: SurveyPort = {
  find: async (token) => {
    const response = await ask("POST", { token } satisfies components["schemas"]["SurveyToken"]);
    if (!response.ok) throw new Error(`survey: ${response.status}`);
    const body: unknown = await response.json();
    return { stage: stageOf(body), receipt: receiptOf(body), copy: fieldOf(body, "recording_copy") === true };
  },
  answer: async (token, rating, comment) => {
    const body = { token, rating, comment } satisfies components["schemas"]["SurveyAnswer"];
    const response = await ask("PUT", body);
    return response.ok ? null : codeOf(await response.json().catch(() => null));
  },
  copy: async (token) => {
    const body = { token } satisfies components["schemas"]["CopyToken"];
    const response = await ask("POST", body, "/api/recording-copies");
    if (response.status === 404) return null;
    const link = fieldOf(await response.json(), "link");
    if (!response.ok || typeof link !== "string") throw new Error(`copy: ${response.status}`);
    return link;
  },
  after,
};

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, name) : null;
}

function ask(method: "POST" | "PUT", body: object, path = PATH): Promise<Response> {
  return fetch(path, {
    method,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
}

function stageOf(body: unknown): SurveyStage {
  const stage: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "stage") : null;
  return stage === "running" || stage === "asked" ? stage : "not_asked";
}

function receiptOf(body: unknown): Receipt | null {
  const given: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "receipt") : null;
  if (typeof given !== "object" || given === null) return null;
  const text = (name: keyof Receipt) => String(Reflect.get(given, name) ?? "");
  return {
    session: text("session"),
    company: text("company"),
    service: text("service"),
    ended_at: text("ended_at"),
    hash: text("hash"),
    key: text("key"),
  };
}

/** Of one field, where only that is wrong, else of the whole. */
function codeOf(body: unknown): string {
  if (typeof body !== "object" || body === null) return "other";
  const errors: unknown = Reflect.get(body, "errors");
  const first: unknown = Array.isArray(errors) ? errors[0] : null;
  const of = typeof first === "object" && first !== null ? first : body;
  const code: unknown = Reflect.get(of, "code");
  return typeof code === "string" ? code : "other";
}
