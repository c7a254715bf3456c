import type { LogPattern } from '../pattern.ts';

/** PHPMailer, Odoo, EspoCRM, SuiteCRM, Salesforce, and the codes of Outlook that users send in. The order matters: the first match wins. */
export const crmPatterns: readonly LogPattern[] = [
  {
    match: /Unable to connect to ssl:\/\/\S+ \(Unknown error\)|Could not connect to ssl:\/\/\S+ Unknown reason/i,
    cause: undefined,
    by: 'PHP / Roundcube',
    sample:
      '[24-Nov-2026 00:00:16 UTC] PHP Warning:  stream_socket_client(): Unable to connect to ssl://smtp.example.jp:465 (Unknown error) in /var/www/html/SMTP.php on line 397',
  },
  {
    match: /SMTP Error: Could not authenticate|SMTPエラー: 認証できませんでした/i,
    cause: 'auth.wrong-credentials',
    by: 'PHPMailer en/ja',
    sample: '[24-Nov-2026 00:00:16 UTC] SMTP Error: Could not authenticate.',
  },
  {
    match:
      /SMTP (Error: Could not connect to SMTP host|connect\(\) failed)|SMTPホストに接続できませんでした|SMTP接続に失敗しました/i,
    cause: undefined,
    by: 'PHPMailer en/ja',
    sample: '[24-Nov-2026 00:00:16 UTC] SMTP Error: Could not connect to SMTP host.',
  },
  {
    match:
      /The requested authentication method "[^"]*" is not supported by the server|No supported authentication methods found/i,
    cause: 'auth.mechanism-unsupported',
    by: 'PHPMailer',
    sample: '[24-Nov-2026 00:00:16 UTC] The requested authentication method "LOGIN" is not supported by the server',
  },
  {
    match: /The following From address failed|Fromアドレスを登録する際にエラー/i,
    cause: 'smtp.sender-not-owned',
    by: 'PHPMailer en/ja',
    sample: '[24-Nov-2026 00:00:16 UTC] The following From address failed: info@example.jp : MAIL FROM command failed',
  },
  {
    match: /The following recipients failed|受信者アドレスに ?間違いがあります/i,
    cause: 'smtp.recipient-refused',
    by: 'PHPMailer en/ja',
    sample: '[24-Nov-2026 00:00:16 UTC] SMTP Error: The following recipients failed: b@example.net',
  },
  {
    match: /data not accepted|データが受け付けられませんでした/i,
    cause: 'smtp.content-refused',
    by: 'PHPMailer en/ja',
    sample: '[24-Nov-2026 00:00:16 UTC] SMTP Error: data not accepted.',
  },
  {
    match: /Permission denied\)? ?\(13\)/i,
    cause: 'net.local-policy-denied',
    by: 'PHP under SELinux',
    sample:
      '[24-Nov-2026 00:00:16 UTC] PHP Warning:  fsockopen(): unable to connect to smtp.example.jp:587 (Permission denied) (13) in /var/www/html/SMTP.php on line 12',
  },
  {
    match: /Missing SMTP Server/i,
    cause: 'crm.no-mail-account',
    by: 'Odoo',
    sample: '2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.addons.base.models.ir_mail_server: Missing SMTP Server',
  },
  {
    match: /Invalid server name!/i,
    cause: 'dns.no-such-host',
    by: 'Odoo Test Connection',
    sample: '2026-11-24 00:00:17,001 4711 WARNING crm16 odoo.http: Invalid server name!',
  },
  {
    match: /No response received\. Check server (address and port number|information)/i,
    cause: 'net.filtered',
    by: 'Odoo',
    sample:
      '2026-11-24 00:00:17,001 4711 WARNING crm16 odoo.http: No response received. Check server address and port number.',
  },
  {
    match: /has closed the connection unexpectedly\. Check configuration served on this port/i,
    cause: 'net.closed-before-greeting',
    by: 'Odoo',
    sample:
      '2026-11-24 00:00:17,001 4711 WARNING crm16 odoo.http: The server has closed the connection unexpectedly. Check configuration served on this port number.',
  },
  {
    match: /The server refused the sender address/i,
    cause: 'smtp.sender-not-owned',
    by: 'Odoo',
    sample:
      '2026-11-24 00:00:17,001 4711 WARNING crm16 odoo.http: The server refused the sender address (info@example.jp) with error',
  },
  {
    match: /An SSL exception occurred\. Check (connection security type|SSL\/TLS configuration)/i,
    cause: 'config.security-mismatch',
    by: 'Odoo',
    sample:
      '2026-11-24 00:00:17,001 4711 WARNING crm16 odoo.http: An SSL exception occurred. Check connection security type.',
  },
  {
    match: /SMTP AUTH extension not supported by server/i,
    cause: 'auth.not-offered',
    by: 'Python smtplib (Odoo, Frappe)',
    sample:
      '2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.addons.base.models.ir_mail_server: SMTP AUTH extension not supported by server.',
  },
  {
    match: /found duplicated Message-Id during processing/i,
    cause: 'deliver.duplicate',
    by: 'Odoo mail gateway',
    sample:
      '2026-11-24 00:00:17,001 4711 INFO crm16 odoo.addons.mail.models.mail_thread: Ignored mail from b@example.net to sales@example.jp with Message-Id <m1@example.net>: found duplicated Message-Id during processing',
  },
  {
    match: /The server "[^"]{1,200}" cannot be used because it is archived/i,
    cause: 'crm.mail-disabled',
    by: 'Odoo',
    sample:
      '2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.addons.mail.models.mail_mail: odoo.exceptions.UserError: The server "Sales" cannot be used because it is archived.',
  },
  {
    match: /Cron is not run because it's disabled|Cron job '[^']{1,200}' \(\d+\) has been deactivated after failing/i,
    cause: 'crm.job-stopped',
    by: 'EspoCRM, Odoo 18',
    sample: "[2026-11-24 09:00:18] WARNING: Cron is not run because it's disabled with 'cronDisabled' param.",
  },
  {
    match: /Job '(?:Mail|Fetchmail|Email)[^']{0,200}' \(\d+\) (?:timed out|server action #\d+ failed)/i,
    cause: 'crm.job-stopped',
    by: 'Odoo 17 and later',
    sample:
      "2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.addons.base.models.ir_cron: Job 'Mail: Fetchmail Service' (7) timed out",
  },
  {
    match: /Can't process email, you will find it for bug reporting under/i,
    cause: 'crm.parser-crash',
    by: 'Zammad',
    sample:
      "E, [2026-11-24T00:00:18.001#4711] ERROR -- : Can't process email, you will find it for bug reporting under /opt/zammad/storage/unprocessable_mail/1.eml, please create an issue at https://github.com/zammad/zammad/issues",
  },
  {
    match: /Couldn't parse MIME stream and extract the submessages/i,
    cause: 'crm.parser-crash',
    by: 'Request Tracker',
    sample:
      "[4711] [Tue Nov 24 00:00:18 2026] [critical]: Couldn't parse MIME stream and extract the submessages (/opt/rt5/lib/RT/EmailParser.pm:301)",
  },
  {
    match: /Error occurred processing message/i,
    cause: 'crm.parser-crash',
    by: 'FreeScout (fetch-emails)',
    sample: '[2026-11-24 09:00:18] Error occurred processing message: Undefined offset: 1',
  },
  {
    match: /Invalid email address given: \[/i,
    cause: 'crm.parser-crash',
    by: 'SuiteCRM scheduler',
    sample: 'Tue Nov 24 09:00:18 2026 [1234][1][FATAL] Invalid email address given: [tanaka@]',
  },
  {
    match:
      /DecryptException: The (?:MAC|payload) is invalid|MessageEncryptor::InvalidMessage|Encryption::Errors::Decryption|cryptography\.fernet\.InvalidToken|Encryption key is invalid! Please check site_config\.json/i,
    cause: 'crm.secret-decrypt-failed',
    by: 'Laravel (FreeScout), Rails (Zammad, Chatwoot), Python Fernet, Frappe',
    sample:
      '[2026-11-24 09:00:18] production.ERROR: Illuminate\\Contracts\\Encryption\\DecryptException: The MAC is invalid.',
  },
  {
    match: /No possible route found for incoming message|direct write to catchall, bounce/i,
    cause: 'crm.routing-no-match',
    by: 'Odoo mail gateway',
    sample:
      '2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.addons.mail.models.fetchmail: ValueError: No possible route found for incoming message from b@example.net to sales@example.jp (Message-Id <m2@example.net>:).',
  },
  {
    match: /Could not select IMAP folder/i,
    cause: 'imap.folder-missing',
    by: 'EspoCRM log',
    sample: '[2026-11-24 09:00:18] ERROR: (0) Could not select IMAP folder INBOX/CRM.',
  },
  {
    match: /Not allowed internal host/i,
    cause: 'crm.internal-host-blocked',
    by: 'EspoCRM',
    sample:
      '[2026-11-24 09:00:18] WARNING: (403) Not allowed internal host. :: POST /InboundEmail/action/testConnection',
  },
  {
    match: /Could not store sent email|No sent folder for/i,
    cause: 'imap.special-use-missing',
    by: 'EspoCRM log',
    sample: '[2026-11-24 09:00:18] ERROR: (0) Could not store sent email: no folder',
  },
  {
    match: /No (system )?SMTP (settings|params)/i,
    cause: 'crm.no-mail-account',
    by: 'EspoCRM',
    sample: '[2026-11-24 09:00:18] ERROR: (0) No system SMTP settings.',
  },
  {
    match: /IMAPサーバーに接続できませんでした|Could not connect to IMAP server/i,
    cause: undefined,
    by: 'EspoCRM en/ja',
    sample: '[2026-11-24 09:00:18] WARNING: (500) Could not connect to IMAP server.',
  },
  {
    match: /could not get an IMAP connection resource/i,
    cause: 'crm.test-passes-job-fails',
    by: 'SuiteCRM scheduler',
    sample:
      'Tue Nov 24 09:00:18 2026 [1234][1][FATAL] could not get an IMAP connection resource for id [ abc ]. Skipping mailbox.',
  },
  {
    match: /undefined function imap_open|IMAP c-client libraries|No IMAP libraries found/i,
    cause: 'version.php-imap-removed',
    by: 'SuiteCRM / PHP ≥ 8.4',
    sample:
      '[24-Nov-2026 00:00:18 UTC] PHP Fatal error:  Uncaught Error: Call to undefined function imap_open() in /var/www/html/InboundEmail.php:42',
  },
  {
    match: /Unable to connect to IMAP server|ImapHandler trying to use a non valid resource/i,
    cause: undefined,
    by: 'SuiteCRM',
    sample: 'Tue Nov 24 09:00:18 2026 [1234][1][ERROR] ImapHandler trying to use a non valid resource stream.',
  },
  {
    match: /Saving Email with invalid From name and\/or Address|No from address defined/i,
    cause: 'config.sender-malformed',
    by: 'SuiteCRM',
    sample: 'Tue Nov 24 09:00:18 2026 [1234][1][FATAL] Saving Email with invalid From name and/or Address',
  },
  {
    match: /Too many login failures/i,
    cause: 'auth.wrong-credentials',
    by: 'PHP c-client (Suite, FreeScout, osTicket)',
    sample:
      '[24-Nov-2026 00:00:18 UTC] PHP Notice:  PHP Request Shutdown: Too many login failures (errflg=2) in Unknown on line 0',
  },
  {
    match: /\[CLOSED\] IMAP connection (broken|lost)/i,
    cause: 'net.closed-before-greeting',
    by: 'PHP c-client',
    sample:
      '[24-Nov-2026 00:00:18 UTC] PHP Notice:  PHP Request Shutdown: [CLOSED] IMAP connection broken (server response) (errflg=1) in Unknown on line 0',
  },
  {
    match: /TLS\/SSL failure for \S+: (SSL negotiation failed|Invalid token)/i,
    cause: 'config.security-mismatch',
    by: 'PHP c-client',
    sample:
      '[24-Nov-2026 00:00:18 UTC] PHP Notice:  PHP Request Shutdown: TLS/SSL failure for mail.example.jp: SSL negotiation failed (errflg=2) in Unknown on line 0',
  },
  {
    match: /no MXs for this domain could be reached/i,
    cause: 'dns.no-mx',
    by: 'Salesforce email log',
    sample:
      '"11/24/2026 09:00","0JZ1","b@exmaple.net","sales@example.jp","D","no MXs for this domain could be reached at this time"',
  },
  {
    match: /TLS is required.*(not|un)available|TLS (negotiation|was not) .*Required/i,
    cause: 'tls.starttls-not-offered',
    by: 'Salesforce email log',
    sample: '"11/24/2026 09:00","0JZ2","b@example.net","sales@example.jp","D","TLS negotiation failed, TLS Required"',
  },
  {
    match: /IMAP settings incorrect|SMTP settings incorrect/i,
    cause: 'net.ip-not-allowlisted',
    by: 'HubSpot UI',
    sample: '2026-11-24T00:00:19.000Z IMAP settings incorrect',
  },
  {
    match: /IMAP authentication error/i,
    cause: 'auth.wrong-credentials',
    by: 'HubSpot UI',
    sample: '2026-11-24T00:00:19.000Z IMAP authentication error',
  },
  {
    match: /Selected auth method not supported/i,
    cause: 'auth.mechanism-unsupported',
    by: 'Chatwoot (Ruby Net::IMAP)',
    sample: '2026-11-24T00:00:19.000Z ERROR -- : Net::IMAP::NoResponseError: Selected auth method not supported',
  },
  {
    match: /Too many auth attempts/i,
    cause: 'auth.too-many-attempts',
    by: 'Nextcloud Mail (there often after auth.oauth-refresh-revoked)',
    sample:
      '{"reqId":"a","level":3,"time":"2026-11-24T00:00:19+00:00","app":"mail","message":"Too many auth attempts"}',
  },
  {
    match: /Socket ?error: ?1005[14]|0x800CCC0[EF]/i,
    cause: 'net.submission-blocked',
    by: 'Outlook Express / Outlook (JP help desks)',
    sample: "Outlook: 'smtp.example.jp' Port: 25, Secure(SSL): No, Socket Error: 10054, Error Number: 0x800CCC0F",
  },
  {
    match: /0x800CCC79/i,
    cause: 'smtp.relay-denied',
    by: 'Outlook',
    sample: "Outlook: Server Response: '550 relaying', Port: 25, Error Number: 0x800CCC79",
  },
  {
    match: /0x800CCC9[02]/i,
    cause: 'auth.wrong-credentials',
    by: 'Outlook',
    sample: "Outlook: Account: 'sales', Server: 'pop.example.jp', Protocol: POP3, Error Number: 0x800CCC92",
  },
];
