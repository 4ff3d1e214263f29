import type { ReactNode } from "react";
import { Problem } from "../api/problem";
import { problemText } from "../api/problem-text";
import { useI18n } from "../i18n/i18n";
import { Button } from "./button";
import styles from "./states.module.css";

/** Waiting for the server. Appears after a moment, so that quick answers do not flicker. */
export function Loading() {
  const { t } = useI18n();
  return (
    <div role="status" className={`${styles["state"]} ${styles["loading"]}`}>
      <span aria-hidden="true" className={styles["spinner"]} />
      <span>{t("shared-loading")}</span>
    </div>
  );
}

/** There is nothing here yet, why, and what to do. */
export function Empty({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <div className={styles["state"]}>
      <p className={styles["title"]}>{title}</p>
      {text !== undefined && <p className={styles["text"]}>{text}</p>}
      {action}
    </div>
  );
}

/** Why a page has no content: no permission, not there, or an error that can be tried again. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const status = error instanceof Problem ? error.status : 0;
  if (status === 403) {
    return <Empty title={t("shared-error-forbidden-title")} text={t("shared-error-forbidden")} />;
  }
  if (status === 404) {
    return <Empty title={t("shared-error-not-found-title")} text={t("shared-error-not-found")} />;
  }
  return (
    <div role="alert" className={styles["state"]}>
      <p className={styles["title"]}>{t("shared-error-title")}</p>
      <p className={styles["text"]}>{problemText(error, i18n)}</p>
      <Button onPress={onRetry}>{t("shared-retry")}</Button>
    </div>
  );
}

type Asked<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

/** Draws what a query gave, or the state that it is in. */
export function Loaded<T>({ query, children }: { query: Asked<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Failed error={query.error} onRetry={() => query.refetch()} />;
  return <Loading />;
}
