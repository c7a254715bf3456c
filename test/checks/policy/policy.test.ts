import { describe, expect, test } from '@jest/globals';
import { caaBlocksRenewal } from '../../../checks/dns/caa-blocks-renewal.cause.ts';
import { fcrdnsMismatch } from '../../../checks/dns/fcrdns-mismatch.cause.ts';
import { ptrMissing } from '../../../checks/dns/ptr-missing.cause.ts';
import { withClientName } from '../../../checks/mail/client-name.ts';
import { mailRoundTrip } from '../../../checks/mail/round-trip.check.ts';
import { senderPolicy } from '../../../checks/mail/sender-policy.check.ts';
import { withSendingAddress } from '../../../checks/mail/sending-address.ts';
import { spfNotListed } from '../../../checks/policy/spf-not-listed.cause.ts';
import { findAll, withoutSymptoms } from '../../../src/diagnose/findings.ts';
import type { SmtpLoginFact } from '../../../src/model/login-facts.ts';
import type { Subject } from '../../../src/model/mailbox.ts';
import type { TlsFact } from '../../../src/model/tls-facts.ts';
import type { DkimResult } from '../../../src/model/trip-facts.ts';
import { certificate, done } from '../evidence.ts';
import { loginCauses } from '../login-causes.ts';
import { accepted, evidenceWith, expectSound, type Ill, refused, subjectWith } from '../login-evidence.ts';
import { caa, dkimRecord, healthyZone, policyWorld, tlsa, type Zone } from '../policy-world.ts';

const spf = (...records: readonly string[]): Zone => ({ 'example.co.jp TXT': records });
const dmarc = (...records: readonly string[]): Zone => ({ '_dmarc.example.co.jp TXT': records });
const key = (record: string): Zone => ({ 's1._domainkey.example.co.jp TXT': [record] });
const signedBy = subjectWith({ dkimSelector: ['s1'] });
const through = (host: string, from = 'sales@example.co.jp') =>
  subjectWith({ from, smtp: { host, port: 587, security: 'starttls' } });

const rcpt = (line: string): Ill => ({ smtp: { rcpt: refused(line) } });
const arrived = (dkim: readonly DkimResult[], more: object = {}): Ill => ({
  roundTrip: {
    found: {
      folder: 'INBOX',
      role: 'inbox',
      afterMs: 1_500,
      hops: [],
      subjectIntact: true,
      bodyIntact: true,
      messageIdKept: true,
      dkim,
      ...more,
    },
  },
});
const signature = (result: DkimResult['result'], why?: string): DkimResult => ({
  domain: 'example.co.jp',
  selector: 's9',
  result,
  ...(why === undefined ? {} : { why }),
});
const authentication = (method: string, result: string) => ({
  authentication: [{ server: 'mx.example.co.jp', results: [{ method, result, properties: {} }] }],
});

const policyFile = (...lines: readonly string[]) => ({
  'https://mta-sts.example.co.jp/.well-known/mta-sts.txt': `${['version: STSv1', ...lines].join('\r\n')}\r\n`,
});
const sts: Zone = { '_mta-sts.example.co.jp TXT': ['v=STSv1; id=20261101T00;'] };

const shown = (over: Parameters<typeof certificate>[0]): TlsFact => ({
  at: '2026-11-25T00:00:00Z',
  address: '192.0.2.10',
  mode: 'starttls',
  before: [],
  inside: [],
  otherNames: [],
  handshake: done({}, certificate({ keyFingerprint: 'ab'.repeat(32), ...over })),
});

const unreached: TlsFact = {
  at: '2026-11-25T00:00:00Z',
  address: '',
  mode: 'starttls',
  before: [],
  inside: [],
  otherNames: [],
};

const microsoft: Zone = {
  'spf.protection.outlook.com TXT': ['v=spf1 ip4:203.0.113.128/25 -all'],
  'smtp.office365.com A': ['203.0.113.200'],
};

interface Row {
  readonly name: string;
  /** What differs from the healthy zone. */
  readonly zone?: Zone;
  readonly web?: Readonly<Record<string, string | number>>;
  readonly tls?: TlsFact;
  readonly authenticated?: boolean;
  readonly subject?: Subject;
  readonly ill?: Ill;
  readonly finds: readonly string[];
  readonly severity?: 'critical' | 'warning' | 'info';
  readonly grade?: 'ok' | 'warn' | 'unknown' | 'skip';
  readonly en?: RegExp;
  readonly ja?: RegExp;
  readonly steps?: RegExp;
}

