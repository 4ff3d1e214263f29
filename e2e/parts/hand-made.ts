// A console that does what ours never would: it keeps hold of the data channels and sends what it likes on them.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";

/** Must be called before the console's page loads. */
export async function keepChannels(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: RTCDataChannel[] = [];
    const told = { keptChannels: kept, lastNumber: 0 };
    Object.assign(window, told);
    const send = RTCDataChannel.prototype.send as (bytes: Uint8Array) => void;
    // The page counts its own input events, and each number is known once: ours come after its last one.
    Object.assign(RTCDataChannel.prototype, {
      send(this: RTCDataChannel, bytes: Uint8Array) {
        // PeerMessage { input: { number … } }, shorter than 128 bytes.
        if (bytes[0] === 0x52 && bytes[2] === 0x08) {
          let [number, shift, at] = [0, 0, 3];
          for (let more = true; more && at < bytes.length; at += 1, shift += 7) {
            number |= ((bytes[at] ?? 0) & 127) << shift;
            more = (bytes[at] ?? 0) > 127;
          }
          const known = window as unknown as typeof told;
          known.lastNumber = Math.max(known.lastNumber, number);
        }
        send.call(this, bytes);
      },
    });
    const create = RTCPeerConnection.prototype.createDataChannel;
    RTCPeerConnection.prototype.createDataChannel = function (this: RTCPeerConnection, ...given) {
      const channel = create.apply(this, given);
      kept.push(channel);
      return channel;
    };
  });
}

/** Must be called before the console's page loads: it closes no connection any more. */
export async function keepConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: RTCPeerConnection[] = [];
    Object.assign(window, { keptConnections: kept });
    const answered = RTCPeerConnection.prototype.setRemoteDescription as (this: RTCPeerConnection, given: RTCSessionDescriptionInit) => Promise<void>;
    RTCPeerConnection.prototype.setRemoteDescription = function (this: RTCPeerConnection, given: RTCSessionDescriptionInit) {
      kept.push(this);
      return answered.call(this, given);
    };
    RTCPeerConnection.prototype.close = () => undefined;
    RTCDataChannel.prototype.close = () => undefined;
  });
}

/** Must be called before the console's page loads: keeps its connections, to ask them what came, and changes nothing. */
export async function watchConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: RTCPeerConnection[] = [];
    Object.assign(window, { watchedConnections: kept });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        kept.push(this);
      }
    };
  });
}

/** How many messages have come on channels of these labels, and how much video. */
export async function receivedOf(page: Page, labels: string[]): Promise<number> {
  return page.evaluate(async (names) => {
    const { watchedConnections } = window as unknown as { watchedConnections: RTCPeerConnection[] };
    const reports = await Promise.all(watchedConnections.map((connection) => connection.getStats()));
    const values = reports.flatMap((report) => [...report.values()] as Record<string, unknown>[]);
    const counted = (each: Record<string, unknown>) =>
      each["type"] === "data-channel" && names.includes(String(each["label"])) ? Number(each["messagesReceived"] ?? 0) : 0;
    const video = (each: Record<string, unknown>) => (each["type"] === "inbound-rtp" ? Number(each["framesDecoded"] ?? 0) : 0);
    return values.reduce((sum, each) => sum + counted(each) + video(each), 0);
  }, labels);
}

/** How many bytes have come on the connections that `keepConnections` has kept. */
export async function receivedBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kept = (window as unknown as { keptConnections: RTCPeerConnection[] }).keptConnections;
    const reports = await Promise.all(kept.map((each) => each.getStats()));
    const transports = reports.flatMap((report) => [...report.values()].filter(({ type }) => type === "transport"));
    return transports.reduce((sum, { bytesReceived }) => sum + Number(bytesReceived), 0);
  });
}

/** Whether a channel of this label is open. */
export async function isOpen(page: Page, label: string): Promise<boolean> {
  return page.evaluate((name) => {
    const kept = (window as unknown as { keptChannels: RTCDataChannel[] }).keptChannels;
    return kept.some((each) => each.label === name && each.readyState === "open");
  }, label);
}

/** Sends bytes on an open channel of this label; false where there is none. */
export async function sendOn(page: Page, label: string, bytes: number[]): Promise<boolean> {
  return page.evaluate(
    ([name, content]) => {
      const kept = (window as unknown as { keptChannels: RTCDataChannel[] }).keptChannels;
      const channel = kept.findLast((each) => each.label === name && each.readyState === "open");
      channel?.send(new Uint8Array(content));
      return channel !== undefined;
    },
    [label, bytes] as const,
  );
}

/** Presses and releases the left button at a place of the customer's desktop, as input that follows the page's own. */
export async function pressAt(page: Page, x: number, y: number): Promise<boolean> {
  const last = await page.evaluate(() => (window as unknown as { lastNumber: number }).lastNumber);
  const place = [Math.round(x), Math.round(y)] as const;
  const pressed = await sendOn(page, "control", buttonMessage(last + 1, true, ...place));
  return pressed && sendOn(page, "control", buttonMessage(last + 2, false, ...place));
}

