import type { LogPattern } from '../pattern.ts';

/** What client libraries say of the network and of TLS: Node, nodemailer, imapflow, OpenSSL, Python. The order matters: the first match wins. A code alone is what a person pastes. */
export const clientPatterns: readonly LogPattern[] = [
  {
    match: /"?code"?: ?'?"?EDNS|getaddrinfo ENOTFOUND|^ENOTFOUND$/i,
    cause: 'dns.no-such-host',
    by: 'nodemailer / Node',
    sample: '2026-11-24T00:00:15.000Z Error: getaddrinfo ENOTFOUND smtp.exmaple.co.jp',
  },
  {
    match: /getaddrinfo EAI_AGAIN|^EAI_AGAIN$/i,
    cause: 'dns.resolver-unreachable',
    by: 'Node',
    sample: '2026-11-24T00:00:15.000Z Error: getaddrinfo EAI_AGAIN smtp.example.co.jp',
  },
  {
    match: /connect ECONNREFUSED|^ECONNREFUSED$/i,
    cause: 'net.refused',
    by: 'Node',
    sample: '2026-11-24T00:00:15.000Z Error: connect ECONNREFUSED 127.0.0.1:587',
  },
  {
    match: /connect ETIMEDOUT|^ETIMEDOUT$|'ETIMEDOUT', command: 'CONN'|Connection timeout/i,
    cause: 'net.filtered',
    by: 'Node / nodemailer',
    sample: '2026-11-24T00:00:15.000Z Error: connect ETIMEDOUT 192.0.2.5:25',
  },
  {
    match: /connect (ENETUNREACH|EHOSTUNREACH) [0-9a-f:]*:[0-9a-f:]+:\d+/i,
    cause: 'net.ipv6-broken',
    by: 'Node (IPv6 literal)',
    sample: '2026-11-24T00:00:15.000Z Error: connect ENETUNREACH 2001:db8::5:587 - Local (:::0)',
  },
  {
    match: /Greeting never received|Failed to receive greeting from server/i,
    cause: 'net.no-greeting',
    by: 'nodemailer / imapflow',
    sample: '2026-11-24T00:00:15.000Z Error: Greeting never received',
  },
  {
    match: /Invalid greeting\. response=(\* OK|\+OK|HTTP\/)/i,
    cause: 'config.protocol-mismatch',
    by: 'nodemailer',
    sample:
      '2026-11-24T00:00:15.000Z Error: Invalid greeting. response=* OK [CAPABILITY IMAP4rev1] Dovecot ready.: * OK [CAPABILITY IMAP4rev1] Dovecot ready.',
  },
  {
    match: /Connection closed unexpectedly|cannot read - connection closed\?/i,
    cause: 'net.closed-before-greeting',
    by: 'nodemailer / Laminas (Espo)',
    sample: '2026-11-24T00:00:15.000Z Error: Connection closed unexpectedly',
  },
  {
    match: /(ssl3_get_record|tls_get_more_records|tls_validate_record_header)?:?wrong version number/i,
    cause: 'config.security-mismatch',
    by: 'OpenSSL clients (Node, Ruby, PHP, Python)',
    sample:
      '2026-11-24T00:00:15.000Z Error: 00F1:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:355:',
  },
  {
    match: /\bEOF occurred in violation of protocol/i,
    cause: 'tls.protocol-too-old',
    by: 'Python ssl (Odoo)',
    sample:
      '2026-11-24 00:00:15,123 4711 ERROR crm16 odoo.addons.base.models.ir_mail_server: EOF occurred in violation of protocol (_ssl.c:997)',
  },
  {
    match: /CERT_HAS_EXPIRED|certificate has expired/i,
    cause: 'tls.certificate-expired',
    by: 'Node / OpenSSL',
    sample: '2026-11-24T00:00:15.000Z Error: certificate has expired',
  },
  {
    match: /CERT_NOT_YET_VALID|certificate is not yet valid/i,
    cause: 'tls.certificate-not-yet-valid',
    by: 'Node / OpenSSL',
    sample: '2026-11-24T00:00:15.000Z Error: certificate is not yet valid',
  },
  {
    match:
      /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames|Hostname mismatch|Server name does not match certificate/i,
    cause: 'tls.hostname-mismatch',
    by: 'Node / Ruby / c-client',
    sample:
      "2026-11-24T00:00:15.000Z Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: Host: mail.example.jp. is not in the cert's altnames: DNS:www.example.jp",
  },
  {
    match: /UNABLE_TO_VERIFY_LEAF_SIGNATURE|unable to verify the first certificate/i,
    cause: 'tls.incomplete-chain',
    by: 'Node / OpenSSL',
    sample: '2026-11-24T00:00:15.000Z Error: unable to verify the first certificate',
  },
  {
    match: /UNABLE_TO_GET_ISSUER_CERT|unable to get local issuer certificate/i,
    cause: 'tls.unknown-issuer',
    by: 'Node / OpenSSL / PHP',
    sample: '2026-11-24T00:00:15.000Z Error: unable to get local issuer certificate',
  },
  {
    match: /SELF_SIGNED_CERT_IN_CHAIN|self-signed certificate in certificate chain/i,
    cause: 'tls.unknown-issuer',
    by: 'Node / OpenSSL',
    sample: '2026-11-24T00:00:15.000Z Error: self-signed certificate in certificate chain',
  },
  {
    match: /No SNI provided; please fix your client|invalid2\.invalid/i,
    cause: 'tls.sni-missing',
    by: 'Gmail + c-client',
    sample:
      "[24-Nov-2026 00:00:15 UTC] PHP Warning:  imap_open(): Couldn't open stream: No SNI provided; please fix your client. in /var/www/html/lib.php on line 12",
  },
  {
    match: /DEPTH_ZERO_SELF_SIGNED_CERT|[Ss]elf[- ]signed certificate(?! in)/i,
    cause: 'tls.self-signed',
    by: 'Node / c-client',
    sample: '2026-11-24T00:00:15.000Z Error: self-signed certificate',
  },
  {
    match: /EE certificate key too weak|ee key too small/i,
    cause: 'tls.weak-key',
    by: 'OpenSSL SECLEVEL 2',
    sample:
      '2026-11-24 00:00:15,123 4711 ERROR crm16 odoo.addons.mail: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: EE certificate key too weak (_ssl.c:992)',
  },
  {
    match: /CA signature digest algorithm too weak|ca md too weak/i,
    cause: 'tls.weak-key',
    by: 'OpenSSL',
    sample:
      '2026-11-24 00:00:15,123 4711 ERROR crm16 odoo.addons.mail: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: CA signature digest algorithm too weak (_ssl.c:992)',
  },
  {
    match: /INVALID_PURPOSE|unsuitable certificate purpose/i,
    cause: 'tls.wrong-eku',
    by: 'OpenSSL',
    sample: '2026-11-24T00:00:15.000Z Error: unsuitable certificate purpose',
  },
  {
    match: /DH_KEY_TOO_SMALL|dh key too small/i,
    cause: 'tls.dh-too-small',
    by: 'OpenSSL clients',
    sample:
      '[24-Nov-2026 00:00:15 UTC] PHP Warning:  stream_socket_enable_crypto(): SSL operation failed with code 1. error:0A00018A:SSL routines::dh key too small in /var/www/html/SMTP.php on line 467',
  },
  {
    match: /UNSAFE_LEGACY_RENEGOTIATION|unsafe legacy renegotiation disabled/i,
    cause: 'tls.legacy-renegotiation',
    by: 'OpenSSL 3',
    sample:
      '[24-Nov-2026 00:00:15 UTC] PHP Warning:  stream_socket_enable_crypto(): error:0A000152:SSL routines::unsafe legacy renegotiation disabled in /var/www/html/SMTP.php on line 467',
  },
  {
    match: /(UNSUPPORTED_PROTOCOL|unsupported protocol|alert protocol version|LEGACY_SIGALG|legacy sigalg disallowed)/i,
    cause: 'tls.protocol-too-old',
    by: 'OpenSSL clients',
    sample:
      '2026-11-24T00:00:15.000Z Error: 80AB:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../ssl/record/rec_layer_s3.c:1605:',
  },
  {
    match: /(SSLV3_ALERT_HANDSHAKE_FAILURE|alert handshake failure|no shared cipher)/i,
    cause: 'tls.no-common-cipher',
    by: 'OpenSSL clients',
    sample:
      '2026-11-24T00:00:15.000Z Error: 80AB:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../ssl/record/rec_layer_s3.c:1605:',
  },
  {
    match: /\[TOOBIG\]/i,
    cause: 'quota.append-limit',
    by: 'IMAP clients, quoting the answer to APPEND',
    sample:
      "2026-11-24T00:00:15.000Z Error: could not store the sent message: APPEND command error: BAD [b'[TOOBIG] Message too large. https://support.google.com/mail/answer/6584#limit']",
  },
  {
    match: /before secure TLS connection was established/i,
    cause: 'tls.handshake-dropped',
    by: 'Node',
    sample:
      '2026-11-24T00:00:15.000Z Error: Client network socket disconnected before secure TLS connection was established',
  },
];
