import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { privateDirectory } from '../../src/cli/sync/private-directory.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

const { directory, remove } = workplace();
afterAll(remove);

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(directory, name), content);
  return name;
};

const rows = Array.from({ length: 20 }, (_, at) => `${at + 1},顧客${at + 1} 株式会社,user${at + 1}@example.jp\n`);
const text = `id,氏名,mail\n${rows.join('')}`;
const good = file('good.csv', text);

type Interrupt = NonNullable<Parameters<typeof commandLine>[1]['onInterrupt']>;

const reportOf = async (words: readonly string[], onInterrupt?: Interrupt): Promise<Report> => {
  const { out } = await commandLine(['sync', ...words, '--key', 'id', '--json'], {
    cwd: directory,
    env: { LANG: 'en_US.UTF-8' },
    ...(onInterrupt ? { onInterrupt } : {}),
  });
  return JSON.parse(out) as Report;
};

const statuses = ({ checks }: Report): readonly string[] => checks.map(({ id, status }) => `${id} ${status}`);
const leftovers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`crm-doctor-sync-${process.pid}-`));

describe('a comparison that is stopped', () => {
  const large = file(
    'large.csv',
    `id,name\n${Array.from({ length: 120_000 }, (_, at) => `${at},somebody of number ${at}\n`).join('')}`,
  );

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s in the middle of it gives the report of what is known, and exit %i', async (signal, code) => {
    // The directory of temporary files comes about when the records are compared.
    const report = await reportOf([large, large], (stop) => {
      const watch = setInterval(() => {
        if (leftovers().length === 0) return;
        clearInterval(watch);
        stop(signal);
      }, 1);
      return () => clearInterval(watch);
    });
    expect(report.exitCode).toBe(code);
    expect(report.run.interrupted).toBe(signal);
    expect(statuses(report)).toEqual([
      'sync.sources pass',
      'sync.sources pass',
      'sync.schema pass',
      'sync.compare unknown',
      'sync.duplicates unknown',
    ]);
    expect(leftovers()).toEqual([]);
  });

  // Where the time runs out depends on the machine: in opening, in looking for the key, in comparing.
  test.each(['1ms', '5ms', '25ms', '60ms', '100ms'])(
    'time that ran out after %s is unknown, and says what to do',
    async (most) => {
      const report = await reportOf([large, large, '--timeout', most]);
      expect(report.exitCode).toBe(3);
      expect(report.checks.filter(({ status }) => !['unknown', 'skip', 'pass'].includes(status))).toEqual([]);
      for (const { status, summary } of report.checks) if (status === 'unknown') expect(summary).toContain('--timeout');
    },
  );
});

test('without a place for temporary files it is told which one', async () => {
  await expect(privateDirectory('/nowhere/at/all').path()).rejects.toMatchObject({ place: '/nowhere/at/all' });
});

describe('the same records in another form are equal', () => {
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  test.each([
    ['UTF-16', utf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
    ['with a byte order mark', `\ufeff${text}`],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['CR', text.replaceAll('\n', '\r')],
    ['gzip', gzipSync(text)],
  ])('%s', async (_, content) => {
    const { exitCode, comparison } = await reportOf([good, file('other.csv', content)]);
    expect({ exitCode, equal: comparison?.equal }).toEqual({ exitCode: 0, equal: 20 });
  });
});

test('nothing is written over a file that is read, by whatever path it is named', async () => {
  const at = { cwd: directory, env: { LANG: 'en_US.UTF-8' } };
  const missing = file('missing.csv', text);
  symlinkSync(join(directory, missing), join(directory, 'link.csv'));
  for (const flags of [
    ['--patch', missing],
    ['--patch', 'link.csv'],
    ['--patch', 'job.csv', '--log', file('job.csv', '')],
    ['--output-dir', '.'],
    ['--format', `html=${missing}`],
  ]) {
    const { code, err } = await commandLine(['sync', good, 'missin?.csv', '--key', 'id', ...flags], at);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/would write over .*, which is read/) });
  }
  expect(readFileSync(join(directory, missing), 'utf8')).toBe(text);
});

