/** What tells that somebody is at work in a window. */
const SIGNS = ["keydown", "pointerdown", "wheel"] as const;

/**
 * Makes an empty window look like the page that opened it, also by what that page loads later, and lets work in it count as
 * work in the page. Returns how to stop.
 */
export function dress(made: Window, opener: Window): () => void {
  const { head, documentElement } = made.document;
  const copies = new Map<Node, Node>();
  const copy = (node: Node) => {
    if (!isStyle(node) || copies.has(node)) return;
    const twin = made.document.importNode(node, true);
    // A window without an address of its own reads addresses as the page does.
    if (node instanceof HTMLLinkElement) twin.setAttribute("href", node.href);
    copies.set(node, twin);
    head.append(twin);
  };
  for (const node of opener.document.head.childNodes) copy(node);
  const later = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) copy(node);
  });
  later.observe(opener.document.head, { childList: true });
  for (const { name, value } of opener.document.documentElement.attributes)
    documentElement.setAttribute(name, value);
  const sign = ({ type }: Event) => opener.dispatchEvent(new Event(type));
  for (const each of SIGNS) made.addEventListener(each, sign, { capture: true, passive: true });
  return () => later.disconnect();
}

function isStyle(node: Node): node is HTMLLinkElement | HTMLStyleElement {
  return node instanceof HTMLStyleElement || (node instanceof HTMLLinkElement && node.rel === "stylesheet");
}
