import { useCallback, useMemo, useRef, useState } from "react";
import { merged } from "./merged";
import { useReleased } from "./use-released";

/** The text of the error by field; none, or an empty one, where the value is good. */
type Texts<V> = { [K in keyof V & string]?: string | undefined };

export type FieldProps = {
  name: string;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
  error: string | undefined;
};

type Form<V> = {
  values: V;
  /** What a field of the page needs. Its error shows once the field was left or the form was sent. */
  field: (name: keyof V & string) => FieldProps;
  /** The values when every rule holds; else shows all errors and moves to the first. */
  take: () => V | undefined;
  /** Shows what the server found at its fields, and moves to the first. */
  refuse: (texts: Record<string, string>) => void;
  /** Empties a field that is to be typed again: nothing is missing there until it was left or sent once more. */
  clear: (name: keyof V & string) => void;
  /** Begins anew with other values. */
  reset: (values: V) => void;
  /** Takes what somebody else has saved into the fields that were left alone since `read`. */
  takeTheirs: (read: V, theirs: V) => void;
  /** For the `<form>` itself. */
  ref: React.RefObject<HTMLFormElement | null>;
};

/** The state of a form of texts. `check`: the texts of the errors by field, for the values as they stand. */
export function useForm<V extends Record<string, string>>(
  initial: V,
  check: (values: V) => Texts<V>,
): Form<V> {
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Record<string, string>>({});
  const ref = useRef<HTMLFormElement>(null);
  const whenReleased = useReleased();
  const errors = useMemo(() => check(values), [check, values]);

  const focusFirstError = useCallback(() => {
    requestAnimationFrame(() => {
      ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus();
    });
  }, []);

  const field = (name: keyof V & string): FieldProps => ({
    name,
    value: values[name] ?? "",
    onChange: (value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setRefused(({ [name]: _gone, ...others }) => others);
    },
    onBlur: () => {
      // An error moves what is below it: the button that is being pressed would be gone from under the pointer, and the press lost.
      if (values[name] !== "") whenReleased(() => setLeft((before) => new Set(before).add(name)));
    },
    error: refused[name] ?? (left.has(name) ? errors[name] || undefined : undefined),
  });

  const take = () => {
    if (Object.values(errors).every((text) => !text)) return values;
    setLeft(new Set(Object.keys(values)));
    focusFirstError();
    return undefined;
  };

  const refuse = (texts: Record<string, string>) => {
    setRefused(texts);
    if (Object.keys(texts).length > 0) focusFirstError();
  };

  const clear = (name: keyof V & string) => {
    setValues((before) => ({ ...before, [name]: "" }));
    setLeft((before) => new Set([...before].filter((other) => other !== name)));
  };

  const reset = (next: V) => {
    setValues(next);
    setLeft(new Set());
    setRefused({});
  };

  const takeTheirs = (read: V, theirs: V) => setValues((mine) => merged(read, mine, theirs));

  return { values, field, take, refuse, clear, reset, takeTheirs, ref };
}
