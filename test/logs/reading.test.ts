import { appendFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { inTimeOrder } from '../../src/logs/sources.ts';
import { logDirectory, reportOf } from './text-files.ts';

const place = logDirectory();
afterAll(place.remove);

const refused = (host: string, minute = '00') =>
  `Nov 24 09:${minute}:05 mx postfix/smtp[813]: connect to ${host}[198.51.100.4]:25: Connection refused\n`;
const fine = 'Nov 24 09:00:01 mx postfix/qmgr[700]: 4Xd1Ab2CdEz1: removed\n';

const named = (causes: readonly { readonly cause: string; readonly count: number }[]) =>
  causes.map(({ cause, count }) => `${cause} ${count}`);

describe('files', () => {
  test('gzip is known by its first bytes, whatever the name', async () => {
    const path = place.write('zipped.log', gzipSync(fine.repeat(5000) + refused('mx.example.net')));
    const { causes, files } = await reportOf([path]);
    expect(named(causes)).toEqual(['net.refused 1']);
    expect(causes[0]?.samples[0]).toMatchObject({ line: 5001 });
    expect(files[0]).toMatchObject({ lines: 5001 });
  });

  test('rotated files are read in the order of time', () => {
    const order = (...names: readonly string[]) => inTimeOrder(names.map((name) => ({ name }))).map(({ name }) => name);
    expect(order('mail.log', 'mail.log.1', 'crm.log', 'mail.log.10.gz', 'mail.log.2.gz')).toEqual([
      'mail.log.10.gz',
      'mail.log.2.gz',
      'mail.log.1',
      'mail.log',
      'crm.log',
    ]);
    expect(order('maillog', 'maillog-20261108.gz', 'maillog-20261101.gz')).toEqual([
      'maillog-20261101.gz',
      'maillog-20261108.gz',
      'maillog',
    ]);
  });

  test('what cannot be read is named and the others are read; the code is 2 when none was', async () => {
    const good = place.write('good.log', fine);
    const binary = place.write('binary.log', Buffer.from([0, 1, 2, 3, 4, 5, 0, 1, 2, 3]));
    const packed = place.write('packed.log.xz', Buffer.from('fd377a585a000004', 'hex'));
    const cut = place.write('cut.log.gz', gzipSync(fine.repeat(100)).subarray(0, 40));
    const all = [place.directory, `${place.directory}/none.log`, binary, packed];
    const some = await reportOf([...all, cut, good]);
    expect(some.files.map(({ error }) => error?.kind)).toEqual([
      'directory',
      'missing',
      'binary',
      'compressed',
      'damaged',
      undefined,
    ]);
    expect(some).toMatchObject({ status: 'unknown', exitCode: 3 });
    expect((await reportOf(all)).exitCode).toBe(2);
  });

  test('standard input, in pieces that break lines and characters, also gzipped', async () => {
    const text = Buffer.from(
      `${fine}[24-Nov-2026 00:00:16 UTC] SMTPエラー: 認証できませんでした\r\n${refused('mx.example.net')}`,
    );
    const pieces = (bytes: Buffer, size: number) =>
      Readable.from(
        Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size)),
      );
    for (const bytes of [text, gzipSync(text)]) {
      for (const size of [1, 7, 1000]) {
        const { causes } = await reportOf([], { sources: [{ name: '-', stream: pieces(bytes, size) }] });
        expect(named(causes)).toEqual(['auth.wrong-credentials 1', 'net.refused 1']);
      }
    }
  });

  test('UTF-16 as PowerShell writes it', async () => {
    const path = place.write('utf16.csv', Buffer.from(`\ufeff${refused('mx.example.net')}`, 'utf16le'));
    expect(named((await reportOf([path])).causes)).toEqual(['net.refused 1']);
  });

  test('the year of a line is that of the file, and never after it', async () => {
    const path = place.write('old.log', refused('mx.example.net'));
    utimesSync(path, new Date(2024, 0, 5), new Date(2024, 0, 5));
    const { causes } = await reportOf([path]);
    expect(causes[0]?.first).toBe(new Date(2023, 10, 24, 9, 0, 5).toISOString());
  });
});

