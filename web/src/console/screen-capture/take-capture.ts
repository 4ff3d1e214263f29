import type { PictureRect } from "../../shared/picture/decoder";
import type { Still } from "../picture/still";
import type { Session } from "../session/session";
import { cut } from "../tools/tool-caller";
import { whole, within } from "./area";

/** How long a picture may take to become exact: longer than one does at rest [Y-3]. */
const EXACT_MAX_MS = 5_000;
/** More than a desktop has. */
const DISPLAYS_MAX = 16;

export type NamedDisplay = { readonly name: string; readonly area: PictureRect };

/** A still picture that the customer's app allowed, or why there is none. */
export type Taken =
  | { readonly ok: true; readonly still: Still; readonly displays: readonly NamedDisplay[] }
  | { readonly ok: false; readonly problem: string; readonly detail: string };

/** Asks the customer's app, which records it, and takes the picture [F-08]. */
export async function takeCapture(session: Session): Promise<Taken> {
  const outcome = await session.tools.run({ case: "captureScreen", value: {} });
  if (!outcome.ok) return outcome;
  const still = await session.picture.still(EXACT_MAX_MS);
  if (still === null) return { ok: false, problem: "no-picture", detail: "" };
  const told = outcome.results.flatMap((part) => (part.case === "system" ? part.value.displays : []));
  const displays = told.slice(0, DISPLAYS_MAX).flatMap(({ name, x, y, widthPx, heightPx }) => {
    const area = within({ x, y, width: widthPx, height: heightPx }, still.canvas);
    return area === null ? [] : [{ name: cut(name), area }];
  });
  return { ok: true, still, displays };
}

/** A part of a still picture as a PNG file, pixel by pixel. */
export async function pngOf({ canvas }: Still, area: PictureRect): Promise<Blob> {
  const { x, y, width, height } = area;
  const isWhole = JSON.stringify(whole(canvas)) === JSON.stringify(area);
  const part = isWhole ? canvas : document.createElement("canvas");
  if (!isWhole) {
    part.width = width;
    part.height = height;
    part.getContext("2d", { alpha: false })?.drawImage(canvas, x, y, width, height, 0, 0, width, height);
  }
  return new Promise((resolve, reject) => {
    part.toBlob((blob) => (blob === null ? reject(new Error("no PNG")) : resolve(blob)), "image/png");
  });
}
