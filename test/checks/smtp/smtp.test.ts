import { expect, test } from '@jest/globals';
import { loginCauses, testCases } from '../login-causes.ts';
import { greets, refused, subjectWith } from '../login-evidence.ts';

const smtp = 'smtp smtp.example.co.jp:587';
const overTls = subjectWith({ smtp: { host: 'smtp.example.co.jp', port: 465, security: 'tls' } });

/** A refusal at RCPT, MAIL or after the message. */
const rcpt = (line: string) => ({ smtp: { rcpt: refused(line) } });
const mail = (line: string) => ({ smtp: { mail: refused(line), rcpt: undefined } as object });
const data = (line: string) => ({
  roundTrip: { sent: refused(line), at: 'data' as const, found: undefined } as object,
});
const greeting = (line: string) => ({ port: { smtp: greets('smtp', line) } });

testCases([
  {
    name: 'turned away at the greeting',
    ill: greeting('554 smtp.example.co.jp ESMTP not accepting connections'),
    finds: ['smtp.greeting-refused'],
    affects: [smtp],
    en: ['554 smtp.example.co.jp ESMTP not accepting connections'],
    ruledOut: 'net.refused',
  },
  {
    name: 'turned away at the greeting inside TLS',
    subject: overTls,
    ill: {
      tls: {
        smtp: {
          handshake: {
            kind: 'done',
            version: 'TLSv1.3',
            cipher: 'TLS_AES_256_GCM_SHA384',
            cipherIsCommon: true,
            chain: [],
            trust: { ok: true },
            nameMatches: true,
            clientCertificateAsked: false,
            ms: 9,
          },
          greeting: { kind: 'greeted', speaks: 'smtp', lines: ['521 smtp.example.co.jp takes no mail'], ms: 5 },
        },
      },
    },
    finds: ['smtp.greeting-refused'],
    affects: ['smtp smtp.example.co.jp:465'],
  },
  {
    name: 'one of two addresses turns away: a warning',
    ill: {
      port: {
        smtp: {
          contacts: [
            ...(greets('smtp').contacts ?? []),
            ...(greets('smtp', '554 no').contacts ?? []).map((contact) => ({ ...contact, address: '192.0.2.11' })),
          ],
        },
      },
    },
    finds: ['smtp.greeting-refused'],
    severity: 'warning',
  },
  {
    name: 'a block list at the greeting',
    ill: greeting('554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org'),
    finds: ['smtp.blocklisted'],
  },
  {
    name: 'not available',
    ill: greeting('421 4.3.2 Service not available, closing transmission channel'),
    finds: ['smtp.service-unavailable'],
  },
  {
    name: 'a 421 that names a limit is the limit',
    ill: greeting('421 4.7.0 smtp.example.co.jp Error: too many connections from 192.0.2.1'),
    finds: ['smtp.rate-limited'],
  },
  {
    name: '421 in the middle of the login connection',
    ill: {
      smtp: {
        before: { at: 'hello', step: refused('421 4.3.0 Temporary problem') },
        login: undefined,
        mail: undefined,
        rcpt: undefined,
      } as object,
    },
    finds: ['smtp.service-unavailable'],
  },
  {
    name: 'the EHLO name is refused',
    ill: {
      smtp: {
        before: { at: 'hello', step: refused('504 5.5.2 <crm>: Helo command rejected: need fully-qualified hostname') },
        ehlo: 'crm',
        login: undefined,
        mail: undefined,
        rcpt: undefined,
      } as object,
    },
    finds: ['smtp.helo-refused'],
    en: ['the name crm:'],
    candidates: [],
  },
  {
    name: 'the EHLO name is refused, and this machine has others',
    subject: subjectWith({ ehlo: 'crm' }),
    ill: {
      smtp: {
        before: { at: 'hello', step: refused('504 5.5.2 <crm>: Helo command rejected: need fully-qualified hostname') },
        ehlo: 'crm',
        otherEhlo: ['crm.example.jp', '[192.0.2.1]', '[192.0.2.2]'],
        login: undefined,
        mail: undefined,
        rcpt: undefined,
      } as object,
    },
    finds: ['smtp.helo-refused'],
    candidates: [
      [{ path: 'mail.ehlo', from: 'crm', to: 'crm.example.jp' }],
      [{ path: 'mail.ehlo', from: 'crm', to: '[192.0.2.1]' }],
    ],
  },
  {
    name: 'EHLO refused before TLS',
    ill: { tls: { smtp: { hello: { code: '550', text: 'Bad HELO' } } } },
    finds: ['smtp.helo-refused'],
  },
  {
    name: 'relay denied',
    ill: rcpt('554 5.7.1 <sales@example.co.jp>: Relay access denied'),
    finds: ['smtp.relay-denied'],
    en: ['It did take the login'],
    ruledOut: 'auth.wrong-credentials',
  },
  {
    name: 'the sender does not exist',
    ill: mail('450 4.1.8 <sales@example.co.jp>: Sender address rejected: Domain not found'),
    finds: ['smtp.sender-refused'],
    en: ['sales@example.co.jp'],
  },
  {
    name: 'the sender belongs to somebody else',
    subject: subjectWith({ from: 'crm@example.co.jp' }),
    ill: rcpt('553 5.7.1 <crm@example.co.jp>: Sender address rejected: not owned by user sales@example.co.jp'),
    finds: ['smtp.sender-not-owned'],
    affects: [smtp],
    en: ['sales@example.co.jp send as crm@example.co.jp'],
    ja: ['crm@example.co.jp'],
    steps: /smtpd_sender_login_maps/,
  },
  {
    name: 'SendAs is missing in Microsoft 365, seen after the message',
    subject: subjectWith({
      smtp: { host: 'smtp.office365.com', port: 587, security: 'starttls' },
      from: 'crm@example.co.jp',
    }),
    ill: data(
      '554 5.2.252 SendAsDenied; sales@example.co.jp not allowed to send as crm@example.co.jp; STOREDRV.Submission.Exception:SendAsDeniedException',
    ),
    finds: ['smtp.sender-not-owned'],
    steps: /Delegation > Send as/,
  },
  {
    name: 'no such user',
    ill: rcpt('550 5.1.1 <sales@example.co.jp>: Recipient address rejected: User unknown in virtual mailbox table'),
    finds: ['smtp.recipient-refused'],
    en: ['sales@example.co.jp'],
  },
  {
    name: 'the mailbox is suspended',
    ill: rcpt('550 5.2.1 The email account that you tried to reach is disabled.'),
    finds: ['mailbox.disabled'],
  },
  {
    name: 'the mailbox has no licence',
    ill: rcpt('550 Mailbox not yet provisioned'),
    finds: ['mailbox.not-provisioned'],
  },
  {
    name: 'internal senders only',
    ill: rcpt('550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required'),
    finds: ['mailbox.restricted-senders'],
  },
  {
    name: 'too large by the answer',
    ill: data('552 5.3.4 Message size exceeds fixed limit'),
    finds: ['smtp.message-too-large'],
    en: ['19.1 MB'],
  },
  {
    name: 'too large by SIZE, held back by the client',
    ill: {
      smtp: { size: 1_000 },
      roundTrip: {
        sent: { kind: 'broken', how: 'garbled', says: 'Message size larger than allowed 1000', ms: 1 },
        found: undefined,
      } as object,
    },
    finds: ['smtp.message-too-large'],
    en: ['1000 bytes', '1.2 KB'],
  },
  {
    name: 'greylisted',
    ill: rcpt('450 4.2.0 <sales@example.co.jp>: Recipient address rejected: Greylisted'),
    finds: ['smtp.greylisted'],
    severity: 'warning',
  },
  { name: 'too much mail', ill: mail('450 4.7.1 Error: too much mail from 192.0.2.1'), finds: ['smtp.rate-limited'] },
  { name: 'a daily limit', ill: data('550 5.4.5 Daily user sending limit exceeded.'), finds: ['smtp.rate-limited'] },
  {
    name: 'on a block list',
    ill: rcpt('554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org'),
    finds: ['smtp.blocklisted'],
  },
  { name: 'the content is refused', ill: data('550 5.7.1 message content rejected'), finds: ['smtp.content-refused'] },
  { name: 'the disk is full', ill: mail('452 4.3.1 Insufficient system storage'), finds: ['smtp.disk-full'] },
  {
    name: 'the mailbox is full, not the disk',
    ill: rcpt('452 4.2.2 The recipient is over quota'),
    finds: ['quota.exceeded'],
    ruledOut: 'smtp.disk-full',
  },
  {
    name: 'the client is refused',
    ill: rcpt('554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied'),
    finds: ['smtp.client-refused'],
  },
  {
    name: 'a missing reverse name is left to the DNS',
    ill: rcpt('450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]'),
    finds: [],
  },
  {
    name: 'too many recipients',
    ill: rcpt('452 4.5.3 Error: too many recipients'),
    finds: ['smtp.too-many-recipients'],
  },
  { name: 'an early talker', ill: greeting('554 SMTP synchronization error'), finds: ['smtp.pipelining-refused'] },
  {
    name: 'a server without SMTPUTF8 says so',
    subject: subjectWith({ from: '営業@example.co.jp' }),
    ill: mail('553 5.6.7 Must declare SMTPUTF8 to send unicode address'),
    finds: ['smtp.smtputf8-required'],
    en: ['営業@example.co.jp'],
  },
  {
    name: 'an address that could not be sent without SMTPUTF8',
    subject: subjectWith({ from: '営業@example.co.jp' }),
    ill: {
      smtp: {
        mail: {
          kind: 'broken',
          how: 'garbled',
          says: 'not sent: the address needs SMTPUTF8, which the server does not offer',
          ms: 0,
        },
        rcpt: undefined,
      } as object,
    },
    finds: ['smtp.smtputf8-required'],
  },
  { name: 'a fault of the server', ill: mail('451 4.3.5 Server configuration error'), finds: ['smtp.server-error'] },
  { name: 'a mail loop', ill: data('554 5.4.6 Hop count exceeded - possible mail loop'), finds: ['smtp.mail-loop'] },
  {
    name: 'DMARC',
    ill: data("550 5.7.26 Unauthenticated email from example.co.jp is not accepted due to domain's DMARC policy."),
    finds: ['policy.dmarc-unaligned'],
  },
  {
    name: 'rules for bulk senders',
    ill: data(
      '550 5.7.515 Access denied, sending domain example.co.jp does not meet the required authentication level.',
    ),
    finds: ['policy.bulk-sender-rules'],
  },
  {
    name: 'reputation',
    ill: data('421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred'),
    finds: ['policy.ip-reputation'],
  },
  {
    name: 'the account may not send',
    ill: data('550 5.1.8 Access denied, bad outbound sender'),
    finds: ['policy.sender-restricted'],
  },
  {
    name: 'the tenant may not send',
    ill: data('550 5.7.705 Access denied, tenant has exceeded threshold'),
    finds: ['policy.tenant-restricted'],
  },
  {
    name: 'the connector does not know us',
    ill: rcpt('550 5.7.64 TenantAttribution; Relay Access Denied'),
    finds: ['policy.connector-mismatch'],
  },
  {
    name: 'lines end with LF',
    ill: data('521 5.5.2 smtp.example.co.jp Error: bare <LF> received'),
    finds: ['smtp.bare-lf'],
    en: ['LF in place of CRLF', 'bare <LF> received'],
    ja: ['LF'],
    steps: /smtpd_forbid_bare_newline/,
  },
  {
    name: 'a line is too long',
    ill: data('550 5.5.2 maximum allowed line length is 998 octets, got 2054'),
    finds: ['smtp.line-too-long'],
    en: ['998 octets'],
    ja: ['998 バイト'],
  },
]);

test.each([
  ['smtp.sender-not-owned', 'config.sender-mismatch'],
  ['smtp.sender-refused', 'config.sender-mismatch'],
  ['smtp.relay-denied', 'auth.missing'],
  ['auth.wrong-credentials', 'config.username-form'],
  ['auth.wrong-credentials', 'config.placeholder'],
  ['auth.requires-tls', 'config.security-mismatch'],
])('%s gives way to %s', (id, deeper) => {
  expect(loginCauses.get(id)?.unless).toContain(deeper);
});