const rows: readonly Row[] = [
  { name: 'everything right', finds: [], grade: 'ok' },
  { name: 'everything right, with a key', subject: signedBy, zone: key(dkimRecord), finds: [], grade: 'ok' },
  {
    name: 'no SPF',
    zone: spf('MS=ms1234'),
    finds: ['policy.spf-missing'],
    severity: 'warning',
    grade: 'warn',
    en: /example\.co\.jp .* publishes no SPF record/,
    steps: /v=spf1 mx ~all/,
  },
  {
    name: 'no SPF, and a server that refuses because of it',
    zone: spf('MS=ms1234'),
    ill: rcpt('550 5.7.27 this sender has no SPF'),
    finds: ['policy.spf-missing'],
    severity: 'critical',
    en: /refuses the mail because of it: "550 5\.7\.27/,
  },
  {
    name: 'two SPF records',
    zone: spf('v=spf1 mx -all', 'v=spf1 include:spf.protection.outlook.com ~all'),
    finds: ['policy.spf-multiple'],
    steps: /v=spf1 mx include:spf\.protection\.outlook\.com ~all/,
  },
  {
    name: 'two SPF records, one of them broken: nothing is merged blindly',
    zone: spf('v=spf1 mx -all', 'v=spf1 ipv4:192.0.2.1 -all'),
    finds: ['policy.spf-multiple'],
    steps: /Write the terms of the 2 records into one/,
  },
  {
    name: 'a mechanism that does not exist',
    zone: spf('v=spf1 ipv4:192.0.2.10 -all'),
    finds: ['policy.spf-syntax'],
    en: /"ipv4:192\.0\.2\.10" is no term that SPF knows/,
    steps: /Replace "ipv4:192\.0\.2\.10" by "ip4:192\.0\.2\.10"/,
  },
  { name: 'full-width letters', zone: spf('v=spf1 mx －all'), finds: ['policy.spf-syntax'], steps: /by "-all"/ },
  {
    name: 'a name where an address belongs',
    zone: spf('v=spf1 ip4:smtp.example.co.jp -all'),
    finds: ['policy.spf-syntax'],
    steps: /by "a:smtp\.example\.co\.jp"/,
  },
  { name: 'a comma', zone: spf('v=spf1 mx, -all'), finds: ['policy.spf-syntax'], steps: /by "mx"/ },
  {
    name: 'not taken for SPF at all',
    zone: spf('spf1 mx -all'),
    finds: ['policy.spf-syntax'],
    ja: /SPF として扱われません/,
  },
  {
    name: 'an include of a domain without SPF',
    zone: spf('v=spf1 mx include:gone.example -all'),
    finds: ['policy.spf-syntax'],
    en: /leads to a domain that has no SPF record/,
  },
  {
    name: 'an included record that is broken',
    zone: { ...spf('v=spf1 mx include:esp.example -all'), 'esp.example TXT': ['v=spf1 ip4:1.2.3 -all'] },
    finds: ['policy.spf-syntax'],
    en: /record of esp\.example, which that of example\.co\.jp includes/,
    steps: /esp\.example belongs to somebody else/,
  },
  {
    name: 'a record that includes itself',
    zone: spf('v=spf1 include:example.co.jp -all'),
    finds: ['policy.spf-syntax'],
    en: /leads back to itself/,
  },
  {
    name: 'eleven lookups',
    zone: {
      ...spf(`v=spf1 ${Array.from({ length: 11 }, (_, index) => `a:h${index}.example`).join(' ')} -all`),
      ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`h${index}.example A`, ['192.0.2.10']])),
    },
    finds: ['policy.spf-too-many-lookups'],
    en: /needs 11 DNS lookups/,
  },
  {
    name: 'three names that lead nowhere',
    zone: spf('v=spf1 mx a:x.gone.example a:y.gone.example a:z.gone.example -all'),
    finds: ['policy.spf-too-many-lookups'],
    en: /3 names .* lead to nothing/,
  },
  {
    name: 'the provider is not in the record',
    subject: through('smtp.office365.com'),
    zone: { ...microsoft, ...spf('v=spf1 ip4:192.0.2.10 -all') },
    finds: ['policy.spf-not-listed'],
    severity: 'warning',
    en: /does not list the server .*Microsoft 365 \(smtp\.office365\.com\)/,
    steps: /v=spf1 ip4:192\.0\.2\.10 include:spf\.protection\.outlook\.com -all/,
  },
  {
    name: 'the provider is in the record',
    subject: through('smtp.office365.com'),
    zone: { ...microsoft, ...spf('v=spf1 include:spf.protection.outlook.com -all') },
    finds: [],
  },
  {
    name: 'the provider is in a record that is included',
    subject: through('smtp.office365.com'),
    zone: {
      ...microsoft,
      ...spf('v=spf1 redirect=all.example'),
      'all.example TXT': ['v=spf1 include:spf.protection.outlook.com -all'],
    },
    finds: [],
  },
  {
    name: 'the addresses of the provider are written out',
    subject: through('smtp.office365.com'),
    zone: { ...microsoft, ...spf('v=spf1 ip4:203.0.113.0/24 -all') },
    finds: [],
  },
  {
    name: 'a provider that nobody can ask about',
    subject: through('smtp.office365.com'),
    zone: { 'smtp.office365.com A': ['203.0.113.200'] },
    finds: [],
  },
  {
    name: 'the own mail server is not in the record',
    zone: spf('v=spf1 ip4:198.51.100.1 -all'),
    finds: ['policy.spf-not-listed'],
    steps: /Add ip4:192\.0\.2\.10/,
  },
  {
    name: 'a server that is no MX proves nothing',
    zone: {
      ...spf('v=spf1 ip4:198.51.100.1 -all'),
      'example.co.jp MX': ['10 mx.example'],
      'mx.example A': ['198.51.100.1'],
    },
    finds: [],
  },
  {
    name: 'a refusal over SPF',
    ill: rcpt('550 5.7.23 The message was rejected because of Sender Policy Framework violation'),
    finds: ['policy.spf-not-listed'],
    severity: 'critical',
  },
  {
    name: 'the receiver wrote spf=softfail',
    ill: arrived([], authentication('spf', 'softfail')),
    finds: ['policy.spf-not-listed'],
    severity: 'warning',
  },
  { name: 'the receiver wrote spf=pass', ill: arrived([], authentication('spf', 'pass')), finds: [] },
  {
    name: 'no key at the selector',
    subject: signedBy,
    finds: ['policy.dkim-missing'],
    en: /s1\._domainkey\.example\.co\.jp/,
  },
  {
    name: 'a key that was withdrawn',
    subject: signedBy,
    zone: key('v=DKIM1; p='),
    finds: ['policy.dkim-key-invalid'],
    steps: /2048 bits/,
  },
  {
    name: 'a key that was cut',
    subject: signedBy,
    zone: key(dkimRecord.slice(0, 200)),
    finds: ['policy.dkim-key-invalid'],
    en: /cut off or damaged/,
  },
  {
    name: 'a key with quotation marks',
    subject: signedBy,
    zone: key(dkimRecord.replace('p=', 'p="')),
    finds: ['policy.dkim-key-invalid'],
  },
  {
    name: 'a signature whose key is not there',
    ill: arrived([signature('permerror', 'no-key')]),
    finds: ['policy.dkim-missing'],
    en: /s9\._domainkey/,
  },
  {
    name: 'a signature whose key is short',
    ill: arrived([signature('permerror', 'key-too-short')]),
    finds: ['policy.dkim-key-invalid'],
  },
  {
    name: 'a signature that fails',
    ill: arrived([signature('fail', 'signature')]),
    finds: ['policy.dkim-signature-invalid'],
  },
  {
    name: 'a body that was changed',
    ill: arrived([signature('fail', 'body-hash')]),
    finds: ['policy.dkim-signature-invalid'],
    steps: /footers and scanners first/,
  },
  {
    name: 'a signature dated ahead is left to the clock',
    ill: arrived([signature('fail', 'from-the-future')]),
    finds: [],
  },
  {
    name: 'a second signature that holds',
    ill: arrived([signature('fail', 'signature'), signature('pass')]),
    finds: [],
  },
  { name: 'a DNS that does not answer about a key', ill: arrived([signature('temperror', 'dns')]), finds: [] },
  { name: 'an unsigned message where no key is known', ill: arrived([]), finds: [] },
  {
    name: 'an unsigned message where a key waits',
    subject: signedBy,
    zone: key(dkimRecord),
    ill: arrived([]),
    finds: ['policy.dkim-not-signed'],
    severity: 'info',
  },
  {
    name: 'a refusal over DKIM',
    ill: rcpt('550 5.7.30 unsigned mail'),
    finds: ['policy.dkim-not-signed'],
    severity: 'critical',
  },
  {
    name: 'no DMARC',
    zone: { '_dmarc.example.co.jp TXT': [] },
    finds: ['policy.dmarc-missing'],
    severity: 'warning',
    steps: /_dmarc\.example\.co\.jp.*v=DMARC1; p=none/,
  },
  {
    name: 'no DMARC, and a refusal',
    zone: dmarc(),
    ill: rcpt('550 5.7.40 no DMARC'),
    finds: ['policy.dmarc-missing'],
    severity: 'critical',
  },
  { name: 'a refusal over DMARC that is there', ill: rcpt('550 5.7.40 no DMARC'), finds: [] },
  {
    name: 'DMARC at the domain itself',
    zone: { ...dmarc(), ...spf('v=spf1 mx -all', 'v=DMARC1; p=none') },
    finds: ['policy.dmarc-missing'],
    steps: /Move the record/,
  },
  {
    name: 'DMARC with a typing fault',
    zone: dmarc('v=DMARC1; p=nonne'),
    finds: ['policy.dmarc-syntax'],
    en: /"p=nonne" is a value that does not exist/,
  },
  {
    name: 'DMARC in small letters',
    zone: dmarc('v=dmarc1; p=none'),
    finds: ['policy.dmarc-syntax'],
    en: /exactly these letters/,
  },
  { name: 'DMARC with commas', zone: dmarc('v=DMARC1, p=none'), finds: ['policy.dmarc-syntax'] },
  {
    name: 'DMARC twice',
    zone: dmarc('v=DMARC1; p=none', 'v=DMARC1; p=reject'),
    finds: ['policy.dmarc-syntax'],
    steps: /Keep one/,
  },
  {
    name: 'DMARC without mailto',
    zone: dmarc('v=DMARC1; p=none; rua=dmarc@example.co.jp'),
    finds: ['policy.dmarc-syntax'],
  },
  {
    name: 'DMARC of the domain above',
    zone: { ...dmarc('v=DMARC1; p=none; sp=reject'), 'crm.example.co.jp TXT': ['v=spf1 -all'] },
    subject: subjectWith({ from: 'crm@crm.example.co.jp' }),
    finds: [],
  },
  {
    name: 'a refusal by DMARC',
    ill: rcpt('550 5.7.509 Access denied, sending domain does not pass DMARC verification'),
    finds: ['policy.dmarc-unaligned'],
    severity: 'critical',
    en: /p=quarantine/,
  },
  {
    name: 'the receiver wrote dmarc=fail',
    ill: arrived([], authentication('dmarc', 'fail')),
    finds: ['policy.dmarc-unaligned'],
    severity: 'warning',
  },
  {
    name: 'free mail through a foreign server',
    subject: subjectWith({ from: 'aozora@gmail.com' }),
    zone: {
      'gmail.com TXT': ['v=spf1 redirect=_spf.google.com'],
      '_spf.google.com TXT': ['v=spf1 ip4:198.51.100.0/24 ~all'],
      '_dmarc.gmail.com TXT': ['v=DMARC1; p=none; sp=quarantine'],
    },
    ill: rcpt("550 5.7.26 Unauthenticated email from gmail.com is not accepted due to domain's DMARC policy"),
    finds: ['policy.freemail-from'],
    severity: 'critical',
  },
  {
    name: 'free mail of a domain that asks for refusal',
    subject: subjectWith({ from: 'aozora@yahoo.co.jp' }),
    zone: {
      'yahoo.co.jp TXT': ['v=spf1 ip4:198.51.100.0/24 ~all'],
      '_dmarc.yahoo.co.jp TXT': ['v=DMARC1; p=quarantine'],
    },
    finds: ['policy.freemail-from'],
    severity: 'warning',
    steps: /Reply-To/,
  },
  {
    name: 'free mail through its own server',
    subject: through('smtp.gmail.com', 'aozora@gmail.com'),
    zone: {
      'smtp.gmail.com A': ['198.51.100.5'],
      'gmail.com TXT': ['v=spf1 redirect=_spf.google.com'],
      '_spf.google.com TXT': ['v=spf1 ip4:198.51.100.0/24 ~all'],
      '_dmarc.gmail.com TXT': ['v=DMARC1; p=reject'],
    },
    finds: [],
  },
  {
    name: "Outlook.com's rules, the missing one named",
    zone: dmarc(),
    ill: rcpt(
      '550 5.7.515 Access denied, sending domain example.co.jp does not meet the required authentication level. Spf= Pass , Dkim= Fail , DMARC= None',
    ),
    finds: ['policy.bulk-sender-rules', 'policy.dmarc-missing'],
    severity: 'critical',
    en: /Missing: DKIM, a DMARC record\..*Outlook\.com since 2025-05-05/,
    ja: /不足している項目: DKIM、DMARC レコード/,
  },
  {
    name: 'a newsletter without unsubscribing',
    ill: {
      roundTrip: {
        sent: refused('550 5.7.1 Bulk mail must carry List-Unsubscribe-Post (RFC 8058)'),
        at: 'data',
        found: undefined,
      } as object,
    },
    finds: ['policy.one-click-missing'],
    severity: 'critical',
  },
  {
    name: 'MTA-STS that fits',
    zone: sts,
    web: policyFile('mode: enforce', 'mx: *.example.co.jp', 'max_age: 604800'),
    finds: [],
    grade: 'ok',
  },
  {
    name: 'MTA-STS that names another MX',
    zone: sts,
    web: policyFile('mode: enforce', 'mx: old.example.co.jp', 'max_age: 604800'),
    finds: ['policy.mta-sts-mismatch'],
    en: /allows old\.example\.co\.jp, but the MX is smtp\.example\.co\.jp.*enforce/,
    steps: /mx: smtp\.example\.co\.jp/,
  },
  { name: 'MTA-STS in mode none', zone: sts, web: policyFile('mode: none', 'max_age: 86400'), finds: [] },
  {
    name: 'MTA-STS that cannot be fetched',
    zone: sts,
    finds: ['policy.mta-sts-mismatch'],
    en: /cannot be fetched: ECONNREFUSED/,
  },
  {
    name: 'MTA-STS behind a 404',
    zone: sts,
    web: { 'https://mta-sts.example.co.jp/.well-known/mta-sts.txt': 404 },
    finds: ['policy.mta-sts-mismatch'],
    en: /HTTP 404/,
  },
  {
    name: 'MTA-STS that cannot be read',
    zone: sts,
    web: policyFile('mode: strict', 'max_age: 1'),
    finds: ['policy.mta-sts-mismatch'],
    en: /"mode: strict"/,
  },
  {
    name: 'MTA-STS without an id',
    zone: { '_mta-sts.example.co.jp TXT': ['v=STSv1;'] },
    finds: ['policy.mta-sts-mismatch'],
  },
  {
    name: 'TLSA of another key',
    zone: { '_587._tcp.smtp.example.co.jp TLSA': [tlsa()] },
    authenticated: true,
    tls: shown({}),
    finds: ['policy.tlsa-mismatch'],
    steps: new RegExp(`3 1 1 ${'ab'.repeat(32)}`),
  },
  {
    name: 'TLSA of this key',
    zone: { '_587._tcp.smtp.example.co.jp TLSA': [tlsa(), `030101${'ab'.repeat(32)}`] },
    authenticated: true,
    tls: shown({}),
    finds: [],
  },
  {
    name: 'TLSA of another key at the MX',
    zone: { '_25._tcp.smtp.example.co.jp TLSA': [tlsa()] },
    authenticated: true,
    tls: shown({}),
    finds: ['policy.tlsa-mismatch'],
    severity: 'warning',
    grade: 'warn',
    en: /takes the mail for example\.co\.jp/,
    ja: /example\.co\.jp 宛てのメール/,
    steps: /_25\._tcp\.smtp\.example\.co\.jp/,
  },
  {
    name: 'TLSA of this key at the MX',
    zone: { '_25._tcp.smtp.example.co.jp TLSA': [`030101${'ab'.repeat(32)}`] },
    authenticated: true,
    tls: shown({}),
    finds: [],
    grade: 'ok',
  },
  {
    name: 'TLSA at an MX that is not reached from here',
    zone: { '_25._tcp.smtp.example.co.jp TLSA': [tlsa()] },
    authenticated: true,
    tls: unreached,
    finds: [],
    grade: 'ok',
  },
  {
    name: 'TLSA at the MX that nobody vouches for',
    zone: { '_25._tcp.smtp.example.co.jp TLSA': [tlsa()] },
    finds: [],
    grade: 'ok',
  },
  { name: 'TLSA that nobody vouches for', zone: { '_587._tcp.smtp.example.co.jp TLSA': [tlsa()] }, finds: [] },
  {
    name: 'TLSA that cannot be compared',
    zone: { '_587._tcp.smtp.example.co.jp TLSA': [`030102${'00'.repeat(64)}`, tlsa()] },
    authenticated: true,
    tls: shown({}),
    finds: [],
  },
  {
    name: 'CAA without the issuer',
    zone: { 'example.co.jp CAA': [caa('issue', 'digicert.com'), caa('iodef', 'mailto:a@b.example')] },
    tls: shown({ issuer: "C=US, O=Let's Encrypt, CN=R11" }),
    finds: ['dns.caa-blocks-renewal'],
    severity: 'warning',
    steps: /0 issue "letsencrypt\.org"/,
  },
  {
    name: 'CAA with the issuer',
    zone: { 'example.co.jp CAA': [caa('issue', 'letsencrypt.org; accounturi=x')] },
    tls: shown({ issuer: "C=US, O=Let's Encrypt, CN=R11" }),
    finds: [],
  },
  {
    name: 'CAA of the host counts before that of the domain',
    zone: {
      'example.co.jp CAA': [caa('issue', 'digicert.com')],
      'smtp.example.co.jp CAA': [caa('issue', 'letsencrypt.org')],
      'imap.example.co.jp CAA': [caa('issue', 'letsencrypt.org')],
      'pop.example.co.jp CAA': [caa('issue', 'letsencrypt.org')],
    },
    tls: shown({ issuer: "C=US, O=Let's Encrypt, CN=R11" }),
    finds: [],
  },
  {
    name: 'CAA, and an issuer that nobody knows',
    zone: { 'example.co.jp CAA': [caa('issue', 'digicert.com')] },
    tls: shown({}),
    finds: [],
  },
  {
    name: 'a DNS that does not answer about SPF',
    zone: { 'example.co.jp TXT': 'SERVFAIL' },
    finds: [],
    grade: 'unknown',
  },
  {
    name: 'a DNS that does not answer about DMARC',
    zone: { '_dmarc.example.co.jp TXT': 'silent' },
    finds: [],
    grade: 'unknown',
  },
  {
    name: 'hosts that are addresses',
    subject: subjectWith({ smtp: { host: '192.0.2.10' }, imap: { host: '192.0.2.10' }, pop3: { host: '192.0.2.10' } }),
    zone: spf(),
    finds: [],
    grade: 'skip',
  },
  { name: 'a domain that is in no DNS', subject: subjectWith({ from: 'crm@aozora.local' }), finds: [], grade: 'skip' },
];

