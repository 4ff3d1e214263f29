import { Link } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { buttonClass } from "../../shared/ui/button";
import { useDocumentTitle } from "../../shared/ui/page";
import { Empty } from "../../shared/ui/states";

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useI18n();
  useDocumentTitle(t("shared-error-not-found-title"));
  return (
    <Empty
      title={t("shared-error-not-found-title")}
      text={t("shared-error-not-found")}
      action={
        <Link to="/manage" className={buttonClass("secondary")}>
          {t("manage-start-title")}
        </Link>
      }
    />
  );
}
