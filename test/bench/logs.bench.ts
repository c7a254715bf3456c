import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logPatterns } from '../../src/logs/patterns.ts';
import type { Line } from './main.ts';
import { measure, median, range } from './measure.ts';

/** The same numbers every time (Mulberry32). */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const alphabet = '0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz';

/** A day of a busy relay: nine messages of ten arrive, the others meet the faults that the patterns know. */
const postfixBlock = (bytes: number): string => {
  const random = seeded(20261124);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const faults = logPatterns.filter(({ by, sample }) => /Postfix/.test(by) && / mx postfix\//.test(sample));
  const lines: string[] = [];
  let size = 0;
  let second = 0;
  const add = (program: string, text: string) => {
    const clock = [Math.floor(second / 3600) % 24, Math.floor(second / 60) % 60, second % 60]
      .map((part) => String(part).padStart(2, '0'))
      .join(':');
    const line = `Nov 24 ${clock} mx postfix/${program}[${1000 + Math.floor(random() * 9000)}]: ${text}`;
    lines.push(line);
    size += line.length + 1;
  };
  while (size < bytes) {
    second += random() < 0.3 ? 1 : 0;
    const id = `4X${Array.from({ length: 11 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')}z`;
    const host = `host${Math.floor(random() * 5000)}.example.net[198.51.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}]`;
    const user = `user${Math.floor(random() * 100_000)}@example.jp`;
    add('smtpd', `connect from ${host}`);
    add('smtpd', `${id}: client=${host}, sasl_method=PLAIN, sasl_username=${user}`);
    add('cleanup', `${id}: message-id=<${Math.floor(random() * 1e12)}.${id}@crm.example.jp>`);
    add('qmgr', `${id}: from=<${user}>, size=${Math.floor(random() * 90_000)}, nrcpt=1 (queue active)`);
    const fault = random() < 0.1 ? pick(faults) : undefined;
    if (fault) add('smtp', fault.sample.replace(/^.*?\]: /, ''));
    else
      add(
        'smtp',
        `${id}: to=<b${Math.floor(random() * 1e6)}@example.net>, relay=${host}:25, delay=0.6, delays=0.1/0/0.3/0.2, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as ${id})`,
      );
    add('smtpd', `disconnect from ${host} ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8`);
    add('qmgr', `${id}: removed`);
  }
  return `${lines.join('\n')}\n`;
};

/** A pattern as grep -E takes it; look-aheads are left out, which makes its work lighter. */
const forGrep = (source: string): string =>
  source
    .replace(/\(\?[!=][^)]*\)/g, '')
    .replaceAll('(?:', '(')
    .replaceAll('\\d', '[0-9]')
    .replaceAll('\\/', '/');

const blockBytes = 64 * 1024 * 1024;

/** `crm-doctor logs` against `grep -E -i -c -f` with the same patterns, in one run, on a log of `blocks` times 64 MiB. */
export const logs = async (root: string, blocks = 16): Promise<readonly Line[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-bench-'));
  try {
    const block = Buffer.from(postfixBlock(blockBytes));
    const write = (name: string, times: number): string => {
      const path = join(directory, name);
      const file = openSync(path, 'w');
      for (let time = 0; time < times; time += 1) {
        for (let at = 0; at < block.length; ) at += writeSync(file, block, at);
      }
      closeSync(file);
      return path;
    };
    const large = write('mail.log', blocks);
    const small = write('small.log', 1);
    const patterns = join(directory, 'patterns');
    writeFileSync(patterns, logPatterns.map(({ match }) => `${forGrep(match.source)}\n`).join(''));
    const doctor = (path: string) => measure([process.execPath, `${root}bin/crm-doctor.js`, 'logs', path, '--json']);
    const grep = () =>
      measure(['grep', '-E', '-i', '-c', '-f', patterns, large], {
        env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
      });
    const rows = { ours: [] as number[], grep: [] as number[], peak: [] as number[], smallPeak: [] as number[] };
    for (let round = 0; round < 3; round += 1) {
      const ours = await doctor(large);
      if (ours.code !== 1) throw new Error(`crm-doctor logs ended with ${ours.code}: ${ours.output.slice(0, 500)}`);
      const theirs = await grep();
      if (theirs.code !== 0) throw new Error(`grep ended with ${theirs.code}: ${theirs.output.slice(0, 500)}`);
      rows.ours.push(ours.wallMs);
      rows.grep.push(theirs.wallMs);
      rows.peak.push(ours.peakMiB);
      rows.smallPeak.push((await doctor(small)).peakMiB);
    }
    const megabytes = (block.length * blocks) / 1e6;
    const speed = rows.ours.map((ms) => megabytes / (ms / 1000));
    const note = `${megabytes.toFixed(0)} MB: ours ${range(rows.ours)} ms, grep ${range(rows.grep)} ms`;
    return [
      {
        name: 'logs: wall / grep -E -i -c -f with the same patterns',
        value: median(rows.ours.map((ms, index) => ms / (rows.grep[index] ?? ms))),
        limit: 3,
        note,
      },
      { name: 'logs: ms for 100 MB', value: 100_000 / median(speed), limit: 1000, note: `${range(speed)} MB/s` },
      {
        name: `logs: peak memory, ${blocks} times the log / once`,
        value: median(rows.peak) / median(rows.smallPeak),
        limit: 1.3,
        note: `${range(rows.peak)} MiB against ${range(rows.smallPeak)} MiB`,
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
