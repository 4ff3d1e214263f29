import type { components } from "../generated/api.ts";

export type CopiedRecording = {
  readonly no: number;
  readonly length_ms: number;
  readonly began_at_ms: number;
  readonly state: "waiting" | "making" | "ready" | "failed";
  readonly percent: number;
  readonly size_bytes: number;
  /** Where the file is; null until it is made. */
  readonly file: string | null;
};

/** What a customer's link leads to. */
export type RecordingCopy = {
  readonly company: string;
  readonly service: string;
  readonly until_ms: number;
  readonly recordings: readonly CopiedRecording[];
};

/** Asks the server; the link's secret goes in a body, and stands in no log. Null: the link leads to nothing. Throws where the server is away. */
export async function findCopy(token: string): Promise<RecordingCopy | null> {
  const response = await fetch("/api/recording-copies/find", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ token } satisfies components["schemas"]["LinkToken"]),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`copy: ${response.status}`);
  return readCopy(await response.json());
}

/** Reads the server's answer. */
export function readCopy(body: unknown): RecordingCopy {
  const listed = of(body, "recordings");
  return {
    company: textOf(body, "company"),
    service: textOf(body, "service"),
    until_ms: numberOf(body, "until_ms"),
    recordings: Array.isArray(listed) ? listed.map(readRecording) : [],
  };
}

function readRecording(body: unknown): CopiedRecording {
  const film = of(body, "film");
  const state = of(film, "state");
  const file = textOf(body, "file");
  return {
    no: numberOf(body, "no"),
    length_ms: numberOf(body, "length_ms"),
    began_at_ms: numberOf(body, "began_at_ms"),
    state: state === "making" || state === "ready" || state === "failed" ? state : "waiting",
    percent: numberOf(film, "percent"),
    size_bytes: numberOf(film, "size_bytes"),
    // Nothing but the server's own file.
    file: file.startsWith("/api/") ? file : null,
  };
}

function of(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
}

function textOf(body: unknown, name: string): string {
  const value = of(body, name);
  return typeof value === "string" ? value : "";
}

function numberOf(body: unknown, name: string): number {
  const value = of(body, name);
  return typeof value === "number" ? value : 0;
}
