import { type FormEvent, useEffect, useState } from "react";
import { Problem } from "../../shared/api/problem";
import { problemText } from "../../shared/api/problem-text";
import { type FieldProps, useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { CodeStep, SignInAgain } from "../../shared/own/code-step";
import { Button } from "../../shared/ui/button";
import { ErrorNote } from "../../shared/ui/note";
import { TextField } from "../../shared/ui/text-field";
import { useSignIn } from "./session";
import styles from "./sign-in.module.css";

type SignInFormProps = {
  /** The company of the address `/manage/NAME`. */
  company: string | undefined;
  /** The server has several companies and the address names none. */
  askCompany: boolean;
  /** Who is expected; anybody may come. */
  login?: string;
};

/** ID, Password, 로그인. A lock-out shows the time left. */
export function SignInForm({ company, askCompany, login = "" }: SignInFormProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const signIn = useSignIn();
  const lockedFor = useSecondsLeft(signIn.error);

  /** Of the second step; null: not asked for yet. */
  const [code, setCode] = useState<string | null>(null);

  const required = (text: string) => (text.trim() === "" ? t("shared-rule-required") : undefined);
  const form = useForm({ company: "", id: login, password: "" }, (values) => ({
    company: askCompany ? required(values.company) : undefined,
    id: required(values.id),
    password: required(values.password),
  }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.take();
    if (values === undefined || lockedFor > 0 || signIn.isPending) return;
    const named = askCompany ? values.company.trim() : company;
    const typed = { company: named, id: values.id.trim(), password: values.password };
    signIn.mutate(
      { ...typed, code: code === null ? null : code.trim() },
      {
        onError: (error) => {
          // The password was right: it goes with the code.
          if (isCodeAsked(error)) setCode("");
          else form.clear("password");
        },
      },
    );
  };
  const back = () => {
    setCode(null);
    signIn.reset();
    form.clear("password");
  };

  return (
    <form ref={form.ref} className={styles["form"]} onSubmit={submit} noValidate>
      {code === null ? (
        <SignInFields form={form} askCompany={askCompany} isKnown={login !== ""} />
      ) : (
        <CodeStep
          value={code}
          onChange={setCode}
          error={isWrongCode(signIn.error) ? problemText(signIn.error, i18n) : undefined}
        />
      )}
      {lockedFor > 0 ? (
        <ErrorNote>{t("manage-sign-in-locked", { seconds: lockedFor })}</ErrorNote>
      ) : (
        signIn.error !== null &&
        !isLock(signIn.error) &&
        !isCodeAsked(signIn.error) && (
          <ErrorNote>
            {isWrong(signIn.error) && !askCompany
              ? t("shared-sign-in-failed")
              : problemText(signIn.error, i18n)}
          </ErrorNote>
        )
      )}
      <Button type="submit" look="primary" isPending={signIn.isPending} isDisabled={lockedFor > 0}>
        {t("manage-sign-in")}
      </Button>
      {code !== null && <SignInAgain onPress={back} />}
    </form>
  );
}

type Fields = { field(name: "company" | "id" | "password"): FieldProps };

/** What everybody types. */
function SignInFields({
  form,
  askCompany,
  isKnown,
}: {
  form: Fields;
  askCompany: boolean;
  isKnown: boolean;
}) {
  const { t } = useI18n();
  return (
    <>
      {askCompany && (
        <TextField
          {...form.field("company")}
          label={t("manage-company")}
          autoComplete="organization"
          autoFocus
        />
      )}
      <TextField
        {...form.field("id")}
        label={t("manage-id")}
        autoComplete="username"
        autoFocus={!askCompany && !isKnown}
      />
      <TextField
        {...form.field("password")}
        label={t("manage-password")}
        type="password"
        autoComplete="current-password"
        autoFocus={isKnown}
      />
    </>
  );
}

/** The password is right, and a code is asked for, perhaps once more. */
function isCodeAsked(error: unknown): boolean {
  return error instanceof Problem && ["second-step-needed", "second-step-wrong"].includes(error.code);
}

function isWrongCode(error: unknown): boolean {
  return error instanceof Problem && error.code === "second-step-wrong";
}

function isLock(error: unknown): error is Problem {
  return error instanceof Problem && error.code === "sign-in-locked";
}

/** Where no company is asked for, none is named in what is wrong. */
function isWrong(error: unknown): boolean {
  return error instanceof Problem && error.code === "sign-in-failed";
}

/** Counts a lock-out down to 0. */
function useSecondsLeft(error: unknown): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const lock_s = isLock(error) ? Number(error.params["retry_after_s"] ?? 0) : 0;
    const endsAt_ms = Date.now() + lock_s * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((endsAt_ms - Date.now()) / 1000)));
    tick();
    if (lock_s === 0) return;
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
