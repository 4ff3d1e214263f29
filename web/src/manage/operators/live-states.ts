import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useContext, useEffect } from "react";
import { CoveredContext } from "../../shared/ui/covered";
import { type Operator, type OperatorList, operatorListsKey } from "./operators-api";

/** What the server tells of an operator; without `id`: something was missed. */
export type StateChange = { id: string | null; state: Operator["state"] | null };

/** The list with one operator's state as it is now. */
export function withState(list: OperatorList, id: string, state: Operator["state"]): OperatorList {
  if (!list.operators.some((operator) => operator.id === id && operator.state !== state)) return list;
  return {
    ...list,
    operators: list.operators.map((operator) => (operator.id === id ? { ...operator, state } : operator)),
  };
}

/** Keeps the states of the list as they are now, without asking again, while the page's account is signed in [D-3]. */
export function useLiveStates(): void {
  const client = useQueryClient();
  const covered = useContext(CoveredContext);
  useEffect(() => {
    // Without EventSource: in most tests, and in no browser that we know.
    if (covered || typeof EventSource === "undefined") return;
    const events = new EventSource("/api/manage/operators/live");
    events.onmessage = ({ data }: MessageEvent<string>) => take(client, read(data));
    // What changed before the stream stood, or while it was lost, is in the list alone.
    events.onopen = () => void client.invalidateQueries({ queryKey: operatorListsKey });
    return () => events.close();
  }, [client, covered]);
}

function take(client: QueryClient, { id, state }: StateChange): void {
  if (id === null || state === null) {
    void client.invalidateQueries({ queryKey: operatorListsKey });
    return;
  }
  client.setQueriesData<OperatorList>({ queryKey: operatorListsKey }, (list) =>
    list === undefined ? undefined : withState(list, id, state),
  );
}

const STATES = ["offline", "online", "in_session"] as const;

/** What is not understood is read as: something changed. */
export function read(data: string): StateChange {
  const nothing = { id: null, state: null };
  try {
    const told: unknown = JSON.parse(data);
    if (typeof told !== "object" || told === null || !("id" in told) || !("state" in told)) return nothing;
    const state = STATES.find((each) => each === told.state);
    return typeof told.id === "string" && state !== undefined ? { id: told.id, state } : nothing;
  } catch {
    return nothing;
  }
}
