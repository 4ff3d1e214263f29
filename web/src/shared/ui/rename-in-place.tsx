import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { fieldTexts, problemText } from "../api/problem-text";
import { useI18n } from "../i18n/i18n";
import styles from "./rename-in-place.module.css";

type RenameProps = {
  name: string;
  /** Names the field for screen readers. */
  label: string;
  /** What a click does, as a tooltip. */
  hint: string;
  check: (name: string) => string | undefined;
  rename: (name: string) => Promise<unknown>;
};

/** A name that a click turns into a field. Enter or leaving the field saves, Escape gives the old name back. */
export function RenameInPlace({ name, label, hint, check, rename }: RenameProps) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const returning = useRef(false);

  useEffect(() => {
    if (!editing && returning.current) button.current?.focus();
    returning.current = false;
  }, [editing]);

  if (!editing) {
    return (
      <button
        ref={button}
        type="button"
        title={hint}
        className={styles["name"]}
        onClick={() => setEditing(true)}
      >
        {name}
      </button>
    );
  }
  const leave = (focusBack: boolean) => {
    returning.current = focusBack;
    setEditing(false);
  };
  return <NameField name={name} label={label} check={check} rename={rename} leave={leave} />;
}

type NameFieldProps = Omit<RenameProps, "hint"> & { leave: (focusBack: boolean) => void };

function NameField({ name, label, check, rename, leave }: NameFieldProps) {
  const i18n = useI18n();
  const [value, setValue] = useState(name);
  const [error, setError] = useState<string>();
  const busy = useRef(false);

  const save = async (focusBack: boolean) => {
    const next = value.trim();
    if (busy.current) return;
    if (next === name) return leave(focusBack);
    const problem = check(next);
    if (problem !== undefined) return setError(problem);
    busy.current = true;
    try {
      await rename(next);
      leave(focusBack);
    } catch (refusal) {
      setError(fieldTexts(refusal, i18n)["name"] ?? problemText(refusal, i18n));
    } finally {
      busy.current = false;
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter ends the composition and not the field.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") void save(true);
    if (event.key === "Escape") leave(true);
  };

  return (
    <span className={styles["editing"]}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the click asked for this field.
        autoFocus
        className={styles["input"]}
        aria-label={label}
        aria-invalid={error !== undefined}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setValue(event.currentTarget.value);
          setError(undefined);
        }}
        onBlur={() => (error === undefined ? void save(false) : leave(false))}
        onKeyDown={onKeyDown}
      />
      {error !== undefined && (
        <span role="alert" className={styles["error"]}>
          {error}
        </span>
      )}
    </span>
  );
}
