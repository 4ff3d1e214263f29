// What a program sends, as the kernel counts it.
import { Program } from "./program.ts";

/** Bytes that this process has sent on the TCP connections that it has now. */
export async function sentByTcp(pid: number): Promise<number> {
  const lines = await sockets("-tinpOH", pid);
  return lines.reduce((sum, line) => sum + Number(/\bbytes_sent:(\d+)/.exec(line)?.[1] ?? 0), 0);
}

/** How many UDP sockets this process has: a peer connection needs one. */
export async function udpSockets(pid: number): Promise<number> {
  return (await sockets("-uanpOH", pid)).length;
}

/** ss(8): one line a socket. */
async function sockets(options: string, pid: number): Promise<string[]> {
  const all = await Program.run("ss", [options]);
  return all.split("\n").filter((line) => line.includes(`,pid=${pid},`));
}
