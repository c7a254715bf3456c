import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { caaNames, issuersOf, readCaa } from '../../src/reason/caa.ts';
import { dmarcNames, findDmarc, readDmarc } from '../../src/reason/dmarc.ts';
import { coversMx, readStsPolicy, stsRecord } from '../../src/reason/mta-sts.ts';
import { meantTerm, mergedSpf, spfWith } from '../../src/reason/spf-repair.ts';
import type { AskDns } from '../../src/reason/spf-tree.ts';

type Zone = Readonly<Record<string, readonly string[] | 'SERVFAIL'>>;

const asking = (zone: Zone): { readonly ask: AskDns; readonly asked: readonly string[] } => {
  const asked: string[] = [];
  const ask: AskDns = (name, type) => {
    asked.push(name);
    const found = zone[name];
    const records = Array.isArray(found) ? found.map((data: string) => ({ type, name, ttl: 60, data })) : [];
    const rcode = found === 'SERVFAIL' ? found : found ? 'NOERROR' : 'NXDOMAIN';
    return Promise.resolve({ kind: 'answered', rcode, records, cnames: [], authenticated: false, server: '', ms: 0 });
  };
  return { ask, asked };
};

interface Oracle {
  readonly dmarc: (options: {
    readonly headerFrom: string;
    readonly spfDomains: readonly { readonly domain: string }[];
    readonly dkimDomains: readonly { readonly domain: string }[];
    readonly resolver: (name: string) => Promise<string[][]>;
  }) => Promise<{ readonly status: { readonly result: string }; readonly policy?: string; readonly rr?: string }>;
}
// The package's own types name files that are not there.
const { dmarc } = createRequire(import.meta.url)('mailauth/lib/dmarc') as Oracle;

const theirs = (zone: Zone, domain: string) =>
  dmarc({
    headerFrom: `sales@${domain}`,
    spfDomains: [],
    dkimDomains: [],
    resolver: (name) => {
      const found = zone[name];
      if (found === 'SERVFAIL') return Promise.reject(Object.assign(new Error('failed'), { code: 'ESERVFAIL' }));
      if (!found) return Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
      return Promise.resolve(found.map((text) => [text]));
    },
  });

const own = 'v=DMARC1; p=quarantine; sp=reject; rua=mailto:d@example.co.jp';

test.each([
  ['its own record', { '_dmarc.example.co.jp': [own] }, 'example.co.jp', 'quarantine'],
  ['one among other texts', { '_dmarc.example.co.jp': ['x', own] }, 'example.co.jp', 'quarantine'],
  ['that of the domain above, for subdomains', { '_dmarc.example.co.jp': [own] }, 'crm.example.co.jp', 'reject'],
  ['without sp', { '_dmarc.example.co.jp': ['v=DMARC1;p=none'] }, 'a.example.co.jp', 'none'],
  [
    'its own before that above',
    { '_dmarc.example.co.jp': [own], '_dmarc.crm.example.co.jp': ['v=DMARC1; p=none'] },
    'crm.example.co.jp',
    'none',
  ],
  ['none', {}, 'example.co.jp', undefined],
  ['several', { '_dmarc.example.co.jp': [own, 'v=DMARC1; p=none'] }, 'example.co.jp', undefined],
  ['another text', { '_dmarc.example.co.jp': ['v=spf1 -all'] }, 'example.co.jp', undefined],
] as const)('the policy of a domain: %s', async (_name, zone: Zone, domain, policy) => {
  const found = await findDmarc(domain, asking(zone).ask);
  expect(found.policy?.effective).toBe(policy);
  const oracle = await theirs(zone, domain);
  expect(oracle.status.result === 'none' ? undefined : oracle.policy).toBe(policy);
});

test('a DNS that fails is no missing record', async () => {
  const zone: Zone = { '_dmarc.example.co.jp': 'SERVFAIL' };
  expect(await findDmarc('example.co.jp', asking(zone).ask)).toMatchObject({ state: 'unreachable' });
  expect(await theirs(zone, 'example.co.jp')).toMatchObject({ status: { result: 'temperror' } });
  expect(await findDmarc('crm.example.co.jp', asking(zone).ask)).toMatchObject({ state: 'unreachable' });
});

test('the record of a registry is not that of its customers', async () => {
  const zone: Zone = { '_dmarc.jp': ['v=DMARC1; p=reject; psd=y'] };
  expect(await findDmarc('example.jp', asking(zone).ask)).toMatchObject({ state: 'none' });
});

test('a name of many labels costs eight questions', async () => {
  const name = Array.from({ length: 30 }, (_, index) => `l${index}`).join('.');
  expect(dmarcNames(name)).toHaveLength(8);
  expect(dmarcNames('example.co.jp')).toEqual(['example.co.jp', 'co.jp', 'jp']);
  const { ask, asked } = asking({ '_dmarc.example.co.jp': [own] });
  await findDmarc('example.co.jp', ask);
  expect(asked).toEqual(['_dmarc.example.co.jp']);
});

