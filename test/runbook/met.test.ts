import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { metIn } from '../../src/runbook/met.ts';
import { openRunbook } from '../../src/runbook/runbook.ts';

const place = mkdtempSync(join(tmpdir(), 'crm-doctor-met-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const who = { user: 'mika', host: 'crm-1' };

const finished = (at: string, run: string, causes: readonly string[], status = causes.length > 0 ? 'fail' : 'pass') =>
  JSON.stringify({
    at,
    who,
    kind: 'run-finished',
    run,
    command: 'mail',
    target: 'sales@example.co.jp',
    status,
    exitCode: status === 'pass' ? 0 : 1,
    causes: causes.map((cause) => ({
      cause,
      mailbox: 'sales@example.co.jp',
      proof: 'not-tried',
      title: `title of ${cause}`,
    })),
  });

let made = 0;
const runbookOf = (lines: readonly string[]) => {
  made += 1;
  const directory = join(place, `${made}`);
  mkdirSync(directory);
  writeFileSync(join(directory, 'runbook.jsonl'), lines.map((line) => `${line}\n`).join(''));
  return openRunbook(directory);
};

test('each cause once, the latest first, with when it was met, how often and in which run', async () => {
  const { causes } = await metIn(
    runbookOf([
      finished('2026-11-01T00:00:00Z', 'r1', ['tls.certificate-expired', 'quota.exceeded']),
      finished('2026-11-02T00:00:00Z', 'r2', []),
      finished('2026-11-03T00:00:00Z', 'r3', ['tls.certificate-expired']),
      JSON.stringify({ at: '2026-11-03T01:00:00Z', who, kind: 'note', text: '"run-finished" is only a word here' }),
      '{"at":"2026-11-04T00:00:00Z","kind":"run-finished","run":"torn',
    ]),
    12,
  );
  expect(causes).toEqual([
    {
      id: 'tls.certificate-expired',
      title: 'title of tls.certificate-expired',
      mailboxes: ['sales@example.co.jp'],
      run: 'r3',
      last: '2026-11-03T00:00:00Z',
      first: '2026-11-01T00:00:00Z',
      times: 2,
    },
    expect.objectContaining({ id: 'quota.exceeded', run: 'r1', times: 1 }),
  ]);
});

test('runs that failed without a cause are named, the latest of them', async () => {
  const { causes, others } = await metIn(
    runbookOf(
      Array.from({ length: 9 }, (_, at) =>
        finished(`2026-11-0${at + 1}T00:00:00Z`, `r${at}`, [], at % 2 === 0 ? 'warn' : 'fail'),
      ),
    ),
    12,
  );
  expect(causes).toEqual([]);
  expect(others.map(({ run }) => run)).toEqual(['r8', 'r7', 'r6', 'r5', 'r4']);
});

test('a run that passed met no problem, however it is written down', async () => {
  const passed = finished('2026-11-02T00:00:00Z', 'r2', ['net.private-address'], 'pass');
  const { causes, others } = await metIn(
    runbookOf([
      finished('2026-11-01T00:00:00Z', 'r1', ['"status":"pass"'], 'fail'),
      passed,
      passed.replaceAll('":', '" : '),
    ]),
    12,
  );
  expect(causes.map(({ id }) => id)).toEqual(['"status":"pass"']);
  expect(others).toEqual([]);
});

test('no log holds nothing', async () => {
  expect(await metIn(openRunbook(join(place, 'none')), 12)).toEqual({ causes: [], others: [] });
});

test('of 100,000 records only so many causes are kept, whatever a file says', async () => {
  const lines = Array.from({ length: 100_000 }, (_, at) =>
    finished(new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(), `r${at}`, [
      `hostile.cause-${at}`,
      'net.refused',
    ]),
  );
  const { causes } = await metIn(runbookOf(lines), 12);
  expect(causes).toHaveLength(12);
  const last = causes.find(({ id }) => id === 'net.refused');
  expect(last?.run).toBe('r99999');
  expect(last?.times).toBeGreaterThan(10_000);
});
