import { describe, expect, test } from '@jest/globals';
import { authenticationOf } from '../../src/world/authentication-results.ts';
import { reportOn } from '../../src/world/delivery-report.ts';
import { readWords } from '../../src/world/header-words.ts';
import { compose, inspect, type TestMessage } from '../../src/world/login-message.ts';
import { partsIn } from '../../src/world/mime-parts.ts';
import { roundsOf } from '../../src/world/received.ts';

const sent: TestMessage = await compose({
  from: 'sales@example.test',
  to: 'sales@example.test',
  date: new Date('2026-11-24T00:00:00Z'),
  eightBit: true,
});
const raw = sent.raw.toString('latin1');

/** The part with this name, from its header to the next boundary. */
const partOf = (name: string): string => {
  const part = raw.split(/\r\n--.*\r\n/).find((text) => text.includes(`${sent.mark} ${name}`));
  if (part === undefined) throw new Error(`no part ${name}`);
  return part;
};

const inPart = (name: string, change: (part: string) => string): string =>
  raw.replace(partOf(name), change(partOf(name)));
const inSubject = (to: string): string => raw.replace(/^Subject: [\s\S]*?\r\n(?=\S)/m, `Subject: ${to}\r\n`);

const look = (text: string) => inspect(Buffer.from(text, 'latin1'), sent);
const latin = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  Buffer.from(text, encoding).toString('latin1');
const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
const word = (text: string, charset = 'UTF-8'): string =>
  `=?${charset}?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;

test('what arrives as it was sent is whole', () => {
  expect(look(raw)).toMatchObject({
    subjectIntact: true,
    bodyIntact: true,
    messageIdKept: true,
    altered: [],
    bodyBytes: 'same',
  });
});

test('each letter outside ASCII is in it as bytes of the charset that the label names', () => {
  expect(partOf('8bit')).toContain(latin('漢字'));
  expect(partOf('iso-2022-jp')).toContain('\x1b$B4A;z\x1b(B');
  const { raw: seven } = { raw: partOf('utf-8') };
  expect(/[\x80-\xff]/.test(seven)).toBe(false);
});

test('the same text in another encoding is harmless', () => {
  const quoted = inPart('8bit', (part) =>
    part
      .replace('8bit\r\n', 'quoted-printable\r\n')
      .replace(/[\x80-\xff]/g, (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase()}`),
  );
  expect(look(quoted)).toMatchObject({ bodyIntact: true, altered: [], bodyBytes: 'reencoded' });
  const japanese = inPart('iso-2022-jp', () => {
    const text = `crm-doctor ${sent.mark} iso-2022-jp\r\n日本語の確認: 漢字 ひらがな カタカナ`;
    return `Content-Type: text/plain; charset="UTF-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString('base64')}`;
  });
  expect(look(japanese)).toMatchObject({ bodyIntact: true, bodyBytes: 'reencoded' });
});

describe('damage is told by its kind', () => {
  test.each([
    [
      '8bit',
      'eight-bit-stripped',
      inPart('8bit', (part) => part.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(byte.charCodeAt(0) & 0x7f))),
    ],
    // As it lies in a Maildir of Dovecot: no NUL, and no CR that is alone.
    [
      '8bit',
      'eight-bit-stripped',
      inPart('8bit', (part) =>
        part
          .replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(byte.charCodeAt(0) & 0x7f))
          .replaceAll('\0', '\x80')
          .replace(/\r(?!\n)/g, ''),
      ),
    ],
    ['8bit', 'relabelled', inPart('8bit', (part) => part.replace('charset=utf-8', 'charset=iso-8859-1'))],
    ['8bit', 'relabelled', inPart('8bit', (part) => part.replace('charset=utf-8', 'charset=Shift_JIS'))],
    ['8bit', 'double-encoded', inPart('8bit', (part) => part.replace(/[\x80-\xff]/g, (byte) => latin(byte)))],
    ['8bit', 'replaced', inPart('8bit', (part) => part.replace(/[\x80-\xff]/g, '?'))],
    ['8bit', 'truncated', inPart('8bit', (part) => part.slice(0, part.indexOf(latin('漢字')) + 3))],
    ['8bit', 'missing', inPart('8bit', () => 'Content-Type: text/plain\r\n\r\n')],
    [
      '8bit',
      'rewritten',
      inPart('8bit', (part) => part.replace('This is a test message', 'This is a checked message')),
    ],
    ['8bit', 'other', inPart('8bit', (part) => part.replace(latin('漢字'), latin('漢')))],
    ['iso-2022-jp', 'escapes-lost', inPart('iso-2022-jp', (part) => part.replaceAll('\x1b', ''))],
    [
      'iso-2022-jp',
      'relabelled',
      inPart('iso-2022-jp', (part) => part.replace('charset=iso-2022-jp', 'charset=us-ascii')),
    ],
    ['utf-8', 'added', inPart('utf-8', (part) => `${part}\r\n-- \r\nScanned by gate`)],
    ['subject', 'added', inSubject(`[SPAM] ${word(sent.subject)}`)],
    ['subject', 'double-encoded', inSubject(word(utf8(latin(latin(sent.subject)))))],
    ['subject', 'relabelled', inSubject(word(sent.subject, 'ISO-8859-1'))],
    ['subject', 'replaced', inSubject(`crm-doctor ??????? ${sent.token}`)],
    [
      'subject',
      'eight-bit-stripped',
      inSubject(latin(sent.subject).replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(byte.charCodeAt(0) & 0x7f))),
    ],
    ['subject', 'missing', raw.replace(/^Subject: [\s\S]*?\r\n(?=\S)/m, '')],
  ] as const)('%s %s', (part, kind, text) => {
    const arrived = look(text);
    expect(arrived?.altered).toMatchObject([{ part, change: { kind } }]);
    expect(arrived?.subjectIntact).toBe(part !== 'subject');
    expect(arrived?.bodyIntact).toBe(part === 'subject');
  });

  test('a footer in a part of its own is named with its words', () => {
    const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
    const footed = raw.replace(
      `--${boundary}--`,
      `--${boundary}\r\nContent-Type: text/plain\r\n\r\nThis mail was checked.\x1b[31m\r\n--${boundary}--`,
    );
    expect(look(footed)?.altered).toEqual([
      { part: 'message', change: { kind: 'added', words: 'text/plain: This mail was checked.\\x1b[31m' } },
    ]);
    expect(look(footed)?.bodyBytes).toBe('changed');
  });

  test('raw UTF-8 in the subject reads as it was sent', () => {
    expect(look(inSubject(latin(sent.subject)))?.altered).toEqual([]);
  });
});

