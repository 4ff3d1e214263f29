/** Why a department stays [C-4]: it still has operators, or it is the company's last. */
export function whyNotDeleted(operators: number, last: boolean): "not-empty" | "last" | undefined {
  if (operators > 0) return "not-empty";
  return last ? "last" : undefined;
}
