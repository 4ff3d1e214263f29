/** What the customer sits at, as far as their browser tells. */
export type Device = {
  readonly os: "linux" | "windows" | "macos" | "android" | "ios" | "unknown";
  /** Can this browser share a screen at all? */
  readonly canShare: boolean;
  readonly hasWebRtc: boolean;
};

type BrowserFacts = {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
  readonly canShare: boolean;
  readonly hasWebRtc: boolean;
};

export function detectDevice({ userAgent, maxTouchPoints, canShare, hasWebRtc }: BrowserFacts): Device {
  return { os: osOf(userAgent, maxTouchPoints), canShare, hasWebRtc };
}

/** The names that `beside.v1.Machine` knows. */
export const OS_NAMES: Readonly<Record<Device["os"], string>> = {
  linux: "Linux",
  windows: "Windows",
  macos: "macOS",
  android: "Android",
  ios: "iOS",
  unknown: "",
};

export function isPhone(device: Device): boolean {
  return device.os === "android" || device.os === "ios";
}

/** The name of the prepared download with the code in it: a prefill, shown and confirmed in the app. */
export function downloadName(file: string, code: string): string {
  const dot = file.lastIndexOf(".");
  return dot <= 0 ? `${file}-${code}` : `${file.slice(0, dot)}-${code}${file.slice(dot)}`;
}

function osOf(userAgent: string, maxTouchPoints: number): Device["os"] {
  if (/Android/i.test(userAgent)) return "android";
  if (/iPhone|iPad|iPod/i.test(userAgent)) return "ios";
  // An iPad calls itself a Mac, but no Mac has a touch screen.
  if (/Macintosh/i.test(userAgent)) return maxTouchPoints > 1 ? "ios" : "macos";
  if (/Windows/i.test(userAgent)) return "windows";
  return /Linux|X11|CrOS/i.test(userAgent) ? "linux" : "unknown";
}
