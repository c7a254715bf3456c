import { chmodSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { allCauses } from '../../../checks/all-causes.ts';
import { ageText, brokenText, formatText, shellWord, unknownText } from '../../../checks/crm/backup-words.ts';
import { crmBackups } from '../../../checks/crm/backups.check.ts';
import type { BackupPlace } from '../../../src/model/backup-facts.ts';
import { evidenceOf, keyOf } from '../../../src/model/check.ts';
import type { CrmBackups } from '../../../src/model/crm/subject.ts';
import { crmSubjectsOf } from '../../../src/model/crm/subject.ts';
import type { Verdict } from '../../../src/model/outcome.ts';
import { createBackups } from '../../../src/world/backups.ts';
import { noWorld } from '../../engine.ts';
import { checkSentence, checkText } from '../sound-text.ts';

const now = new Date('2026-11-26T02:00:00Z');
const hour = 3_600_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crm-backups-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Buffer, hours: number): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  const at = new Date(now.getTime() - hours * hour);
  utimesSync(path, at, at);
  return path;
};

/** Content of about so many bytes that packs to as much. */
const dump = (bytes: number): Buffer => {
  const noise = Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 7_919 * (at + 13)) % 251));
  return gzipSync(
    `--\n-- PostgreSQL database dump\n--\n${noise.toString('hex')}\n-- PostgreSQL database dump complete\n`,
  );
};

/** Daily ones of the last days, the newest of 5 hours ago, each of so many bytes. */
const daily = (name: (day: number) => string, sizes: readonly number[], from = 0): void => {
  for (const [day, size] of sizes.entries()) put(name(20261126 - from - day), dump(size), 5 + (from + day) * 24);
};

interface Diagnosed {
  readonly verdict: Verdict;
  readonly causes: Readonly<Record<string, { readonly severity: string; readonly en: string }>>;
}

/** What the check says of these places, and which causes it shows, each fit to print. */
const diagnosed = async (
  backups: readonly CrmBackups[] = [{ path: folder }],
  look = createBackups({ now: () => now }).look,
): Promise<Diagnosed> => {
  const [subject] = crmSubjectsOf({ type: 'odoo', url: 'https://crm.example.test', backups });
  if (!subject) throw new Error('one configuration is one subject');
  // Findings are examples for readers, and the same in every run.
  const told: typeof look = async (path, signal) => {
    const place: BackupPlace = JSON.parse(
      JSON.stringify(await look(path, signal)).replaceAll(folder, '/var/backups/crm'),
    );
    return place;
  };
  const world = { ...noWorld, clock: { now: () => now }, backups: { look: told } };
  expect(crmBackups.present(subject)).toBe(true);
  const fact = await crmBackups.probe(subject, world, new AbortController().signal);
  const verdict = crmBackups.judge(fact, subject);
  const outcome = { kind: 'observed', fact: JSON.parse(JSON.stringify(fact)), verdict } as const;
  const evidence = evidenceOf(new Map([[keyOf(crmBackups, subject), outcome]]), subject);
  const causes = allCauses.flatMap((cause) =>
    cause.on === 'crm' ? cause.explain(evidence, subject).map((finding) => ({ cause, finding })) : [],
  );
  for (const { cause, finding } of causes) {
    checkSentence(cause.because(finding.detail, []));
    for (const step of cause.steps(finding.detail, [])) checkSentence(step);
    for (const { says } of [...finding.evidence, ...(finding.ruledOut ?? [])]) checkText(says);
    expect(finding.affects).toEqual(['crm:odoo']);
  }
  if ('symptom' in verdict) checkSentence(verdict.symptom);
  for (const line of crmBackups.shown?.(fact) ?? []) expect(line.en.trim()).not.toBe('');
  return {
    verdict,
    causes: Object.fromEntries(
      causes.map(({ cause, finding }) => [
        cause.id,
        { severity: finding.severity, en: cause.because(finding.detail, []).en },
      ]),
    ),
  };
};

const name = (day: number): string => `crm-${day}.sql.gz`;

