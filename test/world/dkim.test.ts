import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import type { DnsReply } from '../../src/model/dns-facts.ts';
import { verifyDkim } from '../../src/world/dkim.ts';

type Zone = Readonly<Record<string, readonly string[] | 'SERVFAIL' | 'silent'>>;

/** Names that are not in the zone do not exist. */
const dnsOf = (zone: Zone) => ({
  query: (name: string): Promise<DnsReply> => {
    const found = zone[name];
    if (found === 'silent') return Promise.resolve({ kind: 'silent', servers: [], ms: 0 });
    const rcode = found === 'SERVFAIL' ? found : found ? 'NOERROR' : 'NXDOMAIN';
    const records = Array.isArray(found)
      ? found.map((data: string) => ({ type: 'TXT' as const, name, ttl: 60, data }))
      : [];
    return Promise.resolve({
      kind: 'answered',
      rcode,
      records,
      cnames: [],
      authenticated: false,
      server: '192.0.2.53',
      ms: 0,
    });
  },
});

interface OracleResult {
  readonly status: { readonly result: string; readonly comment?: string };
}
interface Oracle {
  readonly dkimVerify: (
    message: Buffer,
    options: { readonly resolver: (name: string) => Promise<string[][]>; readonly curTime: Date },
  ) => Promise<{ readonly results: readonly OracleResult[] }>;
}
interface Signer {
  readonly dkimSign: (
    message: Buffer,
    options: Readonly<Record<string, unknown>>,
  ) => Promise<{ readonly signatures: string; readonly errors: readonly unknown[] }>;
}
const load = createRequire(import.meta.url);
// The package's own types name files that are not there.
const { dkimVerify } = load('mailauth/lib/dkim/verify') as Oracle;
const { dkimSign } = load('mailauth/lib/dkim/sign') as Signer;

const now = new Date('2026-11-25T09:00:00Z');
const { signal } = new AbortController();
const ours = (message: string | Buffer, zone: Zone, at = now) =>
  verifyDkim(typeof message === 'string' ? Buffer.from(message, 'latin1') : message, dnsOf(zone), at, signal);

const notFound = (): Error => Object.assign(new Error('not found'), { code: 'ENOTFOUND' });

/** What mailauth says, in our words: its neutral is a permerror, or a fail where the body or the time is the reason. */
const theirs = async (message: string, zone: Zone): Promise<readonly string[]> => {
  const { results } = await dkimVerify(Buffer.from(message, 'latin1'), {
    curTime: now,
    resolver: (name) => {
      const found = zone[name];
      if (!found) return Promise.reject(notFound());
      if (!Array.isArray(found)) return Promise.reject(Object.assign(new Error('failed'), { code: 'ESERVFAIL' }));
      return Promise.resolve(found.map((text: string) => [text]));
    },
  });
  return results.map(({ status: { result, comment = '' } }) => {
    if (result === 'policy') return 'permerror';
    if (result !== 'neutral') return result;
    return /body hash|expired/.test(comment) ? 'fail' : 'permerror';
  });
};

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ed = generateKeyPairSync('ed25519');
const spki = (key: KeyObject): string => key.export({ type: 'spki', format: 'der' }).toString('base64');
const rsaKey = spki(rsa.publicKey);
const edKey = Buffer.from(ed.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)).toString('base64');

const plain = [
  'From: Sales <sales@aozora.test>',
  'To: sales@aozora.test',
  'Subject: =?utf-8?B?44OG44K544OI?=',
  ' and  more',
  'X-Twice: one',
  'X-Twice: two',
  'Date: Wed, 25 Nov 2026 08:59:00 +0000',
  '',
  'Hello  there \t',
  '',
  'bye',
  '',
  '',
  '',
].join('\r\n');

interface How {
  readonly algorithm?: string;
  readonly canonicalization?: string;
  readonly text?: string;
  readonly expires?: string;
  readonly maxBodyLength?: number;
}

