import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { ChatLine } from "../../shared/session/chat";
import shared from "../../shared/session/chat.module.css";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import { useRights } from "../tools/use-rights";
import { usePart, useStore } from "../use-store";
import styles from "./chat-view.module.css";

/** The chat of one session with the state of each delivery [F-05]. */
export function ChatView({ session }: { session: Session }) {
  const { t } = useI18n();
  const lines = useStore(session.chat.lines);
  const link = usePart(session.live, (live) => live.link);
  const ended = usePart(session.live, (live) => live.ended);
  const rights = useRights(session);
  const end = useRef<HTMLLIElement>(null);
  const count = lines.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: "nearest" });
  }, [count]);
  const forbidden = !rights.chat;
  return (
    <div className={styles["chat"]}>
      {lines.length === 0 ? (
        <div className={styles["empty"]}>
          <p>{t(forbidden ? "console-chat-forbidden" : "console-chat-empty")}</p>
        </div>
      ) : (
        <ol
          className={`${shared["lines"]} ${styles["lines"]}`}
          aria-live="polite"
          aria-label={t("console-chat")}
        >
          {lines.map((line, index) => (
            <Line key={line.key} line={line} last={index === lines.length - 1 ? end : null} />
          ))}
        </ol>
      )}
      {ended === null && !forbidden && <ChatInput session={session} waits={link !== "connected"} />}
    </div>
  );
}

function Line({ line, last }: { line: ChatLine; last: React.RefObject<HTMLLIElement | null> | null }) {
  const { t, locale } = useI18n();
  const at = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(line.at_ms);
  return (
    <li ref={last} className={shared[line.own ? "own" : "other"]}>
      {line.name === "" ? (
        <span className="visually-hidden">{t(line.own ? "console-chat-you" : "console-chat-customer")}</span>
      ) : (
        <span className={shared["meta"]}>{line.name}</span>
      )}
      <p className={shared["bubble"]}>{line.text}</p>
      <p className={shared["meta"]}>
        {at}
        {line.delivery !== null && ` · ${t(`console-chat-${line.delivery}`)}`}
      </p>
    </li>
  );
}

function ChatInput({ session, waits }: { session: Session; waits: boolean }) {
  const { t } = useI18n();
  const [text, setText] = useState("");
  const send = () => {
    if (session.chat.write(text)) setText("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const keys = (event: KeyboardEvent) => {
    // The Enter that ends a Korean syllable is still the IME's; the browser sends a second one for us.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form className={styles["form"]} onSubmit={submit}>
      {waits && <p className={shared["meta"]}>{t("console-chat-waits")}</p>}
      <textarea
        className={shared["field"]}
        aria-label={t("console-chat-message")}
        placeholder={t("console-chat-placeholder")}
        rows={2}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keys}
      />
      <Button type="submit" look="primary" isDisabled={text.trim().length === 0}>
        {t("console-chat-send")}
      </Button>
    </form>
  );
}
