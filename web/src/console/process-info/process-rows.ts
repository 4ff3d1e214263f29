import type { ProcessEntry, ServiceEntry } from "../../generated/proto/beside/v1/peer_pb";
import { shown } from "../../shared/strangers-text";
import { cut, type ToolOutcome } from "../tools/tool-caller";

/** By what the list of processes is sorted; the first press of a heading sorts in the order that finds trouble. */
export type Column = "name" | "cpu" | "memory";
export type Order = { readonly column: Column; readonly descending: boolean };

/** A command line is shown by pointing at its program; longer than this nobody reads it. */
const COMMAND_MAX = 512;

export const BY_CPU: Order = { column: "cpu", descending: true };

/** The order after a press on a heading. */
export function pressed(order: Order, column: Column): Order {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column !== "name" };
}

export function processesOf(outcome: ToolOutcome | null): readonly ProcessEntry[] {
  if (outcome?.ok !== true) return [];
  const all = outcome.results.flatMap((each) => (each.case === "processes" ? each.value.processes : []));
  // They are this page's own, and nobody else holds them.
  for (const process of all) {
    process.name = cut(process.name);
    process.user = cut(process.user);
    process.command = shown(process.command, COMMAND_MAX);
  }
  return all;
}

export function servicesOf(outcome: ToolOutcome | null): readonly ServiceEntry[] {
  if (outcome?.ok !== true) return [];
  const all = outcome.results.flatMap((each) => (each.case === "services" ? each.value.services : []));
  for (const service of all) {
    service.name = cut(service.name);
    service.description = cut(service.description);
    service.detail = cut(service.detail);
    service.startup = cut(service.startup);
  }
  return all;
}

/** Those whose name, command, account or number has the words, in this order. Equal ones keep a place of their own. */
export function listed(all: readonly ProcessEntry[], typed: string, order: Order): readonly ProcessEntry[] {
  const words = typed.trim().toLowerCase();
  const has = (process: ProcessEntry) =>
    [process.name, process.command, process.user, String(process.pid)].some((text) =>
      text.toLowerCase().includes(words),
    );
  const sign = order.descending ? -1 : 1;
  return all.filter(has).sort((a, b) => sign * compare(a, b, order.column) || a.pid - b.pid);
}

function compare(a: ProcessEntry, b: ProcessEntry, column: Column): number {
  switch (column) {
    case "name":
      return a.name.localeCompare(b.name);
    case "cpu":
      return a.cpuCentipercent - b.cpuCentipercent;
    case "memory":
      return Number(a.memoryBytes - b.memoryBytes);
  }
}
