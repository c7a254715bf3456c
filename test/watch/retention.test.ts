import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { realFiles } from '../../src/runbook/files.ts';
import { newRunId, openRunbook } from '../../src/runbook/runbook.ts';
import { clearOld } from '../../src/watch/clear.ts';
import { clearable } from '../../src/watch/retention.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-24T00:00:00Z');
const idAt = (ageHours: number, end = '-w'): string => `${newRunId(new Date(now - ageHours * hour))}${end}`;
const keep = 90 * 24 * hour;

test('all of the last two days stay, of older days fewer, and none that is older than what is kept', () => {
  const ids = Array.from({ length: 24 * 120 }, (_, age) => idAt(age));
  const going = new Set(clearable(ids, now, keep));
  const left = (from: number, to: number) => ids.slice(from * 24, to * 24).filter((id) => !going.has(id)).length;
  expect(left(0, 2)).toBe(48);
  expect(left(4, 5)).toBe(8);
  expect(left(30, 31)).toBe(1);
  expect(left(91, 120)).toBe(0);
  // What was thinned once stays as it is.
  expect(
    clearable(
      ids.filter((id) => !going.has(id)),
      now,
      keep,
    ),
  ).toEqual([]);
});

test('however often something changes, the number is bounded', () => {
  const ids = Array.from({ length: 6_000 }, (_, age) => idAt(age / 200));
  expect(ids.length - clearable(ids, now, keep).length).toBeLessThanOrEqual(2_000);
});

test('a person’s runs stay for ever, and so do those of the watch that a person has written about', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-clear-'));
  try {
    const runs = join(directory, 'runs');
    mkdirSync(runs);
    const [mine, noted, tagged, old, young] = [
      idAt(24 * 400, ''),
      idAt(24 * 300),
      idAt(24 * 301),
      idAt(24 * 302),
      idAt(1),
    ];
    for (const id of [mine, noted, tagged, old, young]) writeFileSync(join(runs, `${id}.json`), '{}');
    writeFileSync(join(runs, `.${idAt(5)}.json.4711.tmp`), 'half');
    const runbook = openRunbook(directory);
    for (const id of [noted, tagged, old]) {
      await runbook.append({ kind: 'run-started', run: id, command: 'watch', target: 'x' });
    }
    await runbook.append({ kind: 'note', run: noted, text: 'the day the provider moved' });
    await runbook.append({ kind: 'tagged', of: tagged, add: ['audit'] });
    expect(await clearOld(realFiles, directory, new Date(now), keep)).toBe(1);
    expect(readdirSync(runs).toSorted()).toEqual([mine, noted, tagged, young].map((id) => `${id}.json`).toSorted());
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
