import { afterAll, describe, expect, test } from '@jest/globals';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
const at = { cwd: place.directory };
afterAll(place.remove);

describe('crm-doctor explain with a pasted text', () => {
  test.each([
    [
      '535-5.7.8 Username and Password not accepted. For more information, go to',
      'auth.wrong-credentials',
      'auth.app-password-required',
    ],
    ['-ERR [AUTH] Authentication failed.', 'auth.wrong-credentials', ''],
    ['Error: self-signed certificate in certificate chain', 'tls.unknown-issuer', 'tls.intercepted'],
    ['status=deferred (connect to mx.example.net[198.51.100.4]:25: Connection\n timed out)', 'net.filtered', ''],
    ['450 4.7.1 Greylisting in action, please come back later', 'smtp.greylisted', ''],
    ['ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:587', 'net.refused', ''],
    ['ECONNREFUSED', 'net.refused', ''],
    ['ETIMEDOUT', 'net.filtered', ''],
    ['ENOTFOUND', 'dns.no-such-host', ''],
    ['EAI_AGAIN', 'dns.resolver-unreachable', ''],
  ])('%s', async (text, cause, other) => {
    for (const lang of ['en', 'ja']) {
      const { code, out } = await commandLine(['explain', text, '--lang', lang], at);
      expect(code).toBe(0);
      expect(out).toContain(`[${cause}]`);
      expect(out).toContain(other);
      expect(out).toContain('crm-doctor mail');
    }
  });

  test('the words may stand without quotes', async () => {
    expect(
      (await commandLine(['explain', 'Relay', 'access', 'denied', '554', '5.7.1', '<a@b.test>:'], at)).code,
    ).toBeDefined();
    const { out } = await commandLine(['explain', '554', '5.7.1', '<a@b.test>:', 'Relay', 'access', 'denied'], at);
    expect(out).toContain('[smtp.relay-denied]');
  });

  test.each([
    [['STARTTLS'], 'en', 'switched to it'],
    [['証明書'], 'ja', 'サーバーの身分証'],
    [['app', 'password'], 'en', 'made for one program'],
  ] as const)('%j is a term', async (given, lang, gloss) => {
    const { code, out } = await commandLine(['explain', ...given, '--lang', lang], at);
    expect(code).toBe(0);
    expect(out).toContain(gloss);
  });

  test('the page of a term names the causes that have to do with it', async () => {
    const { out } = await commandLine(['explain', 'intermediate certificate', '--json'], at);
    const page = JSON.parse(out) as { readonly causes: readonly { readonly id: string }[] };
    expect(page).toMatchObject({ term: 'intermediate-certificate', other: '中間証明書' });
    expect(page.causes.map(({ id }) => id)).toContain('tls.incomplete-chain');
  });

  test('says how sure it is and names the check that decides', async () => {
    const { out } = await commandLine(['explain', 'certificate has expired', '--json'], at);
    expect(JSON.parse(out)).toMatchObject({
      candidates: [
        { cause: 'tls.certificate-expired', confidence: expect.any(Number) },
        { cause: 'tls.trust-store-outdated' },
        { cause: 'clock.skewed' },
      ],
      verify: expect.stringContaining('mail.tls'),
    });
  });

  test.each([
    ['en', 'does not guess'],
    ['ja', '推測はしません'],
  ])('an unknown text is said to be unknown in %s', async (lang, words) => {
    const { code, out } = await commandLine(['explain', 'the frobnicator has 3 loose screws', '--lang', lang], at);
    expect(code).toBe(3);
    expect(out).toContain(words);
    expect(out).toContain('crm-doctor mail');
  });

  test('a mistyped id and a mistyped option are wrong calls still; an id is explained as before', async () => {
    expect(await commandLine(['explain', 'tls.expired'], at)).toMatchObject({
      code: 2,
      err: expect.stringContaining('tls.certificate-expired'),
    });
    expect((await commandLine(['explain', 'tls.self-signed', '--jsn'], at)).code).toBe(2);
    expect(await commandLine(['explain', 'tls.self-signed'], at)).toMatchObject({
      code: 0,
      out: expect.stringContaining('[tls.self-signed]'),
    });
  });
});
