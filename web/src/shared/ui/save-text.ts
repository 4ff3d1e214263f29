/** Characters that no file's name has on every system. */
const UNFIT = /[\\/:*?"<>|]/g;

/** Offers a text as a file of the operator's browser. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(UNFIT, "_");
  link.click();
  URL.revokeObjectURL(url);
}
