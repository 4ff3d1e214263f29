import { useCallback, useMemo, useState } from "react";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import type { Zoom } from "./zoom";

/** How the customer's screen is shown here. */
export type View = {
  readonly zoom: Zoom;
  readonly setZoom: (zoom: Zoom) => void;
  /** The view follows the pointer where the picture is larger [S-05]. */
  readonly tracks: boolean;
  readonly setTracks: (tracks: boolean) => void;
  /** The monitor that is shown alone, by its number; null: all. */
  readonly monitor: number | null;
  readonly setMonitor: (monitor: number | null) => void;
  /** Monitors in windows of their own. */
  readonly windows: readonly number[];
  readonly openWindow: (monitor: number) => void;
  readonly closeWindow: (monitor: number) => void;
};

/** What the operator chose for this session; at first as the options say. */
export function useView(session: Session): View {
  const tracksAtFirst = usePart(session.summary, ({ defaults }) => defaults.mouseTracking);
  const [zoom, setZoom] = useState<Zoom>("fit");
  const [chosen, setTracks] = useState<boolean | null>(null);
  const [monitor, setMonitor] = useState<number | null>(null);
  const [windows, setWindows] = useState<readonly number[]>([]);
  const openWindow = useCallback(
    (id: number) => setWindows((open) => (open.includes(id) ? open : [...open, id])),
    [],
  );
  const closeWindow = useCallback(
    (id: number) => setWindows((open) => open.filter((each) => each !== id)),
    [],
  );
  const tracks = chosen ?? tracksAtFirst;
  return useMemo(
    () => ({ zoom, setZoom, tracks, setTracks, monitor, setMonitor, windows, openWindow, closeWindow }),
    [zoom, tracks, monitor, windows, openWindow, closeWindow],
  );
}
