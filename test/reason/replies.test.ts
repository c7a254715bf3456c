import { expect, test } from '@jest/globals';
import type { Protocol } from '../../src/model/config.ts';
import type { Reply } from '../../src/model/login-facts.ts';
import type { ReplyStep } from '../../src/reason/replies.ts';
import { replyCause, replyPatterns } from '../../src/reason/replies.ts';
import { matches, partsOf } from '../../src/reason/reply-pattern.ts';

/** `535 5.7.8 words`, `NO [TAG] words`, `-ERR [TAG] words` as the world takes them apart. */
const reply = (line: string): Reply => {
  const smtp = /^(\d{3})[ -](?:(\d\.\d{1,3}\.\d{1,3}) )?(.*)$/.exec(line);
  if (smtp) return { code: smtp[1] ?? '', ...(smtp[2] ? { status: smtp[2] } : {}), text: smtp[3] ?? '' };
  const [, code = '', tag, text = ''] = /^(\S+) (?:\[([A-Z/-]+)[^\]]*\] ?)?(.*)$/.exec(line) ?? [];
  return { code, ...(tag ? { tag } : {}), text };
};

const read = (protocol: Protocol, step: ReplyStep, line: string) => replyCause(reply(line), { protocol, step });

type Sample = readonly [Protocol, ReplyStep, string, string];

