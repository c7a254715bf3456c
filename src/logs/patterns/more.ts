import type { LogPattern } from '../pattern.ts';

/** Narrower than a pattern that follows: a name that could not be looked up now is not a name that does not exist. */
export const narrowerPatterns: readonly LogPattern[] = [
  {
    match:
      /<(?:catchall|bounce(?:[+-][\w.=+-]{0,100})?)@[^<>\s]{1,250}>: Recipient address rejected|\bto=<(?:catchall|bounce(?:[+-][\w.=+-]{0,100})?)@[^<>\s]{1,250}>.*status=bounced/i,
    cause: 'crm.alias-domain-missing',
    by: 'Postfix, for the catch-all and bounce address of Odoo',
    sample:
      'Nov 24 09:00:01 mx postfix/smtpd[811]: NOQUEUE: reject: RCPT from mx.example.net[198.51.100.4]: 550 5.1.1 <catchall@example.jp>: Recipient address rejected: User unknown in virtual mailbox table; from=<b@example.net> to=<catchall@example.jp> proto=ESMTP helo=<mx.example.net>',
  },
  {
    match: /Name service error for name=\S+ type=\w+: Host not found, try again/i,
    cause: 'dns.resolver-unreachable',
    by: 'Postfix log',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: 4XbA: to=<b@example.net>, relay=none, delay=20, delays=0.1/0/20/0, dsn=4.4.3, status=deferred (Host or domain name not found. Name service error for name=example.net type=MX: Host not found, try again)',
    confidence: 0.7,
  },
  {
    match: /Name service error for name=\S+ type=(A|AAAA): Host not found/i,
    cause: 'dns.no-such-host',
    by: 'Postfix log',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: 4XbB: to=<b@example.net>, relay=none, delay=0.1, delays=0.1/0/0/0, dsn=5.4.4, status=bounced (Host or domain name not found. Name service error for name=relay.exmaple.net type=AAAA: Host not found)',
  },
  {
    match: /does not accept mail \(nullMX\)/i,
    cause: 'dns.null-mx',
    by: 'Postfix log',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: 4XbC: to=<b@example.net>, relay=none, delay=0.1, delays=0.1/0/0/0, dsn=5.1.0, status=bounced (Domain example.net does not accept mail (nullMX))',
  },
  // A server that reports an alert was told so by the client: it is the server's own certificate that is refused.
  {
    match: /SSL_accept.*alert certificate expired|alert certificate expired:.*SSL alert number 45/i,
    cause: 'tls.certificate-expired',
    by: 'Dovecot, Postfix (server side)',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Connection closed: SSL_accept() failed: error:0A000415:SSL routines::sslv3 alert certificate expired: SSL alert number 45 (no auth attempts in 0 secs): user=<>, rip=192.0.2.9, lip=192.0.2.1, TLS handshaking',
  },
  {
    match: /alert unknown ca\b/i,
    cause: 'tls.unknown-issuer',
    by: 'Dovecot, Postfix (server side)',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Connection closed: SSL_accept() failed: error:0A000418:SSL routines::tlsv1 alert unknown ca: SSL alert number 48 (no auth attempts in 0 secs): user=<>, rip=192.0.2.9, lip=192.0.2.1, TLS handshaking',
  },
];

/** Broader texts, asked when nothing narrower fits: system errors as PHP and Python write them, and CRMs' own logs. */
export const broaderPatterns: readonly LogPattern[] = [
  {
    match: /getaddrinfo.*(Name or service not known|nodename nor servname)|\[Errno -2\] Name or service not known/i,
    cause: 'dns.no-such-host',
    by: 'PHP, Python',
    sample:
      '[24-Nov-2026 00:00:16 UTC] PHP Warning:  fsockopen(): php_network_getaddresses: getaddrinfo for smtp.exmaple.jp failed: Name or service not known in /var/www/html/SMTP.php on line 412',
  },
  {
    match: /Temporary failure in name resolution/i,
    cause: 'dns.resolver-unreachable',
    by: 'PHP, Python, glibc',
    sample:
      '2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.addons.base.models.ir_mail_server: [Errno -3] Temporary failure in name resolution',
  },
  {
    match: /\(Connection refused\)|\[Errno 111\]|\bConnection refused\b/i,
    cause: 'net.refused',
    by: 'PHP, Python',
    sample:
      '[2026-11-24 09:00:18] WARNING: (0) IMAP test connection failed; cannot connect to host; error = stream_socket_client(): Unable to connect to tcp://127.0.0.1:11143 (Connection refused) (errno = 0 )',
  },
  {
    match: /\(Connection timed out\)|\[Errno 110\]/i,
    cause: 'net.filtered',
    by: 'PHP, Python',
    sample:
      '712 140037 [2026-11-24 09:00:18,123] ERROR trytond.sendmail TimeoutError: [Errno 110] Connection timed out',
  },
  {
    match: /\((Network is unreachable|No route to host)\)|\[Errno (101|113)\]/i,
    cause: 'net.no-route',
    by: 'PHP, Python',
    sample: '712 140037 [2026-11-24 09:00:18,123] ERROR trytond.sendmail OSError: [Errno 113] No route to host',
  },
  {
    // Not RT's "No recipients found. Not sending.": three of its scrips say so at each new ticket without a Cc.
    match: /You must provide at least one recipient email address|No recipients defined/i,
    cause: 'config.no-recipient',
    by: 'PHPMailer, nodemailer',
    sample: '[24-Nov-2026 00:00:18 UTC] You must provide at least one recipient email address.',
  },
  {
    match: /fail to connect to ParseResult\(scheme=/i,
    cause: undefined,
    by: 'Tryton',
    sample:
      "712 140037 [2026-11-24 09:00:18,123] ERROR trytond.sendmail fail to connect to ParseResult(scheme='smtp', netloc='127.0.0.1:12525', path='', params='', query='', fragment='')",
  },
  {
    match: /STARTTLS extension not supported by server/i,
    cause: 'tls.starttls-not-offered',
    by: 'Python smtplib (Tryton, Odoo, Frappe)',
    sample:
      '712 140037 [2026-11-24 09:00:18,123] ERROR trytond.sendmail smtplib.SMTPNotSupportedError: STARTTLS extension not supported by server.',
  },
  {
    // The server hung up: before its greeting, at the login or after it.
    match: /SMTPServerDisconnected: Connection unexpectedly closed/i,
    cause: undefined,
    by: 'Python smtplib (Tryton, Odoo, Frappe)',
    sample:
      '712 140037 [2026-11-24 09:00:18,123] ERROR trytond.sendmail smtplib.SMTPServerDisconnected: Connection unexpectedly closed',
  },
  {
    match: /Could not send mail with command/i,
    cause: undefined,
    by: 'Request Tracker',
    sample:
      '[1234] [Tue Nov 24 00:00:18 2026] [critical]: <rt-5.0.3-2@crm>: Could not send mail with command `/usr/sbin/sendmail -oi -t`: open2: exec of /usr/sbin/sendmail -oi -t failed: No such file or directory at /usr/share/request-tracker5/lib/RT/Interface/Email.pm line 945. (/usr/share/request-tracker5/lib/RT/Interface/Email.pm:962)',
  },
  {
    match: /General failure when trying to fetch mail from/i,
    cause: undefined,
    by: 'Odoo',
    sample:
      '2026-11-24 00:00:17,001 4711 INFO crm16 odoo.addons.mail.models.fetchmail: General failure when trying to fetch mail from imap server In.',
  },
];
