import { type ReactNode, useState } from "react";
import { fieldTexts, problemText } from "../api/problem-text";
import { useForm } from "../form/use-form";
import { useI18n } from "../i18n/i18n";
import { FormDialog } from "../ui/dialog";
import { QrCode } from "../ui/qr-code";
import { TextField } from "../ui/text-field";
import styles from "./own.module.css";
import type { OwnPort, SecondStepBegun } from "./own-port";

type Asked = "password" | "code";

type AskProps = {
  title: string;
  submitLabel: string;
  asks: readonly Asked[];
  danger?: boolean;
  codeHint?: string;
  children: ReactNode;
  onClose: () => void;
  /** Throws what the server refuses. */
  send: (typed: Record<Asked, string>) => Promise<void>;
};

/** Asks for the password, for a code, or for both. */
function AskDialog({
  title,
  submitLabel,
  asks,
  danger = false,
  codeHint,
  children,
  onClose,
  send,
}: AskProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<string>();
  const required = (name: Asked, text: string) =>
    asks.includes(name) && text.trim() === "" ? t("shared-rule-required") : undefined;
  const form = useForm({ password: "", code: "" }, (values) => ({
    password: required("password", values.password),
    code: required("code", values.code),
  }));
  const submit = async () => {
    const values = form.take();
    if (values === undefined) return;
    setPending(true);
    setRefused(undefined);
    try {
      await send({ ...values, code: values.code.trim() });
    } catch (error) {
      const texts = fieldTexts(error, i18n);
      form.refuse(texts);
      if (Object.keys(texts).length === 0) setRefused(problemText(error, i18n));
    } finally {
      setPending(false);
    }
  };
  return (
    <FormDialog
      open
      title={title}
      submitLabel={submitLabel}
      pending={pending}
      error={refused}
      danger={danger}
      formRef={form.ref}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      {children}
      {asks.includes("password") && (
        <TextField
          {...form.field("password")}
          label={t("shared-own-password")}
          type="password"
          autoComplete="current-password"
          required
          autoFocus
        />
      )}
      {asks.includes("code") && (
        <TextField
          {...form.field("code")}
          label={t("shared-step-code")}
          autoComplete="one-time-code"
          required
          autoFocus={!asks.includes("password")}
          {...(codeHint === undefined ? {} : { hint: codeHint })}
        />
      )}
    </FormDialog>
  );
}

type BeginProps = { port: OwnPort; onClose: () => void; onBegun: (begun: SecondStepBegun) => void };

/** The password, before a secret is made. */
export function BeginDialog({ port, onClose, onBegun }: BeginProps) {
  const { t } = useI18n();
  return (
    <AskDialog
      title={t("shared-step-on")}
      submitLabel={t("shared-step-next")}
      asks={["password"]}
      onClose={onClose}
      send={async ({ password }) => onBegun(await port.begin(password))}
    >
      <p>{t("shared-step-on-text")}</p>
    </AskDialog>
  );
}

type ConfirmProps = {
  port: OwnPort;
  begun: SecondStepBegun;
  onClose: () => void;
  onConfirmed: (codes: string[]) => void;
};

/** The secret for the app, by QR code or by hand, and the app's first code. */
export function ConfirmDialog({ port, begun, onClose, onConfirmed }: ConfirmProps) {
  const { t } = useI18n();
  return (
    <AskDialog
      title={t("shared-step-on")}
      submitLabel={t("shared-step-confirm")}
      asks={["code"]}
      onClose={onClose}
      send={async ({ code }) => onConfirmed(await port.confirm(code))}
    >
      <p>{t("shared-step-scan")}</p>
      <div className={styles["qr"]}>
        <QrCode text={begun.uri} label={t("shared-step-qr")} />
      </div>
      <p className={styles["soft"]}>
        {t("shared-step-secret")} <span className={styles["secret"]}>{begun.secret}</span>
      </p>
    </AskDialog>
  );
}

/** Password and code, before the second step is turned off. */
export function OffDialog({ port, onClose }: { port: OwnPort; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <AskDialog
      title={t("shared-step-off")}
      submitLabel={t("shared-step-off")}
      asks={["password", "code"]}
      codeHint={t("shared-step-code-hint")}
      danger
      onClose={onClose}
      send={async ({ password, code }) => {
        await port.turnOff(password, code);
        onClose();
      }}
    >
      <p>{t("shared-step-off-text")}</p>
    </AskDialog>
  );
}