const samples: readonly Sample[] = [
  // auth, named
  ['smtp', 'data', '550 5.7.1 Bulk mail without List-Unsubscribe-Post is refused', 'policy.one-click-missing'],
  [
    'smtp',
    'login',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
    'auth.smtp-disabled',
  ],
  [
    'smtp',
    'login',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
    'auth.smtp-disabled',
  ],
  ['smtp', 'login', '535 5.7.139 Authentication unsuccessful, something that is not known yet.', 'auth.smtp-disabled'],
  [
    'smtp',
    'login',
    '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
    'auth.basic-disabled',
  ],
  ['smtp', 'login', '550 5.7.30 Basic authentication is not supported for Client Submission.', 'auth.basic-disabled'],
  [
    'smtp',
    'login',
    '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
    'auth.security-defaults',
  ],
  [
    'smtp',
    'login',
    "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
    'auth.security-defaults',
  ],
  ['smtp', 'login', '535 5.7.3 Authentication unsuccessful, AADSTS53003', 'auth.conditional-access'],
  ['smtp', 'login', '535 5.7.8 upstream: AADSTS7000222 keys are expired', 'auth.oauth-client-secret'],
  ['imap', 'login', 'NO [UNAVAILABLE] upstream: AADSTS65001 not consented', 'auth.oauth-consent'],
  ['imap', 'login', 'NO upstream says invalid_grant', 'auth.oauth-refresh-revoked'],
  [
    'smtp',
    'login',
    '534 5.7.9 Application-specific password required. For more information, go to 534-5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor',
    'auth.app-password-required',
  ],
  ['smtp', 'login', '535 5.7.9 Please use another kind of secret', 'auth.app-password-required'],
  [
    'imap',
    'login',
    'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
    'auth.app-password-required',
  ],
  ['imap', 'login', 'NO [AUTHENTICATIONFAILED] Please use an app password', 'auth.app-password-required'],
  ['smtp', 'login', '535 Login fail. Please using authorized code to log in.', 'auth.app-password-required'],
  [
    'smtp',
    'login',
    '534 5.7.14 <https://accounts.google.com/signin/continue> Please log in via your 534-5.7.14 web browser and then try again.',
    'auth.web-login-required',
  ],
  [
    'imap',
    'login',
    'NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)',
    'auth.web-login-required',
  ],
  ['imap', 'login', 'NO [WEBALERT https://accounts.google.com/x] Web login required.', 'auth.web-login-required'],
  ['smtp', 'login', '534 5.7.14 Go to https://accounts.google.com/signin', 'auth.web-login-required'],
  ['imap', 'login', 'NO [WEBALERT https://accounts.google.com/x] Come and see.', 'auth.web-login-required'],
  ['smtp', 'login', '535 5.7.8 {"status":"403","schemes":"Bearer"}', 'auth.oauth-scope'],
  ['imap', 'login', 'NO [AUTHENTICATIONFAILED] The access token has expired', 'auth.oauth-token-expired'],
  [
    'imap',
    'login',
    'NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)',
    'auth.protocol-disabled',
  ],
  [
    'imap',
    'login',
    'NO [ALERT] You are yet to enable IMAP for your account. Please contact your administrator (Failure)',
    'auth.protocol-disabled',
  ],
  [
    'imap',
    'login',
    'NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials or IMAP is disabled',
    'auth.protocol-disabled',
  ],
  [
    'pop3',
    'login',
    '-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail settings page and enable your account for POP access.',
    'auth.protocol-disabled',
  ],
  ['smtp', 'login', '535 5.7.8 SMTP access is disabled', 'auth.smtp-disabled'],
  ['imap', 'login', 'NO External access is disabled for this account', 'auth.external-access-off'],
  ['smtp', 'rcpt', '550 5.7.1 Please check your mail first (POP before SMTP)', 'auth.pop-before-smtp'],
  ['smtp', 'rcpt', '553 POP before SMTP required', 'auth.pop-before-smtp'],
  ['smtp', 'login', '454 4.7.0 Too many login attempts, please try again later.', 'auth.too-many-attempts'],
  ['smtp', 'login', '450 4.7.1 Error: too many AUTH commands from 192.0.2.1', 'auth.too-many-attempts'],
  ['smtp', 'login', '421 4.7.0 Too many failed login attempts', 'auth.too-many-attempts'],
  ['imap', 'login', 'NO [ALERT] Account locked: too many invalid login attempts', 'auth.too-many-attempts'],
  [
    'smtp',
    'login',
    '535 5.7.8 Error: authentication failed: Invalid authentication mechanism',
    'auth.mechanism-unsupported',
  ],
  ['imap', 'login', 'NO [ALERT] Unsupported authentication mechanism.', 'auth.mechanism-unsupported'],
  ['smtp', 'login', '534 5.7.9 Authentication mechanism is too weak', 'auth.mechanism-unsupported'],
  ['smtp', 'login', '504 5.5.4 Whatever', 'auth.mechanism-unsupported'],
  ['smtp', 'mail', '530 5.7.0 Must issue a STARTTLS command first', 'auth.requires-tls'],
  ['smtp', 'mail', '530 Must issue a STARTTLS command first.', 'auth.requires-tls'],
  ['smtp', 'login', '538 5.7.11 Encryption required for requested authentication mechanism', 'auth.requires-tls'],
  ['smtp', 'login', '538 Not now', 'auth.requires-tls'],
  ['smtp', 'login', '523 5.7.10 Not now', 'auth.requires-tls'],
  ['smtp', 'login', '530 5.7.10 Not now', 'auth.requires-tls'],
  ['smtp', 'mail', '400 STARTTLS is required first', 'auth.requires-tls'],
  [
    'imap',
    'login',
    'NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
    'auth.requires-tls',
  ],
  ['imap', 'login', 'NO [PRIVACYREQUIRED] Not like this', 'auth.requires-tls'],
  ['imap', 'login', 'NO Login only available under a layer', 'auth.requires-tls'],
  [
    'pop3',
    'login',
    '-ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
    'auth.requires-tls',
  ],
  ['pop3', 'login', '-ERR [AUTH] USER command only available under a layer', 'auth.requires-tls'],
  ['smtp', 'login', '503 5.5.1 Error: authentication not enabled', 'auth.not-offered'],
  ['smtp', 'login', '503 AUTH command used when not advertised', 'auth.not-offered'],
  ['smtp', 'login', '502 5.5.2 Error: command not recognized', 'auth.not-offered'],
  ['smtp', 'login', '535 5.7.8 Login from this country is not allowed', 'auth.network-not-allowed'],
  ['imap', 'login', 'NO [AUTHENTICATIONFAILED] access denied from your IP address', 'auth.network-not-allowed'],
  [
    'smtp',
    'login',
    '454 4.7.0 Temporary authentication failure: Connection lost to authentication server',
    'auth.temporary-failure',
  ],
  ['smtp', 'login', '454 4.3.0 Try again later', 'auth.temporary-failure'],
  [
    'imap',
    'login',
    'NO [UNAVAILABLE] Temporary authentication failure. [mail:2026-11-21 10:00:00]',
    'auth.temporary-failure',
  ],
  ['imap', 'login', 'NO [UNAVAILABLE] Come back', 'auth.temporary-failure'],
  // Cyrus SASL (SASL_FAIL): saslauthd is away. SASL_BADAUTH is "authentication failure".
  ['imap', 'login', 'NO Login failed: generic failure', 'auth.temporary-failure'],
  ['imap', 'login', 'NO Login failed: authentication failure', 'auth.wrong-credentials'],
  ['smtp', 'login', '535 5.7.8 Error: authentication failed: generic failure', 'auth.temporary-failure'],
  ['smtp', 'login', '535 5.7.8 Error: authentication failed: authentication failure', 'auth.wrong-credentials'],
  ['imap', 'select', 'BYE [ALERT] System maintenance, back at 6 am', 'imap.server-error'],
  ['imap', 'login', 'BYE Temporary problem, please try again later', 'auth.temporary-failure'],
  ['pop3', 'login', '-ERR Temporary problem, please try again later', 'auth.temporary-failure'],
  ['pop3', 'login', '-ERR [SYS/TEMP] Internal error occurred. Refer to server log', 'auth.temporary-failure'],
  ['smtp', 'login', '535 5.7.8 Account is locked', 'auth.account-disabled'],
  ['smtp', 'login', '525 5.7.13 Ask your administrator', 'auth.account-disabled'],
  ['imap', 'login', 'NO [EXPIRED] Too old', 'auth.account-disabled'],
  ['imap', 'login', 'NO [CONTACTADMIN] Ask', 'auth.account-disabled'],
  ['imap', 'login', 'NO [AUTHENTICATIONFAILED] Password expired', 'auth.account-disabled'],
  ['smtp', 'mail', '530 5.7.0 Authentication required', 'auth.missing'],
  ['smtp', 'mail', '530 5.7.57 Client not authenticated to send mail.', 'auth.missing'],
  ['smtp', 'rcpt', '553 5.7.1 <a@b.example>: Sender address rejected: not logged in', 'auth.missing'],
  ['smtp', 'mail', '530 5.7.1 Come in first', 'auth.missing'],
  ['smtp', 'mail', '550 5.7.57 Come in first', 'auth.missing'],
  // auth, plain
  ['smtp', 'login', '535 5.7.8 Error: authentication failed: (reason unavailable)', 'auth.wrong-credentials'],
  [
    'smtp',
    'login',
    '535 5.7.8 Username and Password not accepted. For more information, go to 535 5.7.8  https://support.google.com/mail/?p=BadCredentials',
    'auth.wrong-credentials',
  ],
  ['smtp', 'login', '535 5.7.3 Authentication unsuccessful', 'auth.wrong-credentials'],
  ['smtp', 'login', '550 5.7.8 No', 'auth.wrong-credentials'],
  ['smtp', 'login', '535 Incorrect authentication data', 'auth.wrong-credentials'],
  [
    'smtp',
    'login',
    '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.',
    'auth.wrong-credentials',
  ],
  ['smtp', 'login', '550 Login refused', 'auth.wrong-credentials'],
  ['imap', 'login', 'NO [AUTHENTICATIONFAILED] Authentication failed.', 'auth.wrong-credentials'],
  ['imap', 'login', 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'auth.wrong-credentials'],
  ['imap', 'login', 'NO Nope', 'auth.wrong-credentials'],
  ['imap', 'login', 'NO LOGIN failed.', 'auth.basic-disabled'],
  ['imap', 'login', 'NO AUTHENTICATE failed.', 'auth.basic-disabled'],
  ['pop3', 'login', '-ERR [AUTH] Authentication failed.', 'auth.wrong-credentials'],
  ['pop3', 'login', '-ERR Logon failure: unknown user name or bad password.', 'auth.wrong-credentials'],
  ['pop3', 'login', '-ERR Nope', 'auth.wrong-credentials'],
  ['pop3', 'login', '-ERR [SYS/TEMP] Come back', 'auth.temporary-failure'],
  ['imap', 'login', 'NO [AUTHORIZATIONFAILED] Not as this user', 'mailbox.access-denied'],
  // smtp, the conversation
  ['smtp', 'greeting', '554 5.5.0 Improper command pipelining', 'smtp.pipelining-refused'],
  ['smtp', 'greeting', '554 SMTP synchronization error', 'smtp.pipelining-refused'],
  ['smtp', 'hello', '550 5.5.1 Protocol error', 'smtp.pipelining-refused'],
  ['smtp', 'data', '521 5.5.2 mx.example.jp Error: bare <LF> received', 'smtp.bare-lf'],
  ['smtp', 'data', '550 5.6.11 Invalid characters', 'smtp.bare-lf'],
  ['smtp', 'data', '552 A message header line is too long', 'smtp.line-too-long'],
  ['smtp', 'mail', '553 5.6.7 Must declare SMTPUTF8 to send unicode address', 'smtp.smtputf8-required'],
  ['smtp', 'mail', '553 5.6.7 No', 'smtp.smtputf8-required'],
  ['smtp', 'data', '554 5.4.0 Error: too many hops', 'smtp.mail-loop'],
  ['smtp', 'data', '554 5.4.14 No', 'smtp.mail-loop'],
  ['smtp', 'greeting', '421 4.3.2 Service not available', 'smtp.service-unavailable'],
  [
    'smtp',
    'greeting',
    '421 mx.example.jp Service not available, closing transmission channel',
    'smtp.service-unavailable',
  ],
  ['smtp', 'login', '421 4.7.0 mx.example.jp Error: too many errors', 'smtp.service-unavailable'],
  ['smtp', 'mail', '451 4.3.2 Please try again later', 'smtp.service-unavailable'],
  ['smtp', 'greeting', '450 Busy', 'smtp.service-unavailable'],
  ['smtp', 'greeting', '421 4.7.0 mx.example.jp Error: too many connections from 192.0.2.1', 'smtp.rate-limited'],
  ['smtp', 'greeting', '421 4.4.5 Too many connections from your host.', 'smtp.rate-limited'],
  ['smtp', 'greeting', '421 4.4.5 Later', 'smtp.rate-limited'],
  ['smtp', 'greeting', '421 Too many concurrent SMTP connections; please try again later.', 'smtp.rate-limited'],
  ['smtp', 'mail', '450 4.7.1 Error: too much mail from 192.0.2.1', 'smtp.rate-limited'],
  ['smtp', 'rcpt', '450 4.7.1 Error: too many recipients from 192.0.2.1', 'smtp.rate-limited'],
  ['smtp', 'data', '550 5.4.5 Daily user sending limit exceeded.', 'smtp.rate-limited'],
  ['smtp', 'data', '550 5.4.5 Stop', 'smtp.rate-limited'],
  ['smtp', 'data', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded', 'smtp.rate-limited'],
  ['smtp', 'data', '432 Concurrent', 'smtp.rate-limited'],
  ['smtp', 'data', '550 5.2.2 Submission quota exceeded', 'smtp.rate-limited'],
  [
    'smtp',
    'rcpt',
    '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents delivery.',
    'smtp.rate-limited',
  ],
  ['smtp', 'greeting', '554 SMTP service not available', 'smtp.greeting-refused'],
  ['smtp', 'greeting', '521 5.3.2 mx.example.jp does not accept mail', 'smtp.service-unavailable'],
  ['smtp', 'greeting', '521 mx.example.jp does not accept mail', 'smtp.greeting-refused'],
  [
    'smtp',
    'greeting',
    '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    'smtp.blocklisted',
  ],
  ['smtp', 'rcpt', '550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'smtp.blocklisted'],
  ['smtp', 'rcpt', '550 5.7.610 Denied', 'smtp.blocklisted'],
  ['smtp', 'hello', '504 5.5.2 <crm>: Helo command rejected: need fully-qualified hostname', 'smtp.helo-refused'],
  ['smtp', 'hello', '501 Syntactically invalid HELO argument(s)', 'smtp.helo-refused'],
  ['smtp', 'mail', '550 5.7.506 Access Denied', 'smtp.helo-refused'],
  ['smtp', 'hello', '550 Go away', 'smtp.helo-refused'],
  ['smtp', 'rcpt', '554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied', 'smtp.client-refused'],
  ['smtp', 'rcpt', '450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]', 'dns.ptr-missing'],
  ['smtp', 'rcpt', '450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]', 'dns.fcrdns-mismatch'],
  ['smtp', 'data', '421 4.7.23 Later', 'dns.fcrdns-mismatch'],
  ['smtp', 'mail', '451 4.3.5 Server configuration error', 'smtp.server-error'],
  ['smtp', 'rcpt', '451 4.3.0 <a@b.example>: Temporary lookup failure', 'smtp.server-error'],
  ['smtp', 'mail', '451 4.3.0 Oops', 'smtp.server-error'],
  ['smtp', 'mail', '451 Oops', 'smtp.server-error'],
  // smtp, sender and recipient
  ['smtp', 'rcpt', '554 5.7.1 <a@b.example>: Relay access denied', 'smtp.relay-denied'],
  ['smtp', 'rcpt', '550 relay not permitted', 'smtp.relay-denied'],
  ['smtp', 'rcpt', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'smtp.relay-denied'],
  ['smtp', 'rcpt', '550 5.7.54 No', 'smtp.relay-denied'],
  [
    'smtp',
    'rcpt',
    '553 5.7.1 <crm@b.example>: Sender address rejected: not owned by user sales@b.example',
    'smtp.sender-not-owned',
  ],
  [
    'smtp',
    'data',
    '554 5.2.252 SendAsDenied; a@b.example not allowed to send as c@b.example; STOREDRV.Submission.Exception:SendAsDeniedException',
    'smtp.sender-not-owned',
  ],
  ['smtp', 'data', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', 'smtp.sender-not-owned'],
  ['smtp', 'data', '550 5.7.60 No', 'smtp.sender-not-owned'],
  ['smtp', 'mail', '553 Relaying disallowed as crm@b.example', 'smtp.sender-not-owned'],
  ['smtp', 'rcpt', '450 4.1.8 <a@b.example>: Sender address rejected: Domain not found', 'smtp.sender-refused'],
  ['smtp', 'mail', '501 5.1.7 Bad sender address syntax', 'smtp.sender-refused'],
  ['smtp', 'mail', '501 5.1.7 No', 'smtp.sender-refused'],
  ['smtp', 'mail', '553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)', 'smtp.sender-refused'],
  ['smtp', 'mail', '550 No', 'smtp.sender-refused'],
  [
    'smtp',
    'rcpt',
    '550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table',
    'smtp.recipient-refused',
  ],
  ['smtp', 'rcpt', '550 Unrouteable address', 'smtp.recipient-refused'],
  ['smtp', 'rcpt', '550 No', 'smtp.recipient-refused'],
  ['smtp', 'rcpt', '550 5.2.1 The email account that you tried to reach is disabled.', 'mailbox.disabled'],
  ['smtp', 'rcpt', '550 Mailbox a@b.example is suspended', 'mailbox.disabled'],
  ['smtp', 'rcpt', '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup', 'mailbox.restricted-senders'],
  ['smtp', 'rcpt', '550 This mailbox only accepts mail from internal senders', 'mailbox.restricted-senders'],
  ['smtp', 'rcpt', '550 Mailbox not yet provisioned', 'mailbox.not-provisioned'],
  // smtp, limits and storage
  ['smtp', 'mail', '552 5.3.4 Message size exceeds fixed limit', 'smtp.message-too-large'],
  ['smtp', 'mail', '552 Message size exceeds maximum permitted', 'smtp.message-too-large'],
  ['smtp', 'data', '552 No', 'smtp.message-too-large'],
  [
    'smtp',
    'rcpt',
    '450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch',
    'smtp.greylisted',
  ],
  ['smtp', 'rcpt', '451 4.7.1 Try again later', 'smtp.greylisted'],
  ['smtp', 'rcpt', '451 Please retry', 'smtp.greylisted'],
  ['smtp', 'rcpt', '452 4.5.3 Error: too many recipients', 'smtp.too-many-recipients'],
  ['smtp', 'rcpt', '552 5.5.3 No', 'smtp.too-many-recipients'],
  ['smtp', 'mail', '452 4.3.1 Insufficient system storage', 'smtp.disk-full'],
  ['smtp', 'mail', '452 4.3.1 No', 'smtp.disk-full'],
  ['smtp', 'mail', '452 Later', 'smtp.disk-full'],
  ['smtp', 'rcpt', "452 4.2.2 The recipient's inbox is out of storage space.", 'quota.exceeded'],
  ['smtp', 'rcpt', '552 5.2.2 Over quota', 'quota.exceeded'],
  ['smtp', 'rcpt', '552 5.2.2 Domain disk quota exceeded', 'quota.plan-full'],
  ['smtp', 'rcpt', "452 4.2.2 The organization's storage is full", 'quota.plan-full'],
  ['smtp', 'rcpt', '550 mailbox is full', 'quota.exceeded'],
  ['smtp', 'rcpt', '552 No', 'quota.exceeded'],
  ['smtp', 'rcpt', '552 too many messages in the mailbox', 'quota.message-count'],
  ['smtp', 'data', '550 5.7.1 message content rejected', 'smtp.content-refused'],
  ['smtp', 'data', '550 5.7.26 This mail is unauthenticated', 'smtp.content-refused'],
  ['smtp', 'data', '554 No', 'smtp.content-refused'],
  // policy
  ['smtp', 'rcpt', '550 5.7.64 TenantAttribution; Relay Access Denied', 'policy.connector-mismatch'],
  ['smtp', 'rcpt', '550 5.7.1 TenantAttribution', 'policy.connector-mismatch'],
  ['smtp', 'data', '550 5.1.8 Access denied, bad outbound sender', 'policy.sender-restricted'],
  ['smtp', 'data', '550 5.7.501 Access denied, spam abuse detected', 'policy.sender-restricted'],
  ['smtp', 'data', '550 5.7.705 Access denied, tenant has exceeded threshold', 'policy.tenant-restricted'],
  [
    'smtp',
    'data',
    '550 5.7.515 Access denied, sending domain b.example does not meet the required authentication level',
    'policy.bulk-sender-rules',
  ],
  [
    'smtp',
    'data',
    '550 5.7.509 Access denied, sending domain b.example does not pass DMARC verification',
    'policy.dmarc-unaligned',
  ],
  [
    'smtp',
    'data',
    "550 5.7.26 Unauthenticated email from b.example is not accepted due to domain's DMARC policy.",
    'policy.dmarc-unaligned',
  ],
  ['smtp', 'data', '550 5.7.32 No', 'policy.dmarc-unaligned'],
  ['smtp', 'data', '451 4.7.500 Server busy. Please try again later', 'policy.ip-reputation'],
  [
    'smtp',
    'mail',
    '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints',
    'policy.ip-reputation',
  ],
  [
    'smtp',
    'data',
    '550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant',
    'config.sender-malformed',
  ],
  [
    'smtp',
    'data',
    '550 5.7.23 The message was rejected because of Sender Policy Framework violation',
    'policy.spf-not-listed',
  ],
  ['smtp', 'data', '550 5.7.27 No', 'policy.spf-not-listed'],
  ['smtp', 'data', '550 5.7.23 No', 'policy.spf-not-listed'],
  ['smtp', 'data', '550 5.7.30 No', 'policy.dkim-not-signed'],
  ['smtp', 'data', '550 5.7.40 No', 'policy.dmarc-missing'],
  ['smtp', 'rcpt', '556 5.1.10 Recipient address has null MX', 'dns.null-mx'],
  // imap and pop3
  [
    'imap',
    'login',
    'NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
    'imap.too-many-connections',
  ],
  ['imap', 'login', 'NO [ALERT] Too many simultaneous connections. (Failure)', 'imap.too-many-connections'],
  ['imap', 'greeting', 'BYE Too many connections from this host', 'imap.too-many-connections'],
  ['imap', 'login', 'NO [LIMIT] No', 'imap.too-many-connections'],
  ['pop3', 'login', '-ERR [SYS/PERM] Maximum number of connections from user+IP exceeded', 'imap.too-many-connections'],
  ['imap', 'select', 'BAD Request is throttled. Suggested Backoff Time: 9000 milliseconds', 'imap.throttled'],
  ['imap', 'login', 'NO [THROTTLED] Slow down', 'imap.throttled'],
  ['imap', 'select', 'NO SELECT Unsafe Login. Please contact kefu@188.com for help', 'imap.client-id-required'],
  ['imap', 'select', 'BAD User is authenticated but not connected.', 'mailbox.access-denied'],
  ['imap', 'select', 'NO [NOPERM] No', 'mailbox.access-denied'],
  ['imap', 'select', 'NO Permission denied', 'mailbox.access-denied'],
  ['imap', 'select', "NO Mailbox doesn't exist: CRM", 'imap.folder-missing'],
  ['imap', 'select', 'NO [NONEXISTENT] No', 'imap.folder-missing'],
  ['imap', 'select', "NO [CANNOT] Invalid mailbox name: Name must not have '/' characters", 'imap.folder-missing'],
  ['imap', 'select', 'NO [CANNOT] No', 'imap.folder-missing'],
  [
    'imap',
    'select',
    'NO Client tried to access nonexistent namespace. (Mailbox name should probably be prefixed with: INBOX.)',
    'imap.folder-missing',
  ],
  ['imap', 'select', 'NO [SERVERBUG] Internal error occurred. Refer to server log', 'imap.server-error'],
  ['imap', 'select', 'NO [UNAVAILABLE] No', 'imap.server-error'],
  ['imap', 'select', 'NO Index is corrupted', 'imap.server-error'],
  ['imap', 'greeting', 'BYE Not for you', 'imap.greeting-refused'],
  ['pop3', 'greeting', '-ERR Not for you', 'imap.greeting-refused'],
  [
    'imap',
    'login',
    'NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=3)',
    'imap.too-many-connections',
  ],
  [
    'imap',
    'login',
    'BAD [TOOBIG] Message too large. https://support.google.com/mail/answer/6584#limit',
    'quota.append-limit',
  ],
  ['imap', 'login', 'NO [TOOBIG] No', 'quota.append-limit'],
  ['imap', 'login', 'NO [LIMIT] Message size exceeding limit', 'quota.append-limit'],
  ['imap', 'login', 'NO [LIMIT] Message is larger than APPENDLIMIT', 'quota.append-limit'],
  ['imap', 'select', 'BAD literal size too large', 'quota.append-limit'],
  ['imap', 'select', 'NO [OVERQUOTA] No', 'quota.exceeded'],
  ['imap', 'select', 'NO [OVERQUOTA] Domain is over quota', 'quota.plan-full'],
  ['imap', 'select', 'NO Mailbox is over its quota', 'quota.exceeded'],
  ['imap', 'select', 'NO [ALERT] Mailbox is at 95% of quota', 'quota.nearly-full'],
  ['pop3', 'stat', '-ERR too many messages in the mailbox', 'quota.message-count'],
  [
    'imap',
    'login',
    'BYE [ALERT] Fatal error: No such file or directory: No such file or directory',
    'mailbox.not-provisioned',
  ],
  ['pop3', 'login', '-ERR [SYS/TEMP] Unable to open maildrop: Mailbox does not exist', 'mailbox.not-provisioned'],
  ['imap', 'login', 'NO Mail access for users with UID 100 not permitted', 'mailbox.not-provisioned'],
  ['pop3', 'login', '-ERR [IN-USE] Do you have another POP session running?', 'pop3.mailbox-locked'],
  ['pop3', 'login', '-ERR [SYS/TEMP] Failed to create POP3 session lock.', 'pop3.mailbox-locked'],
  ['pop3', 'stat', '-ERR maildrop already locked', 'pop3.mailbox-locked'],
  ['pop3', 'login', '-ERR maillock: lock busy!', 'pop3.mailbox-locked'],
  ['pop3', 'login', '-ERR [LOGIN-DELAY] minimum time between mail checks violation', 'pop3.login-delay'],
  ['pop3', 'login', '-ERR minimum time between logins not reached', 'pop3.login-delay'],
  ['smtp', 'greeting', '421 4.7.0 192.0.2.9 is temporarily blocked: too many failed login attempts', 'net.banned'],
  ['imap', 'greeting', '* BYE Too many failed logins from 192.0.2.9, try again later', 'net.banned'],
  ['smtp', 'greeting', '554 5.7.1 Access denied: 192.0.2.9 is not on the allow list', 'net.ip-not-allowlisted'],
  ['smtp', 'rcpt', '550 5.7.1 Your IP is not whitelisted', 'net.ip-not-allowlisted'],
];

test.each(samples)('%s %s: %s', (protocol, step, line, cause) => {
  expect(read(protocol, step, line)?.cause).toBe(cause);
});

test('every pattern of the table is the first to match one of the samples', () => {
  const used = new Set(
    samples.map(([protocol, step, line]) => {
      const parts = partsOf(reply(line));
      return replyPatterns.find((pattern) => matches(pattern, parts, { protocol, step }));
    }),
  );
  expect(replyPatterns.filter((pattern) => !used.has(pattern))).toEqual([]);
});

test.each([
  ['smtp', 'login', '535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6', true],
  ['imap', 'login', 'NO [AUTHENTICATIONFAILED] Authentication failed.', true],
  ['pop3', 'login', '-ERR [AUTH] Authentication failed.', true],
  ['imap', 'login', 'NO LOGIN failed.', true],
  ['smtp', 'login', '534 5.7.9 Application-specific password required', false],
  ['imap', 'login', 'NO [EXPIRED] Password expired', false],
  ['pop3', 'login', '-ERR [SYS/TEMP] later', false],
] as const)('%s %s %s is a plain refusal: %s', (protocol, step, line, generic) => {
  expect(read(protocol, step, line)?.generic).toBe(generic);
});

test.each([
  ['smtp', 'login', '235 2.7.0 Authentication successful'],
  ['smtp', 'mail', '250 2.1.0 Ok'],
  ['smtp', 'data', '250 2.0.0 Ok: queued as 4XyZ, not spam, 95 % of quota'],
  ['smtp', 'data', '354 End data with <CR><LF>.<CR><LF>'],
  ['smtp', 'greeting', '220 mx.example.jp ESMTP (no spam, too many connections are refused)'],
  ['imap', 'login', 'OK [CAPABILITY IMAP4rev1] Logged in'],
  ['imap', 'select', 'OK [READ-ONLY] Select completed.'],
  ['pop3', 'login', '+OK Logged in.'],
  ['imap', 'select', 'NO Something else'],
  ['pop3', 'stat', '-ERR Something else'],
] as const)('%s %s %s is no refusal that is known', (protocol, step, line) => {
  expect(read(protocol, step, line)).toBeUndefined();
});

test.each([
  { code: '534', text: '534-5.7.9 Application-specific password required. 534 5.7.9 Learn more' },
  { code: '534', status: '5.7.9', text: '534-5.7.9 Application-specific 534 5.7.9 password required.' },
  { code: '534', status: '5.7.9', text: 'Application-specific 5.7.9 password required.' },
])('code and status repeated in the text do not hide the words: %j', (given) => {
  expect(replyCause(given, { protocol: 'smtp', step: 'login' })).toMatchObject({
    cause: 'auth.app-password-required',
    confidence: 0.97,
  });
});

// A pattern that backtracks would outlast the suite's limit here.
test('a long hostile text is read to its end', () => {
  for (const piece of ['too many ', 'from your ', 'sender address ', 'a', ' ', 'account is ', 'SPF ', 'mailbox x ']) {
    for (const step of ['login', 'rcpt', 'data', 'select'] as const) {
      replyCause({ code: '550', text: piece.repeat(8_000) }, { protocol: 'smtp', step });
      replyCause({ code: 'NO', text: piece.repeat(8_000) }, { protocol: 'imap', step });
    }
  }
});
