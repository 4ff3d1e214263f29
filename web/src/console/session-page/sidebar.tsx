import { memo, type ReactNode } from "react";
import { Button as AriaButton, Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import { Later } from "../stage/later";
import { RecordFormView } from "../support-record/record-form-view";
import { bareScreen } from "../toolbar/full-screen";
import { usePart, useStore } from "../use-store";
import styles from "./sidebar.module.css";

export type SidebarTab = "chat" | "record";

type SidebarProps = {
  tab: SidebarTab;
  onTab: (tab: SidebarTab) => void;
  folded: boolean;
  onFold: (folded: boolean) => void;
  session: Session;
  chat: ReactNode;
};

/** Chat and record form. Both stay as they are while the other is on top, and while the sidebar is folded. */
export const Sidebar = memo(function Sidebar({ tab, onTab, folded, onFold, session, chat }: SidebarProps) {
  const { t } = useI18n();
  const unread = usePart(session.live, (live) => live.unread);
  const bare = useStore(bareScreen);
  const look = folded ? "folded" : "sidebar";
  return (
    <aside className={bare ? styles["gone"] : styles[look]} aria-label={t("console-sidebar")}>
      <Later>
        {folded && <Unfold unread={unread} onPress={() => onFold(false)} />}
        <Tabs
          className={folded ? (styles["gone"] ?? "") : (styles["tabs"] ?? "")}
          selectedKey={tab}
          onSelectionChange={(key) => onTab(key === "record" ? "record" : "chat")}
        >
          <div className={styles["head"]}>
            <TabList className={styles["list"] ?? ""} aria-label={t("console-sidebar")}>
              <Tab id="chat" className={styles["tab"] ?? ""}>
                {t("console-chat")}
                {unread > 0 && tab !== "chat" && <Unread count={unread} />}
              </Tab>
              <Tab id="record" className={styles["tab"] ?? ""}>
                {t("console-record")}
              </Tab>
            </TabList>
            <Button small look="quiet" aria-label={t("console-sidebar-fold")} onPress={() => onFold(true)}>
              <span aria-hidden="true" className={styles["arrow"]}>
                ›
              </span>
            </Button>
          </div>
          <TabPanel id="chat" shouldForceMount className={styles["content"] ?? ""}>
            {chat}
          </TabPanel>
          <TabPanel id="record" shouldForceMount className={styles["content"] ?? ""}>
            <RecordFormView sessionId={session.summary.get().id} />
          </TabPanel>
        </Tabs>
      </Later>
    </aside>
  );
});

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