test('nor where a comparison of the configuration has a folder of its own, which stays in the one that is asked for', async () => {
  mkdirSync(join(directory, 'out', 'shop'), { recursive: true });
  const missing = file(join('out', 'shop', 'missing.csv'), text);
  const config = (name: string, right: string): string =>
    `version: 1\nsync: { name: ${name}, left: { file: ./${good} }, right: { file: ./${right} }, key: id }\n`;
  const write = (...words: Parameters<typeof config>) =>
    commandLine(['sync', '--config', file('named.yaml', config(...words)), '--output-dir', 'out'], {
      cwd: directory,
      env: { LANG: 'en_US.UTF-8' },
    });
  const { code, err } = await write('shop', missing);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/would write over .*, which is read/) });
  expect(readFileSync(join(directory, missing), 'utf8')).toBe(text);
  expect((await write('../beside', good)).code).toBe(0);
  expect(readdirSync(directory)).not.toContain('beside');
  expect(readdirSync(join(directory, 'out')).filter((name) => name.includes('beside'))).toHaveLength(1);
});

describe('a side that cannot be read whole', () => {
  test('one without any record fails, and is no mere list of missing records', async () => {
    const report = await reportOf([good, file('header.csv', 'id,氏名,mail\n')]);
    expect(report.exitCode).toBe(1);
    expect(report.diagnoses.map(({ explanation }) => explanation)).toEqual([
      expect.stringContaining('The right side holds no record at all'),
    ]);
    const run = await commandLine(['sync', 'good.csv', 'header.csv', '--key', 'id'], { cwd: directory });
    expect(run.out).toMatch(/✖ FAIL {2}sync\.compare\n/);
  });

  test('one of which every record is refused is not said to hold none', async () => {
    const { comparison, diagnoses } = await reportOf([
      good,
      file('cut.csv', text.replaceAll(/,user\d+@example.jp/g, '')),
    ]);
    expect(comparison).toMatchObject({ rows: { right: 0 }, rejected: { right: 20 } });
    for (const { explanation } of diagnoses) expect(explanation).not.toContain('holds no record at all');
  });

  test('what is left over is another one each time: that it was gone once is not told of it', async () => {
    const [one, book] = ['left-over.csv', join(directory, 'book')];
    for (const content of [text.replace('顧客7', '別人'), text, text.replace('顧客9', '別人')]) {
      file(one, content);
      await commandLine(['sync', good, one, '--key', 'id', '--runbook', book], { cwd: directory });
    }
    const { out } = await commandLine(['sync', good, one, '--key', 'id', '--runbook', book, '--json'], {
      cwd: directory,
    });
    expect(JSON.parse(out)).toMatchObject({ diagnoses: [{ cause: 'sync.unexplained' }] });
    expect(out).not.toContain('lastSolution');
  });

  test('of two sides that would refuse records each begins its own list', async () => {
    const bad = text.replaceAll('@', '');
    const run = await commandLine(
      ['sync', file('no-at.csv', bad), file('no-at-2.csv', bad), '--key', 'id', '--field', 'mail=mail:email'],
      {
        cwd: directory,
        columns: 120,
        env: { LANG: 'en_US.UTF-8' },
      },
    );
    expect(run.out).toMatch(
      /Refused +the right side would refuse 20 .*\n +– mail 20: .*\n +the left side would refuse 20 .*\n +– mail/,
    );
  });

  test('one under ids of its own has no common key, and another one is proposed', async () => {
    const report = await reportOf([good, file('own-ids.csv', text.replaceAll(/^(?=\d)/gm, '9'))]);
    expect(report).toMatchObject({ status: 'unknown', exitCode: 3 });
    expect(report.diagnoses).toEqual([
      expect.objectContaining({
        cause: 'sync.unexplained',
        explanation: expect.stringContaining('Hardly any key is on both sides (0 of 20)'),
      }),
    ]);
  });

  test('under keys that are written differently, what is missing besides waits until they are brought together', async () => {
    const many = Array.from({ length: 300 }, (_, at) => `${at + 1},顧客${at + 1} 株式会社,user${at + 1}@example.jp\n`);
    const [left, right] = [many, many.slice(0, 240).map((row) => `ERP-${row}`)].map((list, at) =>
      file(`keys-${at}.csv`, `id,氏名,mail\n${list.join('')}`),
    );
    const { diagnoses } = await reportOf([left ?? '', right ?? '']);
    const open = diagnoses.find(({ cause }) => cause === 'sync.unexplained');
    expect(diagnoses[0]?.cause).toBe('sync.key-format');
    expect(open?.explanation).toMatch(/60 missing\. Hardly any key is on both sides, so there is nothing/);
  });

  test('refused records are shown alone, with their line, and the rest is compared', async () => {
    const report = await reportOf([good, file('ragged.csv', text.replace(',user7@example.jp', ''))]);
    const { comparison, diagnoses } = report;
    expect(comparison).toMatchObject({ equal: 19, missing: 1, rejected: { left: 0, right: 1 } });
    expect(comparison?.examples.rejectedRight).toMatchObject([
      { why: 'too-few-fields', line: 8, shown: '7,顧客7 株式会社' },
    ]);
    expect(diagnoses[0]?.cause).toBe('sync.column-shift');
    expect(diagnoses[0]?.explanation).toContain('so that they cannot be read');
  });

  // The record has its key; the line that is not the last one is another fault.
  test.each([
    [[good, 'cut.csv'], text.slice(0, text.lastIndexOf(' 株式会社')), ['sync.export-truncated']],
    [['cut.csv', good], text.slice(0, text.lastIndexOf(' 株式会社')), ['sync.export-truncated']],
    [
      [good, 'cut.csv'],
      text.slice(0, text.lastIndexOf(' 株式会社')).replace(',user7@example.jp', ''),
      ['sync.column-shift', 'sync.export-truncated'],
    ],
    [[good, 'cut.csv'], text.replace(',user20@example.jp', ''), ['sync.column-shift']],
  ])('one whose last record is cut, and what else is wrong in it: %j %#', async (sides, content, causes) => {
    file('cut.csv', content);
    const { diagnoses } = await reportOf(sides);
    expect(diagnoses.map(({ cause }) => cause).toSorted()).toEqual(causes);
  });

  test('of one that ends in the middle nothing is claimed: neither what is missing, nor that all was searched', async () => {
    const many = Array.from(
      { length: 20_000 },
      (_, at) => `${at},${createHash('md5').update(`${at}`).digest('hex')}\n`,
    );
    const whole = file('whole.csv', `id,code\n${many.join('')}`);
    const packed = gzipSync(`id,code\n${many.join('')}`);
    const half = file('half.csv.gz', packed.subarray(0, packed.length / 2));
    const report = await reportOf([whole, half, '--output-dir', 'classes', '--output-format', 'jsonl']);
    const { comparison, diagnoses } = report;
    expect(statuses(report)).toEqual([
      'sync.sources pass',
      'sync.sources fail',
      'sync.schema unknown',
      'sync.compare fail',
      'sync.duplicates unknown',
      'sync.schedule skip',
    ]);
    expect(comparison?.cut?.side).toBe('right');
    expect(comparison).toMatchObject({ missing: 0, extra: 0, unexplained: { pairs: 0, missing: 0, extra: 0 } });
    expect(comparison?.equal).toBeGreaterThan(1000);
    expect(comparison?.equal).toBe(comparison?.rows.right);
    expect(diagnoses).toEqual([]);
    const noted = comparison?.files.filter(({ note }) => note?.includes('could not be read to its end'));
    expect(noted?.map(({ what, rows: count }) => `${what} ${count}`)).toEqual(['missing 0', 'extra 0']);
  });

  test('an image is refused in Japanese too', async () => {
    const png = file('export.csv', Buffer.from('89504e470d0a1a0a0000', 'hex'));
    const { code, out } = await commandLine(['sync', good, png, '--key', 'id', '--lang', 'ja'], { cwd: directory });
    expect(code).toBe(1);
    expect(out).toContain('画像（PNG）です');
  });
});
