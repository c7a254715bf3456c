import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { readJobLogs } from '../../../src/sync/logs/runs.ts';
import { scheduleOf } from '../../../src/sync/schedule.ts';
import { encoded } from '../files/kit.ts';
import { logPlace } from './place.ts';

const { read } = logPlace();

const line = (time: string, says: string): string => `2026-11-25 ${time} ${says}\n`;
const run = (hour: string, minutes = '05'): string =>
  line(`${hour}:00:00`, 'INFO sync started') + line(`${hour}:${minutes}:00`, 'INFO sync finished');
const hours = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => String(from + at).padStart(2, '0'));
const utc = { timeZone: 'UTC' };
const at = (time: string): number => Date.parse(`2026-11-25T${time}:00Z`);

describe('runs without an end', () => {
  test('have failed when the log goes on without them; the last one may still be running', async () => {
    const log = `${run('01')}${line('02:00:00', 'INFO sync started')}${run('03')}${line('04:00:00', 'INFO sync started')}`;
    const { runs } = await read({ log }, utc);
    expect(runs.map(({ end, failed }) => [end !== undefined, failed])).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [false, false],
    ]);
  });

  test('have not failed where no run ever tells its end', async () => {
    const { runs } = await read(
      {
        log: hours(1, 4)
          .map((hour) => line(`${hour}:00:00`, 'INFO sync started'))
          .join(''),
      },
      utc,
    );
    expect(runs).toEqual(hours(1, 4).map((hour) => ({ start: at(`${hour}:00`), failed: false, throttled: false })));
  });

  test('that died of a fatal error have failed', async () => {
    const { runs } = await read(
      { log: line('01:00:00', 'INFO sync started') + line('01:00:05', 'FATAL out of memory') },
      utc,
    );
    expect(runs).toEqual([{ start: at('01:00'), failed: true, throttled: false, says: 'out of memory' }]);
  });
});

describe('runs of several', () => {
  test('interleaved by process, each with its own end and throttling', async () => {
    const log =
      'Nov 25 01:00:00 h sync[1]: contacts sync started\n' +
      'Nov 25 01:01:00 h sync[2]: contacts sync started\n' +
      'Nov 25 01:02:00 h sync[2]: rate limit exceeded\n' +
      'Nov 25 01:03:00 h sync[1]: contacts sync finished\n' +
      'Nov 25 01:04:00 h sync[2]: contacts sync finished\n';
    const { runs } = await read({ log }, utc);
    expect(runs).toEqual(
      [
        { start: at('01:00'), end: at('01:03'), failed: false, throttled: false },
        { start: at('01:01'), end: at('01:04'), failed: false, throttled: true, says: undefined },
      ].map(({ says: _, ...one }) => one),
    );
  });

  test('that overlap without any number are told apart by what they are of', async () => {
    const log =
      line('01:00:00', 'contacts sync started') +
      line('01:01:00', 'companies sync started') +
      line('01:03:00', 'contacts sync finished') +
      line('01:04:00', 'companies sync failed: timeout');
    const { runs } = await read({ log }, utc);
    expect(runs.map(({ start, end, failed }) => [start, end, failed])).toEqual([
      [at('01:00'), at('01:03'), false],
      [at('01:01'), at('01:04'), true],
    ]);
  });

  test('a step that is always within a run is none', async () => {
    const log = hours(1, 5)
      .map((hour) =>
        [
          line(`${hour}:00:00`, 'nightly export started'),
          line(`${hour}:01:00`, 'upload job started'),
          line(`${hour}:02:00`, 'upload job finished'),
          line(`${hour}:03:00`, 'nightly export finished'),
        ].join(''),
      )
      .join('');
    const { runs } = await read({ log }, utc);
    expect(runs.map(({ start, end }) => [start, end])).toEqual(
      hours(1, 5).map((hour) => [at(`${hour}:00`), at(`${hour}:03`)]),
    );
  });
});

