import type { components } from "../generated/api.ts";
import { answer, api, BY_ITSELF, done } from "../shared/api/client";
import type { OwnPort } from "../shared/own/own-port";
import type { EndOfRecording } from "./recording/recorder";

export type OperatorSession = components["schemas"]["OperatorSession"];
export type NewSession = components["schemas"]["NewSession"];
export type RecordForm = components["schemas"]["RecordForm"];
export type SupportType = components["schemas"]["SupportType"];
export type Site = components["schemas"]["Site"];

export function findSite(company: string | null): Promise<Site> {
  return answer(api.GET("/api/site", { params: { query: company === null ? {} : { company } } }));
}

export function findMe(): Promise<OperatorSession> {
  return answer(api.GET("/api/console/me"));
}

export function signIn(body: components["schemas"]["SignIn"]): Promise<OperatorSession> {
  return answer(api.POST("/api/console/sign-in", { body }));
}

export function signOut(): Promise<void> {
  return done(api.POST("/api/console/sign-out"));
}

/** How many seconds the server leaves before it signs out by itself; null: nobody is signed in any more. */
export async function askIdle(): Promise<number | null> {
  const { data, response } = await api.GET("/api/console/me", BY_ITSELF);
  if (response.status === 401) return null;
  if (data === undefined) throw new Error("the server did not say");
  return data.idle.left_s;
}

export function staySignedIn(): Promise<void> {
  return done(api.POST("/api/console/stay"));
}

/** Tells the address on this machine's own network; null: the browser keeps it to itself. */
export function tellLocalAddress(address: string | null): Promise<void> {
  return done(api.POST("/api/console/local-address", { body: { address } }));
}

/** The operator's own sign-ins and second step; `signedOut`: nobody is signed in here any more, by hand. */
export function ownPort(signedOut: () => void): OwnPort {
  return {
    list: () => answer(api.GET("/api/console/own/sign-ins")),
    signOutEverywhere: () => done(api.POST("/api/console/own/sign-out-everywhere")),
    begin: (password) => answer(api.POST("/api/console/own/second-step", { body: { password } })),
    confirm: async (code) =>
      (await answer(api.PUT("/api/console/own/second-step", { body: { code } }))).codes,
    turnOff: (password, code) =>
      done(api.POST("/api/console/own/second-step/off", { body: { password, code } })),
    signedOut,
  };
}

export function createSession(): Promise<NewSession> {
  return answer(api.POST("/api/console/sessions"));
}

export function createSessionCode(id: string): Promise<NewSession> {
  return answer(api.POST("/api/console/sessions/{id}/code", { params: { path: { id } } }));
}

export type NewInvitation = components["schemas"]["NewInvitation"];

/** Sends code and link to the customer; what becomes of it comes over the socket. */
export function createInvitation(id: string, body: NewInvitation) {
  return answer(api.POST("/api/console/sessions/{id}/invitations", { params: { path: { id } }, body }));
}

export function deleteSession(id: string): Promise<void> {
  return done(api.DELETE("/api/console/sessions/{id}", { params: { path: { id } } }));
}

/** Under which the page keeps them; a record that is written changes what stands there. */
export const endedSessionsKey = ["ended-sessions"] as const;

export type EndedSession = components["schemas"]["EndedSession"];

/** The operator's own sessions that ended today: those whose record is unwritten first. */
export async function listEndedSessions(): Promise<EndedSession[]> {
  const { sessions } = await answer(api.GET("/api/console/sessions/ended", BY_ITSELF));
  return sessions;
}

export type Capture = components["schemas"]["Capture"];

/** The still pictures that were kept of an own session [F-08]. */
export function capturesQuery(id: string) {
  return {
    queryKey: ["captures", id],
    queryFn: async () =>
      (
        await answer(
          api.GET("/api/console/sessions/{id}/captures", { params: { path: { id } }, ...BY_ITSELF }),
        )
      ).captures,
  };
}

/** Where a kept picture is. */
export function captureAddress(session: string, capture: string): string {
  return `/api/console/sessions/${session}/captures/${capture}`;
}

export function keepCapture(id: string, file: Blob, description: string): Promise<Capture> {
  return answer(
    api.POST("/api/console/sessions/{id}/captures", {
      params: { path: { id }, query: { description } },
      body: [],
      bodySerializer: () => file,
      headers: { "Content-Type": "application/octet-stream" },
    }),
  );
}

/** Begins a recording of an own session [F-13]; gives its id. */
export async function beginRecording(id: string): Promise<string> {
  const begun = answer(
    api.POST("/api/console/sessions/{id}/recordings", { params: { path: { id } }, ...BY_ITSELF }),
  );
  return (await begun).id;
}

export function keepRecordingPiece(
  id: string,
  recording: string,
  piece: number,
  file: Uint8Array<ArrayBuffer>,
): Promise<void> {
  return done(
    api.PUT("/api/console/sessions/{id}/recordings/{recording}/pieces/{piece}", {
      params: { path: { id, recording, piece } },
      body: [],
      bodySerializer: () => file,
      headers: { ...BY_ITSELF.headers, "Content-Type": "application/octet-stream" },
    }),
  );
}

export function endRecording(id: string, recording: string, why: EndOfRecording): Promise<void> {
  return done(
    api.POST("/api/console/sessions/{id}/recordings/{recording}/end", {
      params: { path: { id, recording } },
      body: { why },
      ...BY_ITSELF,
    }),
  );
}

export function findRecordForm(id: string): Promise<RecordForm> {
  return answer(api.GET("/api/console/sessions/{id}/record", { params: { path: { id } }, ...BY_ITSELF }));
}

/** A session's record form as it was read or saved last. */
export function recordFormQuery(id: string) {
  return { queryKey: ["record-form", id], queryFn: () => findRecordForm(id), staleTime: Infinity };
}

export function updateRecordForm(id: string, body: RecordForm): Promise<RecordForm> {
  return answer(api.PUT("/api/console/sessions/{id}/record", { params: { path: { id } }, body }));
}

export async function listSupportTypes(): Promise<SupportType[]> {
  const { support_types } = await answer(api.GET("/api/console/support-types"));
  return support_types;
}

/** Asks the customer to control this computer; where that stands the socket tells [F-15]. */
export function beginReversed(id: string): Promise<void> {
  return done(api.POST("/api/console/sessions/{id}/reversed", { params: { path: { id } } }));
}

/** Withdraws the question, or ends what came of it [F-15]. */
export function endReversed(id: string): Promise<void> {
  return done(api.DELETE("/api/console/sessions/{id}/reversed", { params: { path: { id } } }));
}
