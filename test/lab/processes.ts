import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a command to its end; its output, or an error that says what the command said. */
export const run = async (
  command: string,
  args: readonly string[],
  options: { readonly input?: string; readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> => {
  const running = execute(command, [...args], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
    maxBuffer: 64 * 1024 * 1024,
  });
  running.child.stdin?.on('error', () => undefined);
  running.child.stdin?.end(options.input ?? '');
  const { stdout } = await running;
  return stdout;
};

/** The same, synchronously and without minding a failure: for taking things back. */
export const runQuietly = (command: string, args: readonly string[]): string =>
  spawnSync(command, [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).stdout ?? '';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly ms: number;
  /** The most memory that the process held (VmHWM), looked at ten times a second. */
  readonly peakBytes: number;
}

/** Runs a command whatever it ends with, and kills it after `timeoutMs`. */
export const runToEnd = (
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly timeoutMs: number },
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const started = Date.now();
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let timedOut = false;
    let peakBytes = 0;
    const watch = setInterval(() => {
      const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readIfThere(`/proc/${child.pid}/status`))?.[1];
      if (kilobytes) peakBytes = Math.max(peakBytes, Number(kilobytes) * 1024);
    }, 100);
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      clearInterval(watch);
      const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
      resolve({ code, signal, stdout: text(out), stderr: text(err), timedOut, ms: Date.now() - started, peakBytes });
    });
  });

/** A server in the foreground; its output goes to a file, because nobody may stop reading a pipe. */
export const startServer = (
  command: string,
  args: readonly string[],
  options: { readonly log: string; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string },
): ChildProcess => {
  const log = openSync(options.log, 'a');
  const child = spawn(command, [...args], {
    stdio: ['ignore', log, log],
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  closeSync(log);
  child.on('error', () => undefined);
  return child;
};

export const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** Waits until `ready` says so; a server that ended before is an error with its log. */
export const until = async (
  what: string,
  ready: () => boolean,
  options: { readonly child?: ChildProcess; readonly log: () => string; readonly timeoutMs?: number },
): Promise<void> => {
  const end = Date.now() + (options.timeoutMs ?? 20_000);
  while (!ready()) {
    const ended = options.child && (options.child.exitCode !== null || options.child.signalCode !== null);
    if (ended || Date.now() > end) {
      throw new Error(`${what} ${ended ? 'ended' : 'did not come up'}:\n${options.log().slice(-3000)}`);
    }
    await sleep(15);
  }
};

/** The TCP ports that listen in the network namespace of a process, read from the kernel without a further process. */
export const listeningPorts = (pid: number): ReadonlySet<number> => {
  const ports = new Set<number>();
  for (const table of ['tcp', 'tcp6']) {
    for (const line of readIfThere(`/proc/${pid}/net/${table}`).split('\n').slice(1)) {
      const [, local, , state] = line.trim().split(/\s+/);
      if (state === '0A' && local) ports.add(Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16));
    }
  }
  return ports;
};

/** A port of loopback that nobody listens at. */
export const freePort = async (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