describe('files', () => {
  test('rotated and packed ones are one log, whatever their names, and a run goes on from one to the next', async () => {
    const { runs, failures } = await read(
      {
        'sync.log': line('03:05:00', 'INFO sync finished') + run('04'),
        'sync.log.1': run('02') + line('03:00:00', 'INFO sync started'),
        'sync.log.2.gz': gzipSync(run('01')),
      },
      { ...utc, names: ['sync.log*', 'sync.log'] },
    );
    expect(failures).toEqual([]);
    expect(runs.map(({ start, end }) => [start, end])).toEqual(
      ['01', '02', '03', '04'].map((hour) => [at(`${hour}:00`), at(`${hour}:05`)]),
    );
  });

  test('UTF-16 and Shift_JIS, hostile bytes, and a line without end', async () => {
    const japanese = '2026-11-25 05:00:00 同期処理開始\n2026-11-25 05:05:00 同期処理終了\n';
    const { runs, failures, logged } = await read(
      {
        wide: Buffer.from(`\ufeff${run('01')}`, 'utf16le'),
        sjis: encoded(japanese, 'shift_jis'),
        odd: Buffer.concat([
          Buffer.from(`${run('06')}${line('06:30:00', 'ERROR ')}`),
          Buffer.from([0xff, 0x00, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x80, 0x0a]),
          Buffer.from(
            `${line('06:31:00', `ERROR \u202e${'x'.repeat(3_000_000)}`)}${run('07')}${'{"a":'.repeat(100_000)}`,
          ),
        ]),
      },
      utc,
    );
    expect(failures).toEqual([]);
    expect(runs.map(({ start }) => start)).toEqual(['01', '05', '06', '07'].map((hour) => at(`${hour}:00`)));
    for (const { says } of logged) {
      expect(says).not.toMatch(/[\u0000-\u001f\u202e]/);
      expect(says.length).toBeLessThan(700);
    }
  });

  test('what cannot be read is told, and all else is read', async () => {
    const { runs, failures } = await read(
      {
        good: run('01'),
        image: Buffer.from(Array.from({ length: 5_000 }, (_, n) => n % 8)),
        'cut.gz': gzipSync(
          Array.from({ length: 20_000 }, (_, n) => line('02:00:00', `row ${n * 7919}`)).join(''),
        ).subarray(0, 9_000),
        empty: '',
      },
      { ...utc, names: ['good', 'image', 'cut.gz', 'empty', 'gone.log'] },
    );
    expect(runs).toHaveLength(1);
    expect(failures.map(({ file, says }) => [file.split('/').at(-1), says.split(':')[0]])).toEqual([
      ['gone.log', 'not-found'],
      ['cut.gz', 'malformed'],
      ['image', 'not-data'],
    ]);
  });

  test('what is no file is not waited for', async () => {
    const device = '/dev/zero';
    const { failures } = await readJobLogs([device], {
      printable: (text) => text,
      signal: new AbortController().signal,
    });
    expect(failures).toEqual([{ file: device, says: 'not-data: it is no regular file' }]);
  });
});

describe('times', () => {
  test.each([
    ['2026-11-25T01:00:00Z', 'UTC', '01:00'],
    ['2026-11-25T10:00:00+09:00', 'UTC', '01:00'],
    ['2026-11-25 10:00:00,123 +0900', 'UTC', '01:00'],
    ['2026-11-25 10:00:00 JST', 'America/New_York', '01:00'],
    ['2026-11-25 10:00:00', 'Asia/Tokyo', '01:00'],
    ['[2026-11-25 10:00:00]', 'Asia/Tokyo', '01:00'],
    ['2026-11-24 20:00:00', 'America/New_York', '01:00'],
    ['2026年11月25日 10時00分00秒', 'Asia/Tokyo', '01:00'],
    ['2026年 11月 25日 水曜日 10:00:00 JST', 'UTC', '01:00'],
    ['Wed Nov 25 10:00:00 JST 2026', 'UTC', '01:00'],
    ['Wed Nov 25 01:00:00 2026', 'UTC', '01:00'],
    ['Nov 25 10:00:00 host', 'Asia/Tokyo', '01:00'],
    ['<30>Nov 25 10:00:00 host', 'Asia/Tokyo', '01:00'],
    ['11/25/2026 1:00:00 AM', 'UTC', '01:00'],
    ['25/11/2026 01:00:00', 'UTC', '01:00'],
    ['25/Nov/2026:10:00:00 +0900', 'UTC', '01:00'],
    ['1795568400', 'Asia/Tokyo', '01:00'],
    ['1795568400.123', 'Asia/Tokyo', '01:00'],
  ])('%s in %s', async (time, timeZone, expected) => {
    const { runs } = await read({ log: `${time} sync started\n` }, { timeZone });
    expect(runs.map(({ start }) => Math.floor(start / 1000) * 1000)).toEqual([at(expected)]);
  });

  test('without a year: last December, seen in January', async () => {
    // The file was last written on 2026-11-26.
    const { runs } = await read({ log: 'Dec 31 10:00:00 h sync[1]: sync started\n' }, utc);
    expect(runs.map(({ start }) => new Date(start).toISOString())).toEqual(['2025-12-31T10:00:00.000Z']);
  });
});

