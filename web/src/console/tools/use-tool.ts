import { useCallback, useEffect, useRef, useState } from "react";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import type { Tool, ToolOutcome } from "./tool-caller";

type Look = { readonly outcome: ToolOutcome | null; readonly busy: boolean; readonly again: () => void };

/**
 * What a tool that only looks has found: asked when it is first drawn and connected, and again every `every_ms` after an
 * answer, while somebody sees it. An answer that found nothing does not take away the one before it.
 */
export function useLook(session: Session, tool: Tool["case"], every_ms: number | null): Look {
  const [outcome, setOutcome] = useState<ToolOutcome | null>(null);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const connected = usePart(session.live, (live) => live.link === "connected" && !live.paused);
  const running = useRef(false);
  const ask = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    const found = await session.tools.run({ case: tool, value: {} } as Tool);
    running.current = false;
    setBusy(false);
    setOutcome((before) => (found.ok || before?.ok !== true ? found : before));
  }, [session, tool]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish to look again is a round of its own.
  useEffect(() => {
    if (!connected) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = async () => {
      if (document.visibilityState === "visible") await ask();
      if (!gone && every_ms !== null) timer = setTimeout(() => void look(), every_ms);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [ask, connected, every_ms, round]);
  return { outcome, busy, again: useCallback(() => setRound((before) => before + 1), []) };
}
