/** What a page that is loaded again needs to come back to its session; this tab's alone. */
export type Saved = { readonly code: string; readonly token: Uint8Array };

export type JoinMemory = { read(): Saved | null; write(saved: Saved | null): void };

const KEY = "beside-join";
/** The token of a Welcome is 64 characters today. */
const TOKEN_MAX_BYTES = 256;

/** Survives a reload, and goes with the tab. The token is single use and leads to this session alone. */
export function tabMemory(storage: Storage): JoinMemory {
  return {
    read: () => {
      const [code = "", token = ""] = (storage.getItem(KEY) ?? "").split(" ");
      const bytes = new TextEncoder().encode(token);
      return bytes.length === 0 || bytes.length > TOKEN_MAX_BYTES ? null : { code, token: bytes };
    },
    write: (saved) => {
      if (saved === null) storage.removeItem(KEY);
      else storage.setItem(KEY, `${saved.code} ${new TextDecoder().decode(saved.token)}`);
    },
  };
}