const signedBy = async (
  { algorithm = 'rsa-sha256', canonicalization = 'relaxed/relaxed', text = plain, ...more }: How,
  zoneKey?: string,
): Promise<{ readonly message: string; readonly zone: Zone }> => {
  const isRsa = algorithm.startsWith('rsa');
  const { signatures, errors } = await dkimSign(Buffer.from(text, 'latin1'), {
    canonicalization,
    algorithm,
    signTime: new Date(now.getTime() - 60_000),
    signatureData: [
      {
        signingDomain: 'aozora.test',
        selector: 's1',
        privateKey: (isRsa ? rsa : ed).privateKey.export({ type: 'pkcs8', format: 'pem' }),
        ...(more.maxBodyLength === undefined ? {} : { maxBodyLength: more.maxBodyLength }),
      },
    ],
    ...(more.expires === undefined ? {} : { expires: new Date(more.expires) }),
  });
  expect(errors).toEqual([]);
  const record = isRsa ? `v=DKIM1; k=rsa; p=${rsaKey}` : `v=DKIM1; k=ed25519; p=${edKey}`;
  return { message: `${signatures}${text}`, zone: { 's1._domainkey.aozora.test': [zoneKey ?? record] } };
};

// RFC 8463 appendix A.3
const published = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
  ' subject : date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
  ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
  'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=test; t=1528637909; h=from : to : subject :',
  ' date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3',
  ' DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz',
  ' dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=',
  'From: Joe SixPack <joe@football.example.com>',
  'To: Suzie Q <suzie@shopping.example.net>',
  'Subject: Is dinner ready?',
  'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
  'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
  '',
  'Hi.',
  '',
  'We lost the game.  Are you hungry yet?',
  '',
  'Joe.',
  '',
].join('\r\n');
const publishedZone: Zone = {
  'brisbane._domainkey.football.example.com': ['v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='],
  'test._domainkey.football.example.com': [
    'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB',
  ],
};

describe('a signature that is right', () => {
  test('passes: the published example, both algorithms', async () => {
    expect(await ours(published, publishedZone)).toEqual([
      { domain: 'football.example.com', selector: 'brisbane', result: 'pass', bodyHash: 'ok', bits: 256 },
      { domain: 'football.example.com', selector: 'test', result: 'pass', bodyHash: 'ok', bits: 1024 },
    ]);
    expect(await ours(published.replaceAll('\r\n', '\n'), publishedZone)).toMatchObject([
      { result: 'pass' },
      { result: 'pass' },
    ]);
  });

  test.each([
    [{}],
    [{ canonicalization: 'simple/simple' }],
    [{ canonicalization: 'relaxed/simple' }],
    [{ canonicalization: 'simple/relaxed' }],
    [{ algorithm: 'ed25519-sha256' }],
    [{ algorithm: 'ed25519-sha256', canonicalization: 'simple/simple' }],
    [{ text: 'From: a@aozora.test\r\n\r\n' }],
    [{ text: 'From: a@aozora.test\r\n\r\n', canonicalization: 'simple/simple' }],
    [{ text: 'From: a@aozora.test\r\n\r\n\r\n \r\n\r\n' }],
    [{ text: 'From: a@aozora.test\r\n\r\nno end of line' }],
    [{ text: `From: a@aozora.test\r\n\r\n${'\r\n'.repeat(500)}x` }],
  ])('passes: %j', async (how) => {
    const { message, zone } = await signedBy(how);
    expect(await ours(message, zone)).toMatchObject([{ domain: 'aozora.test', selector: 's1', result: 'pass' }]);
    expect(await theirs(message, zone)).toEqual(['pass']);
  });
});

const altered = (from: RegExp, to: string) => (message: string) => message.replace(from, to);

