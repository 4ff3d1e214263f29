import { useQuery } from "@tanstack/react-query";
import { useI18n } from "../../shared/i18n/i18n";
import { InfoNote } from "../../shared/ui/note";
import { Failed } from "../../shared/ui/states";
import { type Licence, LicenceEnd, licenceQuery, useLastDay } from "../licence";
import styles from "./operators.module.css";

/** Holds a line's place until the licence is there, so that nothing below moves. */
const NOT_YET = "\u00a0";

/** Which licence the company has, and 생성 가능 수 [D-2]. */
export function LicenceCounts() {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery(licenceQuery);
  if (data === undefined && error !== null) return <Failed error={error} onRetry={() => refetch()} />;
  return (
    <section className={styles["licence"]} aria-label={t("manage-licence")} aria-busy={data === undefined}>
      <p>{data === undefined ? NOT_YET : <Kind licence={data} />}</p>
      {data !== undefined && <LicenceEnd licence={data} />}
      <table className={styles["counts"]}>
        <thead>
          <tr>
            <th scope="col">{t("manage-licence-left")}</th>
            <th scope="col">{t("manage-licence-pc")}</th>
            <th scope="col">{t("manage-licence-pc-mobile")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              {data === undefined
                ? NOT_YET
                : t("manage-licence-left-of", { left: data.left, total: data.operators })}
            </td>
            <td>{data?.pc}</td>
            <td>{data?.pc_and_mobile}</td>
          </tr>
        </tbody>
      </table>
      {data?.left === 0 && <InfoNote>{t("manage-licence-none-left", { total: data.operators })}</InfoNote>}
    </section>
  );
}

function Kind({ licence }: { licence: Licence }) {
  const { t } = useI18n();
  const until = useLastDay(licence);
  return until === undefined ? t("manage-licence-perpetual") : t("manage-licence-until", { until });
}
