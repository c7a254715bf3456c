import { sharedStorageFull } from './reply-fetching.ts';
import type { ReplyPattern, ReplyStep } from './reply-pattern.ts';

const greeting: readonly ReplyStep[] = ['greeting'];
const hello: readonly ReplyStep[] = ['hello'];
const mail: readonly ReplyStep[] = ['mail'];
const rcpt: readonly ReplyStep[] = ['rcpt'];
const data: readonly ReplyStep[] = ['data'];
const sender: readonly ReplyStep[] = ['mail', 'rcpt', 'data'];
const envelope: readonly ReplyStep[] = ['hello', 'mail', 'rcpt'];

/** What SMTP servers say by name, the providers' own texts and codes first. */
const named: readonly ReplyPattern[] = [
  // The conversation itself.
  {
    cause: 'smtp.pipelining-refused',
    confidence: 0.93,
    says: /improper (?:use of SMTP )?command pipelining|SMTP synchronization error|pre-?greet|early ?talk|before (?:the )?(?:greeting|banner)|talk(?:s|ed|ing)? (?:too early|before (?:your|its) turn)/i,
  },
  {
    cause: 'smtp.pipelining-refused',
    confidence: 0.7,
    code: /^5(?:50|21)$/,
    status: /^5\.5\.1$/,
    says: /^Protocol error/i,
  },
  { cause: 'smtp.bare-lf', confidence: 0.95, says: /bare <?(?:LF|newline)|smtplf\.html/i },
  { cause: 'smtp.bare-lf', confidence: 0.9, status: /^5\.6\.11$/ },
  {
    cause: 'smtp.line-too-long',
    confidence: 0.9,
    says: /header line is too long|maximum allowed line length|lines? too long for transport|line(?: length)? (?:is )?too long/i,
  },
  { cause: 'smtp.smtputf8-required', confidence: 0.93, says: /SMTPUTF8|unicode address/i },
  { cause: 'smtp.smtputf8-required', confidence: 0.9, status: /^5\.6\.7$/ },
  {
    cause: 'smtp.mail-loop',
    confidence: 0.93,
    says: /too many hops|loops back to (?:myself|me)|routing loop|hop count exceeded|mail loop|lowest numbered MX record points to local host/i,
  },
  { cause: 'smtp.mail-loop', confidence: 0.9, status: /^[45]\.4\.(?:6|14)$/ },

  // Microsoft: learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online
  { cause: 'policy.connector-mismatch', confidence: 0.93, status: /^[45]\.(?:7\.64|4\.62)$/ },
  { cause: 'policy.connector-mismatch', confidence: 0.93, says: /TenantAttribution|wrong Office 365 region/i },
  {
    cause: 'policy.sender-restricted',
    confidence: 0.93,
    says: /bad outbound sender|Email Outgoing Blocked|Sender Address Blocked/i,
  },
  { cause: 'policy.sender-restricted', confidence: 0.85, status: /^5\.7\.(?:50[1-3]|511)$/ },
  { cause: 'policy.tenant-restricted', confidence: 0.9, status: /^5\.7\.(?:705|708|750)$/ },
  { cause: 'policy.one-click-missing', confidence: 0.9, says: /List-Unsubscribe|one-?click[- ]unsubscribe/i },
  { cause: 'policy.bulk-sender-rules', confidence: 0.93, status: /^[45]\.7\.(?:515|29)$/ },
  { cause: 'policy.dmarc-unaligned', confidence: 0.93, status: /^5\.7\.509$/ },
  { cause: 'policy.ip-reputation', confidence: 0.85, status: /^[45]\.7\.500$/ },
  { cause: 'config.sender-malformed', confidence: 0.85, status: /^5\.7\.512$/ },
  { cause: 'smtp.helo-refused', confidence: 0.95, status: /^5\.7\.506$/ },
  { cause: 'smtp.blocklisted', confidence: 0.9, status: /^5\.7\.6(?:0[6-9]|[1-4]\d)$/ },
  {
    cause: 'mailbox.not-provisioned',
    confidence: 0.85,
    says: /mailbox (?:has )?not (?:yet )?(?:been )?(?:provisioned|created|initiali[sz]ed|licensed)|no (?:mailbox )?licen[sc]e|user has no mailbox/i,
  },

  // RFC 7372 and Gmail (support.google.com/a/answer/3726730)
  {
    cause: 'policy.dmarc-unaligned',
    confidence: 0.95,
    says: /domain'?s DMARC policy|rejected per DMARC|(?:not|n't) pass DMARC|DMARC (?:verification|check|validation)? ?fail/i,
  },
  {
    cause: 'policy.spf-not-listed',
    confidence: 0.85,
    says: /(?:Sender Policy Framework|SPF) (?:violation|check failed|validation failed|fail)|SPF .{0,80}did not pass/i,
  },
  { cause: 'dns.null-mx', confidence: 0.9, says: /null ?MX/i },
  { cause: 'policy.spf-not-listed', confidence: 0.8, status: /^[45]\.7\.(?:24|27)$/ },
  {
    cause: 'dns.ptr-missing',
    confidence: 0.9,
    says: /cannot find your reverse hostname|must have a reverse DNS|no (?:PTR|reverse DNS) record|reverse DNS (?:lookup|entry|record)? ?(?:failed|missing|not found)/i,
  },
  {
    cause: 'dns.fcrdns-mismatch',
    confidence: 0.9,
    says: /cannot find your hostname|PTR .{0,60}(?:does not match|do not match)|IP name lookup failed/i,
  },
  // Gmail's 4.7.23 is the reverse name, RFC 7372 gives 5.7.23 to SPF.
  { cause: 'dns.fcrdns-mismatch', confidence: 0.8, status: /^(?:4\.7\.23|[45]\.7\.25)$/ },
  { cause: 'policy.spf-not-listed', confidence: 0.75, status: /^5\.7\.23$/ },
  { cause: 'policy.dkim-not-signed', confidence: 0.75, status: /^[45]\.7\.(?:20|21|22|30)$/ },
  { cause: 'policy.dmarc-missing', confidence: 0.75, status: /^[45]\.7\.(?:31|40)$/ },
  { cause: 'policy.dmarc-unaligned', confidence: 0.8, status: /^[45]\.7\.32$/ },
  {
    cause: 'policy.ip-reputation',
    confidence: 0.85,
    says: /\[TSS\d\d\]|low reputation|poor reputation|bad reputation|Message not accepted for policy reasons/i,
  },

  // Limits before blocks: "421 4.7.0 … unusual rate" ends by itself.
  { cause: 'smtp.too-many-recipients', confidence: 0.93, says: /too many recipients(?! (?:from|per))/i },
  { cause: 'smtp.too-many-recipients', confidence: 0.9, status: /^[45]\.5\.3$/ },
  {
    cause: 'smtp.rate-limited',
    confidence: 0.93,
    says: /too much mail from|too many (?:recipients|messages|e?mails) (?:from|per)|too many (?:\w{1,20} ){0,3}(?:connections|sessions)|too many new TLS sessions|connection rate limit|rate[ -]?limit|submission quota|sending (?:limit|quota)|UnsolicitedRateLimit|unusual rate of|receiving e?-?mails? (?:too quickly|at a rate)|throttl|(?:limit|quota) (?:of|on) (?:e?-?mails|messages|recipients) (?:per|sent)|(?:e?-?mails?|messages|recipients) per (?:hour|day|minute)|送信(?:数|通数|件数)/i,
  },
  { cause: 'smtp.rate-limited', confidence: 0.85, status: /^5\.4\.5$/ },
  { cause: 'smtp.rate-limited', confidence: 0.85, code: /^432$/ },
  { cause: 'smtp.rate-limited', confidence: 0.8, status: /^4\.4\.5$/ },

  {
    cause: 'smtp.blocklisted',
    confidence: 0.93,
    says: /blocked using|banned sending IP|\b(?:spamhaus|barracudacentral|spamcop|sorbs|uceprotect|abuseat|mailspike|dnsbl|rbl)\b|(?:block|black|deny) ?list/i,
  },
  { cause: 'smtp.greylisted', confidence: 0.95, says: /gr[ae]y-? ?list/i },

  // Storage
  {
    cause: 'quota.message-count',
    confidence: 0.85,
    says: /too many messages|(?:message|mail) (?:count|number) (?:limit|quota)|number of messages .{0,30}(?:exceed|limit)/i,
  },
  { cause: 'smtp.message-too-large', confidence: 0.95, status: /^[45]\.(?:3\.4|2\.3)$/ },
  {
    cause: 'smtp.message-too-large',
    confidence: 0.93,
    says: /message size exceeds|size limit|message (?:is |file )?too (?:large|big)|exceeds .{0,30}(?:maximum|fixed) .{0,20}size/i,
  },
  { cause: 'quota.plan-full', confidence: 0.9, says: sharedStorageFull },
  { cause: 'quota.exceeded', confidence: 0.93, status: /^[45]\.2\.2$/ },
  {
    cause: 'quota.exceeded',
    confidence: 0.9,
    steps: ['rcpt', 'data'],
    says: /over ?quota|quota exceeded|exceed\w{0,3} (?:\w{1,20} ){0,3}quota|(?:mailbox|inbox|maildir) (?:is )?(?:full|over)|out of storage space|exceeded storage allocation/i,
  },
  {
    cause: 'smtp.disk-full',
    confidence: 0.95,
    says: /insufficient system (?:storage|resources)|space shortage|disk (?:is )?full|no space left/i,
  },
  { cause: 'smtp.disk-full', confidence: 0.93, status: /^[45]\.3\.1$/ },

  // Who sends
  {
    cause: 'smtp.sender-not-owned',
    confidence: 0.95,
    steps: sender,
    says: /not owned by user|SendAsDenied|permissions? to send as|relaying disallowed as|not (?:allowed|permitted|authori[sz]ed) to (?:send|use) (?:as|from|this sender|this from)|sender (?:address )?.{0,80}(?:does not|doesn't) (?:match|belong)|(?:from|sender) (?:address|domain) (?:is )?not (?:verified|authori[sz]ed|allowed for)|must (?:match|be the same as) (?:the )?(?:authenticated|login|auth)/i,
  },
  { cause: 'smtp.sender-not-owned', confidence: 0.93, steps: sender, status: /^5\.(?:7\.60|2\.252)$/ },
  {
    cause: 'smtp.relay-denied',
    confidence: 0.93,
    steps: sender,
    says: /relay(?:ing)? access denied|relay(?:ing)? (?:is )?(?:not permitted|not allowed|denied|prohibited)|unable to relay|allowed rcpthosts|not permitted to relay|we do not relay/i,
  },
  { cause: 'smtp.relay-denied', confidence: 0.9, steps: sender, status: /^5\.7\.54$/ },
  {
    cause: 'smtp.helo-refused',
    confidence: 0.93,
    steps: envelope,
    says: /(?:HELO|EHLO)(?: command)? rejected|(?:syntactically )?invalid (?:HELO|EHLO)|bad (?:HELO|EHLO)|(?:HELO|EHLO) (?:name|argument|host ?name)? ?.{0,60}(?:invalid|not (?:valid|allowed)|refused|rejected|required)|need fully-qualified hostname/i,
  },
  {
    cause: 'smtp.client-refused',
    confidence: 0.9,
    steps: envelope,
    says: /client (?:host|address|ip)(?: \S{1,80})? (?:rejected|refused|denied)|your (?:ip|host|address)(?: address)?(?: \S{1,80})? (?:is |has been )?(?:rejected|refused|denied|not allowed|blocked)/i,
  },
  {
    cause: 'smtp.server-error',
    confidence: 0.93,
    says: /server configuration (?:error|problem)|local configuration (?:error|problem)|temporary lookup failure|queue file write error|internal server error/i,
  },
  {
    cause: 'smtp.sender-refused',
    confidence: 0.93,
    steps: sender,
    says: /sender (?:address )?rejected|domain of sender address|badmailfrom|sender verify failed|sender (?:address |domain )?(?:is )?(?:invalid|unknown|refused|denied|blocked|not (?:valid|exist))|bad sender address/i,
  },
  { cause: 'smtp.sender-refused', confidence: 0.85, steps: sender, status: /^[45]\.1\.[78]$/ },

  // Who receives
  { cause: 'mailbox.disabled', confidence: 0.9, steps: ['rcpt', 'data'], status: /^5\.2\.1$/ },
  {
    cause: 'mailbox.disabled',
    confidence: 0.9,
    steps: ['rcpt', 'data'],
    says: /delivery to mailbox is disabled|(?:account|mailbox|user|recipient) .{0,60}(?:is |has been |currently )(?:disabled|suspended|inactive|deactivated|blocked)/i,
  },
  { cause: 'smtp.recipient-refused', confidence: 0.95, steps: ['rcpt', 'data'], status: /^5\.1\.(?:1|2|3|6|10)$/ },
  {
    cause: 'smtp.recipient-refused',
    confidence: 0.93,
    steps: ['rcpt', 'data'],
    says: /user (?:is )?unknown|unknown (?:user|recipient|mailbox|local)|no such (?:user|mailbox|recipient|address|person)|unrouteable address|RecipientNotFound|(?:mailbox|recipient|user|address) (?:\S{1,80} )?(?:is )?(?:unavailable|not found|does not exist|doesn't exist)|invalid (?:recipient|mailbox)|no mailbox here/i,
  },

  // What is sent
  {
    cause: 'smtp.content-refused',
    confidence: 0.9,
    steps: data,
    says: /message content rejected|content (?:rejected|denied|blocked)|spam|virus|malware|unsolicited|blocked because|potential security issue|phish/i,
  },
  { cause: 'smtp.content-refused', confidence: 0.7, steps: data, status: /^[45]\.(?:7\.26|6\.\d{1,3}|7\.0|7\.1)$/ },
];

/** What the code says where the words say nothing that is known (RFC 5321 section 4.2). */
const byCode: readonly ReplyPattern[] = [
  { cause: 'smtp.service-unavailable', confidence: 0.9, code: /^421$/ },
  { cause: 'smtp.service-unavailable', confidence: 0.85, status: /^[45]\.3\.2$/ },
  { cause: 'smtp.service-unavailable', confidence: 0.6, steps: greeting, code: /^4/ },
  { cause: 'smtp.greeting-refused', confidence: 0.93, steps: greeting, code: /^5/ },
  { cause: 'smtp.server-error', confidence: 0.85, steps: sender, status: /^[45]\.3\.[05]$/ },
  { cause: 'smtp.helo-refused', confidence: 0.75, steps: hello, code: /^(?:450|501|504|55\d)$/ },
  {
    cause: 'smtp.greylisted',
    confidence: 0.6,
    steps: ['rcpt', 'data'],
    code: /^45[01]$/,
    status: /^4\.(?:7\.1|2\.0)$/,
  },
  { cause: 'smtp.greylisted', confidence: 0.6, steps: ['rcpt'], code: /^45[01]$/, says: /try again|later|retry/i },
  { cause: 'smtp.disk-full', confidence: 0.7, steps: mail, code: /^452$/ },
  { cause: 'smtp.message-too-large', confidence: 0.7, steps: ['mail', 'data'], code: /^552$/ },
  { cause: 'quota.exceeded', confidence: 0.75, steps: rcpt, code: /^552$/ },
  { cause: 'smtp.sender-refused', confidence: 0.7, steps: mail, code: /^(?:501|55[0134])$/ },
  { cause: 'smtp.recipient-refused', confidence: 0.65, steps: rcpt, code: /^55[013]$/ },
  { cause: 'smtp.content-refused', confidence: 0.55, steps: data, code: /^55[04]$/ },
  { cause: 'smtp.server-error', confidence: 0.55, steps: sender, code: /^451$/ },
];

export const sendingPatterns: readonly ReplyPattern[] = [...named, ...byCode].map((pattern) => ({
  protocols: ['smtp'],
  ...pattern,
}));
