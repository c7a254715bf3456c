import { expect, test } from '@jest/globals';
import { toDoor } from '../../../checks/config/door-changes.ts';
import { hostsFor } from '../../../checks/config/host-candidates.ts';
import { wrongHost } from '../../../checks/config/wrong-host.cause.ts';
import { hostnameMismatch } from '../../../checks/tls/hostname-mismatch.cause.ts';
import { withoutSymptoms } from '../../../src/diagnose/findings.ts';
import type { AnyCause } from '../../../src/model/cause.ts';
import type { Subject } from '../../../src/model/mailbox.ts';
import { subjectsOf, withChange } from '../../../src/model/mailbox.ts';
import type { Case } from '../area.ts';
import { counts, testCases, testComplete } from '../area.ts';
import type { Ill } from '../evidence.ts';
import {
  accepted,
  answered,
  broken,
  certificate,
  contact,
  domain,
  done,
  evidenceWith,
  failedHandshake,
  fails,
  greeted,
  mailbox,
  onlyImap,
  open,
  password,
  port,
  refusal,
  refused,
  sibling,
  untrusted,
} from '../evidence.ts';

const host = `mail.${domain}`;
const imapTarget = `imap ${host}:993`;
const smtpTarget = `smtp ${host}:587`;
const nxdomain = answered('NXDOMAIN');
const wrongPassword = refusal('535 5.7.8 Error: authentication failed');
const wrongImap = refusal('NO [AUTHENTICATIONFAILED] Authentication failed.');
const problem = (
  path: string,
  value: string | number,
  kind: 'blank' | 'url' | 'range' | 'empty' | 'full-width',
  suggestion?: string,
) => ({
  problems: [{ path, value, kind, ...(suggestion === undefined ? {} : { suggestion }) }],
});
const stranger = (speaks: 'smtp' | 'imap' | 'pop3' | 'http' | 'ssh') => port([contact(open, greeted(speaks))]);
const silentTls = port([contact(open, { kind: 'silent', ms: 1500, tls: true })]);
const imap = (over: object) => mailbox({ imap: { host, port: 993, security: 'tls', ...over } });

const own = `sales@${domain}`;
const unquoted = `Aozora, Inc. <${own}>`;
const named = `"Aozora, Inc." <${own}>`;

/** The second of two entries for the same account, which differs in what is said. */
const second = (over: object): Subject => {
  const { config } = mailbox();
  const two = Object.fromEntries(
    Object.entries({ ...config, ...over, name: 'two' }).filter(([, value]) => value !== undefined),
  );
  const [, subject] = subjectsOf([
    { ...config, name: 'one' },
    // Only values of the configuration's own types are left in or taken out.
    two as unknown as typeof config,
  ]);
  if (!subject) throw new Error('two entries are two subjects');
  return subject;
};

/** As the check finds it in the subject. */
const twins = ({ twins: found = [] }: Subject): Ill => ({
  service: Object.fromEntries(found.map((twin) => [twin.protocol, { twin }])),
});

const ownFile = (state: 'mismatch' | 'usable') => ({ cert: '/srv/client.pem', key: '/srv/client.key', state });

