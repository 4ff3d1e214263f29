import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Loading } from "../../shared/ui/states";
import { OwnWindow } from "../own-window/own-window";
import type { Session } from "../session/session";
import { useSessionTitle } from "../use-session-title";
import { usePart, useStore } from "../use-store";

/** Loaded when it is first opened: most sessions move no file. */
const FilesPanel = lazy(() => import("./files-panel").then(({ FilesPanel: panel }) => ({ default: panel })));

const SIZE = { width: 1_000, height: 680 };

/** The files below the picture [S-08], else in a window of their own; below the picture, too, where the browser opens none. */
export function FilesPlace({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useI18n();
  const inViewer = usePart(session.summary, ({ defaults }) => defaults.filesInViewer);
  const title = useSessionTitle(useStore(session.summary));
  const [blocked, setBlocked] = useState(false);
  const panel = (
    <Suspense fallback={<Loading />}>
      <FilesPanel session={session} onClose={onClose} />
    </Suspense>
  );
  if (inViewer || blocked) return panel;
  return (
    <OwnWindow
      name={`beside-${session.summary.get().id}-files`}
      title={`${t("console-files")} · ${title}`}
      size={SIZE}
      onClose={onClose}
      onBlocked={() => setBlocked(true)}
    >
      {panel}
    </OwnWindow>
  );
}
