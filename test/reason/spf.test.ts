import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import type { DnsRecord, DnsReply } from '../../src/model/dns-facts.ts';
import type { SpfNode } from '../../src/model/policy-facts.ts';
import { addressBytes, holdsAddress, plainBytes } from '../../src/reason/ip-network.ts';
import { spfLines } from '../../src/reason/spf-lines.ts';
import { type AskDns, readSpfTree } from '../../src/reason/spf-tree.ts';
import { nodesOf, spfSize, spfVerdict } from '../../src/reason/spf-verdict.ts';

/** `NAME TYPE` to its data; an MX is `PREFERENCE HOST`. What is not there does not exist; an error code is a failure. */
type Zone = Readonly<Record<string, readonly string[] | 'SERVFAIL' | 'REFUSED'>>;

const existing = (zone: Zone, name: string): boolean => Object.keys(zone).some((key) => key.startsWith(`${name} `));

const recordOf = (name: string, type: DnsRecord['type'], data: string): DnsRecord => {
  const [priority = '', host = ''] = data.split(' ');
  return type === 'MX'
    ? { type, name, ttl: 60, data: host, priority: Number(priority) }
    : { type, name, ttl: 60, data };
};

const resolver = (zone: Zone): { readonly ask: AskDns; readonly asked: () => number } => {
  let asked = 0;
  return {
    asked: () => asked,
    ask: (name, type) => {
      asked += 1;
      const found = zone[`${name} ${type}`];
      const rcode = typeof found === 'string' ? found : found || existing(zone, name) ? 'NOERROR' : 'NXDOMAIN';
      const records = typeof found === 'string' ? [] : (found ?? []).map((data) => recordOf(name, type, data));
      const reply: DnsReply = {
        kind: 'answered',
        rcode,
        records,
        cnames: [],
        authenticated: false,
        server: '192.0.2.53',
        ms: 0,
      };
      return Promise.resolve(reply);
    },
  };
};

interface Oracle {
  readonly spf: (options: {
    readonly sender: string;
    readonly ip: string;
    readonly helo: string;
    readonly mta: string;
    readonly resolver: (name: string, type: string) => Promise<unknown>;
  }) => Promise<{ readonly status: { readonly result: string } }>;
}
// The package's own types name files that are not there.
const { spf } = createRequire(import.meta.url)('mailauth/lib/spf') as Oracle;

const refuse = (code: string): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));

const theirs = async (zone: Zone, ip: string, sender: string): Promise<string> => {
  const { status } = await spf({
    sender,
    ip,
    helo: 'crm.example.com',
    mta: 'mx.example.net',
    resolver: (name, type) => {
      const found = zone[`${name} ${type}`];
      if (found === 'SERVFAIL') return refuse('ESERVFAIL');
      if (found === 'REFUSED') return refuse('EREFUSED');
      if (found === undefined) return refuse(existing(zone, name) ? 'ENODATA' : 'ENOTFOUND');
      if (type === 'TXT') return Promise.resolve(found.map((text) => [text]));
      if (type !== 'MX') return Promise.resolve(found);
      return Promise.resolve(
        found.map((data) => ({ priority: Number(data.split(' ')[0]), exchange: data.split(' ')[1] })),
      );
    },
  });
  return status.result;
};

const tree = (zone: Zone, sender = 'sales@example.com', ip?: string): Promise<SpfNode> =>
  readSpfTree(sender.slice(sender.indexOf('@') + 1), resolver(zone).ask, {
    sender,
    helo: 'crm.example.com',
    ...(ip === undefined ? {} : { ip }),
  });

const txt = (record: string, more: Zone = {}): Zone => ({ 'example.com TXT': [record], ...more });

const many = (count: number, term: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => term(index)).join(' ');

const chain = (length: number): Zone =>
  Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `${index === 0 ? 'example.com' : `s${index}.example.com`} TXT`,
      [index === length - 1 ? 'v=spf1 ip4:192.0.2.1 -all' : `v=spf1 include:s${index + 1}.example.com -all`],
    ]),
  );

