import { describe, expect, test } from '@jest/globals';
import { allCauses } from '../../checks/registry.ts';
import { causeOfText, classify, lineAutomaton } from '../../src/logs/classify.ts';
import { cutterFor } from '../../src/logs/dialects.ts';
import { needlesOf } from '../../src/logs/needles.ts';
import { logPatterns } from '../../src/logs/patterns.ts';
import { titleOfLogCause } from '../../src/logs/titles.ts';
import { successLines } from './success-lines.ts';

const cutLine = () => cutterFor({ mtime: Date.UTC(2026, 10, 24, 12), header: '' });

const verdictOf = (line: string) => classify(cutLine()(line), line, Buffer.from(line), lineAutomaton());

describe('the pattern base', () => {
  test.each(logPatterns.map((pattern, index) => [index, pattern] as const))(
    'sample %i is read as its cause, and by its own pattern first',
    (index, { sample, cause }) => {
      expect(logPatterns.findIndex(({ match }) => match.test(sample))).toBe(index);
      const verdict = verdictOf(sample);
      expect(verdict).toMatchObject(cause === undefined ? { kind: 'hidden' } : { kind: 'cause', cause });
    },
  );

  test('every pattern asks for a string, and each sample holds one of them', () => {
    for (const { match, sample } of logPatterns) {
      const needles = needlesOf(match);
      expect({ match, none: needles.length === 0 }).toEqual({ match, none: false });
      expect(needles.some((needle) => sample.toLowerCase().includes(needle))).toBe(true);
    }
  });

  test('every cause has a title', () => {
    const known = new Set(allCauses.map(({ id }) => id));
    const without = logPatterns.flatMap(({ cause }) =>
      cause === undefined || known.has(cause) || titleOfLogCause(cause) ? [] : [cause],
    );
    expect(without).toEqual([]);
  });
});

describe('what is no fault', () => {
  test.each(successLines)('%s', (line) => {
    expect(verdictOf(line)).toEqual({ kind: 'nothing' });
  });

  test('there are at least fifty of them', () => expect(successLines.length).toBeGreaterThanOrEqual(50));
});

describe('replies inside lines that no pattern of logs knows', () => {
  test.each([
    [
      "2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.addons.base: smtplib.SMTPAuthenticationError: (535, b'5.7.8 Bad credentials')",
      'auth.wrong-credentials',
    ],
    [
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XcA12: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=1, dsn=4.7.1, status=deferred (host mx.example.net[198.51.100.4] said: 450 4.7.1 Greylisting in action, please come back later (in reply to RCPT TO command))',
      'smtp.greylisted',
    ],
  ])('%s', (line, cause) => expect(verdictOf(line)).toMatchObject({ kind: 'cause', cause }));

  test('a success that quotes a fault is none', () => {
    expect(causeOfText('all is well')).toEqual({ kind: 'unknown' });
    expect(verdictOf('2026-11-24 09:00:01	SERVER -> CLIENT: 250 2.1.5 Ok, mailbox is full of joy')).toEqual({
      kind: 'nothing',
    });
  });
});

describe('needles of an expression', () => {
  test.each<[RegExp, readonly string[]]>([
    [/\bCannot start TLS/i, ['cannot start tls']],
    [/mail (access|box) for \d+/i, ['mail access for ', 'mail box for ']],
    [/[Gg]reylist/, ['greylist']],
    [/lost (?:connection )?with/, ['lost connection with', 'lost with']],
    [/\d+ of \d+/, [' of ']],
    [/\d+|x/, []],
    [/a(?! in)b/, ['ab']],
  ])('%s', (expression, needles) => expect(needlesOf(expression)).toEqual(needles));
});
