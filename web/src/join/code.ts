/** The six digits that a person typed or pasted, however they wrote them; null where it is no code. */
export function readCode(typed: string): string | null {
  // NFKC: a Korean or Japanese IME may give full-width digits.
  const digits = typed.normalize("NFKC").replace(/[\s\u00ad\u2010-\u2015._-]/g, "");
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

/** The code in the link that the operator sent, `/#123456`; null where there is none. */
export function codeOfHash(hash: string): string | null {
  let text = hash.slice(1);
  try {
    text = decodeURIComponent(text);
  } catch {
    return null;
  }
  return readCode(text);
}

/** "123456" as people read it: "123 456". */
export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