const listed = '192.0.2.1';
const other = '198.51.100.9';

interface Row {
  readonly name: string;
  readonly zone: Zone;
  readonly ip?: string;
  readonly sender?: string;
  readonly says: string;
  /** Where the oracle is known to see it otherwise, what it says. */
  readonly oracle?: string;
}

const rows: readonly Row[] = [
  { name: 'an address that is listed', zone: txt('v=spf1 ip4:192.0.2.0/24 -all'), says: 'pass' },
  { name: 'one that is not', zone: txt('v=spf1 ip4:192.0.2.0/24 -all'), ip: other, says: 'fail' },
  { name: 'soft', zone: txt('v=spf1 ip4:192.0.2.0/24 ~all'), ip: other, says: 'softfail' },
  { name: 'neutral', zone: txt('v=spf1 ip4:192.0.2.0/24 ?all'), ip: other, says: 'neutral' },
  { name: 'nothing at the end', zone: txt('v=spf1 ip4:192.0.2.0/24'), ip: other, says: 'neutral' },
  { name: 'a version alone', zone: txt('v=spf1'), says: 'neutral' },
  { name: 'upper case', zone: txt('V=SPF1 IP4:192.0.2.1 -ALL'), says: 'pass' },
  { name: 'no record', zone: txt('google-site-verification=x'), says: 'none' },
  { name: 'no such domain', zone: {}, says: 'none' },
  { name: 'another version', zone: txt('v=spf10 +all'), says: 'none' },
  {
    name: 'two records',
    zone: { 'example.com TXT': ['v=spf1 +all', 'v=spf1 -all'] },
    says: 'permerror',
  },
  { name: 'a DNS that fails', zone: { 'example.com TXT': 'SERVFAIL' }, says: 'temperror' },
  { name: 'IPv6', zone: txt('v=spf1 ip6:2001:db8::/32 -all'), ip: '2001:db8:1::5', says: 'pass' },
  { name: 'IPv6 outside', zone: txt('v=spf1 ip6:2001:db8::/32 -all'), ip: '2001:db9::5', says: 'fail' },
  { name: 'IPv4 inside IPv6', zone: txt('v=spf1 ip4:192.0.2.1 -all'), ip: '::ffff:192.0.2.1', says: 'pass' },
  { name: 'IPv4 against ip6', zone: txt('v=spf1 ip6:::/0 -all'), says: 'fail' },
  { name: 'a prefix of 0', zone: txt('v=spf1 ip4:0.0.0.0/0 -all'), says: 'pass' },
  { name: 'a', zone: txt('v=spf1 a -all', { 'example.com A': [listed] }), says: 'pass' },
  {
    name: 'a with a name',
    zone: txt('v=spf1 a:mail.example.com -all', { 'mail.example.com A': [listed] }),
    says: 'pass',
  },
  { name: 'a with a length', zone: txt('v=spf1 a/24 -all', { 'example.com A': ['192.0.2.200'] }), says: 'pass' },
  {
    name: 'a with both lengths',
    zone: txt('v=spf1 a:x.example.com/32//64 -all', { 'x.example.com AAAA': ['2001:db8::1'] }),
    ip: '2001:db8::ffff',
    says: 'pass',
  },
  { name: 'a that fails', zone: txt('v=spf1 a -all', { 'example.com A': 'SERVFAIL' }), says: 'temperror' },
  {
    name: 'mx',
    zone: txt('v=spf1 mx -all', { 'example.com MX': ['10 mx.example.com'], 'mx.example.com A': [listed] }),
    says: 'pass',
  },
  {
    name: 'mx outside',
    zone: txt('v=spf1 mx -all', { 'example.com MX': ['10 mx.example.com'], 'mx.example.com A': [other] }),
    says: 'fail',
  },
  {
    name: 'include that passes',
    zone: txt('v=spf1 include:p.example.net -all', { 'p.example.net TXT': [`v=spf1 ip4:${listed} -all`] }),
    says: 'pass',
  },
  {
    name: 'include that fails is no match',
    zone: txt('v=spf1 include:p.example.net ~all', { 'p.example.net TXT': ['v=spf1 -all'] }),
    says: 'softfail',
  },
  {
    name: 'include with a sign',
    zone: txt('v=spf1 -include:p.example.net +all', { 'p.example.net TXT': ['v=spf1 +all'] }),
    says: 'fail',
  },
  { name: 'include of nothing', zone: txt('v=spf1 include:gone.example.net ~all'), says: 'permerror' },
  {
    name: 'include of a domain without SPF',
    zone: txt('v=spf1 include:p.example.net ~all', { 'p.example.net A': [listed] }),
    says: 'permerror',
  },
  {
    name: 'include of a broken record',
    zone: txt('v=spf1 include:p.example.net ~all', { 'p.example.net TXT': ['v=spf1 ipv4:1.2.3.4'] }),
    says: 'permerror',
  },
  {
    name: 'include behind what matched',
    zone: txt(`v=spf1 ip4:${listed} include:gone.example.net ~all`),
    says: 'pass',
  },
  {
    name: 'redirect',
    zone: txt('v=spf1 redirect=r.example.net', { 'r.example.net TXT': ['v=spf1 -all'] }),
    says: 'fail',
  },
  {
    name: 'redirect stands before the mechanisms',
    zone: txt(`v=spf1 redirect=r.example.net ip4:${listed}`, { 'r.example.net TXT': ['v=spf1 -all'] }),
    says: 'pass',
  },
  { name: 'redirect to nothing', zone: txt('v=spf1 redirect=r.example.net'), says: 'permerror' },
  {
    name: 'redirect beside all',
    zone: txt('v=spf1 redirect=r.example.net ~all', { 'r.example.net TXT': ['v=spf1 +all'] }),
    says: 'softfail',
  },
  { name: 'redirect twice', zone: txt('v=spf1 redirect=a.example.net redirect=b.example.net'), says: 'permerror' },
  { name: 'an unknown modifier', zone: txt('v=spf1 moo=milk ip4=192.0.2.1 -all'), says: 'fail' },
  { name: 'an unknown mechanism', zone: txt('v=spf1 ipv4:192.0.2.1 -all'), says: 'permerror' },
  { name: 'a comma', zone: txt('v=spf1 ip4:192.0.2.1, -all'), says: 'permerror' },
  { name: 'a bad address', zone: txt('v=spf1 ip4:192.0.2.300 -all'), says: 'permerror' },
  { name: 'a bad length', zone: txt('v=spf1 ip4:192.0.2.0/33 -all'), says: 'permerror' },
  { name: 'a name in ip4', zone: txt('v=spf1 ip4:mail.example.com -all'), says: 'permerror' },
  { name: 'include without a name', zone: txt('v=spf1 include: -all'), says: 'permerror' },
  {
    name: 'a blank behind the colon',
    zone: txt('v=spf1 include: p.example.net -all', { 'p.example.net TXT': ['v=spf1 +all'] }),
    says: 'permerror',
  },
  { name: 'a value at all', zone: txt('v=spf1 -all:example.net'), says: 'permerror' },
  { name: 'full-width letters', zone: txt('v=spf1 ip4:192.0.2.1 －all'), ip: other, says: 'permerror' },
  {
    name: 'a macro of the domain',
    zone: txt('v=spf1 include:_spf.%{d} -all', { '_spf.example.com TXT': ['v=spf1 +all'] }),
    says: 'pass',
  },
  {
    name: 'a macro of the address',
    zone: txt('v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all', { '1.2.0.192.in-addr._spf.example.com A': ['127.0.0.2'] }),
    says: 'pass',
  },
  {
    name: 'a macro of the local part',
    zone: txt('v=spf1 exists:%{l1r-}.u.example.com -all', { 'ales-s.u.example.com A': ['127.0.0.2'] }),
    sender: 'x-sales@example.com',
    says: 'fail',
  },
  {
    name: 'local part, reversed and cut',
    zone: txt('v=spf1 exists:%{l1r-}.u.example.com -all', { 'x.u.example.com A': ['127.0.0.2'] }),
    sender: 'x-sales@example.com',
    says: 'pass',
  },
  { name: 'an unknown macro', zone: txt('v=spf1 exists:%{y}.example.com -all'), says: 'permerror' },
  { name: 'a lone percent sign', zone: txt('v=spf1 exists:%.example.com -all'), says: 'permerror' },
  {
    name: 'ptr',
    zone: txt('v=spf1 ptr -all', { '1.2.0.192.in-addr.arpa PTR': ['crm.example.com'], 'crm.example.com A': [listed] }),
    says: 'pass',
  },
  {
    name: 'ptr that does not lead back',
    zone: txt('v=spf1 ptr -all', { '1.2.0.192.in-addr.arpa PTR': ['crm.example.com'], 'crm.example.com A': [other] }),
    says: 'fail',
  },
  {
    name: 'two empty answers',
    zone: txt('v=spf1 a:n1.example.com a:n2.example.com -all'),
    says: 'fail',
  },
  {
    name: 'three empty answers',
    zone: txt('v=spf1 a:n1.example.com a:n2.example.com a:n3.example.com -all'),
    says: 'permerror',
  },
  {
    name: 'an address in the other family is no empty answer',
    zone: txt('v=spf1 a:n1.example.com a:n2.example.com a:n3.example.com -all', {
      'n1.example.com AAAA': ['2001:db8::1'],
      'n2.example.com AAAA': ['2001:db8::1'],
      'n3.example.com AAAA': ['2001:db8::1'],
    }),
    says: 'fail',
  },
  { name: 'ten lookups', zone: chain(11), says: 'pass' },
  { name: 'eleven lookups', zone: chain(12), says: 'permerror' },
  {
    name: 'a match before the eleventh lookup',
    zone: txt(`v=spf1 ip4:${listed} ${many(20, (index) => `a:h${index}.example.com`)} -all`),
    says: 'pass',
  },
  {
    name: 'eleven that all have an address',
    zone: txt(`v=spf1 ${many(11, (index) => `a:h${index}.example.com`)} -all`, {
      ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`h${index}.example.com A`, [other]])),
    }),
    says: 'permerror',
  },
  { name: 'a loop', zone: txt('v=spf1 include:example.com -all'), says: 'permerror' },
  {
    name: 'a loop of two',
    zone: txt('v=spf1 redirect=b.example.com', { 'b.example.com TXT': ['v=spf1 redirect=example.com'] }),
    says: 'permerror',
  },
  {
    name: 'eleven MX hosts',
    zone: txt('v=spf1 mx -all', {
      'example.com MX': Array.from({ length: 11 }, (_, index) => `10 mx${index}.example.com`),
      ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`mx${index}.example.com A`, [other]])),
    }),
    says: 'permerror',
  },
];

