import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from "react";
import type { Opening } from "../opening/opening";
import { createWorkspace } from "./create-workspace";
import type { Workspace } from "./workspace";

const Context = createContext<Workspace | null>(null);

/** The signed-in operator's sessions, for everything below. `opening`: where they may be on their way already. */
export function WorkspaceProvider({ opening, children }: { opening: Opening; children: ReactNode }) {
  const queries = useQueryClient();
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  // Before anything is painted: there is nothing to be seen without it.
  useLayoutEffect(() => {
    const doubt = () => void queries.invalidateQueries({ queryKey: ["me"] });
    const made = opening.takeWorkspace(doubt) ?? started(doubt);
    setWorkspace(made);
    return () => made.stop();
  }, [opening, queries]);
  return workspace === null ? null : <Context value={workspace}>{children}</Context>;
}

/** One that stands already, for everything below. */
export function WorkspaceOf({ workspace, children }: { workspace: Workspace; children: ReactNode }) {
  return <Context value={workspace}>{children}</Context>;
}

export function useWorkspace(): Workspace {
  const workspace = useContext(Context);
  if (workspace === null) throw new Error("useWorkspace stands outside WorkspaceProvider");
  return workspace;
}

function started(doubt: () => void): Workspace {
  const made = createWorkspace(doubt);
  made.start();
  return made;
}
