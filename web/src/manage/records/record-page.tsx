import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { Facts } from "../../shared/ui/facts";
import { Moment } from "../../shared/ui/moment";
import { Card, Page } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { ExportLink } from "../export-link";
import { useUnderstoodSearch } from "../frame/understood-search";
import { useSignedIn } from "../sign_in/session";
import { DeleteRecord } from "./delete-record";
import { RecordCaptures } from "./record-captures";
import { RecordChat } from "./record-chat";
import { RecordFiles } from "./record-files";
import { RecordTimeline } from "./record-timeline";
import { BackToSearch, RecordNeighbours } from "./record-trail";
import { RecordRecordings } from "./recording/record-recordings";
import styles from "./records.module.css";
import { bundleHref, recordQuery, type SupportRecord } from "./records-api";
import { readRecordSearch } from "./records-search";
import { ResolutionBadge } from "./resolution-badge";
import { supportTime } from "./support-time";

/** Everything kept of one session. */
export function RecordPage() {
  const { t } = useI18n();
  const { recordId = "" } = useParams({ strict: false });
  const search = useUnderstoodSearch(readRecordSearch);
  const navigate = useNavigate();
  const { company } = useSignedIn();
  const record = useQuery(recordQuery(recordId));
  const no = record.data?.no;
  const leave = () =>
    void navigate({ to: "/manage/$company/records", params: { company: company.short_name }, search });
  return (
    <Page
      title={no === undefined ? t("manage-record") : t("manage-record-title", { no: String(no) })}
      trail={<BackToSearch search={search} />}
      actions={
        record.data !== undefined && (
          <>
            <RecordNeighbours id={recordId} search={search} />
            {record.data.ended_at_ms !== null && (
              <ExportLink href={bundleHref(recordId)}>{t("manage-record-bundle")}</ExportLink>
            )}
            <DeleteRecord key={recordId} record={record.data} onDeleted={leave} />
          </>
        )
      }
    >
      <Loaded query={record}>{(data) => <RecordParts record={data} />}</Loaded>
    </Page>
  );
}

function RecordParts({ record }: { record: SupportRecord }) {
  const { t } = useI18n();
  return (
    <>
      <Card title={t("manage-record-overview")}>
        <Overview record={record} />
      </Card>
      <Card title={t("manage-record-customer-side")}>
        <CustomerSide record={record} />
      </Card>
      <RecordRecordings record={record} />
      <div className={styles["columns"]}>
        <Card title={t("manage-record-timeline")}>
          <RecordTimeline entries={record.timeline} />
        </Card>
        <div className={styles["column"]}>
          <Card title={t("manage-record-chat")}>
            <RecordChat lines={record.chat} operator={record.operator_name} customer={record.customer_name} />
          </Card>
          <RecordFiles entries={record.timeline} />
          <RecordCaptures record={record} />
          <Card title={t("manage-record-survey")}>
            <SurveyAnswer survey={record.survey} />
          </Card>
          <Card title={t("manage-record-memo")}>
            <p className={styles["memo"]}>{record.memo || t("shared-none")}</p>
          </Card>
        </div>
      </div>
      {record.sealed != null && <Seal head={record.sealed.head} />}
    </>
  );
}

/** What the customer answered after the end [S-03]; the comment is a stranger's, shown as text. */
function SurveyAnswer({ survey }: Pick<SupportRecord, "survey">) {
  const { t } = useI18n();
  if (survey === null) return <p>{t("manage-record-survey-none")}</p>;
  const words = t(`manage-rating-${survey.rating}`);
  return (
    <>
      <Facts
        facts={[
          [
            t("manage-rating"),
            <span key="rating" className={styles["rating"]}>
              <span className={styles["steps"]} aria-hidden="true">
                {[1, 2, 3, 4, 5].map((step) => (
                  <span key={step} className={styles[step <= survey.rating ? "stepOn" : "step"]} />
                ))}
              </span>
              {t("manage-record-survey-rating", { points: String(survey.rating), words })}
            </span>,
          ],
          [t("manage-record-survey-at"), <Moment key="at" at_ms={survey.at_ms} />],
        ]}
      />
      {survey.comment !== "" && (
        <figure className={styles["comment"]}>
          <figcaption>{t("manage-record-survey-comment")}</figcaption>
          <blockquote className={styles["memo"]}>{survey.comment}</blockquote>
        </figure>
      )}
    </>
  );
}

function Overview({ record }: { record: SupportRecord }) {
  const { t, knows } = useI18n();
  const { ended_at_ms, end_reason } = record;
  const reason = `manage-end-${(end_reason ?? "").replaceAll("_", "-")}`;
  return (
    <Facts
      facts={[
        [t("manage-operator-login"), record.operator_login],
        [t("manage-operator-name"), record.operator_name],
        [t("manage-department"), record.department],
        [t("manage-record-joined"), <Moment key="join" at_ms={record.joined_at_ms} />],
        [
          t("manage-record-started"),
          record.duration_s === null ? (
            t("manage-record-no-consent")
          ) : (
            <Moment key="start" at_ms={record.started_at_ms} />
          ),
        ],
        [
          t("manage-record-ended"),
          typeof ended_at_ms === "number" ? (
            <Moment key="end" at_ms={ended_at_ms} />
          ) : (
            t("manage-record-still-running")
          ),
        ],
        [t("manage-record-duration"), supportTime(record, t)],
        [t("manage-record-end-reason"), knows(reason) ? t(reason) : (end_reason ?? "")],
        [t("manage-support-type"), record.support_type ?? ""],
        [t("manage-resolution"), <ResolutionBadge key="resolution" resolution={record.resolution} />],
        [t("manage-record-operator-address"), record.operator_address_public ?? ""],
        [t("manage-record-operator-address-private"), record.operator_address_private ?? ""],
        [t("manage-record-connection"), t(`manage-connection-${record.connection}`)],
      ]}
    />
  );
}

function CustomerSide({ record }: { record: SupportRecord }) {
  const { t } = useI18n();
  return (
    <Facts
      facts={[
        [t("manage-record-customer"), record.customer_name],
        [t("manage-record-os"), [record.customer_os, record.customer_os_version].filter(Boolean).join(" ")],
        [t("manage-record-host-name"), record.customer_host_name],
        [t("manage-record-kind"), t(`manage-kind-${record.customer_kind}`)],
        [t("manage-record-address-public"), record.customer_address_public ?? ""],
        [t("manage-record-address-private"), record.customer_address_private ?? ""],
      ]}
    />
  );
}

/** The head of the record's chain: who keeps it can show later that nothing was changed. */
function Seal({ head }: { head: string }) {
  const { t } = useI18n();
  return (
    <Card title={t("manage-record-sealed")}>
      <p className={styles["sealText"]}>{t("manage-record-sealed-text")}</p>
      <code className={styles["seal"]}>{head}</code>
    </Card>
  );
}
