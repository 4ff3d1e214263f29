import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { ownKey } from "../../shared/own/own-port";
import { OwnSignInsList } from "../../shared/own/own-sign-ins-list";
import { SecondStep } from "../../shared/own/second-step";
import { Card, Page } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { useSignedIn } from "../sign_in/session";
import { AccountForm } from "./account-form";
import { accountQuery, administratorsQuery, ownPort } from "./administrator-api";
import { Administrators } from "./administrators";

/** 관리자정보 수정 [G-1], the second step, and who else is an administrator [G-4]. */
export function AdministratorPage() {
  const { t } = useI18n();
  const client = useQueryClient();
  const port = useMemo(() => ownPort(client), [client]);
  const account = useQuery(accountQuery);
  const own = useQuery({ queryKey: ownKey, queryFn: port.list });
  const administrators = useQuery(administratorsQuery);
  // A saved form begins anew, with empty passwords.
  const [times, setTimes] = useState(0);
  return (
    <Page title={t("manage-item-administrator")} lead={t("manage-item-administrator-about")} narrow>
      <Loaded query={account}>
        {(account) => (
          <Loaded query={own}>
            {(own) => (
              <>
                <Card>
                  <AccountForm
                    key={times}
                    account={account}
                    onSaved={() => setTimes((before) => before + 1)}
                  />
                </Card>
                <Card title={t("shared-step-title")}>
                  <SecondStep own={own} port={port} />
                </Card>
                <Card title={t("shared-own-title")}>
                  <OwnSignInsList own={own} port={port} />
                </Card>
                <Card title={t("manage-administrators")}>
                  <Loaded query={administrators}>{(found) => <Administrators found={found} />}</Loaded>
                </Card>
                <Card title={t("manage-item-api-tokens")}>
                  <ApiTokensLink />
                </Card>
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

/** Tokens have a page of their own, which no menu names. */
function ApiTokensLink() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  return (
    <p>
      <Link to="/manage/$company/api-tokens" params={{ company: company.short_name }}>
        {t("manage-item-api-tokens-about")}
      </Link>
    </p>
  );
}
