import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../shared/api/client";
import { sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Card, Page } from "../../shared/ui/page";
import { Empty, Loaded } from "../../shared/ui/states";
import { Table } from "../../shared/ui/table";
import styles from "./downloads.module.css";

const downloads = () => answer(api.GET("/api/downloads", {}));

type Download = Awaited<ReturnType<typeof downloads>>["downloads"][number];

/** 다운로드 센터 [H-1]: the customer app for each platform and what there is to read, with what is needed to check it. */
export function DownloadsPage() {
  const { t } = useI18n();
  const query = useQuery({ queryKey: ["downloads"], queryFn: downloads });
  return (
    <Page title={t("manage-item-downloads")} lead={t("manage-item-downloads-about")}>
      <Loaded query={query}>
        {({ downloads: files, identity, authority }) => {
          const documents = files.filter(({ os }) => os === DOCUMENT);
          return (
            <>
              <Files
                title={t("manage-downloads-apps")}
                files={files.filter(({ os }) => os !== DOCUMENT)}
                empty={<Empty title={t("manage-downloads-empty")} text={t("manage-downloads-empty-text")} />}
              />
              <Files
                title={t("manage-downloads-manuals")}
                files={documents}
                empty={
                  <Empty
                    title={t("manage-downloads-manuals-empty")}
                    text={t("manage-downloads-manuals-empty-text")}
                    action={<code>beside-server downloads add</code>}
                  />
                }
              />
              <Card title={t("manage-downloads-fingerprint")}>
                <p>{t("manage-downloads-fingerprint-about")}</p>
                <p>
                  <code className={styles["digest"]}>{identity}</code>
                </p>
                {authority !== null && authority !== undefined && (
                  <>
                    <p className={styles["next"]}>{t("manage-downloads-authority-about")}</p>
                    <p>
                      <code className={styles["digest"]}>{authority}</code>
                    </p>
                  </>
                )}
              </Card>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

type FilesProps = { title: string; files: readonly Download[]; empty: React.ReactNode };

function Files({ title, files, empty }: FilesProps) {
  const { t, locale } = useI18n();
  return (
    <Card flush title={title}>
      {files.length === 0 ? (
        empty
      ) : (
        <Table
          label={title}
          rows={files}
          keyOf={({ file }) => file}
          columns={[
            { heading: t("manage-download-file"), cell: (file) => <FileLink file={file} />, names: true },
            {
              heading: t("manage-download-os"),
              cell: ({ os }) => OS_NAMES[os] ?? t("shared-none"),
              tight: true,
            },
            {
              heading: t("manage-download-version"),
              cell: ({ version }) => version || t("shared-none"),
              tight: true,
            },
            {
              heading: t("manage-download-size"),
              cell: ({ size_bytes }) => sizeText(size_bytes, locale),
              align: "end",
              tight: true,
            },
            {
              heading: "SHA-256",
              cell: ({ sha256 }) => <code className={styles["digest"]}>{sha256}</code>,
            },
          ]}
        />
      )}
    </Card>
  );
}

function FileLink({ file: { file, title } }: { file: Download }) {
  return (
    <a href={`/downloads/${encodeURIComponent(file)}`} download>
      {title === "" ? file : title}
    </a>
  );
}

/** What a file to read has in an operating system's place. */
const DOCUMENT = "any";

const OS_NAMES: Readonly<Record<string, string>> = { linux: "Linux", windows: "Windows", macos: "macOS" };
