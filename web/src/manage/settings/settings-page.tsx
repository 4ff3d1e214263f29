import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { Problem } from "../../shared/api/problem";
import { fieldText, fieldTexts, problemText } from "../../shared/api/problem-text";
import { merged } from "../../shared/form/merged";
import { useI18n } from "../../shared/i18n/i18n";
import { buttonClass } from "../../shared/ui/button";
import { ErrorNote, InfoNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { Page } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { ConfirmPassword } from "../confirm-password";
import { SaveBar } from "../frame/save-bar";
import { useSignedIn } from "../sign_in/session";
import styles from "./settings.module.css";
import { type FoundSettings, settingsQuery, useSaveSettings } from "./settings-api";
import {
  changedSettings,
  type Draft,
  draftOf,
  faultsOf,
  needsPassword,
  SETTING_LABELS,
  settingsOf,
} from "./settings-draft";
import { SettingsFields } from "./settings-fields";

/** 설정 [G-2]. */
export function SettingsPage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const settings = useQuery(settingsQuery);
  return (
    <Page
      title={t("manage-item-settings")}
      lead={t("manage-item-settings-about")}
      actions={
        <Link
          to="/manage/$company/branding"
          params={{ company: company.short_name }}
          className={buttonClass()}
        >
          {t("manage-item-branding")}
        </Link>
      }
    >
      <Loaded query={settings}>{(found) => <SettingsForm found={found} />}</Loaded>
    </Page>
  );
}

function SettingsForm({ found }: { found: FoundSettings }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const ref = useRef<HTMLFormElement>(null);
  const { read, draft, setDraft, changedElsewhere, takeTheirs, saved } = useDraft(found);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [general, setGeneral] = useState<string>();
  const [asks, setAsks] = useState(false);
  const save = useSaveSettings();

  const show = (texts: Record<string, string>) => {
    setErrors(texts);
    // After the password's dialog, which gives the focus back to Save when it goes.
    setTimeout(() => {
      ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus();
    }, 100);
  };
  const send = async (password: string | null) => {
    setGeneral(undefined);
    setErrors({});
    const { changed_at_ms } = read;
    saved(
      draft,
      await save.mutateAsync({
        settings: settingsOf(draft),
        changed_at_ms,
        administrator_password: password,
      }),
    );
    notify(t("manage-saved"));
  };
  const refused = (error: unknown) => {
    if (error instanceof Problem && error.code === "changed-meanwhile")
      takeTheirs().catch((failed) => setGeneral(problemText(failed, i18n)));
    else if (error instanceof Problem && error.fields.length > 0) show(fieldTexts(error, i18n));
    else setGeneral(problemText(error, i18n));
    return true;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const faults = faultsOf(draft);
    if (faults.length > 0) {
      show(Object.fromEntries(faults.map((fault) => [fault.field, fieldText(fault, i18n)])));
    } else if (needsPassword(read.draft, draft)) {
      setAsks(true);
    } else if (!save.isPending) {
      send(null).catch(refused);
    }
  };

  return (
    <form ref={ref} className={styles["form"]} onSubmit={submit} noValidate>
      {changedElsewhere && <ErrorNote>{t("manage-changed-elsewhere")}</ErrorNote>}
      <SettingsFields
        draft={draft}
        change={(change) => setDraft((before) => ({ ...before, ...change }))}
        errors={errors}
        ownAddress={found.own_address}
      />
      {draft.time_zone !== read.draft.time_zone && <InfoNote>{t("manage-settings-statistics")}</InfoNote>}
      <SaveBar
        changes={changedSettings(read.draft, draft).map((name) => t(SETTING_LABELS[name]))}
        pending={save.isPending}
        onCancel={() => {
          setDraft(read.draft);
          setErrors({});
        }}
      >
        {general !== undefined && <ErrorNote>{general}</ErrorNote>}
      </SaveBar>
      {asks && (
        <ConfirmPassword
          title={t("manage-confirm-title")}
          submitLabel={t("shared-save")}
          confirm={send}
          onRefused={refused}
          onClose={() => setAsks(false)}
        >
          <p>{t("manage-settings-confirm")}</p>
        </ConfirmPassword>
      )}
    </form>
  );
}

type Read = { draft: Draft; changed_at_ms: number };

/** What was read, what is being typed, and the two put together after another administrator has saved. */
function useDraft(found: FoundSettings) {
  const client = useQueryClient();
  const [read, setRead] = useState<Read>(() => readOf(found));
  const [draft, setDraft] = useState<Draft>(read.draft);
  const [changedElsewhere, setChangedElsewhere] = useState(false);
  const takeTheirs = async () => {
    const theirs = readOf(await client.fetchQuery({ ...settingsQuery, staleTime: 0 }));
    setDraft((mine) => merged(read.draft, mine, theirs.draft));
    setRead(theirs);
    setChangedElsewhere(true);
  };
  const saved = (sent: Draft, answer: FoundSettings) => {
    const now = readOf(answer);
    setRead(now);
    // What was typed while the answer was on its way is not saved.
    setDraft((mine) => merged(sent, mine, now.draft));
    setChangedElsewhere(false);
  };
  return { read, draft, setDraft, changedElsewhere, takeTheirs, saved };
}

function readOf(found: FoundSettings): Read {
  return { draft: draftOf(found.settings), changed_at_ms: found.changed_at_ms };
}