describe('what a receiver says', () => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const { zone, ip = listed, sender = 'sales@example.com' } = row;
    expect(spfVerdict(await tree(zone, sender, ip), ip).result).toBe(row.says);
    expect(await theirs(zone, ip, sender)).toBe(row.oracle ?? row.says);
    // Read without the address, the tree says the same or that it does not know.
    expect([row.says, 'undecided']).toContain(spfVerdict(await tree(zone, sender), ip).result);
  });

  test('and by which terms', async () => {
    const zone = txt('v=spf1 include:p.example.net ~all', {
      'p.example.net TXT': ['v=spf1 redirect=q.example.net'],
      'q.example.net TXT': [`v=spf1 ip4:${listed} -all`],
    });
    const read = await tree(zone);
    expect(spfVerdict(read, listed)).toEqual({
      result: 'pass',
      by: [
        { domain: 'example.com', term: 'include:p.example.net' },
        { domain: 'p.example.net', term: 'redirect=q.example.net' },
        { domain: 'q.example.net', term: `ip4:${listed}` },
      ],
      lookups: 2,
      voids: 0,
    });
    expect(spfVerdict(read, other)).toMatchObject({ result: 'softfail', by: [{ term: '~all' }] });
  });

  test('that depends on the address stays open without one', async () => {
    const zone = txt('v=spf1 exists:%{i}.example.com ptr -all');
    expect(spfVerdict(await tree(zone), listed)).toMatchObject({
      result: 'undecided',
      by: [{ domain: 'example.com' }],
    });
  });
});

