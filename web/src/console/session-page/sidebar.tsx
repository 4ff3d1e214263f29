import { lazy, memo, type ReactNode, Suspense } from "react";
import { Button as AriaButton, Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Hint } from "../../shared/ui/hint";
import { Loading } from "../../shared/ui/states";
import type { Session } from "../session/session";
import { Later } from "../stage/later";
import { RecordFormView } from "../support-record/record-form-view";
import { bareScreen } from "../toolbar/full-screen";
import type { ToolName } from "../tools/tool-list";
import { usePart, useStore } from "../use-store";
import styles from "./sidebar.module.css";
import { useSidebarFocus } from "./use-sidebar-focus";

export type SidebarTab = "chat" | "record" | "tool";

/** Each panel is loaded when it is first opened. */
const FavouritesPanel = lazy(() =>
  import("../favourites/favourites-panel").then((made) => ({ default: made.FavouritesPanel })),
);
const SystemPanel = lazy(() =>
  import("../system-info/system-panel").then((made) => ({ default: made.SystemPanel })),
);
const ProcessPanel = lazy(() =>
  import("../process-info/process-panel").then((made) => ({ default: made.ProcessPanel })),
);

const PrinterPanel = lazy(() =>
  import("../printer/printer-panel").then((made) => ({ default: made.PrinterPanel })),
);

const TABS: readonly SidebarTab[] = ["chat", "record", "tool"];

type SidebarProps = {
  tab: SidebarTab;
  onTab: (tab: SidebarTab) => void;
  folded: boolean;
  onFold: (folded: boolean) => void;
  session: Session;
  chat: ReactNode;
  /** The tool that is docked here; null: none. */
  panel: ToolName | null;
  /** Counts what the operator has opened here: the keyboard goes there. */
  opened: number;
  /** Somebody sees it. */
  seen: boolean;
  onClosePanel: () => void;
};

/** Chat, record form, and the tool that is open. The first two stay as they are while the other is on top, and while the sidebar is folded. */
export const Sidebar = memo(function Sidebar(props: SidebarProps) {
  const { tab, onTab, folded, onFold, session, chat, panel, opened, seen, onClosePanel } = props;
  const { t } = useI18n();
  const unread = usePart(session.live, (live) => live.unread);
  // The record is written by whose session it is.
  const isSecond = usePart(session.summary, (summary) => summary.second?.isYou === true);
  const bare = useStore(bareScreen);
  const look = folded ? "folded" : "sidebar";
  const place = useSidebarFocus(opened, folded ? null : `${tab} ${panel}`);
  return (
    <aside
      ref={place}
      className={bare ? styles["gone"] : styles[look]}
      data-wide={panel !== null && !folded}
      aria-label={t("console-sidebar")}
    >
      <Later>
        {folded && <Unfold unread={unread} onPress={() => onFold(false)} />}
        <Tabs
          className={folded ? (styles["gone"] ?? "") : (styles["tabs"] ?? "")}
          selectedKey={tab}
          onSelectionChange={(key) => onTab(TABS.find((each) => each === key) ?? "chat")}
        >
          <div className={styles["head"]}>
            <TabList className={styles["list"] ?? ""} aria-label={t("console-sidebar")}>
              <Tab id="chat" className={styles["tab"] ?? ""}>
                {t("console-chat")}
                {unread > 0 && tab !== "chat" && <Unread count={unread} />}
              </Tab>
              {!isSecond && (
                <Tab id="record" className={styles["tab"] ?? ""}>
                  {t("console-record")}
                </Tab>
              )}
              {panel !== null && (
                <Tab id="tool" className={styles["tab"] ?? ""}>
                  {t(`console-tool-name-${panel}`)}
                </Tab>
              )}
            </TabList>
            {panel !== null && (
              <SignButton
                sign="×"
                name={t("console-tool-close", { tool: t(`console-tool-name-${panel}`) })}
                onPress={onClosePanel}
              />
            )}
            <SignButton sign="›" name={t("console-sidebar-fold")} onPress={() => onFold(true)} />
          </div>
          <TabPanel id="chat" shouldForceMount data-written className={styles["content"] ?? ""}>
            {chat}
          </TabPanel>
          {!isSecond && (
            <TabPanel id="record" shouldForceMount data-written className={styles["content"] ?? ""}>
              <RecordFormView sessionId={session.summary.get().id} />
            </TabPanel>
          )}
          {panel !== null && (
            <TabPanel id="tool" className={styles["content"] ?? ""}>
              <Suspense fallback={<Loading />}>
                {panel === "favourites" && <FavouritesPanel session={session} />}
                {panel === "system-info" && <SystemPanel session={session} />}
                {panel === "printer" && <PrinterPanel session={session} />}
                {panel === "process-info" && <ProcessPanel session={session} seen={seen} />}
              </Suspense>
            </TabPanel>
          )}
        </Tabs>
      </Later>
    </aside>
  );
});

/** A button that shows a sign, and its name to who points at it. */
function SignButton({ sign, name, onPress }: { sign: string; name: string; onPress: () => void }) {
  return (
    <Hint text={name}>
      <Button small look="quiet" aria-label={name} onPress={onPress}>
        <span aria-hidden="true" className={styles["arrow"]}>
          {sign}
        </span>
      </Button>
    </Hint>
  );
}

/** What is left of a folded sidebar: a strip that opens it and says what came meanwhile. */
function Unfold({ unread, onPress }: { unread: number; onPress: () => void }) {
  const { t } = useI18n();
  return (
    <AriaButton className={styles["strip"] ?? ""} onPress={onPress}>
      <span aria-hidden="true" className={styles["arrow"]}>
        ‹
      </span>
      {unread > 0 && <Unread count={unread} />}
      <span className={styles["stripText"]}>{t("console-sidebar")}</span>
    </AriaButton>
  );
}

function Unread({ count }: { count: number }) {
  const { t } = useI18n();
  return (
    <span className={styles["unread"]}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t("console-unread", { count })}</span>
    </span>
  );
}
