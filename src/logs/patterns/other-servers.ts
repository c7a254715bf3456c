import type { LogPattern } from '../pattern.ts';

/** Sendmail, qmail, qpopper, Courier, Cyrus. The order matters: the first match wins. */
export const otherServerPatterns: readonly LogPattern[] = [
  {
    match: /Relaying denied(\. (Proper authentication required|IP name lookup failed))?/i,
    cause: 'smtp.relay-denied',
    by: 'Sendmail',
    sample:
      '2026-11-24 09:00:14\tSERVER -> CLIENT: 550 5.7.1 <b@example.net>... Relaying denied. Proper authentication required.',
  },
  {
    match: /\.\.\. User unknown/i,
    cause: 'smtp.recipient-refused',
    by: 'Sendmail',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 550 5.1.1x <tanaka@example.jp>... User unknown',
  },
  {
    match: /Domain of sender address \S+ does not (exist|resolve)/i,
    cause: 'smtp.sender-refused',
    by: 'Sendmail',
    sample:
      '2026-11-24 09:00:14\tSERVER -> CLIENT: 553 5.1.8 <a@exmaple.jp>... Domain of sender address a@exmaple.jp does not exist',
  },
  {
    match: /Connection rate limit exceeded|Too many open connections/i,
    cause: 'smtp.service-unavailable',
    by: 'Sendmail',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 421 4.3.2 Connection rate limit exceeded.',
  },
  {
    match: /isn't in my list of allowed rcpthosts/i,
    cause: 'smtp.relay-denied',
    by: 'qmail (POP-before-SMTP hosts)',
    sample:
      "2026-11-24 09:00:14\tSERVER -> CLIENT: 553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
  },
  {
    match: /smtplf\.html/i,
    cause: 'smtp.bare-lf',
    by: 'qmail',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 451 See http://pobox.com/~djb/docs/smtplf.html.',
  },
  {
    match: /envelope sender is in my badmailfrom/i,
    cause: 'smtp.sender-refused',
    by: 'qmail',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)',
  },
  {
    match: /maillock|lock busy!/i,
    cause: 'pop3.mailbox-locked',
    by: 'qpopper-type POP (JP ISPs)',
    sample: '[2026-11-24 09:00:14] ERROR: (0) -ERR sales lock busy! Is another session active? (10)',
  },
  {
    match: /\b535 Authentication (failed|rejected|required)\.?/i,
    cause: 'auth.wrong-credentials',
    by: 'Courier ESMTP',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 535 Authentication failed.',
  },
  {
    match: /\b[45]40 TLS not available/i,
    cause: 'tls.starttls-failed',
    by: 'Courier ESMTP',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 540 TLS not available.',
  },
  {
    match: /\b400 STARTTLS is required first/i,
    cause: 'auth.requires-tls',
    by: 'Courier ESMTP',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 400 STARTTLS is required first.',
  },
  {
    match: /Maximum connection limit reached for/i,
    cause: 'imap.too-many-connections',
    by: 'Courier log',
    sample: 'Nov 24 09:00:14 mx imapd: Maximum connection limit reached for ::ffff:192.0.2.9',
  },
  {
    match: /LOGIN FAILED, (user=\S+, )?(method=\S+, )?ip=/i,
    cause: 'auth.wrong-credentials',
    by: 'Courier log',
    sample: 'Nov 24 09:00:14 mx imapd: LOGIN FAILED, user=sales@example.jp, ip=[::ffff:192.0.2.9]',
  },
  {
    match: /Maildir over quota/i,
    cause: 'quota.exceeded',
    by: 'Courier',
    sample: 'Nov 24 09:00:14 mx courierd: newmsg,id=0000: Maildir over quota.',
  },
  {
    match: /NO Login only available under a layer/i,
    cause: 'auth.requires-tls',
    by: 'Cyrus IMAP',
    sample: '[2026-11-24 09:00:14] ERROR: (0) A1 NO Login only available under a layer',
  },
  {
    match: /NO Login failed: (authentication failure|user not found|bad)/i,
    cause: 'auth.wrong-credentials',
    by: 'Cyrus IMAP',
    sample: '[2026-11-24 09:00:14] ERROR: (0) A1 NO Login failed: authentication failure',
  },
  {
    match: /Too many connections from this (user|host)/i,
    cause: 'imap.too-many-connections',
    by: 'Cyrus IMAP',
    sample: '[2026-11-24 09:00:14] ERROR: (0) * BYE Too many connections from this user',
  },
  {
    match: /Mailbox is over \S* ?quota/i,
    cause: 'quota.exceeded',
    by: 'Cyrus IMAP ALERT',
    sample: '[2026-11-24 09:00:14] ERROR: (0) * NO [ALERT] Mailbox is over STORAGE quota',
  },
  {
    match: /Mailbox is at \d+% of \S* ?quota/i,
    cause: 'quota.nearly-full',
    by: 'Cyrus IMAP ALERT',
    sample: '[2026-11-24 09:00:14] ERROR: (0) * NO [ALERT] Mailbox is at 95% of STORAGE quota',
  },
  {
    match: /(USER|APOP) command only available under a layer/i,
    cause: 'auth.requires-tls',
    by: 'Cyrus POP3',
    sample: '[2026-11-24 09:00:14] ERROR: (0) -ERR [AUTH] USER command only available under a layer',
  },
];
