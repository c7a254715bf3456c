import { describe, expect, test } from '@jest/globals';
import { nameInForm, providerCandidates, providerOf, providerOfServer } from '../../src/reason/provider.ts';
import { providers } from '../../src/reason/providers.ts';

describe('the table of providers', () => {
  test.each(providers.map((provider) => [provider.id, provider] as const))('%s is whole', (id, provider) => {
    expect(providers.filter((other) => other.id === id)).toHaveLength(1);
    expect(provider.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(provider.source).not.toBe('');
    expect(provider.services.some(({ protocol }) => protocol === 'smtp')).toBe(true);
    expect(provider.services.some(({ protocol }) => protocol !== 'smtp')).toBe(true);
    for (const { host } of provider.services)
      expect(host).toMatch(/^(\{mx\}|([a-z]+\.)?\{domain\}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/);
    for (const name of [...provider.servers, ...provider.domains]) expect(name).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    for (const { en, ja } of provider.note ? [provider.note] : []) {
      expect(en).toMatch(/\.$/);
      expect(ja).toMatch(/[\u3040-\u30ff].*。$/);
    }
  });

  test.each([
    ['gmail.com', [], 'google'],
    ['example.jp', ['aspmx.l.google.com'], 'google'],
    ['example.jp', ['example-jp.mail.protection.outlook.com.'], 'microsoft-365'],
    ['hotmail.co.jp', [], 'outlook.com'],
    ['yahoo.co.jp', [], 'yahoo-japan'],
    ['yahoo.com', [], 'yahoo'],
    ['shop.example.jp', ['MX01.LOLIPOP.JP'], 'lolipop'],
    ['example.jp', ['mail1041.onamae.ne.jp'], 'onamae'],
    ['example.jp', ['mx.example.jp', 'sv1.xserver.jp'], 'xserver'],
    ['me.com', [], 'icloud'],
  ])('%s with %j is %s', (domain, servers, id) => {
    expect(providerOf(domain, servers)?.provider.id).toBe(id);
  });

  test.each([
    ['notgmail.com', []],
    ['example.jp', ['evilgoogle.com', 'google.com.example.jp']],
    ['example.jp', ['ik1.vs.sakura.ne.jp']],
  ])('%s with %j is nobody known', (domain, servers) => {
    expect(providerOf(domain, servers)).toBeUndefined();
  });

  test('a server of a provider is known by its name, and one that only looks so is not', () => {
    expect(providerOfServer('imap.gmail.com')?.id).toBe('google');
    expect(providerOfServer('SV9.xserver.jp.')?.id).toBe('xserver');
    expect(providerOfServer('imap.gmail.com.evil.example')).toBeUndefined();
    expect(providerOfServer('mx')).toBeUndefined();
  });

  test('a host that is the mailbox’s own is filled in, with the login name in its form', () => {
    const known = providerOf('example.jp', ['sv1.xserver.jp']);
    expect(known && providerCandidates(known, 'sales@example.jp').imap).toEqual([
      { host: 'sv1.xserver.jp', port: 993, security: 'tls', username: 'sales@example.jp', from: 'provider' },
    ]);
    const yahoo = providerOf('yahoo.co.jp', []);
    expect(yahoo && providerCandidates(yahoo, 'hanako@yahoo.co.jp').smtp).toMatchObject([{ username: 'hanako' }]);
    const byDomain = providerOf('sakura.ne.jp', []);
    expect(byDomain && providerCandidates(byDomain, 'a@sakura.ne.jp').imap).toEqual([]);
    expect(nameInForm('other', 'a@b.test')).toBeUndefined();
  });
});