const causes = [...[...loginCauses.values()].filter(({ id }) => id.startsWith('policy.')), caaBlocksRenewal];
const { signal } = new AbortController();

test.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
  const { subject = subjectWith(), zone = {}, web = {}, tls, authenticated = false } = row;
  const { world } = policyWorld({ ...healthyZone, ...zone }, { web, authenticated, ...(tls ? { tls } : {}) });
  const policy = await senderPolicy.probe(subject, world, signal);
  expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
  const evidence = evidenceWith(subject, { ...row.ill, policy });
  if (row.grade) expect(senderPolicy.judge(policy, subject).grade).toBe(row.grade);
  for (const cause of causes) expectSound(cause, subject, evidence);
  const found = withoutSymptoms(findAll(causes, evidence, subject));
  expect(found.map(({ cause }) => cause.id).toSorted()).toEqual(row.finds);
  const [first] = found;
  if (!first) return;
  const { cause, finding } = first;
  // A diagnosis is never all that says so: a check that it rests on is bad as well.
  const bad = finding.evidence.some(({ check }) => evidence.bad(check) !== undefined);
  expect(bad).toBe(finding.severity !== 'info');
  if (row.severity) expect(finding.severity).toBe(row.severity);
  if (row.en) expect(cause.because(finding.detail, []).en).toMatch(row.en);
  if (row.ja) expect(cause.because(finding.detail, []).ja).toMatch(row.ja);
  const steps = cause.steps(finding.detail, []);
  if (row.steps) expect(steps.map(({ en }) => en).join('\n')).toMatch(row.steps);
  // What the judge calls a problem is named by some cause, and nothing else is.
  if (finding.evidence.every(({ check }) => check === senderPolicy) && finding.severity === 'warning') {
    expect(senderPolicy.judge(policy, subject).grade).toBe('warn');
  }
});

