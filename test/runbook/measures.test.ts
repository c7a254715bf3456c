import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Measure, Point } from '../../src/model/measure.ts';
import { realFiles } from '../../src/runbook/files.ts';
import { openMeasures } from '../../src/runbook/measures.ts';
import { thinned, thinnings } from '../../src/runbook/thinning.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'measures-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const now = Date.parse('2026-11-26T12:00:00.000Z');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const used = (at: number, value: number, more: Partial<Measure> = {}): Measure => ({
  id: 'quota.storage',
  mailbox: 'sales@example.co.jp',
  target: 'INBOX',
  at: new Date(at).toISOString(),
  value,
  unit: 'bytes',
  limit: 1000,
  ...more,
});

const file = () => join(folder, 'measures.jsonl');
const store = (at = now, measuring: Parameters<typeof openMeasures>[1] = () => []) =>
  openMeasures(folder, measuring, { now: () => new Date(at) });

describe('the figures of all runs', () => {
  test('are read back as series, the oldest first, for the mailboxes that are asked for', async () => {
    await store().append([used(now, 20), used(now, 3, { id: 'login', unit: 'milliseconds', target: 'imap a:993' })]);
    await store().append([used(now - hourMs, 10), used(now, 7, { mailbox: 'info@example.co.jp' })]);
    expect(await store().read(['sales@example.co.jp'])).toEqual([
      {
        id: 'quota.storage',
        mailbox: 'sales@example.co.jp',
        target: 'INBOX',
        unit: 'bytes',
        points: [
          { at: now - hourMs, value: 10, limit: 1000 },
          { at: now, value: 20, limit: 1000 },
        ],
      },
      expect.objectContaining({ id: 'login', points: [{ at: now, value: 3, limit: 1000 }] }),
    ]);
    expect(await store().read()).toHaveLength(3);
  });

  test('go on behind a line that was cut off, and pass over what is no figure', async () => {
    await store().append([used(now, 1)]);
    appendFileSync(file(), '{"at":"2026-11-26T12:00:00Z","mailbox":"sales@exa');
    await store().append([used(now + hourMs, 2)]);
    appendFileSync(file(), 'null\n[1]\n{"at":"never","mailbox":"sales@example.co.jp","of":[["a","b",1,"bytes"]]}\n');
    appendFileSync(
      file(),
      `{"at":"2026-11-26T12:00:00Z","mailbox":"sales@example.co.jp","of":[1,["a","b","c","d"]]}\n`,
    );
    const series = await store().read(['sales@example.co.jp']);
    expect(series.map(({ points }) => points.map(({ value }) => value))).toEqual([[1, 2]]);
  });

  test('begin with what the kept runs have seen, each once', async () => {
    mkdirSync(join(folder, 'runs'));
    for (const day of ['24', '25', '26']) {
      const report = {
        run: { id: `202611${day}T120000Z-aaaaaa`, startedAt: `2026-11-${day}T12:00:00.000Z` },
        checks: [],
      };
      writeFileSync(join(folder, 'runs', `${report.run.id}.json`), JSON.stringify({ report }));
    }
    const measuring = ({ run }: { readonly run: { readonly startedAt: string } }) => [
      used(Date.parse(run.startedAt), 5),
    ];
    expect((await store(now, measuring).read())[0]?.points).toHaveLength(3);
    await store(now, measuring).append([used(now, 6)]);
    expect((await store().read())[0]?.points.map(({ value }) => value)).toEqual([5, 5, 6]);
  });

  test('are thinned once a day, and what is written meanwhile by others is not lost', async () => {
    const many = Array.from({ length: 4000 }, (_, n) => used(now - 10 * dayMs + n * 60_000, n));
    await store(now - 2 * dayMs).append(many);
    const before = statSync(file()).size;
    expect(before).toBeGreaterThan(256 * 1024);
    await store().append([used(now, -1)]);
    expect(statSync(file()).size).toBeLessThan(before / 20);
    expect(readFileSync(file(), 'utf8').split('\n')[0]).toBe(
      '{"schema":"crm-doctor/measures/v1","thinned":"2026-11-26T12:00:00.000Z"}',
    );
    const [series] = await store().read();
    expect(series?.points.at(-1)?.value).toBe(-1);
    expect(series?.points.length).toBeGreaterThan(60);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('never grow beyond what the file may hold', async () => {
    const mailboxes = Array.from({ length: 300 }, (_, n) => `mailbox-${n}@example.co.jp`);
    const round = (n: number) =>
      mailboxes.map((mailbox) => used(now + n * 60_000, n, { mailbox, target: 'x'.repeat(300) }));
    for (let n = 0; n < 25; n += 1) {
      const rounds = Array.from({ length: 10 }, (_, k) => round(n * 10 + k)).flat();
      await store(now + n * 600_000).append(rounds);
    }
    expect(statSync(file()).size).toBeLessThan(18 * 1024 * 1024);
    expect((await store().read(['mailbox-7@example.co.jp']))[0]?.points.at(-1)?.value).toBe(249);
  });

  test('say why they could not be written, and never stop a run', async () => {
    const full = { ...realFiles, open: () => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' })) };
    const failed = await openMeasures(folder, () => [], { files: full }).append([used(now, 1)]);
    expect(failed).toMatchObject({ kind: 'failed', code: 'ENOSPC' });
    const lost = {
      ...realFiles,
      open: () => Promise.reject(Object.assign(new Error('ENOENT: x'), { code: 'ENOENT' })),
    };
    expect(await openMeasures(folder, () => [], { files: lost }).append([used(now, 1)])).toMatchObject({
      text: { ja: expect.stringContaining('パスの途中のフォルダーがありません') },
    });
    expect(await openMeasures(folder, () => [], { files: full }).read()).toEqual([]);
  });
});

describe('thinning', () => {
  const points = (): readonly Point[] =>
    Array.from({ length: 24 * 100 * 4 }, (_, n) => ({ at: now - n * 900_000, value: n }));

  test('keeps all of two days, hours up to sixty days, days beyond', () => {
    const [rules = []] = thinnings;
    const kept = thinned(points(), now, rules);
    const within = (from: number, to: number) => kept.filter(({ at }) => now - at > from && now - at <= to).length;
    expect(within(-1, 2 * dayMs)).toBe(2 * 96 + 1);
    expect(within(2 * dayMs, 60 * dayMs)).toBe(58 * 24);
    expect(within(60 * dayMs, 100 * dayMs)).toBe(41);
    expect(thinned(kept, now, rules)).toEqual(kept);
  });

  test('leaves what a wrong clock has dated into the future', () => {
    const later = [{ at: now + 400 * dayMs, value: 1 }];
    expect(thinned(later, now, thinnings[0] ?? [])).toEqual(later);
  });
});
