import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";
import { Button, buttonClass } from "../../shared/ui/button";
import { Moment } from "../../shared/ui/moment";
import { Card, keepFocus, Page } from "../../shared/ui/page";
import { Empty, Loaded } from "../../shared/ui/states";
import { RowActions, Table } from "../../shared/ui/table";
import { useSignedIn } from "../sign_in/session";
import styles from "./api-tokens.module.css";
import { type ApiToken, apiTokensQuery } from "./api-tokens-api";
import { NewApiTokenDialog } from "./new-api-token";
import { RevokeApiToken } from "./revoke-api-token";
import { ShowSecret } from "./show-secret";

type Open = { what: "new" } | { what: "secret"; secret: string } | { what: "revoke"; token: ApiToken };

/** The administrator's own API tokens: made, listed, revoked. */
export function ApiTokensPage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const tokens = useQuery(apiTokensQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => {
    setOpen(null);
    keepFocus();
  };
  return (
    <Page
      title={t("manage-item-api-tokens")}
      lead={t("manage-api-tokens-lead")}
      actions={
        <>
          <Link
            to="/manage/$company/api"
            params={{ company: company.short_name }}
            search={{}}
            className={buttonClass()}
          >
            {t("manage-item-api")}
          </Link>
          <Button look="primary" onPress={() => setOpen({ what: "new" })}>
            {t("manage-api-token-new")}
          </Button>
        </>
      }
    >
      <Loaded query={tokens}>
        {({ tokens: all, scopes }) => (
          <>
            <Card flush>
              {all.length === 0 ? (
                <Empty title={t("manage-api-tokens-empty")} text={t("manage-api-tokens-empty-text")} />
              ) : (
                <TokenTable tokens={all} onRevoke={(token) => setOpen({ what: "revoke", token })} />
              )}
            </Card>
            {open?.what === "new" && (
              <NewApiTokenDialog
                scopes={scopes}
                onClose={close}
                onMade={(secret) => setOpen({ what: "secret", secret })}
              />
            )}
          </>
        )}
      </Loaded>
      {open?.what === "secret" && <ShowSecret secret={open.secret} onClose={close} />}
      {open?.what === "revoke" && <RevokeApiToken token={open.token} onClose={close} />}
    </Page>
  );
}

function TokenTable({
  tokens,
  onRevoke,
}: {
  tokens: readonly ApiToken[];
  onRevoke: (token: ApiToken) => void;
}) {
  const { t } = useI18n();
  const scopes = (token: ApiToken) => (
    <ul className={styles["scopes"]}>
      {token.scopes.map((scope) => (
        <li key={scope}>{scope}</li>
      ))}
    </ul>
  );
  return (
    <Table
      label={t("manage-item-api-tokens")}
      rows={tokens}
      keyOf={({ id }) => id}
      columns={[
        { heading: t("manage-name"), cell: ({ name }) => name, names: true },
        { heading: t("manage-api-token-scopes"), cell: scopes },
        {
          heading: t("manage-api-token-state"),
          cell: (token) => <TokenState token={token} />,
          tight: true,
        },
        {
          heading: t("manage-api-token-expires"),
          cell: ({ expires_at_ms }) => <Moment at_ms={expires_at_ms} />,
          tight: true,
        },
        { heading: t("manage-api-token-used"), cell: (token) => <LastUsed token={token} /> },
        {
          heading: t("manage-actions"),
          cell: (token) =>
            isWorking(token) && (
              <RowActions>
                <Button small onPress={() => onRevoke(token)}>
                  {t("manage-api-token-revoke")}
                </Button>
              </RowActions>
            ),
          align: "end",
          tight: true,
        },
      ]}
    />
  );
}

function isWorking({ revoked_at_ms, expires_at_ms }: ApiToken): boolean {
  return revoked_at_ms === null && Date.now() < expires_at_ms;
}

function TokenState({ token }: { token: ApiToken }) {
  const { t } = useI18n();
  if (token.revoked_at_ms !== null) return <Badge tone="bad">{t("manage-api-token-revoked")}</Badge>;
  return isWorking(token) ? (
    <Badge tone="good">{t("manage-api-token-working")}</Badge>
  ) : (
    <Badge tone="neutral">{t("manage-api-token-expired")}</Badge>
  );
}

function LastUsed({ token: { last_used_at_ms, last_used_address } }: { token: ApiToken }) {
  const { t } = useI18n();
  if (last_used_at_ms === null) return t("manage-api-token-never");
  return (
    <>
      <Moment at_ms={last_used_at_ms} />
      <br />
      {last_used_address}
    </>
  );
}
