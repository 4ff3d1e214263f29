import type { SystemPart } from "../../generated/proto/beside/v1/peer_pb";
import { momentText, sizeText } from "../../shared/i18n/formats";
import type { Translate } from "../../shared/i18n/translate";
import { timeOf } from "../peer/claimed";
import { cut, type ToolOutcome } from "../tools/tool-caller";

type Fact = readonly [name: string, value: string];
/** A heading with what stands under it. */
export type Section = { readonly title: string; readonly facts: readonly Fact[] };
export type Program = { readonly name: string; readonly version: string };
export type SystemFacts = { readonly sections: readonly Section[]; readonly programs: readonly Program[] };

/** So many disks, networks and displays are shown; an app tells no more. */
const PARTS_MAX = 64;

type Texts = { readonly t: Translate; readonly locale: string };

/** What the customer's machine is, in the reader's words; the machine's own words are a stranger's and stay text. */
export function systemFacts(outcome: ToolOutcome, texts: Texts): SystemFacts {
  const parts = outcome.ok
    ? outcome.results.flatMap((each) => (each.case === "system" ? [each.value] : []))
    : [];
  const { t } = texts;
  const section = (key: string, facts: readonly Fact[]): Section[] =>
    facts.length === 0
      ? []
      : [
          {
            title: t(key),
            facts: facts
              .filter(([, value]) => value !== "")
              .slice(0, PARTS_MAX)
              .map(cutFact),
          },
        ];
  return {
    sections: [
      ...section(
        "console-system-about",
        parts.flatMap((part) => aboutOf(part, texts)),
      ),
      ...section(
        "console-system-memory",
        parts.flatMap((part) => memoryOf(part, texts)),
      ),
      ...section(
        "console-system-disks",
        parts.flatMap((part) => disksOf(part, texts)),
      ),
      ...section(
        "console-system-networks",
        parts.flatMap((part) => networksOf(part, texts)),
      ),
      ...section(
        "console-system-displays",
        parts.flatMap((part) => displaysOf(part, texts)),
      ),
    ],
    programs: parts.flatMap((part) =>
      part.programs.map(({ name, version }) => ({ name: cut(name), version: cut(version) })),
    ),
  };
}

function cutFact([name, value]: Fact): Fact {
  return [cut(name), cut(value)];
}

/** The same as a text file. */
export function systemText({ sections, programs }: SystemFacts, { t }: Pick<Texts, "t">): string {
  const lines = sections.flatMap(({ title, facts }) => [
    `# ${title}`,
    ...facts.map(([name, value]) => `${name}: ${value}`),
    "",
  ]);
  const all = programs.map(({ name, version }) => (version === "" ? name : `${name} ${version}`));
  return [...lines, `# ${t("console-system-programs")}`, ...all, ""].join("\n");
}

function aboutOf({ about }: SystemPart, { t, locale }: Texts): Fact[] {
  if (about === undefined) return [];
  const booted_ms = timeOf(about.bootedAtMs);
  const cores = t("console-system-cores", { cores: about.cpuCores, threads: about.cpuThreads });
  const speed = about.cpuMhz > 0 ? ` · ${about.cpuMhz} MHz` : "";
  return [
    [t("console-system-os"), [about.os, about.osVersion].filter(Boolean).join(" ")],
    [t("console-system-kernel"), [about.kernel, about.architecture].filter(Boolean).join(" · ")],
    [t("console-system-host"), about.hostName],
    [t("console-system-user"), about.user],
    [t("console-system-desktop"), about.desktop],
    [t("console-system-machine"), [about.maker, about.model].filter(Boolean).join(" ")],
    [t("console-system-cpu"), about.cpu],
    [t("console-system-cpu-cores"), about.cpuThreads > 0 ? `${cores}${speed}` : ""],
    [t("console-system-language"), about.language],
    [t("console-system-time-zone"), about.timeZone],
    [t("console-system-booted"), booted_ms > 0 ? momentText(booted_ms, locale) : ""],
  ];
}

function memoryOf({ about }: SystemPart, texts: Texts): Fact[] {
  if (about === undefined) return [];
  const { t, locale } = texts;
  const used = about.memoryBytes - about.memoryAvailableBytes;
  const of = (part: bigint, whole: bigint) =>
    whole > 0n
      ? t("console-system-used", {
          used: sizeText(Number(part), locale),
          total: sizeText(Number(whole), locale),
        })
      : "";
  return [
    [t("console-system-main-memory"), of(used, about.memoryBytes)],
    [t("console-system-swap"), of(about.swapUsedBytes, about.swapBytes)],
  ];
}

function disksOf({ disks }: SystemPart, { t, locale }: Texts): Fact[] {
  return disks.map((disk) => [
    disk.mountPoint,
    [
      t("console-system-free", {
        free: sizeText(Number(disk.availableBytes), locale),
        total: sizeText(Number(disk.totalBytes), locale),
      }),
      disk.fileSystem,
      disk.device,
    ]
      .filter(Boolean)
      .join(" · "),
  ]);
}

function networksOf({ networks, about }: SystemPart, { t, locale }: Texts): Fact[] {
  const own = networks.map(
    (network): Fact => [
      network.name,
      [
        network.addresses.join(", "),
        network.mac,
        t("console-system-traffic", {
          received: sizeText(Number(network.receivedBytes), locale),
          sent: sizeText(Number(network.sentBytes), locale),
        }),
      ]
        .filter(Boolean)
        .join(" · "),
    ],
  );
  const around: Fact[] = [
    [t("console-system-gateways"), about?.gateways.join(", ") ?? ""],
    [t("console-system-name-servers"), about?.nameServers.join(", ") ?? ""],
  ];
  return [...own, ...around.filter(([, value]) => value !== "")];
}

function displaysOf({ displays }: SystemPart, { t }: Texts): Fact[] {
  return displays.map((display) => [
    display.primary ? t("console-system-primary", { name: display.name }) : display.name,
    [
      `${display.widthPx} × ${display.heightPx}`,
      display.refreshMhz > 0 ? `${Math.round(display.refreshMhz / 10) / 100} Hz` : "",
      display.widthMm > 0 ? `${display.widthMm} × ${display.heightMm} mm` : "",
      `(${display.x}, ${display.y})`,
    ]
      .filter(Boolean)
      .join(" · "),
  ]);
}
