import { sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Moment } from "../../shared/ui/moment";
import { Card } from "../../shared/ui/page";
import { type MovedFile, movedFiles } from "./moved-files";
import styles from "./records.module.css";
import type { SupportRecord } from "./records-api";

/** The files that were moved in a session, each with the digest by which it can be told from any other. */
export function RecordFiles({ entries }: { entries: SupportRecord["timeline"] }) {
  const { t } = useI18n();
  const files = movedFiles(entries);
  if (files.length === 0) return null;
  return (
    <Card title={t("manage-record-files")}>
      <ul className={styles["files"]}>
        {files.map((file) => (
          <File key={`${file.at_ms} ${file.path} ${file.blake3}`} file={file} />
        ))}
      </ul>
    </Card>
  );
}

function File({ file }: { file: MovedFile }) {
  const { t, locale } = useI18n();
  const way = t(file.toCustomer ? "manage-record-files-to-customer" : "manage-record-files-from-customer");
  return (
    <li>
      <span className={styles["filePath"]}>
        <bdi>{file.path}</bdi>
      </span>
      <span className={styles["fileFacts"]}>
        {way} · {sizeText(file.size_bytes, locale)} · <Moment at_ms={file.at_ms} timeOnly />
      </span>
      <code className={styles["fileDigest"]} title="BLAKE3">
        {file.blake3}
      </code>
    </li>
  );
}
