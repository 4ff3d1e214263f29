import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../shared/api/client";
import { sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Card, Page } from "../../shared/ui/page";
import { Empty, Loaded } from "../../shared/ui/states";
import { Table } from "../../shared/ui/table";
import styles from "./downloads.module.css";

/** 다운로드 센터 [H-1]: the customer app for each platform, with what is needed to check it. */
export function DownloadsPage() {
  const { t, locale } = useI18n();
  const downloads = useQuery({
    queryKey: ["downloads"],
    queryFn: () => answer(api.GET("/api/downloads", {})),
  });
  return (
    <Page title={t("manage-item-downloads")} lead={t("manage-item-downloads-about")}>
      <Card flush>
        <Loaded query={downloads}>
          {({ downloads: files }) =>
            files.length === 0 ? (
              <Empty title={t("manage-downloads-empty")} text={t("manage-downloads-empty-text")} />
            ) : (
              <Table
                label={t("manage-item-downloads")}
                rows={files}
                keyOf={({ file }) => file}
                columns={[
                  {
                    heading: t("manage-download-file"),
                    cell: ({ file }) => (
                      <a href={`/downloads/${encodeURIComponent(file)}`} download>
                        {file}
                      </a>
                    ),
                    names: true,
                    tight: true,
                  },
                  { heading: t("manage-download-os"), cell: ({ os }) => OS_NAMES[os] ?? os, tight: true },
                  { heading: t("manage-download-version"), cell: ({ version }) => version, tight: true },
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
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

const OS_NAMES: Readonly<Record<string, string>> = { linux: "Linux", windows: "Windows", macos: "macOS" };
