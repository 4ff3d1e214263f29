/** The text form of a 16-byte UUID; other lengths give an empty text, which is no session's id. */
export function uuidText(bytes: Uint8Array): string {
  if (bytes.length !== 16) return "";
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The 16 bytes of a UUID's text form; anything else gives no bytes. */
export function uuidBytes(text: string): Uint8Array<ArrayBuffer> {
  const hex = text.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(hex)) return new Uint8Array(0);
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