describe('hostile lines', () => {
  test('NUL bytes, bytes that are no UTF-8, CRLF, escapes, no line feed at the end', async () => {
    const path = place.write(
      'odd.log',
      Buffer.concat([
        Buffer.from('\0\0\0'),
        Buffer.from(refused('a.example.net').replace('\n', '\r\n')),
        Buffer.from([0xff, 0xfe, 0x80, 0x0a]),
        Buffer.from(refused('b.example.net').replace('mx ', 'mx\u001b[31m ').trimEnd()),
      ]),
    );
    const { causes, files } = await reportOf([path]);
    expect(named(causes)).toEqual(['net.refused 2']);
    expect(causes[0]?.hosts).toEqual(['a.example.net', 'b.example.net']);
    expect(files[0]?.lines).toBe(3);
  });

  test('a line of many megabytes is cut, and the next one is read', async () => {
    const path = place.write(
      'long.log',
      `${'x'.repeat(5_000_000)} error\nConnection refused ${'y'.repeat(300_000)}\n${refused('mx.example.net')}`,
    );
    const { causes, files } = await reportOf([path]);
    expect(named(causes)).toEqual(['net.refused 2']);
    expect(causes[0]?.samples[1]).toMatchObject({ line: 3 });
    expect(causes[0]?.samples.every(({ text }) => text.length < 500)).toBe(true);
    expect(files[0]?.lines).toBe(3);
  });

  test('any number of unknown shapes takes a bounded place', async () => {
    const word = (n: number) => n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
    const lines = Array.from({ length: 3000 }, (_, n) => `Nov 24 09:00:01 mx crmd: error in ${word(n)} part`);
    const { unknown } = await reportOf([place.write('shapes.log', lines.join('\n'))]);
    expect(unknown.lines).toBe(3000);
    expect(unknown.shapes.length).toBe(200);
    expect(unknown.moreShapes).toBe(2800);
  });

  test('secrets are taken out of samples, shapes and joined lines', async () => {
    const path = place.write(
      'secret.log',
      [
        "7 140 [2026-11-24 09:00:18,123] ERROR trytond.sendmail fail to connect to ParseResult(scheme='smtp', netloc='bob:s3cret-1@127.0.0.1:25')",
        '[24-Nov-2026 00:00:16 UTC] SMTP Error: Could not authenticate. password=s3cret-2',
        '[2026-11-24 09:00:18] ERROR: (0) something failed; AUTH PLAIN AHMzY3JldC0zAHMzY3JldC0z',
        'Nov 24 09:00:01 mx dovecot: auth: Error: sql(a@example.jp): Password mismatch (given password: s3cret-4)',
      ].join('\n'),
    );
    const report = await reportOf([path]);
    expect(JSON.stringify(report)).not.toMatch(/s3cret|AHMzY3/);
    expect(JSON.stringify(report)).toContain('***');
  });
});