test.each(causes.map(({ id }) => id))('%s has a case', (id) => {
  // Read from replies alone; their cases stand with the replies.
  const byWords = [
    'policy.connector-mismatch',
    'policy.ip-reputation',
    'policy.sender-restricted',
    'policy.tenant-restricted',
  ];
  expect(byWords.includes(id) || rows.some(({ finds }) => finds.includes(id))).toBe(true);
});

test('asks only what it needs, and follows no redirect', async () => {
  const { world, asked } = policyWorld({ ...healthyZone, ...sts }, { web: {} });
  await senderPolicy.probe(subjectWith(), world, signal);
  expect(asked.filter((one) => one.startsWith('GET'))).toEqual([
    'GET https://mta-sts.example.co.jp/.well-known/mta-sts.txt 0',
  ]);
  expect(
    asked.filter((one) => one.includes('_domainkey') || one.endsWith('TLSA') || one.includes('_dmarc.co.jp')),
  ).toEqual([]);
  const plain = policyWorld(healthyZone);
  await senderPolicy.probe(subjectWith(), plain.world, signal);
  expect(plain.asked.filter((one) => one.startsWith('GET'))).toEqual([]);
  expect(new Set(plain.asked).size).toBeLessThan(25);
});

test('a healthy policy is summed up in one line and a tree', async () => {
  const { world } = policyWorld({ ...healthyZone, ...key(dkimRecord) });
  const policy = await senderPolicy.probe(signedBy, world, signal);
  expect(senderPolicy.judge(policy, signedBy)).toEqual({
    grade: 'ok',
    note: {
      en: 'SPF -all (1 of 10 lookups), DKIM s1 2048, DMARC quarantine',
      ja: 'SPF -all（問い合わせ 1/10 回）、DKIM s1 2048、DMARC quarantine',
    },
  });
  expect(senderPolicy.shown?.(policy).map(({ en }) => en)).toEqual([
    'example.co.jp',
    '  mx  #1  192.0.2.10/32',
    '  -all',
  ]);
});

