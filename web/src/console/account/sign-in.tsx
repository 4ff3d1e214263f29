import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { Problem } from "../../shared/api/problem";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { CodeStep, SignInAgain } from "../../shared/own/code-step";
import { Button } from "../../shared/ui/button";
import { FormDialog } from "../../shared/ui/dialog";
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
  /** Of the second step; null: not asked for yet. */
  const [code, setCode] = useState<string | null>(null);
  const enter = useMutation({
    mutationFn: (end_other: boolean) =>
      signIn({ company: named ?? (company.trim() || null), id: id.trim(), password, code, end_other }),
    onSuccess: onSignedIn,
    onError: (error) => {
      // The password was right: it goes with what is asked next.
      if (isOf(error, "second-step-needed", "second-step-wrong")) setCode("");
      else if (!isOf(error, "signed-in-elsewhere")) setPassword("");
    },
  });
  const back = () => {
    setCode(null);
    setPassword("");
    enter.reset();
  };
  const wait_s = useCountdown(enter.error);
  const asksCompany = site.data?.company_needed === true && named === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!enter.isPending && wait_s === 0) enter.mutate(false);
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
          {code === null ? (
            <>
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
            </>
          ) : (
            <CodeStep
              value={code}
              onChange={setCode}
              error={isOf(enter.error, "second-step-wrong") ? problemText(enter.error, i18n) : undefined}
            />
          )}
          {enter.error !== null && !isOf(enter.error, ...ASKED) && (wait_s > 0 || !isLock(enter.error)) && (
            <ErrorNote>
              {wait_s > 0
                ? t("console-sign-in-locked", { seconds: wait_s })
                : isOf(enter.error, "sign-in-failed") && !asksCompany
                  ? t("shared-sign-in-failed")
                  : problemText(enter.error, i18n)}
            </ErrorNote>
          )}
          <Button type="submit" look="primary" isPending={enter.isPending} isDisabled={wait_s > 0}>
            {t("console-sign-in")}
          </Button>
          {code !== null && <SignInAgain onPress={back} />}
        </form>
        <FormDialog
          title={t("console-elsewhere-title")}
          open={isOf(enter.error, "signed-in-elsewhere")}
          onClose={back}
          onSubmit={() => enter.mutate(true)}
          submitLabel={t("console-elsewhere-end")}
          pending={enter.isPending}
          danger
        >
          <p>{t("console-elsewhere-text", { address: addressOf(enter.error) })}</p>
        </FormDialog>
      </main>
    </Outside>
  );
}

/** Where the other console is open [S-01]. */
function addressOf(error: unknown): string {
  return error instanceof Problem ? String(error.params["address"] ?? "") : "";
}

/** Refusals that ask for something more. */
const ASKED = ["second-step-needed", "second-step-wrong", "signed-in-elsewhere"];

function isOf(error: unknown, ...codes: readonly string[]): error is Problem {
  return error instanceof Problem && codes.includes(error.code);
}

/** The short name in /console/NAME; null for /console. */
export function companyOfPath(path: string): string | null {
  const name = /^\/console\/([^/]+)\/?$/.exec(path)?.[1];
  return name === undefined ? null : decodeURIComponent(name);
}

/** What says when to try again: nothing is wrong any more once that time is over. */
function isLock(error: unknown): error is Problem {
  return error instanceof Problem && typeof error.params["retry_after_s"] === "number";
}

/** The seconds until the lock of ends; 0 where there is none. */
function useCountdown(error: unknown): number {
  const [left_s, setLeft] = useState(0);
  useEffect(() => {
    if (!isLock(error)) {
      setLeft(0);
      return;
    }
    const wait = Number(error.params["retry_after_s"]);
    const end_ms = Date.now() + wait * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end_ms - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left_s;
}
