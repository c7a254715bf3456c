import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.ts';
import { type MailFlags, mailFromFlags } from '../../src/config/mail-flags.ts';

const cwd = resolve('/srv');
const read = (flags: MailFlags, env: Record<string, string> = {}) =>
  mailFromFlags({ address: 'a@example.jp', ...flags }, env, cwd);

test.each<[string, object]>([
  ['mail.example.jp', { host: 'mail.example.jp' }],
  ['mail.example.jp:465', { host: 'mail.example.jp', port: 465 }],
  ['mail.example.jp:465/tls', { host: 'mail.example.jp', port: 465, security: 'tls' }],
  ['mail.example.jp/starttls', { host: 'mail.example.jp', security: 'starttls' }],
  ['192.0.2.1:25/none', { host: '192.0.2.1', port: 25, security: 'none' }],
  ['[::1]:993/tls', { host: '::1', port: 993, security: 'tls' }],
  ['[2001:db8::1]', { host: '2001:db8::1' }],
  ['2001:db8::1', { host: '2001:db8::1' }],
  ['fe80::1%eth0/tls', { host: 'fe80::1%eth0', security: 'tls' }],
  // What cannot be right is a diagnosis.
  ['mail.example.jp:99999', { host: 'mail.example.jp', port: 99_999 }],
  ['https://mail.example.jp:443/', { host: 'https://mail.example.jp:443/' }],
  ['', { host: '' }],
  ['ｍａｉｌ．example.jp ', { host: 'ｍａｉｌ．example.jp ' }],
])('--smtp %j', (flag, service) => {
  const { mail } = read({ smtp: flag, imap: flag, pop3: flag });
  expect([mail.smtp, mail.imap, mail.pop3]).toEqual([service, service, service]);
});

test('the other flags', () => {
  expect(
    read(
      {
        username: 'u',
        sender: 's@example.jp',
        ca: 'ca.pem',
        as: 'php',
        ehlo: 'crm',
        family: '6',
        send: true,
        passwordEnv: 'P',
      },
      { P: 'x' },
    ),
  ).toEqual({
    mail: {
      address: 'a@example.jp',
      username: 'u',
      password: { secret: 'mail.password' },
      from: 's@example.jp',
      ca: '/srv/ca.pem',
      roundTrip: { enabled: true, timeoutMs: 60_000 },
      as: 'php',
      ehlo: 'crm',
      family: 6,
    },
    secrets: new Map([['mail.password', { kind: 'value', value: 'x' }]]),
  });
  expect([...read({ passwordFile: './p' }).secrets.values()]).toEqual([{ kind: 'file', file: '/srv/p' }]);
});

test.each<[MailFlags, object]>([
  [{ as: 'php@7.0' }, { as: 'php', asVersion: '7.0' }],
  [{ as: 'java@8u202' }, { as: 'java', asVersion: '8u202' }],
  [{ trust: 'none' }, { trust: 'none' }],
  [{ trust: 'certs/cacert.pem' }, { trust: '/srv/certs/cacert.pem' }],
])('%j', (flags, mail) => {
  expect(read(flags).mail).toEqual({ address: 'a@example.jp', ...mail });
});

describe('flags that cannot be read', () => {
  test.each<[MailFlags, RegExp, RegExp]>([
    [{ smtp: 'h:' }, /--smtp: after the colon a port number/, /ポート番号/],
    [{ smtp: 'h:smtp' }, /--smtp: after the colon a port number/, /ポート番号/],
    [{ imap: 'h:993/ssl' }, /--imap: ssl cannot be used; did you mean tls\?/, /tls の間違い/],
    [{ pop3: 'h/' }, /--pop3: this value cannot be used; allowed: starttls/, /使える値/],
    [{ as: 'php@' }, /a runtime and its version/, /バージョン/],
    [{ as: 'php@7@0' }, /a runtime and its version/, /バージョン/],
    [{ as: 'pyhton' }, /did you mean python/, /python の間違い/],
    [{ family: '5' }, /--family: 5 cannot be used; allowed: 4, 6, any/, /使える値: 4、6、any/],
    [{ passwordEnv: 'NOPE' }, /variable NOPE is not set/, /環境変数 NOPE が設定されていません/],
    [{ passwordEnv: 'A', passwordFile: 'b' }, /together/, /同時に/],
  ])('%j', (flags, en, ja) => {
    try {
      read(flags, { A: 'x' });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      expect(error.file).toBeUndefined();
      expect(error.text.en).toMatch(en);
      expect(error.text.ja).toMatch(ja);
      return;
    }
    throw new Error('nothing was wrong');
  });

  test.each(['hunter2', 'p@ss w0rd', 'Zq7!'])(
    'a password in place of a variable name (%j) is not repeated',
    (password) => {
      expect(() => read({ passwordEnv: password })).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining(password) }),
      );
    },
  );
});