const noReverse = '450 4.7.1 Client host rejected: cannot find your reverse hostname, [203.0.113.9]';
const noHost = '450 4.7.1 Client host rejected: cannot find your hostname, [203.0.113.9]';
const ptr: Zone = { '9.113.0.203.in-addr.arpa PTR': ['crm.example.co.jp'] };

describe('a server that refuses over the name of our address', () => {
  test.each([
    ['no name, and it says so', {}, noReverse, 'dns.ptr-missing', /203\.0\.113\.9, which has no reverse name/],
    ['no name, and it does not say which', {}, noHost, 'dns.ptr-missing', /203\.0\.113\.9/],
    ['a name that has no address', ptr, noHost, 'dns.fcrdns-mismatch', /crm\.example\.co\.jp; that name does not have/],
    [
      'a name with another address',
      { ...ptr, 'crm.example.co.jp A': ['203.0.113.8'] },
      noHost,
      'dns.fcrdns-mismatch',
      /that name does not have this address/,
    ],
    [
      'a name that is right, seen from here',
      { ...ptr, 'crm.example.co.jp A': ['203.0.113.9'] },
      noHost,
      'dns.fcrdns-mismatch',
      /whose reverse name is crm\.example\.co\.jp\. It refuses/,
    ],
    [
      'a DNS that does not answer',
      { '9.113.0.203.in-addr.arpa PTR': 'silent' },
      noReverse,
      'dns.ptr-missing',
      /has no reverse name/,
    ],
    [
      'a refusal without an address',
      {},
      '550 5.7.25 The sending IP must have a reverse DNS record',
      'dns.ptr-missing',
      /no reverse name/,
    ],
    ['an address in the answer to EHLO', {}, '550 5.7.25 no PTR record', 'dns.ptr-missing', /203\.0\.113\.7/],
  ] as const)('%s', async (name, zone: Zone, line, cause, words) => {
    const subject = subjectWith();
    const { world } = policyWorld({ ...healthyZone, ...zone });
    const dialogue = name.includes('EHLO') ? ['C: EHLO crm', 'S: 250-smtp.example.co.jp Hello crm [203.0.113.7]'] : [];
    const fact: SmtpLoginFact = {
      ehlo: 'crm',
      sender: subject.from,
      recipient: subject.address,
      offered: [],
      dialogue,
      rcpt: refused(line),
    };
    const { clientName } = await withClientName(fact, world, signal);
    const evidence = evidenceWith(subject, { smtp: { rcpt: refused(line), ...(clientName ? { clientName } : {}) } });
    const found = findAll([ptrMissing, fcrdnsMismatch], evidence, subject);
    for (const one of [ptrMissing, fcrdnsMismatch]) expectSound(one, subject, evidence);
    expect(found.map((one) => one.cause.id)).toEqual([cause]);
    expect(found[0]?.finding.severity).toBe('critical');
    expect(found[0]?.cause.because(found[0].finding.detail, []).en).toMatch(words);
  });

  test('nobody else is asked about', async () => {
    const { world, asked } = policyWorld(healthyZone);
    const fact: SmtpLoginFact = {
      ehlo: 'crm',
      sender: 'a@b.example',
      recipient: 'a@b.example',
      offered: [],
      dialogue: [],
      rcpt: refused('550 5.1.1 no such user [203.0.113.9]'),
    };
    expect(await withClientName(fact, world, signal)).toBe(fact);
    expect(asked).toEqual([]);
  });
});

