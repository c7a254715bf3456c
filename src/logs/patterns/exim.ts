import type { LogPattern } from '../pattern.ts';

/** Exim: its main log, its reject log, and what it says to clients. The order matters: the first match wins. */
export const eximPatterns: readonly LogPattern[] = [
  {
    match: /\b550 relay not permitted|\brelay not permitted$/i,
    cause: 'smtp.relay-denied',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:07 H=(crm) [192.0.2.9] F=<a@example.jp> rejected RCPT <b@example.net>: relay not permitted',
  },
  {
    match: /\b535 Incorrect authentication data/i,
    cause: 'auth.wrong-credentials',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:07 dovecot_login authenticator failed for (crm) [192.0.2.9]: 535 Incorrect authentication data (set_id=sales@example.jp)',
  },
  {
    match: /AUTH command used when not advertised/i,
    cause: 'auth.not-offered',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:07 SMTP protocol error in "AUTH LOGIN" H=(crm) [192.0.2.9] AUTH command used when not advertised',
  },
  {
    match: /STARTTLS command used when not advertised/i,
    cause: 'tls.starttls-not-offered',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:07 SMTP protocol error in "STARTTLS" H=(crm) [192.0.2.9] STARTTLS command used when not advertised',
  },
  {
    match: /\b454 TLS currently unavailable/i,
    cause: 'tls.starttls-failed',
    by: 'Exim',
    sample: '2026-11-24 09:00:07\tSERVER -> CLIENT: 454 TLS currently unavailable',
  },
  {
    match: /SMTP synchronization error/i,
    cause: 'smtp.pipelining-refused',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:07 SMTP protocol synchronization error (input sent without waiting for greeting): rejected connection from H=[192.0.2.9] input="EHLO crm\\r\\n" 554 SMTP synchronization error',
  },
  {
    match: /\b552 Message size exceeds maximum permitted/i,
    cause: 'smtp.message-too-large',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:07 1tAbCd-0001Xy-4f ** b@example.net R=dnslookup T=remote_smtp H=mx.example.net [198.51.100.4]: SMTP error from remote mail server after MAIL FROM:<a@example.jp> SIZE=41000000: 552 Message size exceeds maximum permitted',
  },
  {
    match: /\b452 Space shortage, please try later/i,
    cause: 'smtp.disk-full',
    by: 'Exim',
    sample: '2026-11-24 09:00:07\tSERVER -> CLIENT: 452 Space shortage, please try later',
  },
  {
    match: /Too many concurrent SMTP connections|Too much load; please try again/i,
    cause: 'smtp.service-unavailable',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:07 Connection from [192.0.2.9] refused: Too many concurrent SMTP connections; please try again later',
  },
  {
    match: /\b55[04] SMTP service not available/i,
    cause: 'smtp.greeting-refused',
    by: 'Exim host_reject_connection',
    sample: '2026-11-24 09:00:07\tSERVER -> CLIENT: 554 SMTP service not available',
  },
  {
    match: /Unrouteable address/i,
    cause: 'smtp.recipient-refused',
    by: 'Exim',
    sample: '2026-11-24 09:00:07 1tAbCe-0001Xz-5g ** tanaka@example.jp: Unrouteable address',
  },
  {
    match: /Sender verify failed/i,
    cause: 'smtp.sender-refused',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:07 H=(crm) [192.0.2.9] F=<a@exmaple.jp> rejected RCPT <b@example.net>: Sender verify failed',
  },
  {
    match: /mailbox is full/i,
    cause: 'quota.exceeded',
    by: 'Exim appendfile',
    sample:
      '2026-11-24 09:00:08 1tAbCf-0001Y0-6h == tanaka@example.jp R=local_user T=local_delivery defer (-22): mailbox is full',
  },
  {
    match: /(552 A message header line is too long|message has lines too long for transport)/i,
    cause: 'smtp.line-too-long',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:08 1tAbCg-0001Y1-7i ** b@example.net R=dnslookup T=remote_smtp: message has lines too long for transport',
  },
  {
    match: /maximum allowed line length is \d+/i,
    cause: 'smtp.line-too-long',
    by: 'Exim as Debian sets it up',
    sample:
      '2026-11-24 09:00:08 1tAbCg-0001Y2-2J H=(crm.example.jp) [192.0.2.9] F=<a@example.jp> A=plain_server:a@example.jp rejected after DATA: maximum allowed line length is 998 octets, got 1407',
  },
  {
    match: /lowest numbered MX record points to local host/i,
    cause: 'smtp.mail-loop',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:08 1tAbCh-0001Y2-8j == b@example.net R=dnslookup defer (-1): lowest numbered MX record points to local host',
  },
  {
    match: /all relevant MX records point to non-existent hosts/i,
    cause: 'dns.mx-unresolvable',
    by: 'Exim',
    sample:
      '2026-11-24 09:00:08 1tAbCi-0001Y3-9k ** b@example.net: all relevant MX records point to non-existent hosts',
  },
  {
    match: /(retry timeout exceeded|retry time not reached for any host)/i,
    cause: 'deliver.deferred',
    by: 'Exim',
    sample: '2026-11-24 09:00:08 1tAbCj-0001Y4-Al ** b@example.net R=dnslookup T=remote_smtp: retry timeout exceeded',
  },
  {
    match: /\] == \S+ .* defer \(-?\d+\)| == \S+ R=\S+ T=\S+ defer/i,
    cause: 'deliver.deferred',
    by: 'Exim log',
    sample:
      '2026-11-24 09:00:08 1tAbCk-0001Y5-Bm == b@example.net R=dnslookup T=remote_smtp defer (-44): SMTP error from remote mail server after RCPT TO: host mx.example.net [198.51.100.4]: please wait',
  },
];
