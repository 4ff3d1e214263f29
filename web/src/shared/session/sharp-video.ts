/**
 * What Chromium sends at from the first second on, before it has measured: at its own 300 kbit/s the text of a whole
 * screen stays unreadable for seconds.
 */
const START_KBPS = 4000;

/** What the screen of a large display with moving text needs; the estimate of the link is mostly below it. */
const BITRATE_MAX_BPS = 8_000_000;

/**
 * The offer, asking for that start of every video codec. Browsers that do not know the parameter skip it; the estimate
 * of the link still rules from the first report on. Source: libwebrtc `media/base/media_constants.cc`,
 * kCodecParamStartBitrate.
 */
export function withStartBitrate(sdp: string): string {
  const sections = sdp.split(/(?=^m=)/m);
  return sections.map((section) => (section.startsWith("m=video") ? withStart(section) : section)).join("");
}

function withStart(section: string): string {
  const formats = /^m=video \S+ \S+ (.*?)\r?$/m.exec(section)?.[1]?.split(" ") ?? [];
  return formats.reduce((text, format) => {
    const codec = new RegExp(`^a=rtpmap:${format} (?!rtx|red|ulpfec|flexfec)\\S+\\r?\\n`, "m");
    const parameters = new RegExp(`^(a=fmtp:${format} [^\\r\\n]+)`, "m");
    if (!codec.test(text)) return text;
    const start = `x-google-start-bitrate=${START_KBPS}`;
    if (parameters.test(text)) return text.replace(parameters, `$1;${start}`);
    return text.replace(codec, (line) => `${line}a=fmtp:${format} ${start}\r\n`);
  }, section);
}

/**
 * A screen is text: where the link has no room, fewer pictures rather than coarse ones. Browsers that know no such wish
 * keep their own way.
 */
export async function keepSharp(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  parameters.degradationPreference = "maintain-resolution";
  for (const encoding of parameters.encodings) encoding.maxBitrate = BITRATE_MAX_BPS;
  try {
    await sender.setParameters(parameters);
  } catch {
    // A wish, and nothing that the session depends on.
  }
}
