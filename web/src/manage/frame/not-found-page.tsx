import { Link } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { buttonClass } from "../../shared/ui/button";
import { Page } from "../../shared/ui/page";
import { SmallPage } from "../sign_in/sign-in-page";

/** An address outside the administrator site that leads nowhere. */
export function NotFoundPage() {
  const { t } = useI18n();
  return (
    <SmallPage title={t("shared-error-not-found-title")} lead={t("shared-error-not-found")}>
      <ToStart />
    </SmallPage>
  );
}

/** An address behind the sign-in that leads nowhere: the menus stay. */
export function NotFoundInFrame() {
  const { t } = useI18n();
  return (
    <Page title={t("shared-error-not-found-title")} lead={t("shared-error-not-found")}>
      <p>
        <ToStart />
      </p>
    </Page>
  );
}

function ToStart() {
  const { t } = useI18n();
  return (
    <Link to="/manage" className={buttonClass("secondary")}>
      {t("manage-start-title")}
    </Link>
  );
}