const cases: readonly Case[] = [
  { name: 'a healthy mailbox', ill: {}, finds: [] },
  {
    name: 'the key does not belong to the client certificate',
    subject: onlyImap(),
    ill: {
      tls: {
        imap: { handshake: failedHandshake({ clientCertificateAsked: true }), clientCertificate: ownFile('mismatch') },
      },
    },
    finds: ['config.client-certificate-file'],
    affects: [imapTarget],
    severity: 'critical',
    en: /the key in \/srv\/client\.key does not belong to the certificate/,
    ja: /対応していません/,
  },
  {
    name: 'the client certificate has expired',
    subject: onlyImap(),
    ill: {
      tls: {
        imap: {
          clientCertificate: {
            ...ownFile('usable'),
            notBefore: '2025-01-01T00:00:00.000Z',
            notAfter: '2026-11-01T00:00:00.000Z',
            forClients: true,
          },
        },
      },
    },
    finds: ['config.client-certificate-file'],
    en: /ended on 2026-11-01/,
  },
  {
    name: 'checking is switched off, and needlessly',
    subject: mailbox({ verify: false }),
    ill: {},
    finds: ['config.verify-disabled'],
    severity: 'warning',
    affects: [smtpTarget, imapTarget],
    en: /need not be/,
  },
  {
    name: 'checking is switched off in the CRM itself, where the steps lead',
    subject: {
      ...mailbox({ verify: false }),
      crm: {
        label: 'crm:odoo',
        path: 'crm',
        product: 'Odoo',
        password: 'none',
        account: {
          id: '1',
          name: 'Sales',
          services: {},
          enabled: true,
          place: { en: 'Settings > Sales', ja: '設定 > Sales' },
          writable: [],
        },
      },
    },
    ill: {},
    finds: ['config.verify-disabled'],
    en: /set so in Odoo, "Sales"/,
    ja: /Odoo の「Sales」の設定/,
  },
  {
    name: 'checking is switched off and hides a fault, which is named',
    subject: mailbox({ verify: false }),
    ill: {
      tls: {
        imap: {
          handshake: done(
            { trust: untrusted('CERT_HAS_EXPIRED') },
            certificate({ notAfter: '2026-11-21T00:00:00.000Z' }),
          ),
        },
      },
    },
    finds: ['config.verify-disabled', 'tls.certificate-expired'],
    en: /hides a fault: cert has expired/,
  },
  {
    name: 'a blank after the host',
    subject: imap({ host: `${host} ` }),
    ill: { service: { imap: problem('mail.imap.host', `${host} `, 'blank', host) } },
    finds: ['config.malformed-value'],
    affects: [`imap ${host} :993`],
    severity: 'critical',
    candidates: [[{ path: 'mail.imap.host', from: `${host} `, to: host }]],
  },
  {
    name: 'an EHLO name with a line end in it',
    subject: mailbox({ ehlo: 'crm\r\nRSET' }),
    ill: { account: problem('mail.ehlo', 'crm\r\nRSET', 'blank', 'crmRSET') },
    finds: ['config.malformed-value'],
    affects: ['sales@aozora.test', 'smtp mail.aozora.test:587'],
  },
  {
    name: 'a From header that falls apart at its comma',
    subject: mailbox({ from: unquoted }),
    ill: {
      account: {
        sender: {
          kind: 'malformed',
          fault: 'unquoted',
          path: 'mail.from',
          value: unquoted,
          address: own,
          suggestion: named,
        },
      },
    },
    finds: ['config.sender-malformed'],
    affects: [own, smtpTarget],
    severity: 'critical',
    candidates: [[{ path: 'mail.from', from: unquoted, to: named }], [{ path: 'mail.from', from: unquoted, to: own }]],
    ruledOut: 'config.sender-mismatch',
    en: /comma/,
    ja: /引用符/,
  },
  {
    name: 'a From header that the server finds malformed, although ours is not',
    ill: { smtp: { mail: refusal('550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant') } },
    finds: ['config.sender-malformed'],
    candidates: [],
  },
  { name: 'a well-formed From header with a name', subject: mailbox({ from: named }), ill: {}, finds: [] },
  {
    name: 'two entries that fetch from one mailbox',
    subject: second({}),
    ill: twins(second({})),
    finds: ['config.duplicate-account'],
    affects: [imapTarget],
    severity: 'warning',
    en: /mail\[two\]\.imap and mail\[one\]\.imap/,
  },
  {
    name: 'POP3 and IMAP of one inbox are the same mailbox',
    subject: second({ imap: undefined, pop3: { host } }),
    ill: twins(second({ imap: undefined, pop3: { host } })),
    finds: ['config.duplicate-account'],
    affects: [`pop3 ${host}:995`],
  },
  {
    name: 'another folder of the same mailbox is no duplicate',
    subject: second({ imap: { host, folder: 'CRM' } }),
    ill: twins(second({ imap: { host, folder: 'CRM' } })),
    finds: [],
  },
  {
    name: 'another login is none',
    subject: second({ username: 'info' }),
    ill: twins(second({ username: 'info' })),
    finds: [],
  },
  {
    name: 'a row of a list that could not be read',
    subject: onlyImap(),
    ill: {
      account: {
        row: {
          file: '/srv/crm/accounts.csv',
          row: 12,
          faults: [{ en: 'address is no e-mail address', ja: 'address 列がメールアドレスではありません' }],
        },
      },
    },
    finds: ['config.mailbox-row'],
    affects: [`sales@${domain}`],
    severity: 'critical',
    en: /accounts\.csv, row 12: address is no e-mail address/,
    ja: /12 行目/,
  },
  {
    name: 'a URL with its port',
    subject: imap({ host: `imaps://${host}:143/` }),
    ill: { service: { imap: problem('mail.imap.host', `imaps://${host}:143/`, 'url', host) } },
    finds: ['config.malformed-value'],
    candidates: [
      [{ path: 'mail.imap.host', from: `imaps://${host}:143/`, to: host }],
      [
        { path: 'mail.imap.host', from: `imaps://${host}:143/`, to: host },
        { path: 'mail.imap.port', from: 993, to: 143 },
        { path: 'mail.imap.security', from: 'tls', to: 'starttls' },
      ],
    ],
  },
  {
    name: 'a port that cannot be',
    subject: imap({ port: 99_999 }),
    ill: { service: { imap: problem('mail.imap.port', 99_999, 'range') } },
    finds: ['config.malformed-value'],
    candidates: [
      [{ path: 'mail.imap.port', from: 99_999, to: 993 }],
      [
        { path: 'mail.imap.port', from: 99_999, to: 143 },
        { path: 'mail.imap.security', from: 'tls', to: 'starttls' },
      ],
    ],
    en: /1 to 65535/,
  },
  {
    name: 'an empty host',
    subject: imap({ host: '' }),
    ill: { service: { imap: problem('mail.imap.host', '', 'empty') } },
    finds: ['config.malformed-value'],
    candidates: [],
  },
  {
    name: 'a malformed address',
    ill: { account: problem('mail.address', 'sales＠aozora.test', 'full-width', 'sales@aozora.test') },
    finds: ['config.malformed-value'],
    affects: ['sales@aozora.test', smtpTarget, imapTarget],
  },
  {
    name: 'a password with a blank at its end, refused; the password itself is not shown',
    ill: { account: password({ outerBlanks: true }), smtp: { login: wrongPassword }, imap: { login: wrongImap } },
    finds: ['config.malformed-value', 'config.username-form?'],
    affects: [smtpTarget, imapTarget],
    evidence: ['mail.config sales@aozora.test', `mail.smtp-auth ${smtpTarget}`, `mail.imap-auth ${imapTarget}`],
    candidates: [],
  },
  { name: 'the same password, accepted', ill: { account: password({ outerBlanks: true }) }, finds: [] },
  {
    name: 'an empty password, which is not sent',
    ill: { account: password({ empty: true }), smtp: { login: broken('garbled', 'not sent: the password is empty') } },
    finds: ['config.malformed-value'],
    affects: [smtpTarget],
  },
  {
    name: 'a full-width password, refused: only likely',
    ill: { account: password({ nonAscii: true }), smtp: { login: wrongPassword } },
    finds: ['config.malformed-value', 'config.username-form?'],
    severity: 'warning',
  },
  {
    name: 'an example host that does not exist',
    subject: imap({ host: 'imap.example.com' }),
    ill: {
      service: { imap: { placeholders: [{ path: 'mail.imap.host', value: 'imap.example.com' }] } },
      dns: { imap: fails('imap.example.com', nxdomain) },
    },
    finds: ['config.placeholder', 'config.wrong-host?'],
    affects: ['imap imap.example.com:993', 'imap.example.com'],
    candidates: [
      [{ path: 'mail.imap.host', from: 'imap.example.com', to: host }],
      [
        { path: 'mail.imap.host', from: 'imap.example.com', to: host },
        { path: 'mail.imap.port', from: 993, to: 143 },
        { path: 'mail.imap.security', from: 'tls', to: 'starttls' },
      ],
    ],
  },
  {
    name: 'a host that looks like an example, and works',
    ill: { service: { imap: { placeholders: [{ path: 'mail.imap.host', value: host }] } } },
    finds: [],
  },
  {
    name: 'an example password, refused',
    ill: { account: password({ placeholder: true }), smtp: { login: wrongPassword }, imap: { login: wrongImap } },
    finds: ['config.placeholder', 'config.placeholder', 'config.username-form?'],
    affects: [smtpTarget],
  },
  {
    name: 'an example login name, refused',
    ill: {
      account: { placeholders: [{ path: 'mail.address', value: 'sales@aozora.test' }] },
      imap: { login: wrongImap },
    },
    finds: ['config.placeholder', 'config.username-form?'],
    affects: [imapTarget],
  },
  {
    name: 'an unknown host, with what the domain offers',
    subject: imap({ host: `imp.${domain}` }),
    ill: {
      dns: { imap: fails(`imp.${domain}`, nxdomain) },
      domain: {
        candidates: {
          smtp: [],
          imap: [
            { host: `imap.${domain}`, from: 'name' },
            { host, port: 993, security: 'tls', from: 'srv' },
          ],
          pop3: [],
        },
      },
    },
    finds: ['config.wrong-host?', 'dns.no-such-host'],
    affects: [`imap imp.${domain}:993`, `imp.${domain}`],
    candidates: [
      [{ path: 'mail.imap.host', from: `imp.${domain}`, to: host }],
      [{ path: 'mail.imap.host', from: `imp.${domain}`, to: host }],
      [{ path: 'mail.imap.host', from: `imp.${domain}`, to: `imap.${domain}` }],
      [
        { path: 'mail.imap.host', from: `imp.${domain}`, to: host },
        { path: 'mail.imap.port', from: 993, to: 143 },
        { path: 'mail.imap.security', from: 'tls', to: 'starttls' },
      ],
      [
        { path: 'mail.imap.host', from: `imp.${domain}`, to: `imap.${domain}` },
        { path: 'mail.imap.port', from: 993, to: 143 },
        { path: 'mail.imap.security', from: 'tls', to: 'starttls' },
      ],
    ],
  },
  {
    name: 'two services share a wrong host: each goes to its own',
    subject: mailbox({
      smtp: { host: `x.${domain}`, port: 587 },
      imap: { host: `x.${domain}`, port: 993 },
    }),
    ill: {
      dns: { smtp: fails(`x.${domain}`, nxdomain), imap: fails(`x.${domain}`, nxdomain) },
      domain: {
        candidates: {
          smtp: [{ host: `smtp.${domain}`, port: 587, security: 'starttls', from: 'srv' }],
          imap: [{ host: `imap.${domain}`, port: 993, security: 'tls', from: 'srv' }],
          pop3: [],
        },
      },
    },
    finds: ['config.wrong-host?', 'dns.no-such-host'],
    candidates: [
      [
        { path: 'mail.smtp.host', from: `x.${domain}`, to: `smtp.${domain}` },
        { path: 'mail.imap.host', from: `x.${domain}`, to: `imap.${domain}` },
      ],
    ],
  },
  {
    name: 'a zone that fails says nothing of the host',
    subject: imap({ host: `imp.${domain}` }),
    ill: { dns: { imap: fails(`imp.${domain}`, answered('SERVFAIL'), { root: answered('NOERROR') }) } },
    finds: ['dns.server-failure'],
  },
  {
    name: 'closed here, open next door',
    subject: mailbox({ smtp: { host, port: 578, security: 'starttls' } }),
    ill: { port: { smtp: port([contact(refused)], { siblings: [sibling(587, open), sibling(465, open)] }) } },
    finds: ['config.wrong-port?', 'config.wrong-host?', 'net.refused'],
    affects: [`smtp ${host}:578`],
    candidates: [
      [{ path: 'mail.smtp.port', from: 578, to: 587 }],
      [
        { path: 'mail.smtp.port', from: 578, to: 465 },
        { path: 'mail.smtp.security', from: 'starttls', to: 'tls' },
      ],
      [{ path: 'mail.smtp.port', from: 578, to: 25 }],
    ],
  },
  {
    name: 'SSH on the port: a wrong port, or else another protocol',
    subject: onlyImap({ port: 22, security: 'starttls' }),
    ill: { port: { imap: stranger('ssh') } },
    finds: ['config.protocol-mismatch', 'config.wrong-host?', 'config.wrong-port?'],
    en: /SSH-2\.0/,
  },
  {
    name: 'the port of another wanted service',
    subject: imap({ port: 587, security: 'starttls' }),
    ill: { port: { imap: stranger('smtp') } },
    finds: ['config.protocol-mismatch'],
    affects: [`imap ${host}:587`],
    en: /belongs to SMTP/,
    candidates: [
      [
        { path: 'mail.imap.port', from: 587, to: 993 },
        { path: 'mail.imap.security', from: 'starttls', to: 'tls' },
      ],
      [{ path: 'mail.imap.port', from: 587, to: 143 }],
    ],
  },
  {
    name: 'IMAP greets inside TLS where SMTP was expected',
    subject: mailbox({ smtp: { host, port: 993, security: 'tls' } }),
    ill: { tls: { smtp: { handshake: done(), greeting: greeted('imap') } } },
    finds: ['config.protocol-mismatch'],
    affects: [`smtp ${host}:993`],
  },
  {
    name: 'IMAP in clear on the implicit TLS port of SMTP: silence is enough, since SMTP is there',
    subject: mailbox({
      smtp: { host, port: 465, security: 'tls' },
      imap: { host, port: 465, security: 'starttls' },
    }),
    ill: { port: { imap: silentTls } },
    finds: ['config.protocol-mismatch', 'config.security-mismatch?'],
  },
  {
    name: 'the host of SMTP for IMAP, which is not there on any port',
    subject: mailbox({ smtp: { host: `smtp.${domain}`, port: 587 }, imap: { host: `smtp.${domain}`, port: 993 } }),
    ill: {
      port: { imap: port([contact(refused)], { siblings: [sibling(143, refused)] }) },
      domain: { candidates: { smtp: [], imap: [{ host: `imap.${domain}`, from: 'name' }], pop3: [] } },
    },
    finds: ['config.protocol-mismatch?', 'config.wrong-host?', 'config.wrong-port?', 'net.refused'],
  },
  {
    name: 'TLS from the first byte where STARTTLS belongs',
    subject: mailbox({ smtp: { host, port: 587, security: 'tls' } }),
    ill: { tls: { smtp: { handshake: { kind: 'plain', speaks: 'smtp', line: '220 mail ESMTP', ms: 3 } } } },
    finds: ['config.security-mismatch?', 'tls.starttls-not-offered'],
    affects: [smtpTarget],
    candidates: [
      [{ path: 'mail.smtp.security', from: 'tls', to: 'starttls' }],
      [{ path: 'mail.smtp.port', from: 587, to: 465 }],
      [
        { path: 'mail.smtp.port', from: 587, to: 25 },
        { path: 'mail.smtp.security', from: 'tls', to: 'starttls' },
      ],
    ],
  },
  {
    name: 'clear text where TLS starts at once',
    subject: imap({ security: 'none' }),
    ill: { port: { imap: silentTls } },
    finds: ['config.security-mismatch?', 'config.wrong-port?'],
    affects: [imapTarget],
    ruledOut: 'net.no-greeting',
  },
  {
    name: 'every login refused: the other form for all of them',
    ill: { smtp: { login: wrongPassword }, imap: { login: wrongImap } },
    finds: ['config.username-form?'],
    affects: [smtpTarget, imapTarget],
    candidates: [[{ path: 'mail.username', from: 'sales@aozora.test', to: 'sales' }]],
  },
  {
    name: 'refused by one, accepted by the other: the one gets a name of its own',
    subject: mailbox({ username: 'sales' }),
    ill: { smtp: { login: wrongPassword } },
    finds: ['config.username-form?'],
    affects: [smtpTarget],
    candidates: [[{ path: 'mail.smtp.username', from: 'sales', to: 'sales@aozora.test' }]],
  },
  {
    name: 'a refusal that names its reason',
    ill: { smtp: { login: refusal('534 5.7.9 Application-specific password required') } },
    finds: [],
  },
  {
    name: 'a server that cannot check now',
    ill: { smtp: { login: refusal('454 4.7.0 Temporary authentication failure') } },
    finds: [],
  },
  {
    name: 'the sender is refused at RCPT, and is not the own one',
    subject: mailbox({ from: 'info@aozora.test' }),
    ill: {
      smtp: {
        rcpt: refusal('553 5.7.1 <info@aozora.test>: Sender address rejected: not owned by user sales@aozora.test'),
      },
    },
    finds: ['config.sender-mismatch?'],
    affects: [smtpTarget],
    candidates: [[{ path: 'mail.from', from: 'info@aozora.test', to: 'sales@aozora.test' }]],
  },
  { name: 'the own sender is refused', ill: { smtp: { mail: refusal('553 5.7.1 not owned by user') } }, finds: [] },
  {
    name: 'a temporary refusal',
    subject: mailbox({ from: 'info@aozora.test' }),
    ill: { smtp: { rcpt: refusal('450 4.7.1 Greylisted') } },
    finds: [],
  },
  {
    name: 'a password in the clear, though STARTTLS is offered',
    subject: mailbox({ smtp: { host, port: 587, security: 'none' } }),
    ill: {},
    finds: ['config.clear-password'],
    severity: 'warning',
    candidates: [
      [{ path: 'mail.smtp.security', from: 'none', to: 'starttls' }],
      [
        { path: 'mail.smtp.port', from: 587, to: 465 },
        { path: 'mail.smtp.security', from: 'none', to: 'tls' },
      ],
    ],
  },
];

