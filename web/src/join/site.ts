/** What the server's company shows its customers [O-4]; empty and null where it is not known. */
export type Site = { service: string; text: string; logo: string | null };

/**
 * Asks the server; without an answer the page stays as it is. `session`: the one that the code led to, and with it to the company
 * where the server has several.
 */
export async function findSite(session: string | null = null): Promise<Site | null> {
  try {
    const response = await fetch(session === null ? "/api/site" : `/api/site?session=${session}`, {
      headers: { accept: "application/json" },
    });
    return response.ok ? readSite(await response.json()) : null;
  } catch {
    return null;
  }
}

/** Reads the server's answer. */
export function readSite(body: unknown): Site | null {
  if (typeof body !== "object" || body === null) return null;
  const text = (name: string) => {
    const value: unknown = Reflect.get(body, name);
    return typeof value === "string" ? value : "";
  };
  const logo = text("logo");
  // Nothing but the server's own picture.
  return { service: text("service_name"), text: text("text"), logo: logo.startsWith("/logo") ? logo : null };
}