describe('good backups', () => {
  test('are told with their age, their size and what was read', async () => {
    daily(name, [900, 800, 700, 600]);
    const { verdict, causes } = await diagnosed();
    expect(verdict).toMatchObject({
      grade: 'ok',
      note: { en: expect.stringMatching(/5 h old, .* read to its end \(gzip, PostgreSQL dump\)$/) },
    });
    expect(causes).toEqual({});
  });

  test('whose content shows no end are not said to be whole', async () => {
    put('crm.dump', 'PGDMP\x01\x0e', 5);
    expect((await diagnosed()).verdict).toMatchObject({
      grade: 'ok',
      note: { en: expect.stringMatching(/content not checked: nothing in/) },
    });
  });

  test('may have a monthly one among them, large and old', async () => {
    daily(name, [900, 800, 700, 600]);
    put('crm-monthly-202611.tar.gz', dump(90_000), 25 * 24);
    put('crm-monthly-202610.tar.gz', dump(90_000), 56 * 24);
    put('crm-monthly-202609.tar.gz', dump(90_000), 86 * 24);
    put('crm-monthly-202608.tar.gz', dump(90_000), 117 * 24);
    expect(await diagnosed()).toMatchObject({ verdict: { grade: 'ok' }, causes: {} });
  });

  test('may be one full and many small ones in turns', async () => {
    daily(name, [100, 100, 9_000, 100, 100, 100, 100, 100, 100, 9_000, 100]);
    expect((await diagnosed()).causes).toEqual({});
  });

  test('may have got a new name', async () => {
    daily(name, [900, 800, 700]);
    daily((day) => `odoo_${day}.zip.gz`, [900, 800, 700, 600], 3);
    expect((await diagnosed()).causes).toEqual({});
  });

  test('may be growing at this moment, small and unfinished', async () => {
    daily(name, [9_000, 8_000, 7_000, 6_000], 1);
    put(name(20261126), dump(9_000).subarray(0, 100), 0);
    expect(await diagnosed()).toMatchObject({ verdict: { grade: 'ok' }, causes: {} });
  });

  test('are not late while the next one is written', async () => {
    daily(name, [900, 800, 700, 600], 2);
    put(name(20261126), 'x', 0);
    expect((await diagnosed()).causes).toEqual({});
  });

  test('may shrink a little', async () => {
    daily(name, [6_000, 9_000, 9_500, 9_100, 9_200]);
    expect((await diagnosed()).causes).toEqual({});
  });
});

describe('no backup', () => {
  test.each([
    ['an empty folder', () => folder, /No backup lies at/],
    ['a pattern that nothing fits', () => join(folder, '*.zip'), /No backup lies at/],
    ['no such path', () => join(folder, 'none'), /There is nothing at/],
    ['only notes', () => put('README', 'x', 1).slice(0, -7), /what lies there \(1\) is no backup/],
  ])('%s', async (_, path, en) => {
    const { verdict, causes } = await diagnosed([{ path: path() }]);
    expect(verdict).toMatchObject({ grade: 'fail', symptom: { en: expect.stringMatching(/^no backup at/) } });
    expect(causes).toEqual({ 'crm.backup-missing': { severity: 'critical', en: expect.stringMatching(en) } });
  });

  test('in one of two places', async () => {
    put('a.sql.gz', dump(9), 5);
    const { causes } = await diagnosed([{ path: folder }, { path: join(folder, 'none') }]);
    expect(Object.keys(causes)).toEqual(['crm.backup-missing']);
  });
});

