import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { Facts } from "../../shared/ui/facts";
import { Moment } from "../../shared/ui/moment";
import { Card, Page } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { BackLink } from "../frame/back-link";
import { OperatorOptions } from "./operator-options";
import { type Operator, operatorOptionsQuery, operatorQuery } from "./operators-api";

/** One operator: who it is, and its options over the department's defaults [D-4]. */
export function OperatorPage() {
  const { t } = useI18n();
  const { operatorId = "" } = useParams({ strict: false });
  const operator = useQuery(operatorQuery(operatorId));
  const options = useQuery(operatorOptionsQuery(operatorId));
  const data = operator.data;
  return (
    <Page
      title={data === undefined ? t("manage-operator") : `${data.name} (${data.login})`}
      trail={<BackLink to="/manage/$company/operators">{t("manage-item-operators")}</BackLink>}
    >
      <Loaded query={operator}>
        {(found) => (
          <>
            <OperatorFacts operator={found} />
            <Loaded query={options}>
              {({ options: saved }) => (
                // Other values on the server begin the form anew; the same values asked for again leave it alone.
                <OperatorOptions
                  key={JSON.stringify(saved)}
                  id={found.id}
                  department={found.department.name}
                  saved={saved}
                />
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
  const { last_sign_in_ms } = operator;
  return (
    <Card>
      <Facts
        facts={[
          [t("manage-id"), operator.login],
          [t("manage-operator-name"), operator.name],
          [t("manage-company-name"), operator.company_name],
          [t("manage-department"), operator.department.name],
          [t("manage-phone"), operator.phone],
          [t("manage-email"), operator.email],
          [t("manage-operator-state"), t(`manage-operator-state-${operator.state}`)],
          [
            t("manage-operator-last-sign-in"),
            typeof last_sign_in_ms === "number" ? <Moment key="at" at_ms={last_sign_in_ms} /> : "",
          ],
        ]}
      />
    </Card>
  );
}