describe('what happens on the way', () => {
  test.each([
    ['the subject is changed', altered(/more/, 'less'), {}, { result: 'fail', why: 'signature', bodyHash: 'ok' }],
    ['the body is changed', altered(/bye/, 'bye!'), {}, { result: 'fail', why: 'body-hash', bodyHash: 'mismatch' }],
    ['a footer is added', (m: string) => `${m}-- \r\nfooter\r\n`, {}, { result: 'fail', why: 'body-hash' }],
    ['white space is changed', altered(/Hello {2}there/, 'Hello there'), {}, { result: 'pass' }],
    ['the subject is folded anew', altered(/\r\n and {2}more/, ' and\r\n\tmore'), {}, { result: 'pass' }],
    [
      'white space is changed, simple',
      altered(/Hello {2}there/, 'Hello there'),
      { canonicalization: 'relaxed/simple' },
      { result: 'fail', why: 'body-hash' },
    ],
    ['a field is put on top', (m: string) => `Received: by x; now\r\n${m}`, {}, { result: 'pass' }],
  ])('%s', async (_name, change, how, expected) => {
    const { message, zone } = await signedBy(how);
    const changed = change(message);
    expect(changed).not.toBe(message);
    expect(await ours(changed, zone)).toMatchObject([expected]);
    expect(await theirs(changed, zone)).toEqual([expected.result]);
  });

  test('a field that h= names once too often may not be added', async () => {
    const twice = published.replace('Subject: Is', 'Subject: first\r\nSubject: Is');
    expect(await ours(twice, publishedZone)).toMatchObject([{ result: 'fail' }, { result: 'fail' }]);
  });
});

describe('the key', () => {
  test.each([
    ['is not there', [], 'no-key'],
    ['is another text', ['v=spf1 -all'], 'no-key'],
    ['was withdrawn', ['v=DKIM1; p='], 'key-revoked'],
    ['is no base64', ['v=DKIM1; p=MIG*'], 'key-base64'],
    ['was cut', [`v=DKIM1; p=${rsaKey.slice(0, 100)}`], 'key-key'],
    ['is of another version', [`v=DKIM2; p=${rsaKey}`], 'key-version'],
    ['is of another kind', [`v=DKIM1; k=dsa; p=${rsaKey}`], 'key-algorithm'],
    ['is for the other algorithm', [`v=DKIM1; k=ed25519; p=${edKey}`], 'key-algorithm'],
  ])('%s', async (_name, records, why) => {
    const { message } = await signedBy({});
    const zone: Zone = { 's1._domainkey.aozora.test': records };
    expect(await ours(message, zone)).toMatchObject([{ result: 'permerror', why, bodyHash: 'ok' }]);
    expect(await theirs(message, zone)).toEqual(['permerror']);
  });

  test.each([
    ['is for another hash', `v=DKIM1; h=sha1; p=${rsaKey}`, 'key-hash'],
    ['is not for mail', `v=DKIM1; s=tlsrpt; p=${rsaKey}`, 'key-service'],
    [
      'is too short',
      `v=DKIM1; p=${spki(generateKeyPairSync('rsa', { modulusLength: 768 }).publicKey)}`,
      'key-too-short',
    ],
  ])('%s', async (_name, record, why) => {
    const { message } = await signedBy({});
    expect(await ours(message, { 's1._domainkey.aozora.test': [record] })).toMatchObject([
      { result: 'permerror', why },
    ]);
  });

  test.each([
    ['has no v=', `p=${rsaKey}`],
    ['has white space in it', `v=DKIM1; k=rsa; p=${rsaKey.slice(0, 60)} ${rsaKey.slice(60)}`],
    [
      'is the bare RSAPublicKey',
      `v=DKIM1; p=${rsa.publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64')}`,
    ],
    ['stands beside another text', `v=DKIM1; h=sha256; s=email; p=${rsaKey}`],
  ])('is good although it %s', async (_name, record) => {
    const { message } = await signedBy({});
    const zone: Zone = { 's1._domainkey.aozora.test': ['another text', record] };
    expect(await ours(message, zone)).toMatchObject([{ result: 'pass', bits: 1024 }]);
  });

  test('that is being tested is said so', async () => {
    const { message, zone } = await signedBy({}, `v=DKIM1; t=y; p=${rsaKey}`);
    expect(await ours(message, zone)).toMatchObject([{ result: 'pass', testing: true }]);
  });

  test.each(['SERVFAIL', 'silent'] as const)('could not be asked for: %s', async (how) => {
    const { message } = await signedBy({});
    const zone: Zone = { 's1._domainkey.aozora.test': how };
    expect(await ours(message, zone)).toMatchObject([{ result: 'temperror', why: 'dns' }]);
    expect(await theirs(message, zone)).toEqual(['temperror']);
  });
});

