import { shown } from "../../shared/strangers-text";

/** A tab has its own time to read what it shows; a tab that is read again shows nothing, and the document is still here. */
const READ_WITHIN_MS = 60 * 60_000;
/** The print dialog waits for the viewer. */
const PRINT_AFTER_MS = 800;
const NAME_MAX_CHARACTERS = 120;

/** The document as what it was said to be, whatever its bytes are: no browser reads markup in it. */
function pdf(file: File): Blob {
  return file.slice(0, file.size, "application/pdf");
}

/**
 * Shows a stranger's document in a tab of its own, in the browser's viewer for PDF: a sandbox within the browser, that knows nothing of
 * this page and that this page's Content-Security-Policy goes with. False where the browser opens no tab.
 */
export function openPrinted(file: File): boolean {
  return openTab(file) !== null;
}

/** The same with the browser's print dialog. */
export function printPrinted(file: File): boolean {
  const tab = openTab(file);
  if (tab === null) return false;
  setTimeout(() => {
    try {
      tab.print();
    } catch {
      // The viewer prints by its own button.
    }
  }, PRINT_AFTER_MS);
  return true;
}

export function savePrinted(file: File, name: string): void {
  const address = URL.createObjectURL(pdf(file));
  const link = document.createElement("a");
  link.href = address;
  link.download = pdfName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS);
}

/** A stranger's name as one of a file. */
export function pdfName(name: string): string {
  const plain = shown(name, NAME_MAX_CHARACTERS)
    .replace(/[\\/:*?"<>|\ufffd]/g, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  const stem = plain.replace(/\.pdf$/i, "");
  return `${stem || "document"}.pdf`;
}

function openTab(file: File): Window | null {
  const address = URL.createObjectURL(pdf(file));
  const tab = window.open(address, "_blank");
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS);
  if (tab !== null) tab.opener = null;
  return tab;
}