describe('what is said of a cause', () => {
  test('count, first and last, hosts, addresses, samples; what is not asked for is left out', async () => {
    const text = `${refused('a.example.net', '01')}${fine}${refused('b.example.net', '03')}${refused('a.example.net', '02')}${refused('c.example.net', '04')}`;
    const path = place.write('four.log', text);
    utimesSync(path, new Date(2026, 10, 24, 12), new Date(2026, 10, 24, 12));
    const { causes, exitCode } = await reportOf([path]);
    expect(causes).toMatchObject([
      {
        cause: 'net.refused',
        count: 4,
        first: new Date(2026, 10, 24, 9, 1, 5).toISOString(),
        last: new Date(2026, 10, 24, 9, 4, 5).toISOString(),
        hosts: ['a.example.net', 'b.example.net', 'c.example.net'],
        samples: [{ line: 1 }, { line: 3 }, { line: 4 }],
      },
    ]);
    expect(exitCode).toBe(1);
    const since = await reportOf([path], { since: new Date(2026, 10, 24, 9, 3).getTime() });
    expect(named(since.causes)).toEqual(['net.refused 2']);
    expect(await reportOf([path], { wanted: () => false })).toMatchObject({ causes: [], exitCode: 0 });
  });

  test('a line of a stack trace has the time of the line above', async () => {
    const path = place.write(
      'trace.log',
      '2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.http: Traceback (most recent call last):\n  File "x.py", line 1\nConnectionRefusedError: [Errno 111] Connection refused\n',
    );
    const { causes } = await reportOf([path]);
    expect(causes.find(({ cause }) => cause === 'net.refused')?.first).toBe('2026-11-24T00:00:17.001Z');
  });

  test('a message is joined over files by queue id and Message-ID', async () => {
    const mta = place.write(
      'joined-mail.log',
      [
        'Nov 24 09:00:01 mx postfix/cleanup[1]: 4XdJoined01z: message-id=<42@crm.example.jp>',
        'Nov 24 09:00:01 mx postfix/qmgr[1]: 4XdJoined01z: from=<sales@example.jp>, size=1, nrcpt=1 (queue active)',
        'Nov 24 09:00:02 mx postfix/smtp[1]: 4XdJoined01z: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=1, dsn=5.1.1, status=bounced (host mx.example.net[198.51.100.4] said: 550 5.1.1 no such user (in reply to RCPT TO command))',
      ].join('\n'),
    );
    const crm = place.write(
      'joined-crm.log',
      '[1] [Tue Nov 24 00:00:00 2026] [critical]: <42@crm.example.jp> Could not send mail with command `x`: program unexpectedly closed pipe (y:1)\n',
    );
    const { causes, hidden } = await reportOf([mta, crm]);
    expect(causes[0]?.samples[0]?.joined).toMatchObject({
      sender: 'sales@example.jp',
      recipients: ['b@example.net'],
      relay: 'mx.example.net[198.51.100.4]:25',
      messageId: '<42@crm.example.jp>',
      lines: expect.arrayContaining([`${mta}:1`, `${mta}:2`, `${crm}:1`]),
    });
    expect(hidden[0]?.samples[0]?.joined).toMatchObject({ sender: 'sales@example.jp', recipients: ['b@example.net'] });
  });

  test('unknown error lines are counted by their shape and not guessed', async () => {
    const line = (n: number) =>
      `Nov 24 09:00:0${n} mx crmd[${n}]: error: frobnication of 10.0.0.${n} failed for u${n}@example.jp\n`;
    const { causes, unknown, exitCode } = await reportOf([place.write('unknown.log', [1, 2, 3].map(line).join(''))]);
    expect(causes).toEqual([]);
    expect(unknown).toMatchObject({ lines: 3, shapes: [{ count: 3 }] });
    expect(exitCode).toBe(3);
  });
});

describe('follow', () => {
  test('reads what is appended, goes over to the next file, and notices one that was emptied', async () => {
    const path = place.write('tail.log', refused('a.example.net'));
    const ending = new AbortController();
    const fresh: string[] = [];
    const steps: readonly (() => void)[] = [
      () => appendFileSync(path, refused('b.example.net').slice(0, 40)),
      () => appendFileSync(path, refused('b.example.net').slice(40)),
      () => {
        // What is written just before the rotation is still read.
        appendFileSync(path, refused('c.example.net'));
        renameSync(path, `${path}.1`);
        writeFileSync(path, `${refused('d.example.net')}2026-11-24T00:00:15.000Z Error: certificate has expired\n`);
      },
      () => {
        truncateSync(path, 0);
      },
      () => appendFileSync(path, refused('e.example.net')),
      () => ending.abort(),
    ];
    let step = 0;
    const report = await reportOf([path], {
      follow: {
        signal: ending.signal,
        pause: async () => {
          steps[step]?.();
          step += 1;
        },
      },
      onNew: ({ key }) => fresh.push(key),
      interrupted: () => 'SIGINT',
    });
    expect(named(report.causes)).toEqual(['net.refused 5', 'tls.certificate-expired 1']);
    expect(fresh).toEqual(['net.refused', 'tls.certificate-expired']);
    expect(report).toMatchObject({ exitCode: 130, interrupted: 'SIGINT' });
  });
});
