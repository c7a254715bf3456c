import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One whole process, as the kernel accounts for it. */
export interface Measured {
  readonly wallMs: number;
  /** Peak resident memory in MiB, sampled until the end. */
  readonly peakMiB: number;
  /** User and system time, sampled until the end. */
  readonly cpuMs: number;
  readonly code: number | null;
  readonly output: string;
}

const peakOf = (pid: number): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** In ticks of a hundredth of a second, behind the name, which may hold blanks (proc(5)). */
const cpuOf = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
};

// `ip netns exec` replaces itself by the command, so the pid stays the same.
export const measure = (
  [command, ...args]: readonly [string, ...string[]],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    let peakMiB = 0;
    let cpu = 0;
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const sample = setInterval(() => {
      peakMiB = Math.max(peakMiB, peakOf(child.pid ?? 0));
      cpu = Math.max(cpu, cpuOf(child.pid ?? 0));
    }, 5);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(sample);
      resolve({ wallMs: performance.now() - startedAt, peakMiB, cpuMs: cpu, code, output });
    });
  });

/** User and system time of a command in milliseconds, by the shell's own accounting of a finished child. */
export const cpuMs = async (words: readonly string[], times: number): Promise<number> => {
  const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const script = `TIMEFORMAT='%U %S'; time { for i in $(seq ${times}); do ${quoted} >/dev/null 2>&1; done; }`;
  const { output } = await measure(['bash', '-c', script]);
  const [user = 0, system = 0] = output.trim().split(/\s+/).slice(-2).map(Number);
  return ((user + system) * 1000) / times;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

export const range = (values: readonly number[], digits = 0): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
