import { memo, type ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
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
  session: Session;
  chat: ReactNode;
};

/** Chat and record form. Both stay as they are while the other is on top. */
export const Sidebar = memo(function Sidebar({ tab, onTab, session, chat }: SidebarProps) {
  const { t } = useI18n();
  const unread = usePart(session.live, (live) => live.unread);
  const bare = useStore(bareScreen);
  return (
    <aside className={bare ? styles["gone"] : styles["sidebar"]} aria-label={t("console-sidebar")}>
      <Later>
        <Tabs
          className={styles["tabs"] ?? ""}
          selectedKey={tab}
          onSelectionChange={(key) => onTab(key === "record" ? "record" : "chat")}
        >
          <TabList className={styles["list"] ?? ""} aria-label={t("console-sidebar")}>
            <Tab id="chat" className={styles["tab"] ?? ""}>
              {t("console-chat")}
              {unread > 0 && tab !== "chat" && <span className={styles["unread"]}>{unread}</span>}
            </Tab>
            <Tab id="record" className={styles["tab"] ?? ""}>
              {t("console-record")}
            </Tab>
          </TabList>
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
