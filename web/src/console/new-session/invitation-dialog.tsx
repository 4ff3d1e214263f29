import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { given } from "../../shared/ui/given";
import { Radios } from "../../shared/ui/radios";
import { TextField } from "../../shared/ui/text-field";
import type { NewInvitation } from "../console-api";

type InvitationDialogProps = {
  way: NewInvitation["way"];
  pending: boolean;
  /** What is wrong with the address, in words. */
  fieldError: string | undefined;
  /** What is wrong with the whole, in words. */
  error: string | undefined;
  onSend: (invitation: NewInvitation) => void;
  onClose: () => void;
};

/** To whom, and in which language; at first in the one that the operator has. */
export function InvitationDialog(props: InvitationDialogProps) {
  const { t, language } = useI18n();
  const { way } = props;
  const [to, setTo] = useState("");
  const [chosen, setChosen] = useState<NewInvitation["language"]>(language === "ko" ? "ko" : "en");
  const isEmail = way === "email";
  return (
    <FormDialog
      title={t(`console-invite-${way}-title`)}
      open
      onClose={props.onClose}
      onSubmit={() => props.onSend({ way, to, language: chosen })}
      submitLabel={t("console-invite-send")}
      pending={props.pending}
      {...given({ error: props.error })}
    >
      <TextField
        label={t(isEmail ? "console-invite-address" : "console-invite-number")}
        name="to"
        type={isEmail ? "email" : "tel"}
        inputMode={isEmail ? "email" : "tel"}
        value={to}
        onChange={setTo}
        error={props.fieldError}
        autoComplete="off"
        maxLength={254}
        required
        autoFocus
        {...given({ hint: isEmail ? undefined : t("console-invite-number-hint") })}
      />
      <Radios
        label={t("console-invite-language")}
        choices={[
          { value: "ko", label: t("console-invite-ko") },
          { value: "en", label: t("console-invite-en") },
        ]}
        value={chosen}
        onChange={setChosen}
      />
    </FormDialog>
  );
}
