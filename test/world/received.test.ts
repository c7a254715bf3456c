import { expect, test } from '@jest/globals';
import { subjectOf } from '../../src/model/mailbox.ts';
import { mailDate } from '../../src/reason/mail-date.ts';
import { hopsOf } from '../../src/world/received.ts';
import { borderOf } from '../../src/world/trip-border.ts';

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
    {
      by: 'mx.example.jp',
      from: 'relay.example.net',
      address: '192.0.2.2',
      at: '2026-11-24T01:00:35.000Z',
      afterMs: 30_000,
    },
  ]);
});

test('rubbish, loops and floods are bounded', () => {
  expect(hopsOf(['no date', ';', 'by x; rubbish'])).toEqual([]);
  expect(
    hopsOf(Array.from({ length: 5_000 }, () => 'by x; Tue, 24 Nov 2026 10:00:05 +0000')).length,
  ).toBeLessThanOrEqual(50);
  expect(hopsOf([`from ${'('.repeat(1_000_000)} by x; Tue, 24 Nov 2026 10:00:05 +0000`])).toEqual([]);
});

test.each([
  ['from mail.a.example (ptr.a.example [192.0.2.1]) by b', '192.0.2.1'],
  ['from mail.a.example (unknown [IPv6:2001:db8::1]) by b', '2001:db8::1'],
  ['from mail.a.example (ptr.a.example [192.0.2.1] (may be forged)) by b', '192.0.2.1'],
  ['from unknown (HELO mail.a.example) (192.0.2.1) by b', '192.0.2.1'],
  ['from mail.a.example (2001:db8::1) by b (2001:db8::2)', '2001:db8::1'],
  ['from ptr.a.example ([192.0.2.1]:4711 helo=[10.0.0.9]) by b', '192.0.2.1'],
  ['from [192.0.2.1] (helo=[10.0.0.9]) by b', '192.0.2.1'],
  // What the client says of itself is no address that the server saw.
  ['from [10.0.0.9] by b', undefined],
  ['from mail.a.example by b ([192.0.2.1])', undefined],
  ['by b (Postfix, from userid 1000)', undefined],
])('%s', (field, address) => {
  expect(hopsOf([`${field}; Tue, 24 Nov 2026 10:00:05 +0000`])[0]?.address).toBe(address);
});

const received = (by: string, from?: string) => ({
  by,
  at: '2026-11-24T01:00:00.000Z',
  ...(from === undefined ? {} : { from, address: '192.0.2.1' }),
});

test.each([
  ['another’s server hands it over', 'smtp.relay.example', ['out.relay.example', 'crm'], 'mx.example.co.jp'],
  ['the outgoing server is of the same side', 'smtp.example.co.jp', ['smtp.example.co.jp', 'crm'], undefined],
  ['the first step may be our own', 'smtp.relay.example', [], undefined],
  ['a server of the same side under another name', 'smtp.relay.example', ['in.example.co.jp', 'crm'], undefined],
] as const)('%s', (_name, host, before, by) => {
  const subject = subjectOf(
    {
      address: 'sales@example.co.jp',
      smtp: { host, port: 587, security: 'starttls' },
      imap: { host: 'imap.example.co.jp', port: 993, security: 'tls' },
    },
    false,
  );
  const [from, ...earlier] = before;
  const hops = [...earlier.map((name) => received(from ?? '', name)), received('mx.example.co.jp', from ?? 'crm')];
  expect(borderOf([...hops, received('store.example.co.jp', 'mx.example.co.jp')], subject, [])?.by).toBe(by);
});

test('the mail exchangers of the domain are of its side', () => {
  const subject = subjectOf(
    { address: 'sales@example.co.jp', smtp: { host: 'smtp.relay.example', port: 587, security: 'starttls' } },
    false,
  );
  const hops = [received('out.relay.example', 'crm'), received('mx1.filter.example', 'out.relay.example')];
  expect(borderOf(hops, subject, ['mx9.filter.example'])).toEqual({
    by: 'mx1.filter.example',
    from: 'out.relay.example',
    address: '192.0.2.1',
  });
  expect(borderOf(hops, subject, [])).toBeUndefined();
});
