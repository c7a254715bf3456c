import type { LogPattern } from '../pattern.ts';

/** Gmail, Yahoo, Zoho, NetEase, Yandex. The order matters: the first match wins. */
export const providerPatterns: readonly LogPattern[] = [
  {
    match: /53[45][- ]5\.7\.9 Application-specific password required/i,
    cause: 'auth.app-password-required',
    by: 'Gmail SMTP',
    sample:
      '2026-11-24 09:00:13\tSERVER -> CLIENT: 534-5.7.9 Application-specific password required. For more information, go to',
  },
  {
    match: /NO \[ALERT\] Application-specific password required/i,
    cause: 'auth.app-password-required',
    by: 'Gmail IMAP',
    sample:
      '[2026-11-24 09:00:13] ERROR: (0) A1 NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
  },
  {
    match: /535[- ]5\.7\.8 Username and Password not accepted/i,
    cause: 'auth.wrong-credentials',
    by: 'Gmail SMTP',
    sample:
      '2026-11-24 09:00:13\tSERVER -> CLIENT: 535-5.7.8 Username and Password not accepted. For more information, go to',
  },
  {
    match: /534[- ]5\.7\.14|(Please log in via your web browser)|Web login required/i,
    cause: 'auth.web-login-required',
    by: 'Gmail SMTP/IMAP',
    sample:
      '2026-11-24 09:00:13\tSERVER -> CLIENT: 534-5.7.14 <https://accounts.google.com/signin/continue> Please log in via your web browser and then try again.',
  },
  {
    match: /NO \[AUTHENTICATIONFAILED\] Invalid credentials \(Failure\)/i,
    cause: 'auth.wrong-credentials',
    by: 'Gmail IMAP',
    sample: '[2026-11-24 09:00:13] ERROR: (0) A1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)',
  },
  {
    match: /not enabled for (IMAP|POP) (use|access)/i,
    cause: 'auth.protocol-disabled',
    by: 'Gmail IMAP/POP',
    sample:
      '[2026-11-24 09:00:13] ERROR: (0) A1 NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page',
  },
  {
    match: /Invalid credentials or IMAP is disabled/i,
    cause: 'auth.protocol-disabled',
    by: 'Yandex IMAP',
    sample:
      '[2026-11-24 09:00:13] ERROR: (0) A1 NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials or IMAP is disabled',
  },
  {
    match: /NO \[ALERT\] Too many simultaneous connections/i,
    cause: 'imap.too-many-connections',
    by: 'Gmail IMAP',
    sample: '[2026-11-24 09:00:13] ERROR: (0) A1 NO [ALERT] Too many simultaneous connections. (Failure)',
  },
  {
    match: /exceeded command or bandwidth limits/i,
    cause: 'imap.throttled',
    by: 'Gmail IMAP',
    sample:
      '[2026-11-24 09:00:13] ERROR: (0) A8 NO [OVERQUOTA_X] Account exceeded command or bandwidth limits. (Failure)',
  },
  {
    match: /is not accepted due to domain's DMARC policy/i,
    cause: 'policy.dmarc-unaligned',
    by: 'Gmail',
    sample:
      "Nov 24 09:00:13 mx postfix/smtp[813]: 4XaD: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.7.26, status=bounced (host gmail-smtp-in.l.google.com[192.0.2.27] said: 550-5.7.26 Unauthenticated email from example.jp is not accepted due to domain's DMARC policy. (in reply to end of DATA command))",
  },
  {
    match: /[45](50|21)[- ][45]\.7\.26/i,
    cause: 'smtp.content-refused',
    by: 'Gmail',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaE: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.7.26, status=bounced (host gmail-smtp-in.l.google.com[192.0.2.27] said: 550-5.7.26 This mail has been blocked because the sender is unauthenticated. (in reply to end of DATA command))',
  },
  {
    match: /[45]\.7\.(27)\b.*SPF|421[- ]4\.7\.27|550[- ]5\.7\.27/i,
    cause: 'policy.spf-not-listed',
    by: 'Gmail',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaF: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.7.27, status=bounced (host gmail-smtp-in.l.google.com[192.0.2.27] said: 550-5.7.27 This mail has been blocked because SPF did not pass (in reply to end of DATA command))',
  },
  {
    match: /5\.7\.30 Basic authentication is not supported/i,
    cause: 'auth.basic-disabled',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:13\tSERVER -> CLIENT: 550 5.7.30 Basic authentication is not supported for Client Submission.',
  },
  {
    match: /421[- ]4\.7\.30|550[- ]5\.7\.30/i,
    cause: 'policy.dkim-not-signed',
    by: 'Gmail',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaG: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.7.30, status=bounced (host gmail-smtp-in.l.google.com[192.0.2.27] said: 550-5.7.30 This mail has been blocked because DKIM does not pass (in reply to end of DATA command))',
  },
  {
    match: /421[- ]4\.7\.(31|40)|550[- ]5\.7\.(31|40)/i,
    cause: 'policy.dmarc-missing',
    by: 'Gmail',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaH: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.7.31, status=deferred (host gmail-smtp-in.l.google.com[192.0.2.27] said: 421-4.7.31 This mail has been rate limited because the domain has no DMARC record (in reply to end of DATA command))',
  },
  {
    match: /421[- ]4\.7\.32|550[- ]5\.7\.32/i,
    cause: 'policy.dmarc-unaligned',
    by: 'Gmail',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaI: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.7.32, status=deferred (host gmail-smtp-in.l.google.com[192.0.2.27] said: 421-4.7.32 This mail has been rate limited because the From: header is not aligned (in reply to end of DATA command))',
  },
  {
    match: /421[- ]4\.7\.23|550[- ]5\.7\.2[35]/i,
    cause: 'dns.fcrdns-mismatch',
    by: 'Gmail',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaJ: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.7.23, status=deferred (host gmail-smtp-in.l.google.com[192.0.2.27] said: 421-4.7.23 The IP address sending this message does not have a PTR record that matches (in reply to end of DATA command))',
  },
  {
    match: /421[- ]4\.7\.29|550[- ]5\.7\.29/i,
    cause: 'policy.bulk-sender-rules',
    by: 'Gmail',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaK: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.7.29, status=deferred (host gmail-smtp-in.l.google.com[192.0.2.27] said: 421-4.7.29 This mail was not sent over a TLS connection (in reply to end of DATA command))',
  },
  {
    match: /UnsolicitedRateLimitError|unusual rate of unsolicited mail/i,
    cause: 'smtp.rate-limited',
    by: 'Gmail',
    sample:
      '2026-11-24 09:00:13 1tAbCl-0001Y6-Cn == b@gmail.com R=dnslookup T=remote_smtp H=gmail-smtp-in.l.google.com [192.0.2.27]: SMTP error from remote mail server after end of data: 421-4.7.28 Gmail has detected an unusual rate of unsolicited mail. UnsolicitedRateLimitError',
  },
  {
    match: /450[- ]4\.2\.1 .*receiving (e?mail|mail)/i,
    cause: 'smtp.rate-limited',
    by: 'Gmail',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaL: to=<b@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.1, status=deferred (host gmail-smtp-in.l.google.com[192.0.2.27] said: 450-4.2.1 The user you are trying to contact is receiving mail too quickly. (in reply to RCPT TO command))',
  },
  {
    match: /452[- ]4\.2\.2|552[- ]5\.2\.2/i,
    cause: 'quota.exceeded',
    by: 'Gmail / Cyrus LMTP / RFC 3463',
    sample:
      'Nov 24 09:00:13 mx postfix/lmtp[816]: 4XaM: to=<tanaka@example.jp>, relay=mx.example.jp[private/dovecot-lmtp], delay=0.1, delays=0.1/0/0/0, dsn=5.2.2, status=bounced (host mx.example.jp[private/dovecot-lmtp] said: 552 5.2.2 <tanaka@example.jp> Quota exceeded (mailbox for user is full) (in reply to end of DATA command))',
  },
  {
    match: /550[- ]5\.1\.1\b|550[- ]5\.1\.10\b/i,
    cause: 'smtp.recipient-refused',
    by: 'any RFC 3463 server',
    sample:
      'Nov 24 09:00:13 mx postfix/smtp[813]: 4XaN: to=<nobody@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.27]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.1.1, status=bounced (host gmail-smtp-in.l.google.com[192.0.2.27] said: 550-5.1.1 The email account that you tried to reach does not exist. (in reply to RCPT TO command))',
  },
  {
    match: /\[TSS\d\d\]/i,
    cause: 'policy.ip-reputation',
    by: 'Yahoo',
    sample:
      'Nov 24 09:00:14 mx postfix/smtp[813]: 4XaO: to=<b@yahoo.com>, relay=mta5.am0.yahoodns.net[192.0.2.74]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.7.0, status=deferred (host mta5.am0.yahoodns.net[192.0.2.74] said: 421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints (in reply to MAIL FROM command))',
  },
  {
    match: /Relaying disallowed as/i,
    cause: 'smtp.sender-not-owned',
    by: 'Zoho',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 553 Relaying disallowed as info@example.jp',
  },
  {
    match: /5\.1\.8 (Sender Address Blocked|Email Outgoing Blocked)/i,
    cause: 'policy.sender-restricted',
    by: 'Zoho',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 550 5.1.8 Email Outgoing Blocked',
  },
  {
    match: /Email rejected per DMARC policy/i,
    cause: 'policy.dmarc-unaligned',
    by: 'Zoho MX',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 550 5.7.1 Email rejected per DMARC policy for domain example.jp',
  },
  {
    match: /\b530 Must issue a STARTTLS command first/i,
    cause: 'auth.requires-tls',
    by: 'Zoho / SES',
    sample: '2026-11-24 09:00:14\tSERVER -> CLIENT: 530 Must issue a STARTTLS command first',
  },
  {
    match: /Unsafe Login\. Please contact kefu/i,
    cause: 'imap.client-id-required',
    by: 'NetEase IMAP',
    sample: '[2026-11-24 09:00:14] ERROR: (0) A3 NO SELECT Unsafe Login. Please contact kefu@188.com for help',
  },
];
