// Starts programs for a bench and adds up what they cost.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const TICKS_PER_SECOND = 100;

/** A program that the bench started; all of them end with `stopAll`. */
const running: ChildProcess[] = [];

export function start(program: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  running.push(child);
  return child;
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(hard);
}

export async function stopAll(): Promise<void> {
  for (const child of running.splice(0).reverse()) await stop(child);
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

/** What the process holds in memory, in MiB (VmRSS). */
export function residentMib(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

/** A TCP port that nobody uses at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
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

/** An X server without a screen of its own; resolves with `:N` once it takes clients. */
export async function xServer(program: string, size: string, args: readonly string[] = []): Promise<{ display: string; child: ChildProcess }> {
  const child = spawn(program, ['-displayfd', '3', ...args, ...(program === 'Xvfb' ? ['-screen', '0', `${size}x24`] : [])], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  running.push(child);
  const number = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
    child.once('exit', () => reject(new Error(`${program} ended before it had a display`)));
  });
  return { display: `:${number}`, child };
}
