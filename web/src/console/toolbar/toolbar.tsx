import { memo, useCallback, useState } from "react";
import { ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { RightsMenu } from "../rights/rights-menu";
import type { Session } from "../session/session";
import type { ControlName } from "../session/session-live";
import type { Rights, SessionSummary } from "../session/session-view";
import { Later } from "../stage/later";
import type { Zoom } from "../stage/zoom";
import type { ToolEntry } from "../tools/tool-list";
import { useRights } from "../tools/use-rights";
import { useMedia } from "../use-media";
import { usePart, useStore } from "../use-store";
import { ConnectionState } from "./connection-state";
import { EndDialog } from "./end-dialog";
import { toggleFullScreen } from "./full-screen";
import { MoreMenu } from "./more-menu";
import { QualityMenu } from "./quality-menu";
import { ShortcutsButton, ShortcutsDialog } from "./shortcuts";
import { SpecialKeysMenu } from "./special-keys-menu";
import styles from "./toolbar.module.css";
import { ToolsMenu } from "./tools-menu";

type PictureProps = { session: Session; zoom: Zoom; onZoom: (zoom: Zoom) => void };
type ToolbarProps = PictureProps & { onTool: (tool: ToolEntry) => void };
type FilesProps = { filesShown: boolean; onFiles: (shown: boolean) => void };

/** Below this, what is used least goes into one menu; the longer language decides. */
const NARROW = "(max-width: 1200px)";

/** The tools of a running session, in groups. A tool that the policy forbids is not here. */
export const Toolbar = memo(function Toolbar({
  session,
  zoom,
  onZoom,
  onTool,
  filesShown,
  onFiles,
}: ToolbarProps & FilesProps) {
  const { t } = useI18n();
  const [ending, setEnding] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const narrow = useMedia(NARROW);
  const openShortcuts = useCallback(() => setShortcuts(true), []);
  return (
    <div className={styles["toolbar"]} role="toolbar" aria-label={t("console-toolbar")}>
      <Later>
        <ControlGroup session={session} />
        <PictureGroup
          session={session}
          zoom={zoom}
          onZoom={onZoom}
          narrow={narrow}
          onShortcuts={openShortcuts}
        />
        <ToolsMenu session={session} onTool={onTool} />
        <RightsMenu session={session} />
        <FilesButton session={session} filesShown={filesShown} onFiles={onFiles} />
        <ConnectionState session={session} />
        <div className={styles["end"]}>
          {!narrow && <ShortcutsButton onPress={openShortcuts} />}
          <Button small look="danger" onPress={() => setEnding(true)}>
            {t("console-end")}
          </Button>
        </div>
        <ShortcutsDialog open={shortcuts} onOpen={openShortcuts} onClose={() => setShortcuts(false)} />
        <EndDialog open={ending} onClose={() => setEnding(false)} onEnd={() => session.end()} />
      </Later>
    </div>
  );
});

type PictureGroupProps = PictureProps & { narrow: boolean; onShortcuts: () => void };
/** Opens the files; not where none of them may be moved. */
function FilesButton({ session, filesShown, onFiles }: { session: Session } & FilesProps) {
  const { t } = useI18n();
  const paused = usePart(session.live, (live) => live.paused);
  const rights = useRights(session);
  if (!rights.sendFiles && !rights.fetchFiles) return null;
  return (
    <ToggleButton
      className={styles["toggle"] ?? ""}
      isSelected={filesShown}
      isDisabled={paused}
      onChange={onFiles}
    >
      {t("console-files")}
    </ToggleButton>
  );
}

function PictureGroup({ session, zoom, onZoom, narrow, onShortcuts }: PictureGroupProps) {
  const { t } = useI18n();
  const customerKind = usePart(session.summary, (summary) => summary.customerKind);
  const hasQuality = customerKind !== "browser";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame.
    <div className={styles["group"]} role="group" aria-label={t("console-group-picture")}>
      {(["fit", "original"] as const).map((each) => (
        <ToggleButton
          key={each}
          className={styles["toggle"] ?? ""}
          isSelected={zoom === each}
          onChange={() => onZoom(each)}
        >
          {t(`console-zoom-${each}`)}
        </ToggleButton>
      ))}
      {narrow ? (
        <MoreMenu hasQuality={hasQuality} onShortcuts={onShortcuts} />
      ) : (
        <>
          <Button small look="quiet" onPress={() => void toggleFullScreen()}>
            {t("console-full-screen")}
          </Button>
          {hasQuality && <QualityMenu />}
        </>
      )}
    </div>
  );
}

function ControlGroup({ session }: { session: Session }) {
  const { t } = useI18n();
  const control = usePart(session.live, (live) => live.control);
  const link = usePart(session.live, (live) => live.link);
  const paused = usePart(session.live, (live) => live.paused);
  const rights = useRights(session);
  const why = useWhyViewOnly(session);
  // Control that is held up is there, and says why it does nothing.
  if (why !== null && !(paused && rights.control)) {
    return (
      <span className={styles["viewOnly"]} title={why}>
        {t("console-view-only")}
        <span className="visually-hidden"> {why}</span>
      </span>
    );
  }
  const on = control === "on" || control === "customer-active";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame.
    <div
      className={styles["group"]}
      role="group"
      aria-label={t("console-group-control")}
      title={paused ? t("console-paused") : undefined}
    >
      <ToggleButton
        className={styles["toggle"] ?? ""}
        isSelected={on}
        isDisabled={link !== "connected" || paused}
        onChange={(next) => session.setControl(next)}
      >
        {t("console-control")}
      </ToggleButton>
      <SpecialKeysMenu session={session} disabled={!on} />
    </div>
  );
}

/** Why there can be no control; null where there can. */
function useWhyViewOnly(session: Session): string | null {
  const { t, knows } = useI18n();
  const summary = useStore(session.summary);
  const control = usePart(session.live, (live) => live.control);
  const lacks = usePart(session.live, (live) => live.controlLacks);
  const rights = useRights(session);
  const why = viewOnlyBy({ ...summary, rights }, control);
  if (why !== "machine") return why === null ? null : t(`console-view-only-${why}`);
  const key = `console-unsupported-${lacks}`;
  return knows(key) ? t(key) : t("console-unsupported", { what: lacks });
}

/** What stands against control; null: nothing. */
export function viewOnlyBy(
  {
    rights,
    offersControl,
    customerKind,
  }: Pick<SessionSummary, "offersControl" | "customerKind"> & { rights: Pick<Rights, "control"> },
  control: ControlName,
): "policy" | "browser" | "machine" | null {
  // Before the browser: where the options forbid control, the customer app would not help.
  if (!offersControl) return "policy";
  if (customerKind === "browser") return "browser";
  if (!rights.control || control === "forbidden") return "policy";
  return control === "unavailable" ? "machine" : null;
}
