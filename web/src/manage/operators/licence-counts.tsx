import { useQuery } from "@tanstack/react-query";
import { dayText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { InfoNote } from "../../shared/ui/note";
import { Loaded } from "../../shared/ui/states";
import styles from "./operators.module.css";
import { type Licence, licenceQuery } from "./operators-api";

/** Which licence the company has, and 생성 가능 수 [D-2]. */
export function LicenceCounts() {
  const licence = useQuery(licenceQuery);
  return <Loaded query={licence}>{(found) => <Counts licence={found} />}</Loaded>;
}

function Counts({ licence }: { licence: Licence }) {
  const { t, locale } = useI18n();
  const { until_ms, operators, left, pc, pc_and_mobile, ends_soon, ended } = licence;
  // It holds until the moment before.
  const until = typeof until_ms === "number" ? dayText(until_ms - 1, locale) : "";
  return (
    <section className={styles["licence"]} aria-label={t("manage-licence")}>
      <p>{until === "" ? t("manage-licence-perpetual") : t("manage-licence-until", { until })}</p>
      {ends_soon && <InfoNote>{t("manage-licence-ends-soon", { until })}</InfoNote>}
      {ended && <InfoNote>{t("manage-licence-ended", { until })}</InfoNote>}
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
            <td>{t("manage-licence-left-of", { left, total: operators })}</td>
            <td>{pc}</td>
            <td>{pc_and_mobile}</td>
          </tr>
        </tbody>
      </table>
      {left === 0 && <InfoNote>{t("manage-licence-none-left", { total: operators })}</InfoNote>}
    </section>
  );
}
