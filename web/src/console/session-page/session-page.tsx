import { memo, useCallback, useEffect, useMemo, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { ChatView } from "../chat/chat-view";
import type { Session } from "../session/session";
import { Stage } from "../stage/stage";
import type { Zoom } from "../stage/zoom";
import { bareScreen, showMenus } from "../toolbar/full-screen";
import { Toolbar } from "../toolbar/toolbar";
import { useHeadingFocus } from "../use-heading-focus";
import { useSessionTitle } from "../use-session-title";
import { usePart, useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import { CodePanel, EndedPanel, JoinedPanel, ReplacedPanel } from "./panels";
import styles from "./session-page.module.css";
import { Sidebar, type SidebarTab } from "./sidebar";

type SessionPageProps = { session: Session; shown: boolean };

/** One session: toolbar, picture, and the sidebar with chat and record. Stays alive while another tab is on the page. */
export const SessionPage = memo(function SessionPage({ session, shown }: SessionPageProps) {
  const summary = useStore(session.summary);
  const title = useSessionTitle(summary);
  const heading = useHeadingFocus(shown, summary.stage);
  const ended = usePart(session.live, (live) => live.ended);
  const replaced = usePart(session.live, (live) => live.replaced);
  const bare = useStore(bareScreen);
  const [zoom, setZoom] = useState<Zoom>("fit");
  const [tab, setTab] = useState<SidebarTab>("chat");
  const { sidebarFolded } = useWorkspace();
  const folded = useStore(sidebarFolded.current);
  const [unfolded, setUnfolded] = useState(false);
  const sidebarShown = (!folded || unfolded) && !bare;
  const fold = useCallback(
    (to: boolean) => {
      setUnfolded(false);
      sidebarFolded.set(to);
    },
    [sidebarFolded],
  );
  const runs = ended === null && !replaced && ["connecting", "active", "away"].includes(summary.stage);
  useHidden(session, shown);
  useEffect(() => {
    if (ended === null) return;
    // What remains to be done is the record, so it comes forward this once.
    setTab("record");
    setUnfolded(true);
  }, [ended]);
  useEffect(() => {
    session.setChatShown(shown && sidebarShown && tab === "chat" && (runs || ended !== null));
  }, [session, shown, sidebarShown, tab, runs, ended]);

  const chat = useMemo(() => <ChatView session={session} />, [session]);
  const hadCustomer = summary.stage !== "waiting" && summary.stage !== "joined";
  return (
    <section className={shown ? styles["page"] : styles["gone"]} aria-hidden={!shown}>
      <h1 ref={heading} tabIndex={-1} className="visually-hidden">
        {title}
      </h1>
      {runs && !bare && <Toolbar session={session} zoom={zoom} onZoom={setZoom} />}
      {bare && <MenusTab />}
      <div className={styles["body"]}>
        <div className={styles["picture"]}>
          {replaced ? (
            <ReplacedPanel session={session} />
          ) : ended !== null ? (
            <EndedPanel session={session} reason={ended} />
          ) : runs ? (
            <Stage session={session} zoom={zoom} shown={shown} />
          ) : summary.stage === "joined" ? (
            <JoinedPanel summary={summary} session={session} />
          ) : (
            <CodePanel summary={summary} />
          )}
        </div>
        {hadCustomer && !replaced && (
          <Sidebar
            tab={tab}
            onTab={setTab}
            folded={folded && !unfolded}
            onFold={fold}
            session={session}
            chat={chat}
          />
        )}
      </div>
    </section>
  );
});

/** In full screen: brings the menus back, for those who do not know the keys for it. */
function MenusTab() {
  const i18n = useI18n();
  return (
    <div className={styles["menusTab"]}>
      <Button small look="secondary" onPress={showMenus}>
        {i18n.t("console-menus")}
      </Button>
    </div>
  );
}

/** A picture that nobody looks at is not sent: another tab of the console, or of the browser. */
function useHidden(session: Session, shown: boolean): void {
  useEffect(() => {
    const tell = () => session.setHidden(!shown || document.visibilityState === "hidden");
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [session, shown]);
}
