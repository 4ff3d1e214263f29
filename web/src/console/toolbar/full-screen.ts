import { Store } from "../../shared/session/store";

/** True while the picture has the whole display for itself: full screen, and the operator did not ask for the menus. */
export const bareScreen = new Store(false);

/** Follows the browser's full screen; returns how to stop. */
export function followFullScreen(): () => void {
  const follow = () => bareScreen.set(document.fullscreenElement !== null);
  document.addEventListener("fullscreenchange", follow);
  return () => document.removeEventListener("fullscreenchange", follow);
}

/** The menus come back until the picture is clicked again. */
export function showMenus(): void {
  bareScreen.set(false);
}

export function hideMenus(): void {
  bareScreen.set(document.fullscreenElement !== null);
}

/** Switches the whole page to full screen and back; there, keys such as Alt+Tab go to the customer where the browser allows it. */
export async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement !== null) {
      await document.exitFullscreen();
      return;
    }
    await document.documentElement.requestFullscreen();
    await lockKeyboard();
  } catch {
    // The browser refuses full screen, for instance inside a frame; the page stays as it is.
  }
}

/** Chromium alone; Escape held for two seconds still leaves. Source: WICG Keyboard Lock. */
async function lockKeyboard(): Promise<void> {
  const keyboard: unknown = Reflect.get(navigator, "keyboard");
  if (typeof keyboard !== "object" || keyboard === null) return;
  const lock: unknown = Reflect.get(keyboard, "lock");
  if (typeof lock === "function") await Reflect.apply(lock, keyboard, []);
}
