import { useMemo } from "react";
import type { PictureSize } from "../input/pointer";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import { type Area, monitorArea } from "./monitor-area";

export type Monitor = { readonly id: number; readonly name: string; readonly area: Area };

/** The customer's monitors within the picture; none where there is but one. They change while a session runs. */
export function useMonitors(session: Session, picture: PictureSize): readonly Monitor[] {
  const displays = usePart(session.live, (live) => live.displays);
  const { width, height } = picture;
  return useMemo(() => {
    const found = displays.flatMap((display) => {
      const area = monitorArea(display, { width, height });
      return area === null ? [] : [{ id: display.id, name: display.name, area }];
    });
    return found.length > 1 ? found : [];
  }, [displays, width, height]);
}
