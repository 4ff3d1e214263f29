import { useMutation } from "@tanstack/react-query";
import type { MouseEvent, ReactNode } from "react";
import { answer, api } from "../shared/api/client";
import { problemText } from "../shared/api/problem-text";
import { useI18n } from "../shared/i18n/i18n";
import { Button, buttonClass } from "../shared/ui/button";
import { Dialog, DialogActions } from "../shared/ui/dialog";

type ExportProps = {
  /** The address of the file. */
  href: string;
  /** Looks like a link within text, not like a button. */
  plain?: boolean;
  small?: boolean;
  children: ReactNode;
};

/**
 * A file that the browser downloads by itself, as it comes. What a download is refused with nobody reads, so the page asks for a place
 * first, reads the refusal to the person, and sends the browser with what it was promised.
 */
export function ExportLink({ href, plain = false, small = false, children }: ExportProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const reserve = useMutation({
    mutationFn: () => answer(api.POST("/api/manage/exports", {})),
    onSuccess: ({ ticket }) => download(`${href}${href.includes("?") ? "&" : "?"}ticket=${ticket}`),
  });
  const press = (event: MouseEvent) => {
    // Into another tab, or kept as an address: that is the browser's, and needs no place.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!reserve.isPending) reserve.mutate();
  };
  return (
    <>
      <a
        href={href}
        download
        onClick={press}
        {...(plain ? {} : { className: buttonClass("secondary", small) })}
      >
        {children}
      </a>
      <Dialog title={t("manage-export-refused")} open={reserve.error !== null} onClose={reserve.reset} alert>
        <p>{problemText(reserve.error, i18n)}</p>
        <DialogActions>
          <Button look="primary" onPress={reserve.reset} autoFocus>
            {t("shared-close")}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

function download(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