testCases(cases);
testComplete('config', cases, ['config.no-recipient']);

const tlsOn587 = mailbox({ smtp: { host, port: 587, security: 'tls' } });
const plain = { tls: { smtp: { handshake: { kind: 'plain', speaks: 'smtp', line: '220', ms: 3 } } } } as const;
const typo = imap({ host: `imp.${domain}` });
const unknownHost = { dns: { imap: fails(`imp.${domain}`, nxdomain) } };
const web = imap({ host: `www.${domain}` });
const closed = { port: { imap: port([contact(refused)]) } };

test.each([
  ['security-mismatch: TLS stands', 'config.security-mismatch', tlsOn587, plain, mailbox(), {}, true],
  [
    'security-mismatch: TLS stands, the certificate is bad',
    'config.security-mismatch',
    tlsOn587,
    plain,
    mailbox(),
    { tls: { smtp: { handshake: done({ nameMatches: false }) } } },
    true,
  ],
  [
    'security-mismatch: STARTTLS is not offered',
    'config.security-mismatch',
    tlsOn587,
    plain,
    mailbox(),
    { tls: { smtp: { startTls: { kind: 'not-offered' } } } },
    false,
  ],
  [
    'security-mismatch: the server speaks TLS and wants a certificate',
    'config.security-mismatch',
    tlsOn587,
    plain,
    mailbox(),
    { tls: { smtp: { handshake: failedHandshake({ clientCertificateAsked: true }) } } },
    true,
  ],
  ['wrong-host, unknown: the other one answers', 'config.wrong-host', typo, unknownHost, mailbox(), {}, true],
  [
    'wrong-host, unknown: the other one answers, the login is a matter of its own',
    'config.wrong-host',
    typo,
    unknownHost,
    mailbox(),
    { imap: { login: wrongImap } },
    true,
  ],
  ['wrong-host, unknown: the other one has no IMAP', 'config.wrong-host', typo, unknownHost, mailbox(), closed, false],
  ['wrong-host, without service: the other one takes the login', 'config.wrong-host', web, closed, mailbox(), {}, true],
  [
    'wrong-host, without service: the other one refuses the login',
    'config.wrong-host',
    web,
    closed,
    mailbox(),
    { imap: { login: wrongImap } },
    false,
  ],
  [
    'wrong-port: the other one speaks another protocol',
    'config.wrong-port',
    imap({ port: 994 }),
    closed,
    mailbox(),
    { tls: { imap: { greeting: greeted('smtp') } } },
    false,
  ],
  ['wrong-port: right', 'config.wrong-port', imap({ port: 994 }), closed, mailbox(), {}, true],
  [
    'username-form: accepted',
    'config.username-form',
    mailbox(),
    { smtp: { login: wrongPassword } },
    mailbox(),
    { smtp: { rcpt: refusal('550 5.1.1 no') } },
    true,
  ],
  [
    'username-form: refused',
    'config.username-form',
    mailbox(),
    { smtp: { login: wrongPassword } },
    mailbox(),
    { smtp: { login: wrongPassword } },
    false,
  ],
  [
    'sender-mismatch: taken',
    'config.sender-mismatch',
    mailbox({ from: 'info@aozora.test' }),
    { smtp: { mail: refusal('553 no') } },
    mailbox(),
    { smtp: { mail: accepted() } },
    true,
  ],
  [
    'clear-password: encrypted',
    'config.clear-password',
    mailbox({ smtp: { host, port: 587, security: 'none' } }),
    {},
    mailbox(),
    {},
    true,
  ],
  [
    'clear-password: encrypted, but not to be trusted',
    'config.clear-password',
    mailbox({ smtp: { host, port: 587, security: 'none' } }),
    {},
    mailbox(),
    { tls: { smtp: { handshake: done({ nameMatches: false }) } } },
    false,
  ],
] as const)('%s', (_name, id, before, ill, changed, trial, expected) => {
  expect(counts(id, before, ill, changed, trial)).toBe(expected);
});

