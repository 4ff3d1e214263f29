import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { useSignedIn } from "../sign_in/session";
import type { ManagePath } from "./menu";
import styles from "./menu-entry.module.css";

type EntryProps = { path: ManagePath | null; current: boolean; children: ReactNode; className: string };

/** A menu entry: a link, or a text that says why there is no page yet. */
export function MenuEntry({ path, current, children, className }: EntryProps) {
  const { company } = useSignedIn();
  if (path === null) return <Unavailable className={className}>{children}</Unavailable>;
  return (
    <Link
      to={path}
      params={{ company: company.short_name }}
      search={{}}
      className={className}
      activeOptions={{ exact: true }}
      {...(current ? { "aria-current": "page" } : { "aria-current": false })}
    >
      {children}
    </Link>
  );
}

/** Can be reached and read by keyboard, but leads nowhere; its tooltip says why. */
function Unavailable({ children, className }: { children: ReactNode; className: string }) {
  const { t } = useI18n();
  const reason = useId();
  return (
    <span className={styles["unavailable"]}>
      {/* biome-ignore lint/a11y/useSemanticElements: a disabled link, by the ARIA pattern for one. */}
      <span role="link" aria-disabled="true" aria-describedby={reason} tabIndex={0} className={className}>
        {children}
      </span>
      <span role="tooltip" id={reason} className={styles["reason"]}>
        {t("manage-not-yet")}
      </span>
    </span>
  );
}
