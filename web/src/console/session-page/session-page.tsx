import { lazy, memo, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { RebootDialog } from "../auto-reconnect/reboot-dialog";
import { ChatView } from "../chat/chat-view";
import { useDrawing } from "../drawing/use-drawing";
import { FilesPlace } from "../files/files-place";
import { OperatorControlBar } from "../operator-control/operator-control-bar";
import { OperatorScreenBar } from "../operator-screen/operator-screen-bar";
import { PartDialog } from "../partial-share/part-dialog";
import { UrlDialog } from "../send-url/url-dialog";
import type { Session } from "../session/session";
import { Stage } from "../stage/stage";
import { useView } from "../stage/use-view";
import { ALL_COMMANDS, type Command } from "../toolbar/commands";
import { EndDialog } from "../toolbar/end-dialog";
import { bareScreen, showMenus } from "../toolbar/full-screen";
import { Toolbar } from "../toolbar/toolbar";
import { type ToolEntry, type ToolName, toolsFor } from "../tools/tool-list";
import { useKeys } from "../tools/use-keys";
import { useRights } from "../tools/use-rights";
import { useHeadingFocus } from "../use-heading-focus";
import { useSessionTitle } from "../use-session-title";
import { usePart, useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import { CodePanel, EndedPanel, JoinedPanel, ReplacedPanel } from "./panels";
import styles from "./session-page.module.css";
import { Sidebar, type SidebarTab } from "./sidebar";

const NO_TOOLS: readonly ToolEntry[] = [];
const CaptureDialog = lazy(() =>
  import("../screen-capture/capture-dialog").then((made) => ({ default: made.CaptureDialog })),
);
const DrawingBar = lazy(() =>
  import("../drawing/drawing-bar").then(({ DrawingBar: bar }) => ({ default: bar })),
);
const VoiceBar = lazy(() => import("../voice/voice-bar").then(({ VoiceBar: bar }) => ({ default: bar })));

type SessionPageProps = { session: Session; shown: boolean };

/** One session: toolbar, picture, and the sidebar with chat and record. Stays alive while another tab is on the page. */
export const SessionPage = memo(function SessionPage({ session, shown }: SessionPageProps) {
  const summary = useStore(session.summary);
  const title = useSessionTitle(summary);
  const heading = useHeadingFocus(shown, summary.stage);
  const ended = usePart(session.live, (live) => live.ended);
  const replaced = usePart(session.live, (live) => live.replaced);
  const bare = useStore(bareScreen);
  const view = useView(session);
  const [tab, setTab] = useState<SidebarTab>("chat");
  const { sidebarFolded, clipboardShared } = useWorkspace();
  const folded = useStore(sidebarFolded.current);
  const [unfolded, setUnfolded] = useState(false);
  const [opened, setOpened] = useState(0);
  const [filesShown, setFilesShown] = useState(false);
  const sidebarShown = (!folded || unfolded) && !bare;
  const fold = useCallback(
    (to: boolean) => {
      setUnfolded(false);
      sidebarFolded.set(to);
    },
    [sidebarFolded],
  );
  const rights = useRights(session);
  const [dialog, setDialog] = useState<ToolName | null>(null);
  const [panel, setPanel] = useState<ToolName | null>(null);
  const openTool = useCallback(
    (tool: ToolEntry) => {
      if (tool.name === "operator-screen") return session.operatorScreen.toggle();
      if (tool.name === "operator-control")
        return session.operatorControl.toggle(session.summary.get().reversed);
      if (tool.name === "screen-recording") return session.setRecording(!session.isRecording);
      if (tool.place === "switch") return clipboardShared.set(!clipboardShared.current.get());
      if (tool.place === "mode") return session.drawing.setOn(!session.drawing.state.get().on);
      if (tool.place === "call") return session.voice.toggle();
      if (tool.place === "dialog") return setDialog(tool.name);
      if (tool.place === "dock") return setFilesShown((shown) => !shown);
      setPanel(tool.name);
      setTab("tool");
      setUnfolded(true);
      setOpened((before) => before + 1);
    },
    [session, clipboardShared],
  );
  const closePanel = useCallback(() => {
    setPanel(null);
    setTab("chat");
  }, []);
  const openTab = useCallback((to: SidebarTab) => {
    setTab(to);
    setUnfolded(true);
    setOpened((before) => before + 1);
  }, []);
  const chatShown = sidebarShown && tab === "chat";
  const showChat = useCallback((show: boolean) => (show ? openTab("chat") : fold(true)), [openTab, fold]);
  const [ending, setEnding] = useState(false);
  const closeFiles = useCallback(() => setFilesShown(false), []);
  const askEnd = useCallback(() => setEnding(true), []);
  const command = useCallback(
    ({ name }: Command) => {
      if (name === "control") session.toggleControl();
      if (name === "zoom") view.setZoom(view.zoom === "fit" ? "original" : "fit");
      // Where the keyboard is elsewhere it comes to the chat first.
      if (name === "chat") showChat(!chatShown || document.activeElement?.closest("aside") === null);
      if (name === "record") openTab("record");
      if (name === "end") setEnding(true);
    },
    [session, view, chatShown, showChat, openTab],
  );
  const runs = ended === null && !replaced && ["connecting", "active", "away"].includes(summary.stage);
  useHidden(session, shown, view.windows.length > 0);
  const filesWanted = useStore(session.filesWanted);
  useEffect(() => {
    if (filesWanted > 0) setFilesShown(true);
  }, [filesWanted]);
  useEffect(() => {
    if (ended === null) return;
    // What remains to be done is the record, so it comes forward this once.
    setTab("record");
    setUnfolded(true);
  }, [ended]);
  useEffect(() => {
    session.setChatShown(shown && sidebarShown && tab === "chat" && (runs || ended !== null));
  }, [session, shown, sidebarShown, tab, runs, ended]);

  const tools = runs ? toolsFor(rights) : NO_TOOLS;
  useKeys(shown && !bare, tools, openTool);
  // What is taken back in the middle of it goes from the page as well.
  const openPanel = tools.find(({ name }) => name === panel)?.name ?? null;
  const dialogAllowed = tools.some(({ name }) => name === dialog);
  useEffect(() => {
    // What was taken back does not come back by itself.
    if (!dialogAllowed) setDialog(null);
    if (openPanel === null) setPanel(null);
  }, [dialogAllowed, openPanel]);
  useKeys(shown && runs && !bare, ALL_COMMANDS, command);
  const draws = useDrawing(session, tools);
  const isInUse = useCallback(
    (name: ToolName) => (name === "drawing" ? draws : name === "two-way-file-transfer" && filesShown),
    [draws, filesShown],
  );
  const hasVoice = usePart(session.voice.now, ({ stage, why }) => stage !== "off" || why !== null);
  const isOpen = (name: ToolName) => shown && dialogAllowed && dialog === name;
  const closeDialog = () => setDialog(null);
  const chat = useMemo(() => <ChatView session={session} />, [session]);
  const isOthers = ended === "second-over" || ended === "handed-over";
  const hadCustomer = summary.stage !== "waiting" && summary.stage !== "joined" && !isOthers;
  return (
    <section className={shown ? styles["page"] : styles["gone"]} aria-hidden={!shown}>
      <h1 ref={heading} tabIndex={-1} className="visually-hidden">
        {title}
      </h1>
      {runs && !bare && (
        <Toolbar
          session={session}
          view={view}
          onTool={openTool}
          isOpen={isInUse}
          chatShown={chatShown}
          onChat={showChat}
          onEnd={askEnd}
        />
      )}
      {bare && <MenusTab />}
      <div className={styles["body"]}>
        <div className={styles["picture"]}>
          {/* In full screen as well: nobody forgets that they are seen. */}
          {runs && <OperatorScreenBar session={session} />}
          {runs && <OperatorControlBar session={session} />}
          {hasVoice && runs && !bare && (
            <Suspense fallback={null}>
              <VoiceBar session={session} />
            </Suspense>
          )}
          {draws && !bare && (
            <Suspense fallback={null}>
              <DrawingBar session={session} />
            </Suspense>
          )}
          {replaced ? (
            <ReplacedPanel session={session} />
          ) : ended !== null ? (
            <EndedPanel session={session} reason={ended} />
          ) : runs ? (
            <Stage session={session} view={view} shown={shown} />
          ) : summary.stage === "joined" ? (
            <JoinedPanel summary={summary} session={session} />
          ) : (
            <CodePanel summary={summary} />
          )}
          {filesShown && tools.some(({ place }) => place === "dock") && !bare && (
            <FilesPlace session={session} onClose={closeFiles} />
          )}
        </div>
        {hadCustomer && !replaced && (
          <Sidebar
            tab={tab === "tool" && openPanel === null ? "chat" : tab}
            onTab={setTab}
            folded={folded && !unfolded}
            onFold={fold}
            session={session}
            chat={chat}
            panel={openPanel}
            opened={opened}
            seen={shown && sidebarShown && tab === "tool"}
            onClosePanel={closePanel}
          />
        )}
      </div>
      <EndDialog
        open={ending && runs}
        onClose={() => setEnding(false)}
        onEnd={() => session.end()}
        second={summary.second?.state === "joined" ? summary.second : null}
      />
      {isOpen("screen-capture") && (
        <Suspense fallback={null}>
          <CaptureDialog session={session} onClose={closeDialog} />
        </Suspense>
      )}
      <UrlDialog session={session} open={isOpen("send-url")} onClose={closeDialog} />
      <PartDialog session={session} open={isOpen("partial-share")} onClose={closeDialog} />
      <RebootDialog session={session} open={isOpen("auto-reconnect")} onClose={closeDialog} />
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

/** A picture that nobody looks at is not sent: another tab of the console, or of the browser, and no window of its own. */
function useHidden(session: Session, shown: boolean, elsewhere: boolean): void {
  useEffect(() => {
    const tell = () => session.setHidden(!elsewhere && (!shown || document.visibilityState === "hidden"));
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [session, shown, elsewhere]);
}
