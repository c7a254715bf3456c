import { expect, test } from '@jest/globals';
import { mailDate } from '../../src/reason/mail-date.ts';
import { hopsOf } from '../../src/world/received.ts';

test.each([
  ['Tue, 24 Nov 2026 10:00:05 +0900 (JST)', '2026-11-24T01:00:05.000Z'],
  ['24 Nov 2026 10:00 -0530', '2026-11-24T15:30:00.000Z'],
  ['Tue,24 Nov 26 10:00:05 JST', '2026-11-24T01:00:05.000Z'],
  ['Tue, 24 Nov 2026 10:00:05.123 GMT', '2026-11-24T10:00:05.000Z'],
  ['Tue, 24 Nov 2026 10:00:05', '2026-11-24T10:00:05.000Z'],
  ['2026-11-24T10:00:05+09:00', '2026-11-24T01:00:05.000Z'],
  ['yesterday', undefined],
  ['', undefined],
] as const)('%s', (text, at) => {
  expect(mailDate(text)?.toISOString()).toBe(at);
});

test('the way is told oldest first with the time that each hop took', () => {
  const fields = [
    'from relay.example.net (relay.example.net [192.0.2.2])\r\n\tby mx.example.jp (Postfix) with ESMTPS id X;\r\n Tue, 24 Nov 2026 10:00:35 +0900 (JST)',
    'by queue.example.net with SMTP id 1; Mon, 23 Nov 2026 17:00:05 -0800 (PST)',
    'from client by submit.example.net; Tue, 24 Nov 2026 01:00:04 +0000',
  ];
  expect(hopsOf(fields)).toEqual([
    { by: 'submit.example.net', from: 'client', at: '2026-11-24T01:00:04.000Z' },
    { by: 'queue.example.net', at: '2026-11-24T01:00:05.000Z', afterMs: 1_000 },
    { by: 'mx.example.jp', from: 'relay.example.net', at: '2026-11-24T01:00:35.000Z', afterMs: 30_000 },
  ]);
});

test('rubbish, loops and floods are bounded', () => {
  expect(hopsOf(['no date', ';', 'by x; rubbish'])).toEqual([]);
  expect(
    hopsOf(Array.from({ length: 5_000 }, () => 'by x; Tue, 24 Nov 2026 10:00:05 +0000')).length,
  ).toBeLessThanOrEqual(50);
  expect(hopsOf([`from ${'('.repeat(1_000_000)} by x; Tue, 24 Nov 2026 10:00:05 +0000`])).toEqual([]);
});
