import { numbersOf } from './oauth-errors.ts';
import type { ReplyPattern, ReplyStep } from './reply-pattern.ts';

const login: readonly ReplyStep[] = ['login'];
const envelope: readonly ReplyStep[] = ['mail', 'rcpt', 'data'];

/** Refused logins that say why, the providers' own texts first. */
export const authPatterns: readonly ReplyPattern[] = [
  {
    cause: 'net.banned',
    confidence: 0.9,
    steps: ['greeting', 'hello'],
    says: /fail2ban|(?:banned|blocked|blacklisted|rejected|refused|denied).{0,80}(?:too many|repeated|brute|failed (?:login|auth|attempt))|(?:too many|repeated) (?:failed |bad |invalid |wrong )?(?:login|auth\w*|password)s?(?: failures| attempts| errors)?.{0,80}(?:banned|blocked|try again|later)/i,
  },
  {
    cause: 'net.ip-not-allowlisted',
    confidence: 0.9,
    says: /not (?:on|in) (?:the |our |an? |your )?(?:ip )?(?:allow|white|access)[- ]?list|(?:is |has )?not (?:been )?(?:white|allow)[- ]?listed/i,
  },
  // Exchange Online: learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission
  { cause: 'auth.smtp-disabled', confidence: 0.98, says: /SmtpClientAuthentication is disabled|smtp_auth_disabled/i },
  {
    cause: 'auth.basic-disabled',
    confidence: 0.97,
    says: /basic auth(?:entication)? is (?:disabled|not supported|not allowed|blocked)/i,
  },
  {
    cause: 'auth.conditional-access',
    confidence: 0.9,
    says: /blocked by conditional access|\binteraction_required\b/i,
  },
  // What an authorization server said, repeated by a server or a CRM between; wide words count where no number tells more.
  { cause: 'auth.conditional-access', confidence: 0.9, says: numbersOf('auth.conditional-access') },
  { cause: 'auth.oauth-client-secret', confidence: 0.95, says: numbersOf('auth.oauth-client-secret') },
  { cause: 'auth.oauth-consent', confidence: 0.95, says: numbersOf('auth.oauth-consent') },
  { cause: 'auth.oauth-refresh-revoked', confidence: 0.95, says: numbersOf('auth.oauth-refresh-revoked') },
  { cause: 'auth.oauth-consent', confidence: 0.95, says: /\bconsent_required\b/i },
  { cause: 'auth.oauth-client-secret', confidence: 0.88, says: /^(?!.*AADSTS\d).*\binvalid_client\b/i },
  {
    cause: 'auth.oauth-refresh-revoked',
    confidence: 0.88,
    says: /^(?!.*(?:AADSTS\d|\b(?:iat|exp)\b)).*\binvalid_grant\b/i,
  },
  {
    cause: 'auth.security-defaults',
    confidence: 0.9,
    says: /did not meet the criteria to be authenticated|security defaults policy/i,
  },
  {
    cause: 'auth.app-password-required',
    confidence: 0.97,
    // The authorisation code of QQ and NetEase is their name for an app password.
    says: /\bapp(?:lication)?[- ]?(?:specific )?password|InvalidSecondFactor|\bauthori[sz](?:ed|ation) code|授权码/i,
  },
  {
    cause: 'auth.web-login-required',
    confidence: 0.95,
    says: /log ?in (?:via|with|through|using) (?:your|a) web ?browser|web ?login required|(?:sign|log) ?in (?:on|at|through|via) (?:the |our )?web ?(?:site|mail|browser) (?:first|and then|before)/i,
  },
  { cause: 'auth.web-login-required', confidence: 0.95, status: /^5\.7\.14$/, steps: login },
  { cause: 'auth.web-login-required', confidence: 0.95, tags: ['WEBALERT'] },
  {
    cause: 'auth.oauth-scope',
    confidence: 0.85,
    steps: login,
    says: /insufficient[_ ]?(?:scope|permission)|"status" ?: ?"403"|lacks? the (?:required )?scope/i,
  },
  {
    cause: 'auth.oauth-token-expired',
    confidence: 0.85,
    steps: login,
    says: /token (?:is |has )?(?:been )?(?:expired|revoked)|expired (?:access )?token|invalid_token|"status" ?: ?"40[01]"/i,
  },
  // Zoho: "You are yet to enable IMAP for your account."
  {
    cause: 'auth.protocol-disabled',
    confidence: 0.95,
    protocols: ['imap', 'pop3'],
    says: /(?:not enabled for|yet to enable) (?:IMAP|POP)/i,
  },
  {
    cause: 'auth.protocol-disabled',
    confidence: 0.9,
    protocols: ['imap', 'pop3'],
    steps: login,
    says: /\b(?:IMAP4?|POP3?) (?:access |service |protocol |login )?(?:is |has been |are )?(?:disabled|not enabled|not allowed|turned off|switched off)/i,
  },
  {
    cause: 'auth.smtp-disabled',
    confidence: 0.9,
    protocols: ['smtp'],
    says: /\bSMTP (?:access |service |authentication |auth )?(?:is |has been )?(?:disabled|not enabled|turned off|switched off)/i,
  },
  {
    cause: 'auth.external-access-off',
    confidence: 0.85,
    steps: login,
    says: /(?:external|third[- ]party) (?:mail )?(?:access|clients?|programs?|apps?|applications?|software) (?:is |are )?(?:disabled|not allowed|not permitted|not enabled|turned off|switched off)/i,
  },
  {
    cause: 'auth.pop-before-smtp',
    confidence: 0.95,
    protocols: ['smtp'],
    says: /POP3?[ -]?(?:before|then)[ -]?SMTP|(?:check|read|get|fetch|retrieve|receive) (?:your )?(?:new )?e?-?mails? (?:first|before send)|POP3? (?:login|authentication|access) (?:is )?(?:first|required)|log ?in (?:with|via|by|to|using) POP3? (?:first|before)|POP認証/i,
  },
  // Attempts before locks: "account temporarily locked, too many failed attempts" mends itself.
  {
    cause: 'auth.too-many-attempts',
    confidence: 0.95,
    says: /too many (?:\w{1,20} ){0,3}(?:attempts|failures|logins?\b|AUTH commands)|#AUTH005|(?:login|auth(?:entication)?) (?:attempts?|failures?|rate)(?: limit)? (?:exceeded|reached)|(?:failed|invalid|wrong) (?:login|auth\w{0,10}) attempts/i,
  },
  // RFC 4954 section 6: 534 5.7.9 is a weak mechanism, 504 5.5.4 an unknown one.
  {
    cause: 'auth.mechanism-unsupported',
    confidence: 0.93,
    steps: login,
    says: /(?:unsupported|invalid|unknown|unrecogni[sz]ed) (?:SASL )?auth(?:entication)? (?:mechanism|type|method)|mechanism (?:is )?(?:not supported|too weak|unavailable|not available)|no worthy mechs|unrecogni[sz]ed authentication type/i,
  },
  { cause: 'auth.mechanism-unsupported', confidence: 0.85, protocols: ['smtp'], steps: login, code: /^504$/ },
  {
    cause: 'auth.app-password-required',
    confidence: 0.85,
    protocols: ['smtp'],
    steps: login,
    code: /^53[45]$/,
    status: /^5\.7\.9$/,
  },
  {
    cause: 'auth.requires-tls',
    confidence: 0.97,
    // 538 5.7.11 (RFC 4954 section 6), 523 5.7.10 (RFC 5248)
    says: /must issue (?:a |the )?STARTTLS|(?:plaintext|cleartext) authentication (?:is )?(?:disallowed|disabled|not allowed)|only available under a layer|STARTTLS (?:command )?(?:is )?(?:required|first|needed)|(?:use|start|issue|requires?|needs?) (?:a |an )?(?:STARTTLS|TLS|SSL|secure connection|encrypted connection)\b(?! certificate)|encryption (?:is )?(?:required|needed)/i,
  },
  { cause: 'auth.requires-tls', confidence: 0.95, tags: ['PRIVACYREQUIRED'] },
  { cause: 'auth.requires-tls', confidence: 0.95, protocols: ['smtp'], code: /^5(?:38|23)$/ },
  { cause: 'auth.requires-tls', confidence: 0.95, protocols: ['smtp'], status: /^5\.7\.1[01]$/ },
  {
    cause: 'auth.not-offered',
    confidence: 0.93,
    steps: login,
    says: /authentication (?:is )?not enabled|AUTH (?:command )?used when not advertised|AUTH (?:command )?(?:is )?not (?:available|enabled|supported|implemented|recogni[sz]ed)/i,
  },
  { cause: 'auth.not-offered', confidence: 0.8, protocols: ['smtp'], steps: login, code: /^50[023]$/ },
  {
    cause: 'auth.network-not-allowed',
    confidence: 0.9,
    steps: login,
    says: /(?:not (?:allowed|permitted|authori[sz]ed)|denied|refused|rejected|blocked|restricted|disallowed).{0,60}\bfrom (?:this |your |the )?(?:ip|network|address|location|country|region|host|foreign|overseas)|\bfrom (?:this|your) (?:ip|network|address|location|country|region|host)\b.{0,60}(?:not (?:allowed|permitted|authori[sz]ed)|denied|refused|blocked|restricted)|国外|海外/i,
  },
  // RFC 3206 and RFC 5530: the mailbox may be fine, its owner cannot be checked now.
  { cause: 'pop3.mailbox-locked', confidence: 0.9, protocols: ['pop3'], says: /POP3 session lock/i },
  {
    cause: 'auth.temporary-failure',
    confidence: 0.95,
    steps: login,
    says: /temporary (?:authentication|auth|login|internal) (?:failure|error|problem)|authentication (?:service|server|backend|daemon)|connection lost to authentication|internal login failure|(?:authentication|login) (?:is )?temporarily (?:unavailable|not available)|^(?:\[ALERT\] )?temporary problem, please try again later|(?:failed|failure|error): generic failure/i,
  },
  { cause: 'auth.temporary-failure', confidence: 0.85, protocols: ['imap'], steps: login, tags: ['UNAVAILABLE'] },
  {
    cause: 'auth.account-disabled',
    confidence: 0.93,
    steps: login,
    says: /(?:account|user|login|mailbox|profile) (?:\S{1,60} )?(?:is |has been |was |been )?(?:temporarily |currently |permanently )?(?:locked|disabled|suspended|blocked|deactivated|expired|inactive|closed|banned)|password (?:is |has )?(?:been )?expired|account_?(?:locked|disabled)|アカウント.{0,20}(?:停止|ロック|無効)/i,
  },
  { cause: 'auth.account-disabled', confidence: 0.9, steps: login, tags: ['EXPIRED', 'CONTACTADMIN'] },
  { cause: 'auth.account-disabled', confidence: 0.9, protocols: ['smtp'], steps: login, status: /^5\.7\.13$/ },
  // The rest of 5.7.139 is Exchange Online refusing the way of signing in; this one is about the password.
  {
    cause: 'auth.wrong-credentials',
    confidence: 0.75,
    generic: true,
    steps: login,
    says: /user credentials were incorrect/i,
  },
  { cause: 'auth.smtp-disabled', confidence: 0.5, protocols: ['smtp'], steps: login, status: /^5\.7\.139$/ },
  // Exchange adds "authentication required" to its refusals of strangers; it means the recipient's own rule.
  { cause: 'mailbox.restricted-senders', confidence: 0.93, protocols: ['smtp'], status: /^5\.7\.(?:124|133|134|136)$/ },
  {
    cause: 'mailbox.restricted-senders',
    confidence: 0.9,
    protocols: ['smtp'],
    says: /RESOLVER\.RST\.(?:NotAuthorized|AuthRequired|SenderNotAuthenticated)|only accepts? (?:e-?mails?|mail|messages?) from/i,
  },
  {
    cause: 'auth.missing',
    confidence: 0.93,
    protocols: ['smtp'],
    steps: envelope,
    says: /not logged in|client (?:was )?not authenticated|(?:authentication|authentification|SMTP AUTH|AUTH|log ?in) (?:is )?(?:required|needed|first)|(?:must|please|need to) (?:first )?(?:be )?(?:authenticate|log ?in|AUTH)\b/i,
  },
  { cause: 'auth.missing', confidence: 0.85, protocols: ['smtp'], steps: envelope, code: /^530$/ },
  { cause: 'auth.missing', confidence: 0.9, protocols: ['smtp'], steps: envelope, status: /^5\.7\.57$/ },
];