describe('ours is', () => {
  const without = (text: string, name: string): string => text.replace(new RegExp(`^${name}: .*\\r\\n`, 'im'), '');
  const id = (text: string): string => text.replace(/^Message-ID: .*$/im, 'Message-ID: <provider@example.net>');

  test.each([
    ['what has the mark', id(raw)],
    ['what has the Message-ID', without(raw, 'X-Crm-Doctor')],
    ['what has the mark in subject and text', id(without(raw, 'X-Crm-Doctor'))],
  ])('%s', (_name, text) => {
    expect(look(text)).toBeDefined();
  });

  test.each([
    ['another mark', raw.replaceAll(sent.mark, '0'.repeat(32))],
    ['an answer that quotes it', `In-Reply-To: ${sent.messageId}\r\n${id(without(raw, 'X-Crm-Doctor'))}`],
    ['the subject alone', `Subject: ${sent.subject}\r\n\r\nHello`],
    ['the subject and a quoted text', `Subject: Re: ${sent.token}\r\n\r\n> crm-doctor ${sent.mark} utf-8\r\n`],
    ['nothing at all', ''],
    ['a header of 10 MB', `X-Crm-Doctor: ${'a'.repeat(10_000_000)}\r\n\r\n`],
    ['10 MB of fields', `${'A: b\r\n'.repeat(1_700_000)}X-Crm-Doctor: ${sent.mark}\r\n\r\n`],
    ['10 MB of folding', `X-Crm-Doctor: \r\n${' a\r\n'.repeat(2_500_000)}\r\n`],
    ['endless parts', `Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\na\r\n'.repeat(200_000)}`],
  ])('not %s', (_name, text) => {
    expect(look(text)).toBeUndefined();
  });

  test('told with the Message-ID that it came with, made harmless', () => {
    const arrived = look(raw.replace(/^Message-ID: .*$/im, 'Message-ID: <\x1b]0;x\x07@example.net>'));
    expect(arrived).toMatchObject({ messageIdKept: false, newMessageId: '<\\x1b]0;x\\x07@example.net>' });
  });
});

test('parts within parts are found to a depth, and not deeper', () => {
  const nested = (depth: number): string =>
    depth === 0
      ? 'Content-Type: text/plain\r\n\r\nleaf'
      : `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${nested(depth - 1)}\r\n--b${depth}--\r\n`;
  expect(partsIn(nested(4)).map(({ bytes }) => bytes.toString())).toEqual(['leaf']);
  expect(partsIn(nested(40))).toHaveLength(1);
});

test.each([
  ['=?utf-8?B?5pel?= =?utf-8?B?5pys?=', '日本'],
  ['=?UTF-8?B?5pc=?=\n =?UTF-8?B?pQ==?=', '日'],
  ['=?iso-2022-jp?B?GyRCNEE7ehsoQg==?=', '漢字'],
  ['=?utf-8?Q?a_b=3D?= c', 'a b= c'],
  ['=?nonsense?B?YQ==?=', 'a'],
  ['plain', 'plain'],
])('%s reads %s', (value, text) => {
  expect(readWords(value).text).toBe(text);
});

