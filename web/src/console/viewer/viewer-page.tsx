import { useEffect } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { LanguageSwitch } from "../../shared/ui/language-switch";
import { Said } from "../../shared/ui/said";
import type { Session } from "../session/session";
import { Stage } from "../stage/stage";
import { useView } from "../stage/use-view";
import { usePart, useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./viewer.module.css";

/** So long a page that is over waits for a server that is away, which has yet to hear of the end. */
const TELLS_END_MS = 30_000;

/** The customer's page: the operator's computer, and the way out of it. */
export function ViewerPage() {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const server = useStore(workspace.server);
  const { current } = useStore(workspace.tabs);
  const list = useStore(workspace.list);
  const [only] = list;
  useEffect(() => {
    document.title = t("viewer-title");
  }, [t]);
  useEffect(() => {
    if (current === null && only !== undefined) workspace.open(only.id);
  }, [workspace, current, only]);
  const session = current === null ? null : workspace.session(current);
  return (
    <div className={styles["frame"]}>
      {session !== null ? (
        <Shown session={session} />
      ) : (
        <>
          <Header />
          <Message
            title={t(server.kind === "refused" ? "viewer-dead-title" : "viewer-connecting-title")}
            text={t(server.kind === "refused" ? "viewer-dead-text" : "viewer-connecting-text")}
          />
        </>
      )}
    </div>
  );
}

function Shown({ session }: { session: Session }) {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const view = useView(session);
  const stage = usePart(session.summary, (summary) => summary.stage);
  const ended = usePart(session.live, (live) => live.ended);
  const replaced = usePart(session.live, (live) => live.replaced);
  const server = useStore(workspace.server);
  const over = ended !== null || replaced || server.kind === "refused";
  const endUntold = useStore(session.endUntold);
  useEffect(() => {
    if (!over) return;
    const timer = setTimeout(() => workspace.stop(), endUntold ? TELLS_END_MS : 0);
    return () => clearTimeout(timer);
  }, [workspace, over, endUntold]);
  useEffect(() => {
    const tell = () => session.setHidden(document.visibilityState === "hidden");
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [session]);
  const runs = !over && ["connecting", "active", "away"].includes(stage);
  return (
    <>
      <Header session={over ? null : session} />
      {over ? (
        <Message title={t("viewer-ended-title")} text={t("viewer-ended-text")} />
      ) : runs ? (
        <main className={styles["stage"]}>
          <Stage session={session} view={view} shown />
        </main>
      ) : (
        <Message title={t("viewer-waiting-title")} text={t("viewer-waiting-text")} />
      )}
    </>
  );
}

/** Whose computer it is, who controls it, and Stop. */
function Header({ session = null }: { session?: Session | null }) {
  const { t } = useI18n();
  return (
    <header className={styles["header"]}>
      <h1 className={styles["title"]}>{t("viewer-title")}</h1>
      {session !== null && <Controls session={session} />}
      <div className={styles["end"]}>
        <LanguageSwitch />
        {session !== null && (
          <Button small look="danger" onPress={() => session.end()}>
            {t("viewer-stop")}
          </Button>
        )}
      </div>
    </header>
  );
}

function Controls({ session }: { session: Session }) {
  const { t } = useI18n();
  const machine = usePart(session.summary, (summary) => summary.machine);
  const link = usePart(session.live, (live) => live.link);
  const control = usePart(session.live, (live) => live.control);
  const on = control === "on" || control === "customer-active";
  return (
    <>
      {machine !== null && <span className={styles["name"]}>{machine.hostName}</span>}
      {link === "connected" && (
        <Said className={styles["control"]}>
          {t(on ? "viewer-controls" : control === "off" ? "viewer-looks" : "viewer-looks-only")}
        </Said>
      )}
      {link === "connected" && (on || control === "off") && (
        <Button small onPress={() => session.setControl(!on)}>
          {t(on ? "viewer-release" : "viewer-take")}
        </Button>
      )}
    </>
  );
}

function Message({ title, text }: { title: string; text: string }) {
  return (
    <main className={styles["message"]}>
      <Said className={styles["said"]}>
        <h2 className={styles["messageTitle"]}>{title}</h2>
        <p>{text}</p>
      </Said>
    </main>
  );
}
