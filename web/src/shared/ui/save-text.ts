/** Characters that no file's name has on every system. */
const UNFIT = /[\\/:*?"<>|]/g;

/** Offers a text as a file of the operator's browser. */
export function saveText(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: "text/plain;charset=utf-8" }));
}

/** Offers a file to the operator's browser. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(UNFIT, "_");
  link.click();
  URL.revokeObjectURL(url);
}