/** Refused logins that say no more than that; they come after everything else. */
export const plainRefusals: readonly ReplyPattern[] = [
  // Exchange says this for a wrong password and, in its cloud, for every password (basic authentication is off there).
  {
    cause: 'auth.basic-disabled',
    confidence: 0.5,
    generic: true,
    protocols: ['imap'],
    steps: login,
    says: /^(?:LOGIN|AUTHENTICATE) failed\.?$/,
  },
  {
    cause: 'auth.wrong-credentials',
    confidence: 0.85,
    generic: true,
    steps: login,
    tags: ['AUTHENTICATIONFAILED', 'AUTH'],
  },
  {
    cause: 'auth.wrong-credentials',
    confidence: 0.85,
    generic: true,
    protocols: ['smtp'],
    steps: login,
    code: /^535$/,
  },
  {
    cause: 'auth.wrong-credentials',
    confidence: 0.85,
    generic: true,
    protocols: ['smtp'],
    steps: login,
    status: /^5\.7\.[38]$/,
  },
  { cause: 'mailbox.access-denied', confidence: 0.7, protocols: ['imap'], steps: login, tags: ['AUTHORIZATIONFAILED'] },
  { cause: 'auth.temporary-failure', confidence: 0.85, protocols: ['pop3'], steps: login, tags: ['SYS/TEMP'] },
  { cause: 'auth.temporary-failure', confidence: 0.85, protocols: ['smtp'], steps: login, code: /^4/ },
  {
    cause: 'auth.wrong-credentials',
    confidence: 0.8,
    generic: true,
    steps: login,
    code: /^(?:5\d\d|NO|BAD|-ERR)$/,
    says: /auth|log ?[io]n|log ?on|password|passwd|credential|user ?name|user/i,
  },
  { cause: 'auth.wrong-credentials', confidence: 0.5, generic: true, protocols: ['imap'], steps: login, code: /^NO$/ },
  {
    cause: 'auth.wrong-credentials',
    confidence: 0.5,
    generic: true,
    protocols: ['pop3'],
    steps: login,
    code: /^-ERR$/,
    tags: [''],
  },
];
