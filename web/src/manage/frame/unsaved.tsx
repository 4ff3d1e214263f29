import { useBlocker } from "@tanstack/react-router";
import { useEffect } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";

/** How many forms of the page hold what was not saved. */
let held = 0;

/** Whether a sign-out would lose something. */
export function hasUnsaved(): boolean {
  return held > 0;
}

/** Asks before a page is left whose form holds what was not saved, by a link as well as by closing the tab. */
export function Unsaved({ changed }: { changed: boolean }) {
  const blocker = useBlocker({
    // Another search of the same page loses nothing.
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: () => changed,
    withResolver: true,
  });
  useEffect(() => {
    if (!changed) return;
    held += 1;
    return () => {
      held -= 1;
    };
  }, [changed]);
  if (blocker.status !== "blocked") return null;
  return <AskToLeave onStay={blocker.reset} onLeave={blocker.proceed} />;
}

/** The question itself. */
export function AskToLeave({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useI18n();
  return (
    <FormDialog
      open
      title={t("manage-unsaved-title")}
      submitLabel={t("manage-unsaved-leave")}
      danger
      pending={false}
      onClose={onStay}
      onSubmit={onLeave}
    >
      <p>{t("manage-unsaved")}</p>
    </FormDialog>
  );
}
