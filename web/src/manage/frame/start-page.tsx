import { Link } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { Page } from "../../shared/ui/page";
import { LicenceNotice } from "../licence";
import { useSignedIn } from "../sign_in/session";
import { entriesOf, MENU, type MenuItem } from "./menu";
import styles from "./start-page.module.css";

/** Says in one line each what every entry is for [B-4]. */
export function StartPage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  return (
    <Page title={t("manage-start-title")} lead={t("manage-start-lead", { company: company.name })}>
      <LicenceNotice />
      <div className={styles["sections"]}>
        {MENU.map((section) => (
          <section key={section.key} className={styles["section"]}>
            <h2 className={styles["title"]}>{t(`manage-menu-${section.key}`)}</h2>
            <dl className={styles["items"]}>
              {entriesOf(section).map((item) => (
                <Entry key={item.key} item={item} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Page>
  );
}

function Entry({ item: { key, path } }: { item: MenuItem }) {
  const { t } = useI18n();
  const { company } = useSignedIn();
  return (
    <div className={styles["item"]}>
      <dt className={styles["name"]}>
        <Link to={path} params={{ company: company.short_name }} search={{}}>
          {t(`manage-item-${key}`)}
        </Link>
      </dt>
      <dd className={styles["about"]}>{t(`manage-item-${key}-about`)}</dd>
    </div>
  );
}
