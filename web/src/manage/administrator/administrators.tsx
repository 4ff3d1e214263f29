import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";
import { Button } from "../../shared/ui/button";
import { Moment } from "../../shared/ui/moment";
import { useNotify } from "../../shared/ui/notify";
import { ConfirmPassword } from "../confirm-password";
import styles from "./administrator.module.css";
import { type AdministratorEntry, type Invitation, useAdministratorChanges } from "./administrator-api";
import { InviteDialog } from "./invite-dialog";
import { WithdrawDialog } from "./withdraw-dialog";

type Found = { administrators: readonly AdministratorEntry[]; invitations: readonly Invitation[] };
type Asked =
  | { kind: "invite" }
  | { kind: "remove"; who: AdministratorEntry }
  | { kind: "withdraw"; invitation: Invitation };

/** Administrators that are listed before the rest is asked for: a thousand take the page half a second. */
const AT_ONCE = 50;

/** The company's administrators and those who are invited; inviting and removing [G-4]. */
export function Administrators({ found }: { found: Found }) {
  const { t } = useI18n();
  const notify = useNotify();
  const { remove } = useAdministratorChanges();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [shown, setShown] = useState(AT_ONCE);
  const list = useRef<HTMLUListElement>(null);
  const left = found.administrators.length - shown;
  const showMore = () => {
    flushSync(() => setShown(shown + AT_ONCE));
    // The button may be gone, and the keyboard goes on with what is new.
    const first = list.current?.children[shown];
    if (first instanceof HTMLElement) first.focus();
  };
  const close = () => setAsked(null);
  return (
    <div className={styles["form"]}>
      <ul ref={list} className={styles["people"]} aria-label={t("manage-administrators")}>
        {found.administrators.slice(0, shown).map((who, at) => (
          <li
            key={who.id}
            className={styles["person"]}
            tabIndex={0 < at && at % AT_ONCE === 0 ? -1 : undefined}
          >
            <Who who={who} />
            {!who.is_self && (
              <Button small look="quiet" onPress={() => setAsked({ kind: "remove", who })}>
                {t("manage-administrator-remove")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {left > 0 && (
        <div>
          <Button small look="quiet" onPress={showMore}>
            {t("manage-administrators-more", { left })}
          </Button>
        </div>
      )}
      {found.invitations.length > 0 && (
        <ul className={styles["people"]} aria-label={t("manage-invitations")}>
          {found.invitations.map((invitation) => (
            <li key={invitation.id} className={styles["person"]}>
              <span className={styles["who"]}>
                <span>
                  {invitation.name} <Badge tone="busy">{t("manage-invited")}</Badge>
                </span>
                <span className={styles["soft"]}>
                  {t("manage-invited-by", { login: invitation.invited_by })} · {t("manage-invited-until")}{" "}
                  <Moment at_ms={invitation.expires_at_ms} />
                </span>
              </span>
              <Button small look="quiet" onPress={() => setAsked({ kind: "withdraw", invitation })}>
                {t("manage-invite-withdraw")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button onPress={() => setAsked({ kind: "invite" })}>{t("manage-invite")}</Button>
      </div>
      {asked?.kind === "invite" && <InviteDialog onClose={close} />}
      {asked?.kind === "withdraw" && <WithdrawDialog invitation={asked.invitation} onClose={close} />}
      {asked?.kind === "remove" && (
        <ConfirmPassword
          title={t("manage-administrator-remove-title")}
          submitLabel={t("manage-administrator-remove")}
          danger
          onClose={close}
          confirm={async (password) => {
            await remove(asked.who.id, password);
            notify(t("manage-deleted", { name: asked.who.name }));
          }}
        >
          <p>{t("manage-administrator-remove-text", { name: asked.who.name, login: asked.who.login })}</p>
        </ConfirmPassword>
      )}
    </div>
  );
}

function Who({ who }: { who: AdministratorEntry }) {
  const { t } = useI18n();
  return (
    <span className={styles["who"]}>
      <span>
        {who.name} ({who.login}) {who.is_self && <Badge tone="good">{t("manage-administrator-self")}</Badge>}
      </span>
      <span className={styles["soft"]}>
        {who.email} · {t("manage-operator-last-sign-in")}{" "}
        {who.last_sign_in_ms === null ? t("shared-none") : <Moment at_ms={who.last_sign_in_ms} />}
      </span>
    </span>
  );
}
