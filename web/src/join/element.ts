type Attributes = Readonly<Record<string, string | boolean | undefined>>;
type Child = Node | string | null;

/** Makes an element; text goes in as text and never as markup. `false` and `undefined` leave an attribute out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/** A button that does something. */
export function button(
  look: "primary" | "secondary" | "danger" | "quiet" | "recording",
  label: string,
  press: () => void,
  disabled = false,
) {
  const made = element("button", { type: "button", class: `button ${look}`, disabled }, label);
  made.addEventListener("click", press);
  return made;
}

/** A switch with its words; `focus`: by which it is found again when the page is drawn anew. */
export function switchOf(
  label: string,
  on: boolean,
  focus: string,
  onChange: (on: boolean) => void,
): HTMLElement {
  const input = element("input", { type: "checkbox", role: "switch", "data-focus": focus });
  input.checked = on;
  input.addEventListener("change", () => onChange(input.checked));
  return element("label", { class: "switch" }, input, label);
}
