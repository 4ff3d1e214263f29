import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";
import { buttonClass } from "../../shared/ui/button";
import { Facts } from "../../shared/ui/facts";
import { Moment } from "../../shared/ui/moment";
import { Card, Page } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { BackLink } from "../frame/back-link";
import { useSignedIn } from "../sign_in/session";
import { DeleteOperator } from "./delete-operator";
import { localAddress, STATE_TONES } from "./operator-cells";
import { OperatorForm } from "./operator-form";
import { OperatorSecondStep } from "./operator-second-step";
import { departmentChoicesQuery, type Operator, operatorOptionsQuery, operatorQuery } from "./operators-api";
import { SignOutOperator } from "./sign-out-operator";

/**
 * One operator: every field but the ID, and the three option tables over the department's defaults [D-4]. Each part is
 * keyed by the operator: a jump in the history leads from one to another without leaving the page.
 */
export function OperatorPage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const { operatorId = "" } = useParams({ strict: false });
  const operator = useQuery(operatorQuery(operatorId));
  const options = useQuery(operatorOptionsQuery(operatorId));
  const departments = useQuery(departmentChoicesQuery);
  const data = operator.data;
  return (
    <Page
      title={data === undefined ? t("manage-operator") : `${data.name} (${data.login})`}
      trail={<BackLink to="/manage/$company/operators">{t("manage-item-operators")}</BackLink>}
      actions={
        data !== undefined && (
          <>
            <Link
              to="/manage/$company/operators"
              params={{ company: company.short_name }}
              className={buttonClass()}
            >
              {t("manage-operator-list")}
            </Link>
            <SignOutOperator key={`out ${data.id}`} operator={data} />
            <DeleteOperator key={`delete ${data.id}`} operator={data} />
          </>
        )
      }
    >
      <Loaded query={operator}>
        {(found) => (
          <>
            <OperatorFacts key={`facts ${found.id}`} operator={found} />
            <Loaded query={options}>
              {({ options: saved }) => (
                <Loaded query={departments}>
                  {({ departments: choices }) => (
                    <OperatorForm key={found.id} operator={found} options={saved} departments={choices} />
                  )}
                </Loaded>
              )}
            </Loaded>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function OperatorFacts({ operator }: { operator: Operator }) {
  const { t } = useI18n();
  const { last_sign_in_ms, last_address, state } = operator;
  return (
    <Card>
      <Facts
        facts={[
          [t("manage-id"), operator.login],
          [
            t("manage-operator-state"),
            <Badge key="state" tone={STATE_TONES[state]}>
              {t(`manage-operator-state-${state}`)}
            </Badge>,
          ],
          [
            t("manage-operator-last-sign-in"),
            typeof last_sign_in_ms === "number" ? <Moment key="at" at_ms={last_sign_in_ms} /> : "",
          ],
          [t("manage-operator-address-public"), last_address ?? ""],
          [t("manage-operator-address-local"), localAddress(operator, t)],
          [t("manage-operator-second-step"), <OperatorSecondStep key="step" operator={operator} />],
        ]}
      />
    </Card>
  );
}