describe('the signature itself', () => {
  test.each([
    ['of another version', altered(/v=1;/, 'v=2;'), 'version'],
    ['with SHA-1', altered(/a=rsa-sha256/, 'a=rsa-sha1'), 'algorithm'],
    ['that does not cover From', altered(/: From;/, ';'), 'from-not-signed'],
    ['of an identity elsewhere', altered(/; s=s1/, '; i=@other.test; s=s1'), 'identity'],
    ['with a tag twice', altered(/; s=s1/, '; s=s1; s=s1'), 'syntax'],
    ['with an unknown way', altered(/c=relaxed\/relaxed/, 'c=nowsp/simple'), 'canonicalization'],
    ['whose key is elsewhere', altered(/q=dns\/txt/, 'q=ldap'), 'query'],
    ['without a value', altered(/;\s*bh=[^;]*/, ''), 'syntax'],
  ])('%s is not usable', async (_name, change, why) => {
    const { message, zone } = await signedBy({});
    const changed = change(message);
    expect(changed).not.toBe(message);
    expect(await ours(changed, zone)).toMatchObject([{ result: 'permerror', why }]);
  });

  test('runs out, and comes from the future', async () => {
    const { message, zone } = await signedBy({ expires: '2026-11-25T08:59:30Z' });
    expect(await ours(message, zone)).toMatchObject([{ result: 'fail', why: 'expired' }]);
    expect(await theirs(message, zone)).toEqual(['fail']);
    const past = new Date('2026-11-25T08:00:00Z');
    expect(await ours(message, zone, past)).toMatchObject([{ result: 'fail', why: 'from-the-future' }]);
  });

  test('may cover the beginning of the body only', async () => {
    const { message, zone } = await signedBy({ maxBodyLength: 8 });
    expect(message).toMatch(/\sl=8;/);
    expect(await ours(`${message}more\r\n`, zone)).toMatchObject([{ result: 'pass' }]);
    expect(await ours(message.replace(/Hello.*/s, 'Hell'), zone)).toMatchObject([
      { result: 'fail', bodyHash: 'mismatch' },
    ]);
  });

  test('is missing', async () => {
    expect(await ours(plain, {})).toEqual([]);
    expect(await ours('', {})).toEqual([]);
    expect(await ours('no header at all', {})).toEqual([]);
  });
});

test('ten signatures are looked at, whatever a stranger sends', async () => {
  const { message, zone } = await signedBy({});
  const signature = message.slice(0, message.indexOf('From:'));
  expect(await ours(`${signature.repeat(500)}${plain}`, zone)).toHaveLength(10);
  const garbage = Buffer.concat([Buffer.from('DKIM-Signature: v=1; '), Buffer.alloc(2_000_000, ';b =')]);
  expect(await ours(garbage, zone)).toMatchObject([{ result: 'permerror' }]);
  const blanks = `DKIM-Signature: v=1${' \r\n\t'.repeat(300_000)}\r\n\r\n${'\r\n '.repeat(300_000)}`;
  expect(await ours(blanks, zone)).toMatchObject([{ result: 'permerror' }]);
});
