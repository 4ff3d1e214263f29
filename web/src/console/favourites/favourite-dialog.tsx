import { useState } from "react";
import { Problem } from "../../shared/api/problem";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { checkName } from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { Select } from "../../shared/ui/select";
import { TextField } from "../../shared/ui/text-field";
import { readAddress } from "../send-url/web-address";
import { type Favourite, useSaveFavourites } from "./favourites-api";
import { errorsAt, kinds, withEntry } from "./favourites-list";

type FavouriteDialogProps = {
  /** The operator's own list. */
  list: readonly Favourite[];
  /** Which entry is changed; the list's length: a new one. */
  place: number;
  onClose: () => void;
};

/** A favourite of the operator's own, new or changed [F-10]. */
export function FavouriteDialog({ list, place, onClose }: FavouriteDialogProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const before = list[place];
  const [kind, setKind] = useState<Favourite["kind"]>(before?.kind ?? "url");
  const save = useSaveFavourites();
  const form = useForm({ name: before?.name ?? "", target: before?.target ?? "" }, ({ name, target }) => ({
    name: ruleText(t, checkName(name)),
    target: targetError(kind, target, t),
  }));
  const submit = () => {
    const values = form.take();
    if (values === undefined) return;
    const address = kind === "url" ? readAddress(values.target) : null;
    const target = address !== null && "url" in address ? address.url : values.target;
    save.mutate(withEntry(list, place, { name: values.name, kind, target }), {
      onSuccess: onClose,
      onError: (error) => form.refuse(errorsAt(fieldTexts(error, i18n), place)),
    });
  };
  // What stands at a field is not said once more for the whole.
  const atField =
    save.error instanceof Problem && Object.keys(errorsAt(fieldTexts(save.error, i18n), place)).length > 0;
  return (
    <FormDialog
      open
      title={t(before === undefined ? "console-favourite-add" : "console-favourite-change")}
      submitLabel={t("shared-save")}
      pending={save.isPending}
      error={save.error === null || atField ? undefined : problemText(save.error, i18n)}
      onClose={onClose}
      onSubmit={submit}
      formRef={form.ref}
    >
      <TextField label={t("console-favourite-name")} {...form.field("name")} autoComplete="off" autoFocus />
      <Select
        name="kind"
        label={t("console-favourite-kind")}
        placeholder={t("shared-select-placeholder")}
        choices={kinds.map((each) => ({ value: each, label: t(`console-favourite-${each}`) }))}
        value={kind}
        onChange={setKind}
      />
      <TextField
        label={t(`console-favourite-target-${kind}`)}
        {...form.field("target")}
        hint={t(`console-favourite-hint-${kind}`)}
        placeholder={kind === "url" ? "https://" : ""}
        autoComplete="off"
      />
    </FormDialog>
  );
}

/** What the page knows to be wrong; paths are the server's to judge. */
function targetError(
  kind: Favourite["kind"],
  target: string,
  t: ReturnType<typeof useI18n>["t"],
): string | undefined {
  if (target.trim() === "") return t("shared-rule-required");
  const address = kind === "url" ? readAddress(target) : null;
  return address !== null && "problem" in address ? t(`console-url-${address.problem}`) : undefined;
}
