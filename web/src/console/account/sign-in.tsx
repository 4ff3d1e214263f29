import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { Problem } from "../../shared/api/problem";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { ErrorNote, InfoNote } from "../../shared/ui/note";
import { Outside } from "../../shared/ui/outside";
import { TextField } from "../../shared/ui/text-field";
import { findSite, type OperatorSession, signIn } from "../console-api";
import styles from "./sign-in.module.css";

/** Why nobody is signed in here any more: the idle time passed, or the server ended it. `null`: nobody was, or by hand. */
export type SignedOut = { idle_s: number | null } | null;

type SignInProps = { why: SignedOut; onSignedIn: (session: OperatorSession) => void };

/** The operator's sign-in. The path /console/NAME names the company. */
export function SignIn({ why, onSignedIn }: SignInProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const named = companyOfPath(location.pathname);
  const site = useQuery({ queryKey: ["site", named], queryFn: () => findSite(named) });
  const [company, setCompany] = useState("");
  const [id, setId] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: () => signIn({ company: named ?? (company.trim() || null), id: id.trim(), password }),
    onSuccess: onSignedIn,
    onError: () => setPassword(""),
  });
  const wait_s = useCountdown(enter.error);
  const asksCompany = site.data?.company_needed === true && named === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!enter.isPending && wait_s === 0) enter.mutate();
  };
  return (
    <Outside>
      <main className={styles["main"]}>
        <form className={styles["card"]} onSubmit={submit} noValidate aria-labelledby="sign-in-title">
          <div>
            <h1 id="sign-in-title" className={styles["title"]}>
              {t("console-sign-in-title")}
            </h1>
            <p className={styles["lead"]}>{site.data?.service_name ?? ""}</p>
          </div>
          {why !== null && (
            <InfoNote>
              {why.idle_s === null
                ? t("shared-signed-out")
                : t("shared-signed-out-idle", { minutes: Math.round(why.idle_s / 60) })}
            </InfoNote>
          )}
          {asksCompany && (
            <TextField
              label={t("console-company")}
              name="company"
              value={company}
              onChange={setCompany}
              autoComplete="organization"
            />
          )}
          <TextField
            label={t("console-id")}
            name="id"
            value={id}
            onChange={setId}
            autoComplete="username"
            autoFocus
          />
          <TextField
            label={t("console-password")}
            name="password"
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
          />
          {enter.error !== null && (
            <ErrorNote>
              {wait_s > 0
                ? t("console-sign-in-locked", { seconds: wait_s })
                : isWrong(enter.error) && !asksCompany
                  ? t("shared-sign-in-failed")
                  : problemText(enter.error, i18n)}
            </ErrorNote>
          )}
          <Button type="submit" look="primary" isPending={enter.isPending} isDisabled={wait_s > 0}>
            {t("console-sign-in")}
          </Button>
        </form>
      </main>
    </Outside>
  );
}

/** Where no company is asked for, none is named in what is wrong. */
function isWrong(error: unknown): boolean {
  return error instanceof Problem && error.code === "sign-in-failed";
}

/** The short name in /console/NAME; null for /console. */
export function companyOfPath(path: string): string | null {
  const name = /^\/console\/([^/]+)\/?$/.exec(path)?.[1];
  return name === undefined ? null : decodeURIComponent(name);
}

/** The seconds until the lock of ends; 0 where there is none. */
function useCountdown(error: unknown): number {
  const [left_s, setLeft] = useState(0);
  useEffect(() => {
    const wait = error instanceof Problem ? error.params["retry_after_s"] : undefined;
    if (typeof wait !== "number") {
      setLeft(0);
      return;
    }
    const end_ms = Date.now() + wait * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end_ms - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left_s;
}
