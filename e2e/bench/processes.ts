// The programs of a bench, and what they cost.
import { readdirSync, readFileSync } from 'node:fs';
import { Program } from '../parts/program.ts';

const TICKS_PER_SECOND = 100;

/** What the bench started; all of it ends with `stopAll`. */
const running: Program[] = [];

export function start(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Program {
  return keep(Program.start(command, args, { env: { ...process.env, ...env } }));
}

export async function stopAll(): Promise<void> {
  for (const program of running.splice(0).reverse()) await program.stop();
}

/** An X server without a screen of its own, and its `:N` once it takes clients. */
export async function xServer(command: string, args: string[]): Promise<{ display: string; program: Program }> {
  const program = keep(Program.start(command, ['-displayfd', '3', ...args], { extraFd: true }));
  const line = await program.line('display number', (text) => text.startsWith('fd3 '));
  return { display: `:${line.slice(4).trim()}`, program };
}

function keep(program: Program): Program {
  running.push(program);
  return program;
}

/** User and system time of these processes and all that they started, in seconds. */
export function cpuSeconds(pids: readonly number[]): number {
  const parents = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      parents.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  const belongs = (pid: number): boolean => {
    if (pids.includes(pid)) return true;
    const parent = parents.get(pid)?.parent ?? 0;
    return parent > 1 && belongs(parent);
  };
  let ticks = 0;
  for (const [pid, { ticks: own }] of parents) if (belongs(pid)) ticks += own;
  return ticks / TICKS_PER_SECOND;
}

/** The processes that run pages, of every browser on this machine. */
export function pagesOfEveryBrowser(): number[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').includes('--type=renderer');
    } catch {
      return false;
    }
  }).map(Number);
}

/** What the process holds in memory, in MiB (VmRSS); NaN once it has ended. */
export function residentMib(pid: number): number {
  try {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? Number.NaN) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Waits until something listens on the port. */
export async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      if (readFileSync('/proc/net/tcp', 'utf8').includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`)) return;
    } catch {
      // Looked too early.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on port ${port}`);
}
