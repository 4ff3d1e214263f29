/** What the bar does beside its tools, by keys as well. */
export const commands = {
  control: { name: "control", key: "K" },
  zoom: { name: "zoom", key: "Z" },
  chat: { name: "chat", key: "M" },
  record: { name: "record", key: "N" },
  end: { name: "end", key: "E" },
} as const;

export type Command = (typeof commands)[keyof typeof commands];

export const ALL_COMMANDS: readonly Command[] = Object.values(commands);
