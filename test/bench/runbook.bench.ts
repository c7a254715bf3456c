import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Line } from './main.ts';
import { cpuMs, measure, median, range } from './measure.ts';

const who = { user: 'hanako', host: 'crm01' };
const targets = ['sales@example.co.jp', 'support@example.co.jp', 'info@example.com'];
const minute = 60_000;

/** The records of a check: begun, ended, a note in two languages, and a change every fifth time. */
const block = (index: number): readonly object[] => {
  const at = new Date(Date.UTC(2025, 0, 1) + index * 30 * minute).toISOString();
  const run = `${at.replace(/[-:]|\.\d+/g, '')}-${(index % 4096).toString(16).padStart(3, '0')}ab12cd`;
  const target = targets[index % targets.length];
  const bad = index % 7 === 0;
  const change = [{ path: 'mail.imap.port', from: 143, to: 993 }];
  const where = '/etc/crm-doctor/crm-doctor.yaml';
  const causes = bad ? [{ cause: 'tls.certificate-expired', proof: 'not-tried', seen: ['mail.tls imap'] }] : [];
  return [
    { at, who, kind: 'run-started', run, command: 'mail', target },
    {
      at,
      who,
      kind: 'run-finished',
      run,
      command: 'mail',
      target,
      status: bad ? 'fail' : 'pass',
      exitCode: bad ? 1 : 0,
      summary: { pass: 14, warn: 0, fail: bad ? 1 : 0, skip: 9, unknown: 0, error: 0 },
      durationMs: 812,
      causes,
    },
    { at, who, kind: 'note', run, text: `${index} 証明書を更新しました / the provider was asked about ${index}` },
    { at, who, kind: 'change-intended', run, where, change },
    { at, who, kind: 'change-done', run, where, change },
  ];
};

const records = 100_000;
const keptRuns = 5_000;

/** The commands of the runbook on 100,000 records and 5,000 kept runs, against `grep` and `jq` on the same file. */
export const runbook = async (root: string): Promise<readonly Line[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-bench-'));
  try {
    const log = join(directory, 'runbook.jsonl');
    mkdirSync(join(directory, 'runs'));
    for (let from = 0; from < records / 5; from += 2_000) {
      const lines = Array.from({ length: 2_000 }, (_, index) => block(from + index)).flat();
      appendFileSync(log, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    }
    for (let index = 0; index < keptRuns; index += 1) {
      const id = `20250101T000000Z-${index.toString(16).padStart(9, '0')}`;
      writeFileSync(join(directory, 'runs', `${id}.json`), '{"report":{"checks":[]}}\n');
    }
    const doctor = [process.execPath, `${root}bin/crm-doctor.js`] as const;
    const ours = (...argv: string[]) => measure([...doctor, 'runbook', ...argv, '--runbook', directory]);
    const commands: Readonly<Record<string, () => ReturnType<typeof measure>>> = {
      node: () => measure([process.execPath, '-e', '0']),
      list: () => ours('list'),
      'list of a target': () => ours('list', 'support@'),
      'search of what is rare': () => ours('search', '証明書', '19997'),
      'search of what is nowhere': () => ours('search', 'nowhere'),
      grep: () => measure(['grep', '-c', 'nowhere', log]),
      jq: () => measure(['jq', '-c', 'select(.kind == "note" and (.text | contains("19997")))', log]),
    };
    const walls: Record<string, number[]> = {};
    for (let round = 0; round < 5; round += 1) {
      for (const [name, run] of Object.entries(commands)) walls[name] = [...(walls[name] ?? []), (await run()).wallMs];
    }
    const of = (name: string): readonly number[] => walls[name] ?? [];
    const note = Object.keys(commands)
      .map((name) => `${name} ${range(of(name))} ms`)
      .join(', ');
    const against = (name: string, other: string): number => median(of(name)) / median(of(other));
    // Processor time, which other work on the machine does not lengthen as it does the wall's.
    const cpu = (...argv: string[]) => cpuMs([...doctor, 'runbook', ...argv, '--runbook', directory], 3);
    const limit = 1000;
    return [
      { name: 'runbook: search, CPU ms', value: await cpu('search', '証明書', '19997'), limit, note },
      { name: 'runbook: list, CPU ms', value: await cpu('list'), limit, note: '' },
      { name: 'runbook: list of a target, CPU ms', value: await cpu('list', 'support@'), limit, note: '' },
      { name: 'runbook: search / jq, wall', value: against('search of what is rare', 'jq'), limit: 1.2, note: '' },
      {
        name: 'runbook: search / grep, wall',
        value: against('search of what is nowhere', 'grep'),
        limit: 60,
        note: '',
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
