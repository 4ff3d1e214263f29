import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./frame.module.css";

/** Says that the server is away, or does not take this console, while sessions that run go on. */
export function ServerNote() {
  const { t, knows } = useI18n();
  const workspace = useWorkspace();
  const server = useStore(workspace.server);
  if (server.kind === "refused") {
    const key = `console-server-${server.code}`;
    return (
      <p role="alert" className={`${styles["note"]} ${styles["danger"]}`}>
        {knows(key) ? t(key) : t("console-server-refused")}
        <Button small onPress={() => location.reload()}>
          {t("console-reload")}
        </Button>
      </p>
    );
  }
  return (
    // There before its words, so that they are read out.
    <div role="status">
      {server.kind === "away" && (
        <p className={`${styles["note"]} ${styles["warning"]}`}>{t("console-server-away")}</p>
      )}
    </div>
  );
}
