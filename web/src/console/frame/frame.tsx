import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { setCsrfToken } from "../../shared/api/client";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { FormDialog } from "../../shared/ui/dialog";
import { LanguageSwitch } from "../../shared/ui/language-switch";
import { AccountDialog } from "../account/account-dialog";
import { type OperatorSession, signOut } from "../console-api";
import { InvitationOver, InvitedNotes } from "../second/invited-note";
import { SessionList } from "../session-list/session-list";
import { PageGuard } from "../session-page/page-guard";
import { BrokenPanel } from "../session-page/panels";
import { SessionPage } from "../session-page/session-page";
import { Later } from "../stage/later";
import { bareScreen, followFullScreen } from "../toolbar/full-screen";
import { useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./frame.module.css";
import { ServerNote } from "./server-note";
import { SessionTabs } from "./session-tabs";

/** The signed-in console: tabs of customers above, the list or one session below. */
export function Frame({ me, onSignedOut }: { me: OperatorSession; onSignedOut: () => void }) {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const tabs = useStore(workspace.tabs);
  const [account, setAccount] = useState(false);
  const left = useCallback(() => {
    // The next operator at this browser finds no tab and no chat.
    sessionStorage.clear();
    setCsrfToken(null);
    onSignedOut();
  }, [onSignedOut]);
  const leave = useMutation({ mutationFn: signOut, onSettled: left });
  const [asks, setAsks] = useState(false);
  const running = () => workspace.list.get().filter(({ stage }) => stage !== "ended").length;
  const press = () => (running() > 0 ? setAsks(true) : leave.mutate());
  useSessionGuard();
  useEffect(followFullScreen, []);
  const bare = useStore(bareScreen);
  return (
    <div className={styles["frame"]}>
      <header className={bare ? styles["away"] : styles["header"]}>
        <span className={styles["brand"]}>
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span className={styles["brandName"]}>{me.company.service_name || me.company.name}</span>
        </span>
        <SessionTabs />
        <div className={styles["account"]}>
          <LanguageSwitch />
          <Button look="quiet" small onPress={() => setAccount(true)}>
            <span className={styles["name"]} title={`${me.operator.department.name} · ${me.operator.login}`}>
              {me.operator.name}
            </span>
          </Button>
          {account && (
            <AccountDialog name={me.operator.name} onClose={() => setAccount(false)} onSignedOut={left} />
          )}
          <Button look="quiet" small onPress={press} isPending={leave.isPending}>
            {t("console-sign-out")}
          </Button>
          <FormDialog
            title={t("console-sign-out-title")}
            open={asks}
            onClose={() => setAsks(false)}
            onSubmit={() => leave.mutate()}
            submitLabel={t("console-sign-out")}
            pending={leave.isPending}
            danger
          >
            <p>{t("console-sign-out-text", { count: running() })}</p>
          </FormDialog>
        </div>
      </header>
      <ServerNote />
      <InvitedNotes />
      <InvitationOver />
      <main className={styles["main"]}>
        <div className={tabs.current === null ? styles["list"] : styles["away"]}>
          <Later>
            <SessionList shown={tabs.current === null} />
          </Later>
        </div>
        {tabs.open.map((id) => {
          const session = workspace.session(id);
          return session === null ? null : (
            <PageGuard key={id} fallback={id === tabs.current && <BrokenPanel />}>
              <SessionPage session={session} shown={id === tabs.current} />
            </PageGuard>
          );
        })}
      </main>
    </div>
  );
}

/** The browser asks before it closes a page with a running session. */
function useSessionGuard(): void {
  const workspace = useWorkspace();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const runs = workspace.tabs
        .get()
        .open.some((id) => workspace.session(id)?.live.get().link === "connected");
      if (runs) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [workspace]);
}
