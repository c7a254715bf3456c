import type { LogPattern } from '../pattern.ts';

/** Dovecot: replies of IMAP and POP3, and the login log. The order matters: the first match wins. */
export const dovecotPatterns: readonly LogPattern[] = [
  {
    match: /NO \[AUTHENTICATIONFAILED\] Authentication failed\./i,
    cause: 'auth.wrong-credentials',
    by: 'Dovecot IMAP',
    sample: '[2026-11-24 09:00:09] ERROR: (0) A1 NO [AUTHENTICATIONFAILED] Authentication failed.',
  },
  {
    match: /NO \[PRIVACYREQUIRED\] (Plaintext|Cleartext) authentication/i,
    cause: 'auth.requires-tls',
    by: 'Dovecot 2.3 / 2.4',
    sample:
      '[2026-11-24 09:00:09] ERROR: (0) A1 NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
  },
  {
    match: /NO \[UNAVAILABLE\] (Temporary authentication failure|Internal)/i,
    cause: 'auth.temporary-failure',
    by: 'Dovecot IMAP',
    sample:
      '[2026-11-24 09:00:09] ERROR: (0) A1 NO [UNAVAILABLE] Temporary authentication failure. [crm:2026-11-24 09:00:09]',
  },
  {
    match: /Maximum number of connections from user\+IP exceeded/i,
    cause: 'imap.too-many-connections',
    by: 'Dovecot IMAP/POP3 (+ log)',
    sample:
      'Nov 24 09:00:09 mx dovecot: imap-login: Login aborted: Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10) (auth failed, 1 attempts in 0 secs): user=<sales@example.jp>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS',
  },
  {
    match: /NO \[OVERQUOTA\]/i,
    cause: 'quota.exceeded',
    by: 'Dovecot (any RFC 5530 server)',
    sample: '[2026-11-24 09:00:09] ERROR: (0) A7 NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
  },
  {
    match: /NO \[ALERT\] Unsupported authentication mechanism/i,
    cause: 'auth.mechanism-unsupported',
    by: 'Dovecot IMAP',
    sample: '[2026-11-24 09:00:09] ERROR: (0) A1 NO [ALERT] Unsupported authentication mechanism.',
  },
  {
    match: /NO (\[(NONEXISTENT|TRYCREATE)\] )?Mailbox (doesn't|does not) exist/i,
    cause: 'imap.folder-missing',
    by: 'Dovecot / Cyrus',
    sample: "[2026-11-24 09:00:09] ERROR: (0) A3 NO Mailbox doesn't exist: CRM/Inbox",
  },
  {
    match: /Name must not have '.' characters/i,
    cause: 'imap.folder-missing',
    by: 'Dovecot IMAP',
    sample: "[2026-11-24 09:00:09] ERROR: (0) A3 NO Invalid mailbox name: Name must not have '.' characters",
  },
  {
    match: /tried to access nonexistent namespace/i,
    cause: 'imap.folder-missing',
    by: 'Dovecot IMAP',
    sample:
      '[2026-11-24 09:00:09] ERROR: (0) A3 NO Client tried to access nonexistent namespace. (Mailbox name should probably be prefixed with: INBOX.)',
  },
  {
    match: /-ERR \[AUTH\] Authentication failed/i,
    cause: 'auth.wrong-credentials',
    by: 'Dovecot POP3',
    sample: '[2026-11-24 09:00:09] ERROR: (0) -ERR [AUTH] Authentication failed.',
  },
  {
    match: /-ERR \[AUTH\] (Plaintext|Cleartext) authentication disallowed/i,
    cause: 'auth.requires-tls',
    by: 'Dovecot POP3',
    sample:
      '[2026-11-24 09:00:09] ERROR: (0) -ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
  },
  {
    match: /-ERR \[IN-USE\]/i,
    cause: 'pop3.mailbox-locked',
    by: 'RFC 2449 POP3 servers',
    sample: '[2026-11-24 09:00:09] ERROR: (0) -ERR [IN-USE] Mailbox is locked by another session',
  },
  {
    match: /-ERR \[SYS\/TEMP\] Failed to create POP3 session lock/i,
    cause: 'pop3.mailbox-locked',
    by: 'Dovecot POP3',
    sample: '[2026-11-24 09:00:09] ERROR: (0) -ERR [SYS/TEMP] Failed to create POP3 session lock, try again later',
  },
  {
    match: /-ERR \[SYS\/TEMP\] (Internal error|Temporary|Internal login)/i,
    cause: 'auth.temporary-failure',
    by: 'Dovecot POP3',
    sample:
      '[2026-11-24 09:00:09] ERROR: (0) -ERR [SYS/TEMP] Internal error occurred. Refer to server log for more information.',
  },
  {
    match: /-ERR \[LOGIN-DELAY\]/i,
    cause: 'pop3.login-delay',
    by: 'RFC 2449 POP3 servers',
    sample: '[2026-11-24 09:00:09] ERROR: (0) -ERR [LOGIN-DELAY] minimum time between mail checks violation',
  },
  {
    match: /auth failed, \d+ attempts/i,
    cause: 'auth.wrong-credentials',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<sales@example.jp>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS, session=<a1b2c3>',
  },
  {
    match: /tried to use disallowed (plaintext|cleartext) auth/i,
    cause: 'auth.requires-tls',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected (tried to use disallowed plaintext auth): user=<>, rip=192.0.2.9, lip=192.0.2.1, session=<a1b2c4>',
  },
  {
    match: /tried to use unsupported auth mechanism/i,
    cause: 'auth.mechanism-unsupported',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected (tried to use unsupported auth mechanism): user=<>, method=CRAM-MD5, rip=192.0.2.9, lip=192.0.2.1, TLS',
  },
  {
    match: /\(user disabled\b|login: .*user disabled/i,
    cause: 'auth.account-disabled',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Inactivity (user disabled): user=<sales@example.jp>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS',
  },
  {
    match: /\(password expired\b/i,
    cause: 'auth.account-disabled',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Inactivity (password expired): user=<sales@example.jp>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS',
  },
  {
    match: /credentials contain control characters/i,
    cause: 'config.malformed-value',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Connection closed (credentials contain control characters): user=<>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS',
  },
  {
    match: /client didn't send a cert|cert required, client didn't start TLS/i,
    cause: 'tls.client-certificate-required',
    by: 'Dovecot login log',
    sample:
      "Nov 24 09:00:10 mx dovecot: imap-login: Disconnected (client didn't send a cert): user=<>, rip=192.0.2.9, lip=192.0.2.1, TLS",
  },
  {
    match: /SSL_accept\(\) failed: error:\w+:SSL routines:[^:]*:wrong version number/i,
    cause: 'config.security-mismatch',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Connection closed: SSL_accept() failed: error:0A00010B:SSL routines::wrong version number (no auth attempts in 0 secs): user=<>, rip=192.0.2.9, lip=192.0.2.1, TLS handshaking',
  },
  {
    match: /SSL_accept\(\) failed: .*(version too low|unsupported protocol)/i,
    cause: 'version.incompatible',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Connection closed: SSL_accept() failed: error:0A00018C:SSL routines::version too low (no auth attempts in 0 secs): user=<>, rip=192.0.2.9, lip=192.0.2.1, TLS handshaking',
  },
  {
    match: /read\([^)]*\) failed: Connection (?:timed out|reset by peer) \(IDLE running/i,
    cause: 'net.idle-nat-timeout',
    by: 'Dovecot log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap(sales@example.jp)<1234><a1b2c7>: Disconnected: Connection closed: read(size=1024) failed: Connection timed out (IDLE running for 0.001 + waiting input for 901.2 secs, 2 B in + 10 B out, state=wait-input) in=88 out=1024',
  },
  {
    match: /no auth attempts in \d+ secs/i,
    cause: 'net.no-greeting',
    by: 'Dovecot login log (weak, keep last)',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap-login: Disconnected: Inactivity (no auth attempts in 180 secs): user=<>, rip=192.0.2.9, lip=192.0.2.1, session=<a1b2c5>',
    // Port scanners and health checks do the same.
    confidence: 0.4,
  },
  {
    match: /client_limit and process_limit was hit/i,
    cause: 'imap.server-error',
    by: 'Dovecot login log',
    sample:
      'Nov 24 09:00:10 mx dovecot: master: Warning: service(imap-login): client_limit and process_limit was hit (client_limit=1000, process_limit=1), dropping new connections',
  },
  {
    match: /Mail access for users with [UG]ID \d+ not permitted/i,
    cause: 'mailbox.not-provisioned',
    by: 'Dovecot log',
    sample:
      'Nov 24 09:00:10 mx dovecot: imap(sales@example.jp)<1234><a1b2c6>: Error: Mail access for users with UID 8 not permitted (see first_valid_uid in config file, uid from userdb lookup).',
  },
];