/** Fills an open channel with messages of `bytes` random bytes until `total_bytes` have left or it has closed; gives how many have. */
export async function floodOn(page: Page, label: string, bytes: number, total_bytes: number): Promise<number> {
  return page.evaluate(
    async ([name, size, total]) => {
      const kept = (window as unknown as { keptChannels: RTCDataChannel[] }).keptChannels;
      const channel = kept.findLast((each) => each.label === name && each.readyState === "open");
      if (channel === undefined) return 0;
      const content = new Uint8Array(size);
      for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
      let sent = 0;
      while (sent < total && channel.readyState === "open") {
        if (channel.bufferedAmount > 4_000_000) await new Promise((resolve) => setTimeout(resolve, 5));
        else {
          channel.send(content);
          sent += size;
        }
      }
      return sent;
    },
    [label, bytes, total_bytes] as const,
  );
}

/** PeerMessage { input: { number, button: { left, pressed, x, y } } }, as proto/beside/v1/peer.proto numbers them. */
export function buttonMessage(number: number, pressed: boolean, x: number, y: number): number[] {
  const button = [...field(1, 1), ...field(2, pressed ? 1 : 0), ...field(3, x), ...field(4, y)];
  return nested(10, [...field(1, number), ...nested(11, button)]);
}

/** PeerMessage { input: { number, text: { text } } }. */
export function textMessage(number: number, text: string): number[] {
  return nested(10, [...field(1, number), ...nested(15, nested(1, [...Buffer.from(text)]))]);
}

/** PeerMessage { chat: { id, author: AUTHOR_OPERATOR, text, at_ms } }. */
export function chatMessage(text: string): number[] {
  const line = [...nested(1, [...randomBytes(16)]), ...field(2, 1), ...nested(3, [...Buffer.from(text)]), ...field(4, 1)];
  return nested(50, line);
}

/** PeerMessage { set_control: { on: true } }. */
export function takeControlMessage(): number[] {
  return nested(11, field(1, 1));
}

/** PeerMessage { tool_request: { id, <tool>: <body> } }; `tool`: the field's number in ToolRequest. */
export function toolMessage(id: number, tool: number, body: number[] = []): number[] {
  return nested(15, [...field(1, id), ...nested(tool, body)]);
}

/** PeerMessage { tool_request: { id, open_url: { url } } }. */
export function openUrlMessage(id: number, url: string): number[] {
  return toolMessage(id, 10, nested(1, [...Buffer.from(url)]));
}

/** PeerMessage { tool_request: { id, end_process: { pid, started_at_ms, force } } }. */
export function endProcessMessage(id: number, pid: number, startedAtMs: number): number[] {
  return toolMessage(id, 14, [...field(1, pid), ...field(2, startedAtMs), ...field(3, 1)]);
}

/** PeerMessage { set_voice: { on } }. */
export function voiceMessage(on: boolean): number[] {
  return nested(22, on ? field(1, 1) : []);
}

/** PeerMessage { set_operator_screen: { on } }. */
export function operatorScreenMessage(on: boolean): number[] {
  return nested(76, on ? field(1, 1) : []);
}

/** PeerMessage { right_request: { id, right } }; `right`: as proto/beside/v1/common.proto numbers them. */
export function rightMessage(id: number, right: number): number[] {
  return nested(16, [...field(1, id), ...field(2, right)]);
}

/** PeerMessage { ask_part: { kind, area } }. */
export function askPartMessage(kind: number): number[] {
  const area = [...field(1, 0), ...field(2, 0), ...field(3, 1_000), ...field(4, 700)];
  return nested(21, [...field(1, kind), ...nested(3, area)]);
}

/** PeerMessage { clip: { share: { on } } }. */
export function clipShareMessage(on: boolean): number[] {
  return nested(54, nested(1, on ? field(1, 1) : []));
}

/** PeerMessage { clip: { begin: { id, KIND_TEXT, size } } }, and its one part. */
export function clipTextMessages(id: number, text: string): number[][] {
  const bytes = [...Buffer.from(text)];
  const begin = [...field(1, id), ...field(2, 1), ...field(3, bytes.length)];
  return [nested(54, nested(3, begin)), nested(54, nested(4, [...field(1, id), ...nested(2, bytes)]))];
}

/** PeerMessage { reboot_request: { act } }; `act`: as proto/beside/v1/peer.proto numbers them. */
export function rebootMessage(act: number): number[] {
  return nested(27, field(1, act));
}

export function field(number: number, value: number): number[] {
  return [...varint(number << 3), ...varint(value)];
}

export function nested(number: number, body: number[]): number[] {
  return [...varint((number << 3) | 2), ...varint(body.length), ...body];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    // Not by bits: a moment in milliseconds has more than 32.
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** PeerMessage { set_recording: { on: true } }. */
export function recordMessage(): number[] {
  return nested(23, field(1, 1));
}
