import { useState } from "react";
import { OpenFavourite_Kind as Kind } from "../../generated/proto/beside/v1/peer_pb";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import type { Session } from "../session/session";
import { useProblemText } from "../tools/use-problem-text";
import styles from "./favourites.module.css";
import type { Favourite } from "./favourites-api";

const WIRE: Readonly<Record<Favourite["kind"], Kind>> = {
  url: Kind.URL,
  program: Kind.PROGRAM,
  folder: Kind.FOLDER,
};

/** What a row of either list shows: what it is, and what the customer's computer said when it was to open it. */
export function FavouriteText({ favourite, problem }: { favourite: Favourite; problem: string | null }) {
  const { t } = useI18n();
  const { name, kind, target } = favourite;
  return (
    <span className={styles["text"]}>
      <span className={styles["name"]}>{name}</span>
      <span className={styles["target"]} title={target}>
        {t(`console-favourite-${kind}`)} · {target}
      </span>
      {problem !== null && (
        <span role="alert" className={styles["problem"]}>
          {problem}
        </span>
      )}
    </span>
  );
}

/** Asks the customer's computer to open a favourite; what it answers is said, and a refusal stays at the row. */
export function useOpenFavourite(session: Session, { name, kind, target }: Favourite) {
  const { t } = useI18n();
  const notify = useNotify();
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async () => {
    setBusy(true);
    setProblem(null);
    const value = { kind: WIRE[kind], target };
    const outcome = await session.tools.run({ case: "openFavourite", value });
    setBusy(false);
    if (outcome.ok) notify(t("console-favourite-opened", { name }));
    else setProblem(problemText(outcome.problem, outcome.detail));
  };
  return { busy, problem, open };
}

type OpenButtonProps = { name: string; busy: boolean; onPress: () => void };

export function OpenButton({ name, busy, onPress }: OpenButtonProps) {
  const { t } = useI18n();
  return (
    <Button small isPending={busy} onPress={onPress} aria-label={t("console-favourite-open-of", { name })}>
      {t("console-favourite-open")}
    </Button>
  );
}

/** A favourite of the company's: to be opened, and nothing else. */
export function CompanyFavourite({ session, favourite }: { session: Session; favourite: Favourite }) {
  const { busy, problem, open } = useOpenFavourite(session, favourite);
  return (
    <li className={styles["row"]}>
      <FavouriteText favourite={favourite} problem={problem} />
      <OpenButton name={favourite.name} busy={busy} onPress={() => void open()} />
    </li>
  );
}