describe('a record that nobody can read', () => {
  test.each([
    ['v=spf1 ipv4:192.0.2.1', 'ipv4:192.0.2.1', 'unknown-mechanism'],
    ['v=spf1 ip4:192.0.2.1;', 'ip4:192.0.2.1;', 'bad-address'],
    ['v=spf1 ip4:192.0.2.0/', 'ip4:192.0.2.0/', 'bad-length'],
    ['v=spf1 ip4:192.0.2.0/024', 'ip4:192.0.2.0/024', 'bad-length'],
    ['v=spf1 ip6:192.0.2.1', 'ip6:192.0.2.1', 'bad-address'],
    ['v=spf1 a:mail.example.com/33', 'a:mail.example.com/33', 'bad-length'],
    ['v=spf1 include:localhost', 'include:localhost', 'bad-domain'],
    ['v=spf1 include:%{x}.example.com', 'include:%{x}.example.com', 'bad-macro'],
    ['v=spf1 include', 'include', 'missing-domain'],
    ['v=spf1 all:x', 'all:x', 'needless-value'],
    ['v=spf1 –all', '–all', 'not-ascii'],
    ['v=spf1 exp=a.example.com exp=b.example.com', 'exp=b.example.com', 'twice'],
  ])('%s', async (record, at, why) => {
    expect(await tree(txt(record))).toMatchObject({ state: 'syntax', fault: { at, why } });
  });

  test.each(['spf1 ip4:192.0.2.1 -all', 'v=spf1,ip4:192.0.2.1', '"v=spf1 -all"', 'v=spf 1 -all', 'v = spf1 -all'])(
    'is not even taken for one: %s',
    async (record) => {
      expect(await tree(txt(record))).toMatchObject({ state: 'none', nearMiss: record });
    },
  );

  test.each(['spf2.0/pra -all', 'spfbreak', 'MS=ms12345'])('is another thing: %s', async (record) => {
    expect((await tree(txt(record))).nearMiss).toBeUndefined();
  });
});

