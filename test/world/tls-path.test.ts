import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anchorsOf, faultOf, pathFrom } from '../../src/world/tls-path.ts';

let folder = '';
const file = (name: string): string => join(folder, name);

const openssl = (...words: readonly string[]): void => {
  execFileSync('openssl', words, { stdio: 'ignore', cwd: folder });
};

const key = (name: string): void =>
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`);

interface Issue {
  readonly subject: string;
  readonly key: string;
  readonly by?: { readonly cert: string; readonly key: string };
  readonly days?: number;
  readonly ca?: boolean;
}

const issue = (name: string, { subject, key: own, by, days = 100, ca = false }: Issue): void => {
  writeFileSync(
    file('ext.cnf'),
    `basicConstraints=critical,CA:${ca ? 'TRUE' : 'FALSE'}\nsubjectKeyIdentifier=none\nauthorityKeyIdentifier=none\n`,
  );
  openssl('req', '-new', '-key', `${own}.key`, '-subj', `/CN=${subject}`, '-out', 'csr.pem');
  const signer = by
    ? ['-CA', `${by.cert}.pem`, '-CAkey', `${by.key}.key`, '-CAcreateserial']
    : ['-signkey', `${own}.key`];
  openssl(
    'x509',
    '-req',
    '-in',
    'csr.pem',
    ...signer,
    '-days',
    `${days}`,
    '-extfile',
    'ext.cnf',
    '-out',
    `${name}.pem`,
  );
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'path-'));
  for (const name of ['root', 'old', 'private', 'int', 'int2', 'leaf', 'fake']) key(name);
  issue('root', { subject: 'Root', key: 'root', ca: true });
  issue('old', { subject: 'Old Root', key: 'old', ca: true });
  issue('private', { subject: 'Private Root', key: 'private', ca: true });
  issue('int', { subject: 'Int', key: 'int', by: { cert: 'root', key: 'root' }, ca: true });
  issue('int-expired', { subject: 'Int', key: 'int', by: { cert: 'root', key: 'root' }, ca: true, days: -1 });
  issue('int2', { subject: 'Int2', key: 'int2', by: { cert: 'int', key: 'int' }, ca: true });
  // The new root signed by the old one, and the same intermediate below a private root (RFC 5280 calls both
  // cross-certificates).
  issue('root-by-old', { subject: 'Root', key: 'root', by: { cert: 'old', key: 'old' }, ca: true });
  issue('int-by-private', { subject: 'Int', key: 'int', by: { cert: 'private', key: 'private' }, ca: true });
  issue('leaf', { subject: 'leaf', key: 'leaf', by: { cert: 'int', key: 'int' } });
  issue('leaf-expired', { subject: 'leaf', key: 'leaf', by: { cert: 'int', key: 'int' }, days: -1 });
  issue('leaf2', { subject: 'leaf', key: 'leaf', by: { cert: 'int2', key: 'int2' } });
  issue('leaf-of-leaf', { subject: 'below', key: 'fake', by: { cert: 'leaf', key: 'leaf' } });
  issue('int-forged', { subject: 'Int', key: 'fake', by: { cert: 'root', key: 'root' }, ca: true });
  issue('self', { subject: 'leaf', key: 'leaf' });
  issue('expired-root', { subject: 'Root', key: 'root', ca: true, days: -1 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const text = (name: string): string => readFileSync(file(`${name}.pem`), 'utf8');

/** What OpenSSL's own tool says; dates are another question. */
const verdict = (
  trusted: readonly string[],
  sent: readonly string[],
): { readonly ok: boolean; readonly says: string } => {
  writeFileSync(file('trusted.txt'), trusted.map(text).join(''));
  writeFileSync(file('sent.txt'), sent.map(text).join(''));
  const words = [
    'verify',
    '-no_check_time',
    '-no-CApath',
    '-no-CAstore',
    '-auth_level',
    '0',
    '-CAfile',
    'trusted.txt',
    '-untrusted',
    'sent.txt',
    `${sent[0]}.pem`,
  ];
  const { status, stderr } = spawnSync('openssl', words, { cwd: folder, encoding: 'utf8' });
  return { ok: status === 0, says: stderr };
};

const codes: Readonly<Record<string, RegExp>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: /error 18 /,
  SELF_SIGNED_CERT_IN_CHAIN: /error 19 /,
  // 2 where the last certificate that leads up is the store's own.
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: /error (?:2|20) /,
  // The tool names the first fault, node the last: a lone leaf has 20 and 21.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: /error 2[01] /,
};

describe('the own walk agrees with OpenSSL', () => {
  test.each<[string, readonly string[], readonly string[], boolean]>([
    ['a full chain', ['root'], ['leaf', 'int'], true],
    ['a chain with its root', ['root'], ['leaf', 'int', 'root'], true],
    ['the wrong order', ['root'], ['leaf', 'root', 'int'], true],
    ['two intermediates in the wrong order', ['root'], ['leaf2', 'int', 'int2'], true],
    ['strangers among them', ['root'], ['leaf', 'old', 'self', 'private', 'int'], true],
    ['an expired leaf, dates aside', ['root'], ['leaf-expired', 'int'], true],
    ['an expired intermediate, dates aside', ['root'], ['leaf', 'int-expired'], true],
    ['an expired root, dates aside', ['expired-root'], ['leaf', 'int'], true],
    ['a root that is cross-signed by the only trusted one', ['old'], ['leaf', 'int', 'root-by-old'], true],
    ['an intermediate that the store holds', ['root', 'int'], ['leaf'], true],
    ['a self-signed leaf that is trusted', ['self'], ['self'], true],
    ['a missing intermediate', ['root'], ['leaf'], false],
    ['a missing upper intermediate', ['root'], ['leaf2', 'int2'], false],
    ['an unknown root', ['old'], ['leaf', 'int'], false],
    ['an unknown root that is sent', ['old'], ['leaf', 'int', 'root'], false],
    ['a self-signed leaf', ['root'], ['self'], false],
    ['a trusted intermediate without its root', ['int'], ['leaf'], false],
    ['an issuer of the right name and the wrong key', ['root'], ['leaf', 'int-forged'], false],
    ['an issuer that is no authority', ['root'], ['leaf-of-leaf', 'leaf', 'int'], false],
  ])('%s', async (name, trusted, sent, expected) => {
    const ca = file(`${name}.ca`);
    writeFileSync(ca, trusted.map(text).join(''));
    const chain = sent.map((each) => new X509Certificate(text(each)));
    const [leaf] = chain;
    if (!leaf) throw new Error('a chain has a leaf');
    const path = pathFrom(leaf, chain, await anchorsOf({ ca }));
    const oracle = verdict(trusted, sent);
    expect(oracle.ok).toBe(expected);
    expect(path.trusted).toBe(expected);
    // Where an issuer does not fit, the words differ (OpenSSL: invalid CA); the walk only says how far it came.
    if (!expected && !/forged|leaf-of/.test(sent.join())) expect(oracle.says).toMatch(codes[faultOf(path)] ?? /never/);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['root', ['root'], ['leaf', 'int-by-private', 'int']],
    ['private root', ['private'], ['leaf', 'int', 'int-by-private']],
  ])('but finds every way up to the %s, where OpenSSL goes the first only', async (name, trusted, sent) => {
    const ca = file(`cross ${name}.ca`);
    writeFileSync(ca, trusted.map(text).join(''));
    const chain = sent.map((each) => new X509Certificate(text(each)));
    expect(verdict(trusted, sent).ok).toBe(false);
    expect(chain[0] && pathFrom(chain[0], chain, await anchorsOf({ ca })).trusted).toBe(true);
  });

  test('certificates that all sign each other end the walk soon', async () => {
    issue('ring', { subject: 'Ring', key: 'fake', ca: true });
    // Same name and key throughout, so each is an issuer of each.
    const ring = Array.from({ length: 12 }, (_, at) => {
      issue(`ring${at}`, { subject: 'Ring', key: 'fake', by: { cert: 'ring', key: 'fake' }, ca: true, days: 50 + at });
      return `ring${at}`;
    });
    const chain = ring.map((name) => new X509Certificate(text(name)));
    const [first] = chain;
    if (!first) throw new Error('a ring has a first');
    const effort = { checks: 0 };
    expect(pathFrom(first, chain, await anchorsOf({}), [], effort).trusted).toBe(false);
    expect(effort.checks).toBeGreaterThan(50);
    expect(effort.checks).toBeLessThan(300);
  });
});
