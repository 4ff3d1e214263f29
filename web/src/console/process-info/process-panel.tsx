import { useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import type { Session } from "../session/session";
import styles from "../tools/panel.module.css";
import { ProcessList } from "./process-list";
import { ServiceList } from "./service-list";

/** 프로세스 정보 [Processes]: what runs on the customer's machine, and its services [F-07]. */
export function ProcessPanel({ session, seen }: { session: Session; seen: boolean }) {
  const { t } = useI18n();
  const [shown, setShown] = useState<"processes" | "services">("processes");
  return (
    <Tabs
      className={styles["panel"] ?? ""}
      selectedKey={shown}
      onSelectionChange={(key) => setShown(key === "services" ? "services" : "processes")}
    >
      <TabList className={styles["tabs"] ?? ""} aria-label={t("console-tool-name-process-info")}>
        <Tab id="processes" className={styles["tab"] ?? ""}>
          {t("console-processes")}
        </Tab>
        <Tab id="services" className={styles["tab"] ?? ""}>
          {t("console-services")}
        </Tab>
      </TabList>
      <TabPanel id="processes" className={styles["panel"] ?? ""}>
        <ProcessList session={session} seen={seen} />
      </TabPanel>
      <TabPanel id="services" className={styles["panel"] ?? ""}>
        <ServiceList session={session} />
      </TabPanel>
    </Tabs>
  );
}