describe('errors', () => {
  test('alike ones together, with how often they came, counts of none among them', async () => {
    const log =
      [1, 2, 3].map((n) => line('01:00:00', `ERROR record ${n}: invalid e-mail "a${n}@b.jp"`)).join('') +
      line('01:00:01', 'エラー: 会社名は必須です (id=7)') +
      line('01:00:02', 'INFO finished with 0 errors') +
      line('01:00:03', 'エラー件数: 0') +
      line('01:00:04', 'エラーはありません') +
      line('01:00:05', 'WARN HTTP 429 Too Many Requests') +
      line('01:00:06', '200 contacts read');
    const { logged } = await read({ log }, utc);
    expect(logged).toEqual([
      { says: 'record 1: invalid e-mail "a1@b.jp"', times: 3 },
      { says: '会社名は必須です (id=7)', times: 1 },
      { says: 'HTTP 429 Too Many Requests', times: 1 },
    ]);
  });

  test.each([
    ['429 records read', false],
    ['order 1429 exported', false],
    ['rate limit remaining: 100', false],
    ['HTTP/1.1 429', true],
    ['status=429', true],
    ['REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.', true],
    ['API rate limit exceeded for user', true],
    ['リクエストの上限に達しました', true],
  ])('throttling: %s', async (says, expected) => {
    const log = line('01:00:00', 'sync started') + line('01:01:00', says) + line('01:02:00', 'sync finished');
    expect((await read({ log }, utc)).runs[0]?.throttled).toBe(expected);
  });

  test('records that fail do not fail the run, and what failed a run is said', async () => {
    const log =
      line('01:00:00', 'sync started') +
      line('01:01:00', 'ERROR record 7 failed: invalid phone') +
      line('01:02:00', 'sync finished: 99 succeeded, 1 failed') +
      line('02:00:00', 'sync started') +
      line('02:01:00', 'ERROR sync failed: connection refused');
    const { runs } = await read({ log }, utc);
    expect(runs).toEqual([
      { start: at('01:00'), end: at('01:02'), failed: false, throttled: false },
      { start: at('02:00'), end: at('02:01'), failed: true, throttled: false, says: 'sync failed: connection refused' },
    ]);
    const fact = scheduleOf({ now: at('05:00'), intervalMs: 3_600_000, runs }, []);
    expect(fact.lastSync).toBe('2026-11-25T01:00:00.000Z');
    expect(fact.runs[1]).toMatchObject({ failed: true, says: 'sync failed: connection refused' });
  });
});

test('a large log is read in memory that does not grow with it', async () => {
  const lines: string[] = [];
  for (let n = 0; n < 100_000; n += 1) {
    const time = new Date(at('00:00') + n * 60_000).toISOString();
    lines.push(
      n % 60 === 0
        ? `${time} INFO sync started`
        : n % 60 === 50
          ? `${time} INFO sync finished`
          : `${time} ERROR row ${n}: code ${n * 17}`,
    );
  }
  const { runs, logged } = await read({ log: lines.join('\n') }, utc);
  expect(runs).toHaveLength(1_667);
  expect(runs.filter(({ end }) => end === undefined)).toHaveLength(1);
  expect(logged).toEqual([{ says: 'row 1: code 17', times: 96_667 }]);
});
