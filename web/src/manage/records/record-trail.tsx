import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { buttonClass } from "../../shared/ui/button";
import backStyles from "../frame/back-link.module.css";
import { useSignedIn } from "../sign_in/session";
import { neighboursQuery } from "./records-api";
import { filterOf, type RecordSearch } from "./records-search";

/** Back to the search that the record was found by. */
export function BackToSearch({ search }: { search: RecordSearch }) {
  const { t } = useI18n();
  const { company } = useSignedIn();
  return (
    <Link
      to="/manage/$company/records"
      params={{ company: company.short_name }}
      search={search}
      className={backStyles["back"]}
    >
      <span aria-hidden="true">← </span>
      {t("manage-item-all-records")}
    </Link>
  );
}

/** The records before and after this one in the search. */
export function RecordNeighbours({ id, search }: { id: string; search: RecordSearch }) {
  const { t } = useI18n();
  const { data } = useQuery(neighboursQuery(id, filterOf(search)));
  return (
    <>
      <Neighbour id={data?.newer ?? null} search={search} label={t("manage-record-newer")} />
      <Neighbour id={data?.older ?? null} search={search} label={t("manage-record-older")} />
    </>
  );
}

type NeighbourProps = { id: string | null; search: RecordSearch; label: string };

function Neighbour({ id, search, label }: NeighbourProps) {
  const { company } = useSignedIn();
  if (id === null) {
    return (
      <span className={buttonClass()} aria-disabled="true" data-disabled>
        {label}
      </span>
    );
  }
  return (
    <Link
      to="/manage/$company/records/$recordId"
      params={{ company: company.short_name, recordId: id }}
      search={search}
      className={buttonClass()}
    >
      {label}
    </Link>
  );
}
