import { queryOptions, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Problem, problemOf, UNREACHABLE } from "../../shared/api/problem";
import { useI18n } from "../../shared/i18n/i18n";
import { buttonClass } from "../../shared/ui/button";
import { Card, Page } from "../../shared/ui/page";
import { Empty, Loaded } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import { useSignedIn } from "../sign_in/session";
import { OperationDetails } from "./api-operation";
import styles from "./api-reference.module.css";
import { findOperations, readContract } from "./contract";

const CONTRACT = "/api/openapi.json";

const contractQuery = queryOptions({
  queryKey: ["contract"],
  queryFn: fetchContract,
  staleTime: Number.POSITIVE_INFINITY,
});

/** The contract to be read: every operation by heading, with what it takes and answers. Nothing comes from elsewhere. */
export function ApiReferencePage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const navigate = useNavigate();
  const { search = "" } = useSearch({ from: "/manage/$company/api" });
  const contract = useQuery(contractQuery);
  const find = (text: string) =>
    void navigate({
      to: "/manage/$company/api",
      params: { company: company.short_name },
      search: text === "" ? {} : { search: text },
      replace: true,
    });
  return (
    <Page
      title={t("manage-item-api")}
      lead={t("manage-api-lead")}
      actions={
        <a className={buttonClass()} href={CONTRACT} download="openapi.json">
          openapi.json
        </a>
      }
    >
      <search>
        <TextField
          name="search"
          type="search"
          label={t("manage-search")}
          hint={t("manage-api-search-hint")}
          value={search}
          onChange={find}
        />
      </search>
      <Loaded query={contract}>
        {(operations) => {
          const found = findOperations(operations, search);
          return found.size === 0 ? (
            <Card>
              <Empty title={t("manage-api-none-found")} />
            </Card>
          ) : (
            [...found].map(([tag, members]) => (
              <Card key={tag} title={tag}>
                <ul className={styles["operations"]}>
                  {members.map((operation) => (
                    <li key={operation.id}>
                      <OperationDetails operation={operation} />
                    </li>
                  ))}
                </ul>
              </Card>
            ))
          );
        }}
      </Loaded>
    </Page>
  );
}

async function fetchContract() {
  let response: Response;
  try {
    response = await fetch(new Request(new URL(CONTRACT, location.origin)));
  } catch {
    throw new Problem(0, UNREACHABLE, "");
  }
  if (!response.ok) throw problemOf(response.status, undefined);
  const contract: unknown = await response.json();
  return readContract(contract);
}
