import { describe, expect, test } from '@jest/globals';
import { causesOfTexts, siftLines } from '../../src/logs/sift.ts';
import type { LoggedLine } from '../../src/model/log-facts.ts';

const now = new Date('2026-11-24T12:00:00Z');
const since = '2026-11-22T12:00:00Z';
const line = (text: string, over: Partial<LoggedLine> = {}): LoggedLine => ({
  at: '2026-11-24T09:00:00Z',
  level: 'error',
  source: 'ir.logging',
  text,
  ...over,
});
const archived = 'The server "Sales" cannot be used because it is archived.';

describe('lines that an API has handed out', () => {
  test('are read by the same patterns as files, whoever is named in them', () => {
    const { causes, files } = siftLines(
      [
        line(archived),
        line('535 5.7.8 Error: authentication failed on host smtp.other.example for nobody@other.example'),
      ],
      since,
      now,
    );
    expect(causes.map(({ cause, current }) => [cause, current]).toSorted()).toEqual([
      ['auth.wrong-credentials', 1],
      ['crm.mail-disabled', 1],
    ]);
    expect(causes.find(({ cause }) => cause === 'crm.mail-disabled')?.samples[0]).toEqual({
      file: 'ir.logging',
      at: '2026-11-24T09:00:00.000Z',
      text: archived,
    });
    expect(files).toMatchObject([{ name: 'ir.logging', lines: 2 }]);
  });

  test('count from the asked day on, and not where they have no time', () => {
    const { at: _none, ...timeless } = line(archived);
    expect(siftLines([line(archived, { at: '2026-11-20T00:00:00Z' })], since, now).causes).toEqual([]);
    expect(siftLines([timeless], since, now).causes).toMatchObject([{ count: 1, current: 0 }]);
  });

  test('a fault that is not about mail and that nobody knows is left alone; what is shown holds no secret', () => {
    const fact = siftLines(
      [line('Traceback: division by zero'), line('SMTP went wrong, password=hunter22 \u001b[2J')],
      since,
      now,
    );
    expect(fact.unknown.lines).toBe(1);
    expect(JSON.stringify(fact)).not.toContain('hunter22');
    expect(JSON.stringify(fact)).not.toContain('\\u001b');
  });

  test('hostile lines are gone through in no time', () => {
    const long = siftLines(
      Array.from({ length: 500 }, () => line(`${'mail a@'.repeat(140)} <`)),
      since,
      now,
    );
    expect(long.unknown.shapes.length).toBeLessThan(2);
  });
});

test('single texts are taken for what they say, and for nothing where they say nothing', () => {
  expect(
    causesOfTexts(["imaplib.error: b'[AUTHENTICATIONFAILED] Authentication failed.'", 'something else']),
  ).toMatchObject([{ cause: 'auth.wrong-credentials' }, null]);
});
