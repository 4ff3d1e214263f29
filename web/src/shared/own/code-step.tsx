import { useI18n } from "../i18n/i18n";
import { Button } from "../ui/button";
import { InfoNote } from "../ui/note";
import { TextField } from "../ui/text-field";

type CodeStepProps = {
  value: string;
  onChange: (code: string) => void;
  error: string | undefined;
};

/** The second step of a sign-in form: the app's code or a recovery code, in place of ID and password. */
export function CodeStep({ value, onChange, error }: CodeStepProps) {
  const { t } = useI18n();
  return (
    <>
      <InfoNote>{t("second-step-needed")}</InfoNote>
      <TextField
        name="code"
        label={t("shared-step-code")}
        hint={t("shared-step-code-hint")}
        value={value}
        onChange={onChange}
        error={error}
        autoComplete="one-time-code"
        autoFocus
      />
    </>
  );
}

/** The way back to ID and password; stands below what goes on. */
export function SignInAgain({ onPress }: { onPress: () => void }) {
  const { t } = useI18n();
  return (
    <Button look="quiet" onPress={onPress}>
      {t("shared-step-back")}
    </Button>
  );
}