test("a server that takes the mail shows its own name to receivers: that of the CRM's address is not looked up", async () => {
  const { world, asked } = policyWorld(healthyZone);
  const fact: SmtpLoginFact = {
    ehlo: 'crm',
    sender: 'sales@example.co.jp',
    recipient: 'sales@example.co.jp',
    offered: [],
    dialogue: ['C: EHLO crm', 'S: 250-smtp.example.co.jp Hello crm [203.0.113.7]'],
    rcpt: accepted(),
  };
  expect(await withClientName(fact, world, signal)).toBe(fact);
  expect(asked).toEqual([]);
});

describe('the server that handed the test message over', () => {
  const border = { by: 'mx.example.co.jp', from: 'out7.relay.example.net', address: '198.51.100.7' };
  const right: Zone = {
    ...healthyZone,
    'example.co.jp TXT': ['v=spf1 ip4:198.51.100.0/24 -all'],
    '7.100.51.198.in-addr.arpa PTR': ['out7.relay.example.net'],
    'out7.relay.example.net A': ['198.51.100.7'],
  };
  const passed = { authentication: [{ server: 'mx', results: [{ method: 'spf', result: 'pass', properties: {} }] }] };
  const subject = through('smtp.relay.example.net');

  test.each([
    ['everything right', {}, {}, []],
    ['not listed', { 'example.co.jp TXT': ['v=spf1 mx -all'] }, {}, ['policy.spf-not-listed']],
    ['not listed, softly', { 'example.co.jp TXT': ['v=spf1 mx ~all'] }, {}, ['policy.spf-not-listed']],
    ['not listed, without a word about it', { 'example.co.jp TXT': ['v=spf1 mx ?all'] }, {}, []],
    ['listed by its name in the DNS', { 'example.co.jp TXT': ['v=spf1 ptr:relay.example.net -all'] }, {}, []],
    ['an SPF record that the DNS does not give', { 'example.co.jp TXT': 'SERVFAIL' }, {}, []],
    ['not listed, but the receiver noted a pass', { 'example.co.jp TXT': ['v=spf1 mx -all'] }, passed, []],
    [
      'not listed, in an envelope of the relay itself',
      { 'example.co.jp TXT': ['v=spf1 mx -all'] },
      { returnPath: 'bounce@relay.example.net' },
      [],
    ],
    ['an envelope that nobody noted', { 'example.co.jp TXT': ['v=spf1 mx -all'] }, { returnPath: undefined }, []],
    ['no reverse name', { '7.100.51.198.in-addr.arpa PTR': [] }, {}, ['dns.ptr-missing']],
    ['a name that leads elsewhere', { 'out7.relay.example.net A': ['198.51.100.8'] }, {}, ['dns.fcrdns-mismatch']],
    ['inside a private network', {}, { border: { ...border, address: '10.0.0.7' } }, []],
    ['no border', { 'example.co.jp TXT': ['v=spf1 mx -all'] }, { border: undefined }, []],
  ] as const)('%s', async (_name, zone: Zone, over: object, finds) => {
    const { world } = policyWorld({ ...right, ...zone });
    const ill = arrived([], { border, returnPath: 'sales@example.co.jp', ...over });
    const before = evidenceWith(subject, ill).fact(mailRoundTrip);
    if (!before) throw new Error('there is a round trip');
    const roundTrip = await withSendingAddress(before, subject, world, signal);
    expect(mailRoundTrip.judge(roundTrip, subject).grade).toBe(finds.length > 0 ? 'warn' : 'ok');
    const evidence = evidenceWith(subject, { roundTrip });
    for (const one of [ptrMissing, fcrdnsMismatch, spfNotListed]) expectSound(one, subject, evidence);
    const found = findAll([ptrMissing, fcrdnsMismatch, spfNotListed], evidence, subject);
    expect(found.map((one) => one.cause.id)).toEqual(finds);
    for (const { cause, finding } of found) {
      expect(finding.severity).toBe('warning');
      expect(cause.because(finding.detail, []).en).toMatch(/198\.51\.100\.7/);
    }
  });
});
