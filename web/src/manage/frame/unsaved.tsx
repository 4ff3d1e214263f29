import { useBlocker } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";

/** Asks before a page is left whose form holds what was not saved, by a link as well as by closing the tab. */
export function Unsaved({ changed }: { changed: boolean }) {
  const { t } = useI18n();
  const blocker = useBlocker({
    // Another search of the same page loses nothing.
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: () => changed,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <FormDialog
      open
      title={t("manage-unsaved-title")}
      submitLabel={t("manage-unsaved-leave")}
      danger
      pending={false}
      onClose={blocker.reset}
      onSubmit={blocker.proceed}
    >
      <p>{t("manage-unsaved")}</p>
    </FormDialog>
  );
}
