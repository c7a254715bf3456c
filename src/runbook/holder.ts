import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from './error-code.ts';

/**
 * Who holds a mark: `PID HOST MACHINE START SINCE`. MACHINE is this start of the machine and its space of process ids (two
 * containers may both have a 1), START when the process began in it: a process id that was given away again is no holder.
 * Both are `-` where the system does not tell.
 */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly machine?: string;
  readonly start?: string;
  /** RFC 3339 */
  readonly since?: string;
}

const quietly = <Value>(read: () => Value): Value | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** proc(5): the 22nd field, and the second one may hold blanks and brackets. */
const startOf = (pid: number | 'self'): string | undefined =>
  quietly(() => {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  });

let machine: { readonly id: string | undefined } | undefined;

const machineId = (): string | undefined => {
  machine ??= {
    id: quietly(() => {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
      return `${boot}/${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
    }),
  };
  return machine.id;
};

let own: string | undefined;

export const ownHolder = (since = new Date()): string => {
  own ??= [process.pid, hostname(), machineId() ?? '-', startOf('self') ?? '-'].join(' ');
  return `${own} ${since.toISOString()}`;
};

const told = (word: string | undefined): string | undefined => (word === '-' || word === '' ? undefined : word);

/** Undefined: nobody's name, or one that is not written to its end yet. */
export const holderIn = (text: string): Holder | undefined => {
  const [pid = '', host = '', where, started, since] = text.split(' ');
  if (!/^\d{1,10}$/.test(pid) || host === '') return undefined;
  const [id, start] = [told(where), told(started)];
  return {
    pid: Number(pid),
    host,
    ...(id === undefined ? {} : { machine: id }),
    ...(start === undefined ? {} : { start }),
    ...(since === undefined || Number.isNaN(Date.parse(since)) ? {} : { since }),
  };
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    return errorCode(error) === 'EPERM';
  }
};

/** Whether a holder lives, as far as it can be told from here: `unknown` on another machine, or where process ids are all that is known. */
export const lifeOf = ({ pid, host, machine: where, start }: Holder): 'alive' | 'dead' | 'unknown' => {
  if (host !== hostname()) return 'unknown';
  if (where !== undefined && where !== machineId()) return 'unknown';
  if (!isRunning(pid)) return 'dead';
  if (start === undefined || where === undefined) return 'unknown';
  const now = startOf(pid);
  return now === undefined ? 'unknown' : now === start ? 'alive' : 'dead';
};
