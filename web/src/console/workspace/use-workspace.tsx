import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { getCsrfToken } from "../../shared/api/client";
import { after, browserSocketPort } from "../../shared/session/browser-socket";
import { motionCodecs } from "../browser-support";
import { Peer } from "../peer/peer";
import { warmUp } from "../picture/module";
import { tellsOfPictures } from "../picture/video-feed";
import { kindName } from "../session/session-view";
import { Workspace } from "./workspace";

const TABS_KEY = "beside-console-tabs";
const Context = createContext<Workspace | null>(null);

/** The signed-in operator's sessions, for everything below. */
export function WorkspaceProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  useEffect(() => {
    const made = createWorkspace(() => void queries.invalidateQueries({ queryKey: ["me"] }));
    made.start();
    void warmUp();
    setWorkspace(made);
    return () => made.stop();
  }, [queries]);
  return workspace === null ? null : <Context value={workspace}>{children}</Context>;
}

export function useWorkspace(): Workspace {
  const workspace = useContext(Context);
  if (workspace === null) throw new Error("useWorkspace stands outside WorkspaceProvider");
  return workspace;
}

function createWorkspace(doubt: () => void): Workspace {
  return new Workspace({
    socket: browserSocketPort("/ws/console"),
    csrfToken: () => getCsrfToken() ?? "",
    rememberedTabs,
    rememberTabs: (ids) => sessionStorage.setItem(TABS_KEY, JSON.stringify(ids)),
    memory: sessionStorage,
    choices: localStorage,
    doubt,
    createPeer: (user, { iceServers, customerKind }) =>
      new Peer(user, { iceServers, customer: kindName(customerKind) === "browser" ? "browser" : "app" }),
    after,
    now: Date.now,
    newId: () => crypto.getRandomValues(new Uint8Array(16)),
    codecs: () => motionCodecs(RTCRtpReceiver.getCapabilities("video"), tellsOfPictures()),
  });
}

function rememberedTabs(): string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(TABS_KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
