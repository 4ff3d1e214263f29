import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import styles from "../stage/notices.module.css";
import { usePart } from "../use-store";
import { endInvitation } from "./second-api";
import type { OperatorsView, SecondView } from "./second-view";

/** Where the invitation stands, and who has control while two are there [F-18]. */
export function SecondNotice({ session }: { session: Session }) {
  const i18n = useI18n();
  const { t } = i18n;
  const second = usePart(session.summary, (summary) => summary.second);
  const operators = usePart(session.live, (live) => live.operators);
  const { id } = session.summary.get();
  const end = useMutation({ mutationFn: () => endInvitation(id) });
  const [read, setRead] = useState<SecondView | null>(null);
  if (operators !== null) return <TwoNotice session={session} operators={operators} onRemove={end.mutate} />;
  if (second === null || second.isYou || second.state === "joined" || read === second) return null;
  const waits = second.state === "invited" || second.state === "accepted";
  return (
    <p className={styles[waits || second.state === "left" ? "info" : "warning"]}>
      {t(`console-second-is-${second.state}`, { name: second.name })}
      {end.error !== null && ` ${problemText(end.error, i18n)}`}
      {waits ? (
        <Button small isPending={end.isPending} onPress={() => end.mutate()}>
          {t("console-second-withdraw")}
        </Button>
      ) : (
        <Button small look="quiet" onPress={() => setRead(second)}>
          {t("console-dismiss")}
        </Button>
      )}
    </p>
  );
}

type TwoNoticeProps = { session: Session; operators: OperatorsView; onRemove: () => void };

function TwoNotice({ session, operators, onRemove }: TwoNoticeProps) {
  const { t } = useI18n();
  const { holder, isSecond, second, operator, secondAsks, secondMayControl } = operators;
  const controller = holder === "second" ? second : operator;
  const own = holder !== "nobody" && (holder === "second") === isSecond;
  return (
    <p className={styles[secondAsks ? "warning" : "info"]}>
      {t(isSecond ? "console-second-with-operator" : "console-second-with", {
        name: isSecond ? operator : second,
      })}{" "}
      {holder === "nobody"
        ? t("console-second-holder-nobody")
        : own
          ? t("console-second-holder-you")
          : t("console-second-holder", { name: controller })}
      {secondAsks && !isSecond && ` · ${t("console-second-asks", { name: second })}`}
      {secondAsks && isSecond && ` · ${t("console-second-asked")}`}
      {!isSecond && secondMayControl && holder !== "second" && (
        <Button small look={secondAsks ? "primary" : "secondary"} onPress={() => session.giveControl(true)}>
          {t("console-second-give")}
        </Button>
      )}
      {!isSecond && holder === "second" && (
        <Button small onPress={() => session.giveControl(false)}>
          {t("console-second-take")}
        </Button>
      )}
      {!isSecond && (
        <Button small look="quiet" onPress={onRemove}>
          {t("console-second-remove")}
        </Button>
      )}
    </p>
  );
}