test('a line of nothing but blanks costs no more than another', () => {
  const blanks = `${' '.repeat(100_000)}x\r\n`;
  const start = performance.now();
  expect(look(`Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\n${blanks}`)).toBeUndefined();
  expect(look(inPart('8bit', (part) => `${part.trimEnd()}\r\n${blanks}`))?.bodyIntact).toBe(false);
  // Looking for the end of the blanks anew at each of them took a minute.
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('what the receiving server says of the sender is read, the topmost first', () => {
  const fields = [
    'mx.example.jp;\n dkim=pass (2048-bit key; unprotected) header.d=example.co.jp header.i=@example.co.jp;\n spf=softfail (a; b) smtp.mailfrom=sales@example.co.jp; dmarc=fail reason="policy; none" header.from=example.co.jp',
    'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.co.jp; dkim=none',
    'mx.example.net 1; none',
    ';;;',
    '\x1b[2J; dkim=\x1b[31mpass',
  ];
  expect(authenticationOf(fields)).toEqual([
    {
      server: 'mx.example.jp',
      results: [
        { method: 'dkim', result: 'pass', properties: { 'header.d': 'example.co.jp', 'header.i': '@example.co.jp' } },
        { method: 'spf', result: 'softfail', properties: { 'smtp.mailfrom': 'sales@example.co.jp' } },
        { method: 'dmarc', result: 'fail', reason: 'policy; none', properties: { 'header.from': 'example.co.jp' } },
      ],
    },
    {
      server: '',
      results: [
        { method: 'spf', result: 'pass', properties: { 'smtp.mailfrom': 'example.co.jp' } },
        { method: 'dkim', result: 'none', properties: {} },
      ],
    },
    { server: 'mx.example.net', results: [] },
    { server: '', results: [] },
    { server: '\\x1b[2J', results: [{ method: 'dkim', result: '\\x1b[31mpass', properties: {} }] },
  ]);
  expect(authenticationOf(Array.from({ length: 1_000 }, () => 'x; spf=pass'))).toHaveLength(5);
});

describe('a report', () => {
  const report = ({
    status = 'Final-Recipient: rfc822; sales@example.test\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.example.test\r\nDiagnostic-Code: smtp; 550 5.1.1 <sales@example.test>:\r\n Recipient address rejected',
    original = `Content-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-ID: ${sent.messageId}`,
    type = 'multipart/report; report-type=delivery-status; boundary="=_b"',
    more = '',
  } = {}): Buffer =>
    Buffer.from(
      `From: MAILER-DAEMON@example.test\r\nSubject: Undelivered Mail\r\nContent-Type: ${type}\r\n${more}\r\n` +
        `--=_b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--=_b\r\nContent-Type: message/delivery-status\r\n\r\n` +
        `Reporting-MTA: dns; mail.example.test\r\n\r\n${status}\r\n--=_b\r\n${original}\r\n--=_b--\r\n`,
      'latin1',
    );

  test('that returns ours tells who refused it and why', () => {
    expect(reportOn(report(), sent)).toEqual({
      kind: 'failed',
      by: 'mail.example.test',
      recipient: 'sales@example.test',
      status: '5.1.1',
      says: '550 5.1.1 <sales@example.test>: Recipient address rejected',
      remote: 'mx.example.test',
    });
  });

  test('that ours waits tells until when', () => {
    const status =
      'Final-Recipient: rfc822; sales@example.test\r\nAction: delayed\r\nStatus: 4.4.1\r\nWill-Retry-Until: Sun, 29 Nov 2026 10:00:00 +0900';
    expect(reportOn(report({ status }), sent)).toMatchObject({
      kind: 'delayed',
      status: '4.4.1',
      says: 'Sorry.',
      until: '2026-11-29T01:00:00.000Z',
    });
  });

  test.each([
    [
      'by the original in full',
      { original: `Content-Type: message/rfc822\r\n\r\nX-Crm-Doctor: ${sent.mark}\r\n\r\nbody` },
    ],
    [
      'by what it answers',
      { original: 'Content-Type: text/plain\r\n\r\nleft out', more: `In-Reply-To: ${sent.messageId}\r\n` },
    ],
  ])('is known as ours %s', (_name, given) => {
    expect(reportOn(report(given), sent)).toMatchObject({ kind: 'failed' });
  });

  test.each([
    [
      'on the message of somebody else',
      { original: 'Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <other@example.test>' },
    ],
    ['that a message was read', { type: 'multipart/report; report-type=disposition-notification; boundary="=_b"' }],
    ['that is none', { type: 'text/plain' }],
  ])('%s is left alone', (_name, given) => {
    expect(reportOn(report(given), sent)).toBeUndefined();
  });
});

test('a circle is seen by the servers that come again, a filter beside a server is none', () => {
  const by = (...names: readonly string[]): readonly string[] =>
    names.map((name) => `from x by ${name} with ESMTP; Tue, 24 Nov 2026 10:00:05 +0900`);
  expect(roundsOf(by('mx.example.jp', 'mx.example.jp', 'relay.example.jp'), ['a@x'])).toEqual({
    received: 3,
    most: 1,
    by: 'mx.example.jp',
    delivered: 1,
  });
  const circle = by('a.example', 'b.example', 'a.example', 'b.example', 'a.example');
  expect(roundsOf(circle, ['A@x', 'b@x', 'a@x'])).toEqual({ received: 5, most: 3, by: 'a.example', delivered: 2 });
  expect(roundsOf([], [])).toEqual({ received: 0, most: 0, by: '', delivered: 0 });
});
