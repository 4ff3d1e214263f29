/** The customer app for one system, as the server offers it. */
export type DownloadInfo = { readonly os: string; readonly file: string; readonly size_bytes: number };

/** What the server offers; nothing where it cannot be asked. */
export async function listDownloads(): Promise<readonly DownloadInfo[]> {
  try {
    const response = await fetch("/api/downloads", { headers: { accept: "application/json" } });
    return response.ok ? readDownloads(await response.json()) : [];
  } catch {
    return [];
  }
}

export function readDownloads(body: unknown): DownloadInfo[] {
  if (!isObject(body) || !Array.isArray(body["downloads"])) return [];
  return body["downloads"].flatMap((entry: unknown) => {
    if (!isObject(entry)) return [];
    const { os, file, size_bytes } = entry;
    return typeof os === "string" && typeof file === "string" && typeof size_bytes === "number"
      ? [{ os, file, size_bytes }]
      : [];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