test.each([
  ['v=DMARC1; p=reject; pct=50; moo=x;', undefined],
  ['v=DMARC1;p=none;;', undefined],
  ['v=DMARC1; rua=mailto:a@b.example', undefined],
  ['v=DMARC1 ; p = none', undefined],
  ['v=dmarc1; p=none', 'version'],
  ['v=DMARC2; p=none', 'version'],
  ['p=none; v=DMARC1', 'version-not-first'],
  ['v=DMARC1; p=none; p=reject', 'twice'],
  ['v=DMARC1; p=none rua=mailto:a@b.example', 'bad-value'],
  ['v=DMARC1; none', 'no-equals'],
  ['v=DMARC1; p=none; adkim=x', 'bad-value'],
  ['v=DMARC1; p=none; sp=block', 'bad-value'],
  ['v=DMARC1; p=none; rua=a@b.example', 'bad-address'],
  ['v=DMARC1; p=none; rua=mailto:a@b.example, c@d.example', 'bad-address'],
])('%s', (record, why) => {
  const read = readDmarc(record);
  expect(read.kind === 'fault' ? read.why : undefined).toBe(why);
});

test.each([
  ['v=STSv1; id=20261101', { id: '20261101' }],
  ['v=STSv1;', {}],
  ['v=STSv2; id=1', undefined],
  ['v=STSv1; id=with-dash', {}],
])('MTA-STS record %s', (record, expected) => {
  expect(stsRecord(record)).toEqual(expected);
});

test.each([
  ['version: STSv1\nmode: enforce\nmx: mail.example.co.jp\nmx: *.mx.example\nmax_age: 86400\n', 'policy'],
  ['version: STSv1\r\nmode: none\r\nmax_age: 86400', 'policy'],
  ['version: STSv1\nmode: enforce\nmax_age: 86400', 'invalid'],
  ['version: STSv1\nmode: enforce\nmx: *\nmax_age: 86400', 'invalid'],
  ['version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 99999999', 'invalid'],
  ['mode: enforce\nmx: a.example\nmax_age: 86400', 'invalid'],
  ['<html>not found</html>', 'invalid'],
  ['', 'invalid'],
])('MTA-STS policy %j', (text, kind) => {
  expect(readStsPolicy(text).kind).toBe(kind);
});

test.each([
  ['mail.example.co.jp', true],
  ['a.mx.example', true],
  ['a.b.mx.example', false],
  ['mx.example', false],
  ['other.example', false],
])('MTA-STS covers %s: %s', (host, covered) => {
  expect(coversMx(['mail.example.co.jp', '*.mx.example'], host)).toBe(covered);
});

test.each([
  [['v=spf1 mx -all', 'v=spf1 include:a.example ~all'], 'v=spf1 mx include:a.example ~all'],
  [['v=spf1 mx -all', 'v=spf1 mx ip4:192.0.2.1 -all'], 'v=spf1 mx ip4:192.0.2.1 -all'],
  [['v=spf1 redirect=a.example', 'v=spf1 mx'], 'v=spf1 include:a.example mx ~all'],
  [['v=spf1 +all', 'v=spf1 mx -all'], 'v=spf1 mx -all'],
  [['v=spf1 ipv4:1.2.3.4', 'v=spf1 mx'], undefined],
])('%j in one', (records, merged) => {
  expect(mergedSpf(records)).toBe(merged);
});

test.each([
  ['v=spf1 mx -all', 'v=spf1 mx include:a.example -all'],
  ['v=spf1 mx redirect=b.example', 'v=spf1 mx include:a.example redirect=b.example'],
  ['v=spf1 mx', 'v=spf1 mx include:a.example'],
])('%s with one more', (record, expected) => {
  expect(spfWith(record, 'include:a.example')).toBe(expected);
});

test.each([
  ['ipv4:192.0.2.1', 'ip4:192.0.2.1'],
  ['ip4:192.0.2.1,', 'ip4:192.0.2.1'],
  ['ip4:2001:db8::1', 'ip6:2001:db8::1'],
  ['ip4:mail.example.jp', 'a:mail.example.jp'],
  ['ｉｎｃｌｕｄｅ：a.example', 'include:a.example'],
  ['–all', '-all'],
  ['nonsense', undefined],
])('%s is meant as %s', (term, meant) => {
  expect(meantTerm(term)).toBe(meant);
});

test('CAA records are read from their bytes, and climb no further than the registrable names', () => {
  const hex = (flags: number, tag: string, value: string) =>
    Buffer.concat([Buffer.from([flags, tag.length]), Buffer.from(tag + value)]).toString('hex');
  expect(readCaa(hex(128, 'issue', 'ca.example; account=1'))).toEqual({
    critical: true,
    tag: 'issue',
    value: 'ca.example; account=1',
  });
  expect(readCaa('00')).toBeUndefined();
  expect(readCaa('00ff6973')).toBeUndefined();
  const records = [
    hex(0, 'issue', 'CA.example; account=1'),
    hex(0, 'issue', ';'),
    hex(0, 'iodef', 'mailto:a@b.example'),
  ];
  expect(issuersOf(records.flatMap((one) => readCaa(one) ?? []))).toEqual(['ca.example']);
  expect(issuersOf([])).toBeUndefined();
  expect(caaNames('mail.example.co.jp')).toEqual(['mail.example.co.jp', 'example.co.jp', 'co.jp']);
});
