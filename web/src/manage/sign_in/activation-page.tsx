import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { answer, api, done } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { checkEmail } from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { Button, buttonClass } from "../../shared/ui/button";
import { ErrorNote } from "../../shared/ui/note";
import { Empty, Failed, Loading } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import { checkAccount, LoginField, NewPasswordFields } from "../account-fields";
import styles from "./sign-in.module.css";
import { SmallPage } from "./sign-in-page";

/** The one-time link of a company's administrator: `/activate#TOKEN`. The token never reaches a log of addresses. */
export function ActivationPage() {
  const { t } = useI18n();
  const token = useToken();
  const [activated, setActivated] = useState(false);
  const link = useQuery({
    queryKey: ["manage", "activation", token],
    queryFn: () => answer(api.GET("/api/manage/activation/{token}", { params: { path: { token } } })),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });

  const company = link.data;
  if (token === "" || (link.error instanceof Problem && link.error.status === 404)) {
    return (
      <SmallPage title={t("manage-activation-title")}>
        <Empty title={t("manage-activation-unknown-title")} text={t("manage-activation-unknown")} />
      </SmallPage>
    );
  }
  return (
    <SmallPage title={t("manage-activation-title")} lead={company?.company_name}>
      {link.error !== null && <Failed error={link.error} onRetry={() => link.refetch()} />}
      {link.isPending && <Loading />}
      {company !== undefined && activated && <Activated shortName={company.short_name} />}
      {company !== undefined && !activated && (
        <ActivationForm token={token} onActivated={() => setActivated(true)} />
      )}
    </SmallPage>
  );
}

/** What stands behind the # of the address, also when another link is opened in the same page. */
function useToken(): string {
  const [token, setToken] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const read = () => setToken(location.hash.slice(1));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return token;
}

function Activated({ shortName }: { shortName: string }) {
  const { t } = useI18n();
  return (
    <div className={styles["form"]} role="status">
      <p>{t("manage-activation-done")}</p>
      <Link to="/manage/$company" params={{ company: shortName }} className={buttonClass("primary")}>
        {t("manage-activation-go")}
      </Link>
    </div>
  );
}

function ActivationForm({ token, onActivated }: { token: string; onActivated: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const form = useForm({ name: "", login: "", email: "", password: "", password_confirm: "" }, (values) => ({
    ...checkAccount(values, t),
    email: ruleText(t, checkEmail(values.email, "required")),
  }));
  const activate = useMutation({
    mutationFn: (body: typeof form.values) =>
      done(api.POST("/api/manage/activation/{token}", { params: { path: { token } }, body })),
    onSuccess: onActivated,
    onError: (error) => form.refuse(fieldTexts(error, i18n)),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.take();
    if (values !== undefined && !activate.isPending) activate.mutate(values);
  };
  const atFields = activate.error instanceof Problem && activate.error.fields.length > 0;

  return (
    <form ref={form.ref} className={styles["form"]} onSubmit={submit} noValidate>
      <p className={styles["lead"]}>{t("manage-activation-lead")}</p>
      <TextField {...form.field("name")} label={t("manage-name")} autoComplete="name" required />
      <LoginField form={form} own />
      <TextField
        {...form.field("email")}
        label={t("manage-email")}
        type="email"
        autoComplete="email"
        required
      />
      <NewPasswordFields form={form} />
      {activate.error !== null && !atFields && <ErrorNote>{problemText(activate.error, i18n)}</ErrorNote>}
      <Button type="submit" look="primary" isPending={activate.isPending}>
        {t("manage-activation-submit")}
      </Button>
    </form>
  );
}