describe('a stranger', () => {
  test.each([
    ['a thousand includes', txt(`v=spf1 ${many(1_000, (index) => `include:s${index}.example.com`)} -all`)],
    [
      'includes of includes',
      Object.fromEntries(
        Array.from({ length: 400 }, (_, index) => [
          `${index === 0 ? 'example.com' : `s${index}.example.com`} TXT`,
          [`v=spf1 ${many(20, (more) => `include:s${index * 20 + more + 1}.example.com`)}`],
        ]),
      ),
    ],
    ['a thousand MX terms', txt(`v=spf1 ${many(1_000, () => 'mx')}`, { 'example.com MX': ['1 a.example.com'] })],
    ['a record of a megabyte', txt(`v=spf1 ${'a'.repeat(1_000_000)}`)],
    ['a record of many dots', txt(`v=spf1 include:${'a.'.repeat(30_000)}`)],
    ['macros that grow', txt(`v=spf1 include:${'%{s}'.repeat(10_000)}.example.com`)],
  ])('costs a bounded number of questions: %s', async (_name, zone) => {
    const { ask, asked } = resolver(zone);
    const read = await readSpfTree('example.com', ask, { sender: `${'s'.repeat(60)}@example.com` });
    expect(asked()).toBeLessThanOrEqual(150);
    expect(JSON.stringify(read).length).toBeLessThan(200_000);
    expect(['permerror', 'undecided']).toContain(spfVerdict(read, listed).result);
  });

  test('the size of a tree beyond the limit is told', async () => {
    const read = await tree(chain(15));
    expect(spfSize(read)).toEqual({ lookups: 14, voids: 0 });
    expect(nodesOf(read)).toHaveLength(15);
  });
});