describe('backups that have stopped', () => {
  test('are older than 26 hours, or than what was asked for', async () => {
    daily(name, [900, 800, 700], 3);
    const { verdict, causes } = await diagnosed();
    expect(verdict).toMatchObject({
      grade: 'fail',
      symptom: { en: expect.stringMatching(/the newest is 3 days old/) },
    });
    expect(causes).toEqual({
      'crm.backup-stale': {
        severity: 'critical',
        en: expect.stringMatching(/3 days old .*2026-11-22 21:00 UTC.*26 h/),
      },
    });
    expect((await diagnosed([{ path: folder, maxAgeMs: 8 * 24 * hour }])).causes).toEqual({});
  });

  test('of one kind, while another goes on', async () => {
    daily(name, [900, 800, 700, 600, 900, 800, 700, 600]);
    daily((day) => `filestore-${day}.tar.gz`, [900, 800, 700, 600], 3);
    expect((await diagnosed()).causes).toEqual({
      'crm.backup-stale': { severity: 'warning', en: expect.stringMatching(/filestore-#\.tar\.gz came regularly/) },
    });
  });
});

describe('a backup that is too small', () => {
  test('compared with those before it', async () => {
    daily(name, [100, 9_000, 9_100, 8_900, 9_000]);
    expect(await diagnosed()).toMatchObject({
      verdict: { grade: 'warn' },
      causes: {
        'crm.backup-shrunk': { severity: 'warning', en: expect.stringMatching(/has only \d+ bytes; the 4 before it/) },
      },
    });
  });

  test('since some days', async () => {
    daily(name, [120, 110, 100, 9_000, 9_100, 8_900, 9_000]);
    expect(Object.keys((await diagnosed()).causes)).toEqual(['crm.backup-shrunk']);
  });

  test('because nothing is in it', async () => {
    put('crm.sql', '', 5);
    expect(await diagnosed()).toMatchObject({
      verdict: { grade: 'fail' },
      causes: { 'crm.backup-shrunk': { severity: 'critical', en: expect.stringMatching(/is empty/) } },
    });
  });

  test('compared with what was asked for', async () => {
    put('crm.sql.gz', dump(10), 5);
    const { causes } = await diagnosed([{ path: folder, minBytes: 1_048_576 }]);
    expect(causes).toMatchObject({
      'crm.backup-shrunk': { severity: 'critical', en: expect.stringMatching(/at least 1 MB are expected/) },
    });
  });
});

describe('a damaged backup', () => {
  test('is not too small as well: it was cut off', async () => {
    daily(name, [9_000, 9_100, 8_900, 9_000]);
    put(name(20261126), dump(9_000).subarray(0, 100), 5);
    const { verdict, causes } = await diagnosed();
    expect(verdict).toMatchObject({
      grade: 'fail',
      symptom: { en: expect.stringMatching(/is damaged: it ends too early/) },
    });
    expect(causes).toEqual({
      'crm.backup-corrupt': { severity: 'critical', en: expect.stringMatching(/\(gzip\) cannot be restored/) },
    });
  });

  test('of a kind that is no longer made is a warning', async () => {
    daily(name, [900, 800, 700]);
    put('old.sql.gz', dump(900).subarray(0, 100), 999);
    expect((await diagnosed()).causes).toMatchObject({ 'crm.backup-corrupt': { severity: 'warning' } });
  });

  test('may hold a dump that stopped', async () => {
    put('crm.sql.gz', gzipSync('-- MySQL dump 10.13\n--\nINSERT'), 5);
    expect((await diagnosed()).causes).toMatchObject({
      'crm.backup-corrupt': { en: expect.stringMatching(/the dump in it stops before/) },
    });
  });
});

test('a link that leads nowhere cannot be read', async () => {
  symlinkSync('/nowhere/at/all', join(folder, 'crm.zip'));
  expect(await diagnosed([{ path: join(folder, 'crm.zip') }])).toMatchObject({
    verdict: { grade: 'fail' },
    causes: {
      'crm.backup-unreadable': { severity: 'critical', en: expect.stringMatching(/a link that leads nowhere/) },
    },
  });
});

test('a backup that everybody may read', async () => {
  chmodSync(put('crm.sql.gz', dump(9), 5), 0o644);
  chmodSync(folder, 0o755);
  expect(await diagnosed()).toMatchObject({
    verdict: { grade: 'warn' },
    causes: { 'crm.backup-exposed': { severity: 'warning' } },
  });
});

describe('what could not be seen is not called good', () => {
  const entry = { path: '/b/crm.gz', bytes: 9_000_000, modified: '2026-11-25T21:00:00.000Z' };
  const place = (over: Partial<BackupPlace>, examined: object = {}): BackupPlace => ({
    path: '/b',
    series: [{ name: '/b/crm.gz', count: 1, oldest: entry.modified, members: [entry], ...examined }],
    count: 1,
    passedOver: 0,
    more: false,
    ...over,
  });
  const unknown = (over: object) => ({
    examined: { path: '/b/crm.gz', integrity: { kind: 'unknown', formats: ['gzip'], ...over } },
  });
  test.each<[string, BackupPlace, RegExp]>([
    ['too large', place({}, unknown({ why: 'time', readBytes: 5 })), /too large/],
    ['closed to us', place({}, unknown({ why: 'denied', code: 'EACCES' })), /may not read it \(EACCES\)/],
    [
      'in a folder that is closed to us',
      place({ series: [], count: 0, more: true, trouble: { kind: 'denied', code: 'EACCES', at: '/b/daily' } }),
      /\/b\/daily: crm-doctor may not read/,
    ],
    ['one of too many', place({ more: true }), /not all/],
  ])('%s', async (_, found, en) => {
    const { verdict, causes } = await diagnosed([{ path: '/b' }], async () => found);
    expect(verdict).toMatchObject({ grade: 'unknown', symptom: { en } });
    expect(causes).toEqual({});
  });

  test('the only one is being written', async () => {
    put('crm.sql.gz', 'x', 0);
    expect((await diagnosed()).verdict).toMatchObject({
      grade: 'unknown',
      symptom: { en: expect.stringMatching(/being written/) },
    });
  });

  test('a disk that fails is', async () => {
    const found = place({}, unknown({ why: 'failed', code: 'EIO' }));
    const { causes } = await diagnosed([{ path: '/b' }], async () => found);
    expect(causes).toMatchObject({
      'crm.backup-unreadable': { en: expect.stringMatching(/the disk reports an error/) },
    });
  });
});

test('words', () => {
  expect(ageText(-5)).toEqual({ en: '0 h', ja: '0 時間' });
  expect(ageText(47.9 * hour).en).toBe('47 h');
  expect(ageText(49 * hour)).toEqual({ en: '2 days', ja: '2 日' });
  expect(shellWord("/var/it's here.gz")).toBe("'/var/it'\\''s here.gz'");
  expect(formatText(['unknown']).en).toBe('file');
  for (const how of ['cut', 'no-end', 'checksum', 'damaged'] as const) checkText(brokenText({ how, inside: 'a' }));
  for (const why of ['time', 'format', 'encrypted', 'growing', 'denied', 'absent', 'failed', 'more'] as const) {
    checkText(unknownText({ why }));
  }
});