test.each([
  [{ host }, { port: 143, security: 'starttls' }],
  [
    { host, security: 'starttls' },
    { port: 143, security: 'tls' },
  ],
  [
    { host, security: 'tls' },
    { port: 143, security: 'starttls' },
  ],
  [
    { host, port: 143 },
    { port: 993, security: 'tls' },
  ],
  [
    { host, port: 143, security: 'starttls' },
    { port: 993, security: 'tls' },
  ],
  [
    { host, port: 2143 },
    { port: 2143, security: 'tls' },
  ],
] as const)('from %j the change leads to %j', (given, door) => {
  const subject = mailbox({ imap: given });
  const { imap: service } = subject.services;
  if (!service) throw new Error('no imap');
  const changed = withChange(subject, toDoor(service, subject, door)).services.imap;
  expect({ port: changed?.port, security: changed?.security }).toEqual(door);
});

test.each([
  [
    'of a trusted certificate, those of the domain and of the protocol first',
    done({}, certificate({ names: [host, `*.${domain}`, 'smtp.other.test', `out7.${domain}`, `SMTP-a.${domain}`] })),
    [`smtp-a.${domain}`, `out7.${domain}`],
  ],
  [
    'of one that is not trusted, none',
    done({ trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') }, certificate({ names: [host, `out7.${domain}`] })),
    [],
  ],
  [
    'of one for a mismatched host, all the same',
    done({ nameMatches: false }, certificate({ names: [`a.${domain}`] })),
    [`a.${domain}`],
  ],
] as const)('names for another host: %s', (_name, handshake, names) => {
  const subject = mailbox({ smtp: { host: `smpt.${domain}`, port: 587 } });
  const evidence = evidenceWith(subject, {
    dns: { smtp: fails(`smpt.${domain}`, nxdomain) },
    tls: { imap: { handshake } },
  });
  const { smtp } = subject.services;
  if (!smtp) throw new Error('no SMTP');
  const hosts = hostsFor(evidence, subject, smtp);
  expect(hosts.flatMap((one) => (one.from === 'certificate' ? [one.host] : []))).toEqual(names);
  // The host of the sibling has its own ground.
  expect(hosts.find((one) => one.host === host)?.from).toBe('name');
});

test('where a host without the service shows a certificate for another name, only the host is named', () => {
  const subject = imap({ host: `www.${domain}` });
  const evidence = evidenceWith(subject, {
    tls: {
      imap: {
        handshake: done({ nameMatches: false }, certificate({ names: [host] })),
        otherNames: [{ host, sameAddress: false }],
        greeting: greeted('http'),
      },
    },
  });
  const causes: readonly AnyCause[] = [wrongHost, hostnameMismatch];
  const found = causes.flatMap((cause) => cause.explain(evidence, subject).map((finding) => ({ cause, finding })));
  expect(found).toHaveLength(2);
  expect(withoutSymptoms(found).map(({ cause }) => cause.id)).toEqual(['config.wrong-host']);
  expect(withoutSymptoms(found.slice(1)).map(({ cause }) => cause.id)).toEqual(['tls.hostname-mismatch']);
});
