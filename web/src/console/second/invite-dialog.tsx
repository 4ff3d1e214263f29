import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { given } from "../../shared/ui/given";
import { Radios } from "../../shared/ui/radios";
import { Failed, Loading } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import type { Session } from "../session/session";
import styles from "./second.module.css";
import { inviteOperator, type NewSecond, type PresentOperator, presentOperatorsQuery } from "./second-api";

type InviteDialogProps = { session: Session; onClose: () => void };

const ROLES = ["view", "control", "hand_over"] as const;

/** Whom to bring in, and what for [F-18]. */
export function InviteDialog({ session, onClose }: InviteDialogProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [search, setSearch] = useState("");
  const [operator, setOperator] = useState<string | null>(null);
  const [role, setRole] = useState<NewSecond["role"]>("view");
  const [reason, setReason] = useState("");
  const { id, customerKind } = session.summary.get();
  // A page is controlled by nobody.
  const roles = ROLES.filter((each) => each !== "control" || customerKind !== "browser");
  const found = useQuery({ ...presentOperatorsQuery(search.trim()), refetchInterval: 5_000 });
  const invite = useMutation({
    mutationFn: (body: NewSecond) => inviteOperator(id, body),
    onSuccess: onClose,
  });
  const error = invite.error === null ? undefined : problemText(invite.error, i18n);
  const nobody = operator === null ? t("console-second-choose") : undefined;
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (operator !== null) invite.mutate({ operator, role, reason });
  };
  return (
    <FormDialog
      title={t("console-second-invite")}
      open
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t("console-second-send")}
      pending={invite.isPending}
      {...given({ error: error ?? (tried ? nobody : undefined) })}
    >
      <TextField
        label={t("console-second-search")}
        name="search"
        value={search}
        onChange={setSearch}
        autoComplete="off"
        maxLength={100}
        autoFocus
      />
      {found.data === undefined ? (
        found.error === null ? (
          <Loading />
        ) : (
          <Failed error={found.error} onRetry={() => void found.refetch()} />
        )
      ) : (
        <Operators
          operators={found.data.operators}
          more={found.data.more}
          chosen={operator}
          onChoose={setOperator}
        />
      )}
      <Radios
        label={t("console-second-role")}
        choices={roles.map((value) => ({ value, label: t(`console-second-role-${value}`) }))}
        value={role}
        onChange={setRole}
      />
      <TextField
        label={t("console-second-reason")}
        name="reason"
        value={reason}
        onChange={setReason}
        autoComplete="off"
        maxLength={200}
      />
    </FormDialog>
  );
}

type OperatorsProps = {
  operators: readonly PresentOperator[];
  more: boolean;
  chosen: string | null;
  onChoose: (id: string) => void;
};

function Operators({ operators, more, chosen, onChoose }: OperatorsProps) {
  const { t } = useI18n();
  if (operators.length === 0) return <p role="status">{t("console-second-none")}</p>;
  return (
    <fieldset className={styles["operators"]}>
      <legend className={styles["legend"]}>{t("console-second-operators")}</legend>
      <div className={styles["scroll"]}>
        {operators.map(({ id, name, login, department, in_session }) => (
          <label key={id} className={styles["operator"]}>
            <input type="radio" name="operator" checked={chosen === id} onChange={() => onChoose(id)} />
            <span className={styles["who"]}>
              {name} <span className={styles["detail"]}>{`${login} · ${department}`}</span>
            </span>
            <span className={styles["detail"]}>
              {t(in_session ? "console-second-busy" : "console-second-free")}
            </span>
          </label>
        ))}
      </div>
      {more && <p className={styles["detail"]}>{t("console-second-more")}</p>}
    </fieldset>
  );
}
