import type { ReactNode } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { InfoNote } from "../../shared/ui/note";
import { Outside } from "../../shared/ui/outside";
import { useDocumentTitle } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { useSignedOut, useSite } from "./session";
import styles from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form";

/** The administrator's sign-in, at `/manage`, `/manage/NAME` and wherever a signed-out administrator is. */
export function SignInPage({ company }: { company?: string }) {
  const { t } = useI18n();
  const site = useSite(company);
  return (
    <SmallPage title={t("manage-sign-in-title")} lead={site.data?.service_name ?? company ?? undefined}>
      <Loaded query={site}>
        {({ company_needed }) => (
          <>
            <WhySignedOut />
            <SignInForm company={company} askCompany={company_needed && company === undefined} />
          </>
        )}
      </Loaded>
    </SmallPage>
  );
}

/** Who was signed in until a moment ago reads why that is over, and that the page comes back. */
export function WhySignedOut() {
  const { t } = useI18n();
  const why = useSignedOut();
  if (why === null) return null;
  return (
    <InfoNote>
      {why.idle_s === null
        ? t("shared-signed-out")
        : t("shared-signed-out-idle", { minutes: Math.round(why.idle_s / 60) })}
    </InfoNote>
  );
}

/** A page with one small card in the middle, for everybody who is not signed in. */
export function SmallPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string | undefined;
  children: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <Outside>
      <main className={styles["card"]}>
        <div className={styles["titles"]}>
          <h1 className={styles["title"]}>{title}</h1>
          {lead !== undefined && <p className={styles["lead"]}>{lead}</p>}
        </div>
        {children}
      </main>
    </Outside>
  );
}