test.each([
  ['192.0.2.1', [192, 0, 2, 1]],
  ['192.0.2', undefined],
  ['192.0.2.01', undefined],
  ['256.0.2.1', undefined],
  ['::1', [...Array.from({ length: 15 }, () => 0), 1]],
  ['1::', [0, 1, ...Array.from({ length: 14 }, () => 0)]],
  ['::', Array.from({ length: 16 }, () => 0)],
  ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  ['1:2:3:4:5:6:7', undefined],
  ['1:2:3:4:5:6:7:8:9', undefined],
  ['1::2::3', undefined],
  ['::ffff:192.0.2.1', [...Array.from({ length: 10 }, () => 0), 255, 255, 192, 0, 2, 1]],
  ['1:2:3:4:5:6:192.0.2.1', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 192, 0, 2, 1]],
  ['12345::', undefined],
  [':', undefined],
  ['', undefined],
])('%s as bytes', (text, bytes) => {
  expect(addressBytes(text)).toEqual(bytes);
});

test('a network holds an address', () => {
  expect(holdsAddress('192.0.2.128/25', plainBytes('192.0.2.200') ?? [])).toBe(true);
  expect(holdsAddress('192.0.2.128/25', plainBytes('192.0.2.100') ?? [])).toBe(false);
  expect(holdsAddress('192.0.2.1', plainBytes('::ffff:192.0.2.1') ?? [])).toBe(true);
  expect(holdsAddress('2001:db8::/33', plainBytes('2001:db8:8000::1') ?? [])).toBe(false);
});

test('the tree is told in two languages; only what stands in the DNS is the same in both', async () => {
  const zone: Zone = {
    'example.co.jp TXT': [
      'v=spf1 a:gone.example.jp exists:%{i}.example.jp include:none.example.jp include:broken.example.jp include:example.co.jp include:down.example.jp -all',
    ],
    'none.example.jp TXT': ['something else'],
    'broken.example.jp TXT': ['v=spf1 ipv4:192.0.2.1 -all'],
    'down.example.jp TXT': 'SERVFAIL',
  };
  const tree = await readSpfTree('example.co.jp', resolver(zone).ask, { sender: 'sales@example.co.jp' });
  const lines = spfLines(tree);
  expect(lines.map(({ en }) => en)).toEqual([
    'example.co.jp',
    '  a:gone.example.jp  #1  (nothing there)',
    '  exists:%{i}.example.jp  #2  (depends on the sender of the message)',
    '  include:none.example.jp  #3  (no SPF record)',
    '  include:broken.example.jp  #4  (cannot be read)',
    '  include:example.co.jp  #5  (leads back to itself)',
    '  include:down.example.jp  #6  (the DNS did not answer)',
    '  -all',
  ]);
  expect(lines.map(({ ja }) => ja)).toEqual([
    'example.co.jp',
    '  a:gone.example.jp  #1  (該当レコードなし)',
    '  exists:%{i}.example.jp  #2  (送信元ごとに決まる)',
    '  include:none.example.jp  #3  (SPF レコードなし)',
    '  include:broken.example.jp  #4  (書式エラー)',
    '  include:example.co.jp  #5  (参照が循環)',
    '  include:down.example.jp  #6  (DNS の応答なし)',
    '  -all',
  ]);
});
