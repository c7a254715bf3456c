import type { LogPattern } from '../pattern.ts';

/** Postfix: smtpd(8), smtp(8), postscreen(8), cleanup(8), and SASL behind it. The order matters: the first match wins. */
export const postfixPatterns: readonly LogPattern[] = [
  {
    match: /\b535 5\.7\.8 Error: authentication failed: \(reason unavailable\)/i,
    cause: 'auth.wrong-credentials',
    by: 'Postfix + Dovecot SASL',
    sample:
      'Nov 24 09:00:01 mx postfix/smtp[811]: 4Xa1: SASL authentication failed; server smtp.example.jp[192.0.2.5] said: 535 5.7.8 Error: authentication failed: (reason unavailable)',
  },
  {
    match: /\b535 5\.7\.8 Error: authentication failed: Invalid authentication mechanism/i,
    cause: 'auth.mechanism-unsupported',
    by: 'Postfix + Dovecot SASL',
    sample:
      '2026-11-24 09:00:01\tSERVER -> CLIENT: 535 5.7.8 Error: authentication failed: Invalid authentication mechanism',
  },
  {
    match: /\b535 5\.7\.8 Error: authentication failed: Invalid base64 data/i,
    cause: 'config.malformed-value',
    by: 'Postfix + Dovecot SASL',
    sample:
      '2026-11-24 09:00:01\tSERVER -> CLIENT: 535 5.7.8 Error: authentication failed: Invalid base64 data in continued response',
  },
  {
    match:
      /\b535 5\.7\.8 Error: authentication failed:\s*(authentication failure|UGFzc3dvcmQ6|VXNlcm5hbWU6|generic failure|another step is needed)/i,
    cause: 'auth.wrong-credentials',
    by: 'Postfix + Cyrus SASL',
    sample: '2026-11-24 09:00:01\tSERVER -> CLIENT: 535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6',
  },
  {
    match: /\b454 4\.7\.0 Temporary authentication failure/i,
    cause: 'auth.temporary-failure',
    by: 'Postfix',
    sample:
      '2026-11-24 09:00:01\tSERVER -> CLIENT: 454 4.7.0 Temporary authentication failure: Connection lost to authentication server',
  },
  {
    match: /\b503 5\.5\.1 Error: authentication not enabled/i,
    cause: 'auth.not-offered',
    by: 'Postfix',
    sample: '2026-11-24 09:00:01\tSERVER -> CLIENT: 503 5.5.1 Error: authentication not enabled',
  },
  {
    match: /\b530 5\.7\.0 Must issue a STARTTLS command first/i,
    cause: 'auth.requires-tls',
    by: 'Postfix',
    sample: '2026-11-24 09:00:01\tSERVER -> CLIENT: 530 5.7.0 Must issue a STARTTLS command first',
  },
  {
    match: /\b454 4\.7\.0 TLS not available/i,
    cause: 'tls.starttls-failed',
    by: 'Postfix',
    sample: '2026-11-24 09:00:01\tSERVER -> CLIENT: 454 4.7.0 TLS not available due to local problem',
  },
  {
    match: /\b554 5\.7\.1 <[^>]*>: Relay access denied/i,
    cause: 'smtp.relay-denied',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:02 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 554 5.7.1 <a@partner.example>: Relay access denied; from=<sales@example.jp> to=<a@partner.example> proto=ESMTP helo=<crm.example.jp>',
  },
  {
    match: /Sender address rejected: not owned by user/i,
    cause: 'smtp.sender-not-owned',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:02 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 553 5.7.1 <info@example.jp>: Sender address rejected: not owned by user sales@example.jp; from=<info@example.jp> to=<a@partner.example> proto=ESMTP helo=<crm>',
  },
  {
    match: /Sender address rejected: not logged in/i,
    cause: 'auth.missing',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:02 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 553 5.7.1 <info@example.jp>: Sender address rejected: not logged in; from=<info@example.jp> to=<a@partner.example> proto=ESMTP helo=<crm>',
  },
  {
    match: /Sender address rejected: Domain not found/i,
    cause: 'smtp.sender-refused',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:02 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 450 4.1.8 <info@exmaple.jp>: Sender address rejected: Domain not found; from=<info@exmaple.jp> to=<a@partner.example> proto=ESMTP helo=<crm>',
  },
  {
    match: /Client host rejected: cannot find your reverse hostname/i,
    cause: 'dns.ptr-missing',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:02 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.9]; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match: /Client host rejected: cannot find your hostname/i,
    cause: 'dns.fcrdns-mismatch',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:02 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.9]; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match: /Client host rejected: Access denied/i,
    cause: 'smtp.client-refused',
    by: 'Postfix (also NTT Arena)',
    sample:
      'Nov 24 09:00:02 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 554 5.7.1 <unknown[192.0.2.9]>: Client host rejected: Access denied; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match:
      /(Helo command|EHLO) rejected: (need fully-qualified hostname|Host not found|Invalid name|Invalid ip address)/i,
    cause: 'smtp.helo-refused',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:02 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<localhost>',
  },
  {
    match: /rejected: User unknown in .*(table|recipient)/i,
    cause: 'smtp.recipient-refused',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 550 5.1.1 <tanaka@example.jp>: Recipient address rejected: User unknown in virtual mailbox table; from=<a@example.jp> to=<tanaka@example.jp> proto=ESMTP helo=<crm>',
  },
  {
    match: /Recipient address rejected: .*[Gg]reylist/i,
    cause: 'smtp.greylisted',
    by: 'Postfix policy server',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 450 4.2.0 <b@example.net>: Recipient address rejected: Greylisted, see http://postgrey.example/; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match: /Client host \[[^\]]+\] blocked using/i,
    cause: 'smtp.blocklisted',
    by: 'Postfix RBL / M365',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from unknown[203.0.113.7]: 554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.spamhaus.org; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<x>',
  },
  {
    match: /\b552 5\.3\.4 Message size exceeds (fixed|file system imposed) limit/i,
    cause: 'smtp.message-too-large',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: MAIL from crm.example.jp[192.0.2.9]: 552 5.3.4 Message size exceeds fixed limit; proto=ESMTP helo=<crm.example.jp>',
  },
  {
    match: /message size \d+ exceeds size limit \d+ of server/i,
    cause: 'smtp.message-too-large',
    by: 'Postfix smtp(8)',
    sample:
      'Nov 24 09:00:03 mx postfix/smtp[813]: 4Xa2: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=0.4, delays=0.1/0/0.3/0, dsn=5.3.4, status=bounced (message size 41943040 exceeds size limit 26214400 of server mx.example.net[198.51.100.4])',
  },
  {
    match: /\b452 4\.5\.3 Error: too many recipients/i,
    cause: 'smtp.too-many-recipients',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 452 4.5.3 Error: too many recipients; from=<a@example.jp> to=<b51@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match: /\b421 4\.7\.0 \S+ Error: too many (connections|errors|new TLS sessions)/i,
    cause: 'smtp.service-unavailable',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:03 mx postfix/smtp[813]: 4Xa3: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=3, delays=0.1/0/3/0, dsn=4.7.0, status=deferred (host mx.example.net[198.51.100.4] refused to talk to me: 421 4.7.0 mx.example.net Error: too many connections from 192.0.2.1)',
  },
  {
    match: /\b450 4\.7\.1 Error: too many AUTH commands from/i,
    cause: 'auth.too-many-attempts',
    by: 'Postfix anvil',
    sample: 'Nov 24 09:00:03 mx postfix/smtpd[812]: 2026 reply: 450 4.7.1 Error: too many AUTH commands from 192.0.2.9',
  },
  {
    match: /\b450 4\.7\.1 Error: too (much mail|many recipients) from/i,
    cause: 'smtp.rate-limited',
    by: 'Postfix anvil',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: MAIL from crm.example.jp[192.0.2.9]: 450 4.7.1 Error: too much mail from 192.0.2.9; proto=ESMTP helo=<crm>',
  },
  {
    match: /\b452 4\.3\.1 Insufficient system storage/i,
    cause: 'smtp.disk-full',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: MAIL from crm.example.jp[192.0.2.9]: 452 4.3.1 Insufficient system storage; proto=ESMTP helo=<crm>',
  },
  {
    match: /\b451 4\.3\.5 Server configuration (error|problem)/i,
    cause: 'smtp.server-error',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 451 4.3.5 Server configuration error; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match: /: Temporary lookup failure/i,
    cause: 'smtp.server-error',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 451 4.3.0 <b@example.net>: Temporary lookup failure; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match: /bare <LF> received/i,
    cause: 'smtp.bare-lf',
    by: 'Postfix ≥ 3.8.5',
    sample:
      'Nov 24 09:00:03 mx postfix/smtpd[812]: NOQUEUE: reject: DATA from crm.example.jp[192.0.2.9]: 550 5.5.2 Error: bare <LF> received; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match: /I can break rules, too\. Goodbye/i,
    cause: 'config.protocol-mismatch',
    by: 'Postfix (HTTP spoken to SMTP)',
    sample: '2026-11-24 09:00:04\tSERVER -> CLIENT: 221 2.7.0 Error: I can break rules, too. Goodbye.',
  },
  {
    match: /(550|521) 5\.5\.1 Protocol error/i,
    cause: 'smtp.pipelining-refused',
    by: 'Postfix postscreen',
    sample:
      'Nov 24 09:00:04 mx postfix/postscreen[814]: NOQUEUE: reject: RCPT from [203.0.113.7]:4711: 550 5.5.1 Protocol error; from=<a@example.jp>, to=<b@example.net>, proto=SMTP, helo=<x>',
  },
  {
    match: /improper (use of SMTP )?command pipelining/i,
    cause: 'smtp.pipelining-refused',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:04 mx postfix/smtpd[812]: NOQUEUE: reject: DATA from crm.example.jp[192.0.2.9]: 503 5.5.0 <DATA>: Data command rejected: Improper use of SMTP command pipelining; from=<a@example.jp> to=<b@example.net> proto=SMTP helo=<x>',
  },
  {
    match: /\b553 5\.6\.7 Must declare SMTPUTF8/i,
    cause: 'smtp.smtputf8-required',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:04 mx postfix/smtpd[812]: NOQUEUE: reject: RCPT from crm.example.jp[192.0.2.9]: 553 5.6.7 Must declare SMTPUTF8 to send unicode address; from=<a@example.jp> proto=ESMTP helo=<crm>',
  },
  {
    match: /\b501 5\.1\.7 Bad sender address syntax/i,
    cause: 'smtp.sender-refused',
    by: 'Postfix',
    sample: '2026-11-24 09:00:04\tSERVER -> CLIENT: 501 5.1.7 Bad sender address syntax',
  },
  {
    match: /(too many hops|loops back to myself)/i,
    cause: 'smtp.mail-loop',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:04 mx postfix/smtp[813]: 4Xa4: to=<b@example.net>, relay=none, delay=0.1, delays=0.1/0/0/0, dsn=5.4.6, status=bounced (mail for example.net loops back to myself)',
  },
  {
    match: /message content rejected/i,
    cause: 'smtp.content-refused',
    by: 'Postfix cleanup/milter',
    sample:
      'Nov 24 09:00:04 mx postfix/cleanup[815]: 4Xa5: milter-reject: END-OF-MESSAGE from crm.example.jp[192.0.2.9]: 5.7.1 message content rejected; from=<a@example.jp> to=<b@example.net> proto=ESMTP helo=<crm>',
  },
  {
    match: /Name service error for name=\S+ type=MX: Host not found/i,
    cause: 'dns.no-mx',
    by: 'Postfix log',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: 4Xa6: to=<b@exmaple.net>, relay=none, delay=0.1, delays=0.1/0/0/0, dsn=5.4.4, status=bounced (Host or domain name not found. Name service error for name=exmaple.net type=MX: Host not found)',
  },
  {
    match: /Name service error for name=\S+ type=(A|AAAA|MX): Host found but no data record/i,
    cause: 'dns.no-address',
    by: 'Postfix log',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: 4Xa7: to=<b@example.net>, relay=none, delay=0.1, delays=0.1/0/0/0, dsn=5.4.4, status=bounced (Host or domain name not found. Name service error for name=www.example.net type=A: Host found but no data record of requested type)',
  },
  {
    match: /no MX host for \S+ has a valid address record/i,
    cause: 'dns.mx-unresolvable',
    by: 'Postfix log',
    sample: 'Nov 24 09:00:05 mx postfix/smtp[813]: warning: no MX host for example.net has a valid address record',
  },
  {
    match: /connect to \S+:\d+: Connection refused/i,
    cause: 'net.refused',
    by: 'Postfix log',
    sample: 'Nov 24 09:00:05 mx postfix/smtp[813]: connect to mx.example.net[198.51.100.4]:25: Connection refused',
  },
  {
    match: /connect to \S+:\d+: (Connection|Operation) timed out/i,
    cause: 'net.filtered',
    by: 'Postfix log',
    sample: 'Nov 24 09:00:05 mx postfix/smtp[813]: connect to mx.example.net[198.51.100.4]:25: Connection timed out',
  },
  {
    match: /connect to \S+:\d+: (Network is unreachable|No route to host)/i,
    cause: 'net.no-route',
    by: 'Postfix log',
    sample: 'Nov 24 09:00:05 mx postfix/smtp[813]: connect to mx.example.net[2001:db8::4]:25: Network is unreachable',
  },
  {
    match: /TLS is required, but was not offered by host/i,
    cause: 'tls.starttls-not-offered',
    by: 'Postfix smtp(8)',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: 4Xa8: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=0.4, delays=0.1/0/0.3/0, dsn=4.7.4, status=deferred (TLS is required, but was not offered by host mx.example.net[198.51.100.4])',
  },
  {
    match: /Cannot start TLS: handshake failure/i,
    cause: 'tls.starttls-failed',
    by: 'Postfix smtp(8)',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: 4Xa9: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=0.4, delays=0.1/0/0.3/0, dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)',
  },
  {
    match: /certificate verification failed for .*: certificate has expired/i,
    cause: 'tls.certificate-expired',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: certificate verification failed for mx.example.net[198.51.100.4]:25: certificate has expired',
  },
  {
    match: /certificate verification failed for .*: self-signed certificate/i,
    cause: 'tls.self-signed',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: certificate verification failed for mx.example.net[198.51.100.4]:25: self-signed certificate',
  },
  {
    match: /certificate verification failed for .*: untrusted issuer/i,
    cause: 'tls.unknown-issuer',
    by: 'Postfix',
    sample:
      'Nov 24 09:00:05 mx postfix/smtp[813]: certificate verification failed for mx.example.net[198.51.100.4]:25: untrusted issuer /O=Example/CN=Example CA',
  },
  {
    match: /No worthy mechs found/i,
    cause: 'auth.mechanism-unsupported',
    by: 'Postfix/Cyrus SASL client',
    sample: 'Nov 24 09:00:06 mx postfix/smtp[813]: warning: SASL authentication failure: No worthy mechs found',
  },
  {
    match: /SASL (LOGIN|PLAIN|CRAM-MD5|XOAUTH2) authentication failed/i,
    cause: 'auth.wrong-credentials',
    by: 'Postfix smtpd log',
    sample:
      'Nov 24 09:00:06 mx postfix/smtpd[812]: warning: unknown[203.0.113.7]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=sales@example.jp',
  },
  {
    match: /lost connection with \S+ while (sending end of data|sending message body)/i,
    cause: 'net.mtu-blackhole',
    by: 'Postfix smtp(8)',
    sample:
      'Nov 24 09:00:06 mx postfix/smtp[813]: 4XaA: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=301, delays=0.1/0/0.3/300, dsn=4.4.2, status=deferred (lost connection with mx.example.net[198.51.100.4] while sending message body)',
  },
  {
    match: /timed out while (sending message body|sending end of data)/i,
    cause: 'net.mtu-blackhole',
    by: 'Postfix smtp(8)',
    sample:
      'Nov 24 09:00:06 mx postfix/smtp[813]: 4XaB: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=301, delays=0.1/0/0.3/300, dsn=4.4.2, status=deferred (conversation with mx.example.net[198.51.100.4] timed out while sending message body)',
  },
  {
    match: /while receiving the initial server greeting/i,
    cause: 'net.no-greeting',
    by: 'Postfix smtp(8)',
    sample:
      'Nov 24 09:00:06 mx postfix/smtp[813]: 4XaC: to=<b@example.net>, relay=mx.example.net[198.51.100.4]:25, delay=301, delays=0.1/0/300/0, dsn=4.4.2, status=deferred (lost connection with mx.example.net[198.51.100.4] while receiving the initial server greeting)',
  },
];
