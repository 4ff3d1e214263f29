import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { Problem } from "../../shared/api/problem";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { ErrorNote, InfoNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { Card, Page, PageActions } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import { BackLink } from "../frame/back-link";
import { Unsaved } from "../frame/unsaved";
import styles from "./branding.module.css";
import { type Branding, brandingQuery, useBrandingChanges } from "./branding-api";

/** The longest text, in characters; the server has the last word. */
const TEXT_MOST = 500;

/** What customers see on their page [O-4]. It holds at once. */
export function BrandingPage() {
  const { t } = useI18n();
  const branding = useQuery(brandingQuery);
  return (
    <Page
      title={t("manage-item-branding")}
      lead={t("manage-branding-lead")}
      trail={<BackLink to="/manage/$company/settings">{t("manage-item-settings")}</BackLink>}
      narrow
    >
      <Loaded query={branding}>
        {(found) => (
          <>
            {!found.is_shown && <InfoNote>{t("manage-branding-not-shown")}</InfoNote>}
            <LogoCard branding={found} />
            <TextCard branding={found} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function LogoCard({ branding: { has_logo, logo_version } }: { branding: Branding }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const client = useQueryClient();
  const { setLogo, removeLogo } = useBrandingChanges();
  /** What somebody else's logo stood in the way of: it is done over theirs at the next press, or left. */
  const [late, setLate] = useState<File | "remove" | null>(null);
  const [error, setError] = useState<unknown>(null);
  const change = async (what: File | "remove") => {
    setError(null);
    try {
      if (what === "remove") await removeLogo.mutateAsync(logo_version);
      else await setLogo.mutateAsync({ file: what, read: logo_version });
      setLate(null);
      notify(t("manage-saved"));
    } catch (refused) {
      if (refused instanceof Problem && refused.code === "changed-meanwhile") {
        setLate(what);
        await client.fetchQuery({ ...brandingQuery, staleTime: 0 }).catch(setError);
      } else {
        setError(refused);
      }
    }
  };
  const choose = (files: FileList | null) => {
    const file = files?.item(0);
    if (file !== null && file !== undefined) void change(file);
  };
  return (
    <Card title={t("manage-branding-logo")}>
      <div className={styles["fields"]}>
        <p>{t("manage-branding-logo-about")}</p>
        {has_logo && (
          <img
            className={styles["logo"]}
            src={`/api/manage/branding/logo?v=${logo_version}`}
            alt={t("manage-branding-logo")}
          />
        )}
        {late !== null && (
          <ErrorNote>
            {late === "remove"
              ? t("manage-branding-logo-late-remove")
              : t("manage-branding-logo-late", { file: late.name })}
          </ErrorNote>
        )}
        <PageActions>
          {late !== null && (
            <>
              <Button
                look="primary"
                isPending={setLogo.isPending || removeLogo.isPending}
                onPress={() => void change(late)}
              >
                {t(
                  late === "remove"
                    ? "manage-branding-logo-remove-all-the-same"
                    : "manage-branding-logo-over",
                )}
              </Button>
              <Button onPress={() => setLate(null)}>{t("manage-branding-logo-leave")}</Button>
            </>
          )}
          <FileTrigger acceptedFileTypes={["image/png", "image/jpeg", "image/webp"]} onSelect={choose}>
            <Button isPending={setLogo.isPending}>{t("manage-branding-logo-choose")}</Button>
          </FileTrigger>
          {has_logo && late === null && (
            <Button isPending={removeLogo.isPending} onPress={() => void change("remove")}>
              {t("manage-branding-logo-remove")}
            </Button>
          )}
        </PageActions>
        {error !== null && <ErrorNote>{logoText(error, i18n)}</ErrorNote>}
      </div>
    </Card>
  );
}

/** The limit is this page's to tell: the server's text is of any request. */
function logoText(error: unknown, i18n: ReturnType<typeof useI18n>): string {
  const isTooLarge = error instanceof Problem && (error.code === "too-large" || error.status === 413);
  return isTooLarge ? i18n.t("manage-branding-logo-too-large") : problemText(error, i18n);
}

function TextCard({ branding }: { branding: Branding }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const client = useQueryClient();
  const { saveText } = useBrandingChanges();
  // The text that the typed one goes over, which is not the newest once somebody else has saved.
  const [read, setRead] = useState(branding.text);
  const [general, setGeneral] = useState<string>();
  const form = useForm({ text: branding.text }, ({ text }) => ({
    text: [...text].length > TEXT_MOST ? t("too-long", { max: TEXT_MOST }) : undefined,
  }));
  const changed = form.values.text !== read;
  const begin = (text: string) => {
    setRead(text);
    form.reset({ text });
  };
  /** What was typed stays; the next save is over what is there now, which Cancel shows. */
  const takeTheirs = async () => setRead((await client.fetchQuery({ ...brandingQuery, staleTime: 0 })).text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.take();
    if (values === undefined || !changed || saveText.isPending) return;
    setGeneral(undefined);
    saveText.mutate(
      { ...values, read },
      {
        onSuccess: ({ text }) => {
          begin(text);
          notify(t("manage-saved"));
        },
        onError: (error) => {
          if (error instanceof Problem && error.code === "changed-meanwhile")
            takeTheirs().catch((failed) => setGeneral(problemText(failed, i18n)));
          const texts = fieldTexts(error, i18n);
          form.refuse(texts);
          setGeneral(texts["text"] === undefined ? problemText(error, i18n) : undefined);
        },
      },
    );
  };
  return (
    <Card title={t("manage-branding-text")}>
      <form ref={form.ref} className={styles["fields"]} onSubmit={submit} noValidate>
        <Unsaved changed={changed} />
        <TextField
          {...form.field("text")}
          label={t("manage-branding-text")}
          hint={t("manage-branding-text-hint")}
          multiline
        />
        {general !== undefined && <ErrorNote>{general}</ErrorNote>}
        <PageActions>
          <Button type="submit" look="primary" isDisabled={!changed} isPending={saveText.isPending}>
            {t("shared-save")}
          </Button>
          <Button isDisabled={!changed} onPress={() => begin(read)}>
            {t("shared-cancel")}
          </Button>
        </PageActions>
      </form>
    </Card>
  );
}
