/** Letters that cannot be seen and change what all readers see; crates/protocol/src/text.rs has the same list. */
const UNSEEN =
  /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;
const UNSEEN_IN_LINES = new RegExp(`(?![\\n\\t])${UNSEEN.source}`, UNSEEN.flags);

/** Stands for such a letter, so that nobody takes one name for another. */
const HIDDEN = "\ufffd";

/**
 * What a customer's machine or a peer calls something, as it may be shown: at most so many characters, with a sign in the place of
 * each that cannot be seen.
 */
export function shown(text: string, most = Number.POSITIVE_INFINITY): string {
  const within = text.length <= most ? text : [...text].slice(0, most).join("");
  return within.replace(UNSEEN, HIDDEN);
}

/** Words of a person in several lines, without what cannot be seen. */
export function shownLines(text: string): string {
  return text.replace(UNSEEN_IN_LINES, "");
}
