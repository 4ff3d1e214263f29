/** What stands against an address; the customer app judges it again. */
export type AddressProblem = "required" | "malformed" | "scheme" | "credentials";

/** Reads an address as people type it: without a scheme it is `https`. */
export function readAddress(typed: string): { url: string } | { problem: AddressProblem } {
  const text = typed.trim();
  if (text === "") return { problem: "required" };
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/:]+:\d+(\/|$)/.test(text);
  let url: URL;
  try {
    url = new URL(withScheme ? text : `https://${text}`);
  } catch {
    return { problem: "malformed" };
  }
  // Chromium writes blanks in a host as escapes; no host has either.
  if (/[\s%]/.test(url.hostname)) return { problem: "malformed" };
  if (url.protocol !== "http:" && url.protocol !== "https:") return { problem: "scheme" };
  if (url.username !== "" || url.password !== "") return { problem: "credentials" };
  return { url: url.href };
}
