import type { SupportRecord } from "../records-api";

/** Something that happened while a session was recorded, in the recording's own time. */
export type RecordedMoment = { readonly at_ms: number; readonly text: string };

type Texts = {
  event(kind: string, detail: unknown): string;
  chat(author: "operator" | "customer", text: string): string;
};

/** Chat, files, rights and all else of a record that falls into a recording, on its time line. */
export function momentsOf(
  record: Pick<SupportRecord, "timeline" | "chat">,
  recording: { readonly began_at_ms: number; readonly length_ms: number },
  texts: Texts,
): RecordedMoment[] {
  const all = [
    ...record.timeline.map(({ at_ms, kind, detail }) => ({ at_ms, text: texts.event(kind, detail) })),
    ...record.chat.map(({ at_ms, author, text }) => ({ at_ms, text: texts.chat(author, text) })),
  ];
  return all
    .map(({ at_ms, text }) => ({ at_ms: at_ms - recording.began_at_ms, text }))
    .filter(({ at_ms }) => at_ms >= 0 && at_ms <= recording.length_ms)
    .sort((a, b) => a.at_ms - b.at_ms);
}

/** Those that hold what was typed, whatever its case and form. */
export function found(moments: readonly RecordedMoment[], typed: string): readonly RecordedMoment[] {
  const plain = (text: string) => text.normalize("NFKC").toLocaleLowerCase();
  const wanted = plain(typed.trim());
  return wanted === "" ? moments : moments.filter(({ text }) => plain(text).includes(wanted));
}
