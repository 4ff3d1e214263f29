import { type ReactNode, useEffect, useRef, useState } from "react";
import { UNSAFE_PortalProvider as PortalProvider } from "react-aria";
import { createPortal } from "react-dom";
import { useI18n } from "../../shared/i18n/i18n";
import { dress } from "./dress";
import styles from "./own-window.module.css";

type OwnWindowProps = {
  /** A window of this name that is open already is taken. */
  name: string;
  title: string;
  size: { readonly width: number; readonly height: number };
  /** Somebody closed it. */
  onClose: () => void;
  /** The browser lets no window be opened. */
  onBlocked: () => void;
  children: ReactNode;
};

/** A part of this page in a window of the browser's own, which closes with it. Must come from a press: browsers open none otherwise. */
export function OwnWindow({ name, title, size, onClose, onBlocked, children }: OwnWindowProps) {
  const { language } = useI18n();
  const [opened, setOpened] = useState<Window | null>(null);
  const latest = useRef({ onClose, onBlocked, size });
  latest.current = { onClose, onBlocked, size };
  useEffect(() => {
    const { width, height } = latest.current.size;
    const made = window.open("", name, `popup,width=${width},height=${height}`);
    if (made === null) return latest.current.onBlocked();
    const undress = dress(made, window);
    const gone = () => latest.current.onClose();
    const close = () => made.close();
    made.addEventListener("pagehide", gone);
    window.addEventListener("pagehide", close);
    made.focus();
    setOpened(made);
    return () => {
      made.removeEventListener("pagehide", gone);
      window.removeEventListener("pagehide", close);
      undress();
      made.close();
    };
  }, [name]);
  useEffect(() => {
    if (opened === null) return;
    opened.document.title = title;
    opened.document.documentElement.lang = language;
  }, [opened, title, language]);
  if (opened === null) return null;
  const { body } = opened.document;
  return createPortal(
    // What opens over the page opens over this one.
    <PortalProvider getContainer={() => body}>
      <main className={styles["page"]}>{children}</main>
    </PortalProvider>,
    body,
  );
}
