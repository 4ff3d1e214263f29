import type { VoiceNow } from "./voice";

/** What must be known of the voice before all else: a text's key; and whether something is wrong. */
export function voiceText(now: VoiceNow): { key: string | null; grave: boolean } {
  if (now.stage === "off")
    return { key: now.why === null ? null : `console-voice-${now.why}`, grave: now.why !== null };
  if (now.problem !== null) return { key: `console-voice-microphone-${now.problem}`, grave: true };
  if (now.stage === "asked") return { key: "console-voice-asked", grave: false };
  if (now.stage === "held") return { key: "console-voice-held", grave: false };
  if (now.aside) return { key: "console-voice-aside", grave: false };
  const lacks = lacking(now);
  if (lacks !== null) return { key: `console-voice-customer-${lacks}`, grave: true };
  if (now.muted) return { key: "console-voice-muted", grave: false };
  return { key: now.customerMuted ? "console-voice-customer-muted" : "console-voice-on", grave: false };
}

function lacking({ lacksMicrophone, lacksSpeaker }: VoiceNow): string | null {
  if (lacksMicrophone !== "" && lacksSpeaker !== "") return "no-sound";
  if (lacksMicrophone !== "") return "no-microphone";
  return lacksSpeaker === "" ? null : "no-speaker";
}
