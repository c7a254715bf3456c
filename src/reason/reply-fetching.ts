import type { Protocol } from '../model/config.ts';
import type { ReplyPattern, ReplyStep } from './reply-pattern.ts';

const both: readonly Protocol[] = ['imap', 'pop3'];
const imap: readonly Protocol[] = ['imap'];
const pop3: readonly Protocol[] = ['pop3'];
const select: readonly ReplyStep[] = ['select'];
const opening: readonly ReplyStep[] = ['select', 'stat', 'quota'];

/** Storage that belongs to a domain or contract and not to one mailbox; its rate limits speak of no storage. */
export const sharedStorageFull =
  /\b(?:domain|organi[sz]ation|company|contract|tenant|pooled|plan)(?:'s)?\b.{0,40}\b(?:disk|storage|space|quota)\b.{0,40}\b(?:exceed\w{0,3}|full|reached|used up)|DOMAIN_OVER_QUOTA|\bdomain\b.{0,20}\bover ?quota/i;

/** Response codes that leave no doubt, whatever the words after them say (RFC 2449 section 8.1). */
export const codedPatterns: readonly ReplyPattern[] = [
  { cause: 'pop3.mailbox-locked', confidence: 0.95, protocols: pop3, tags: ['IN-USE'] },
  { cause: 'pop3.login-delay', confidence: 0.95, protocols: pop3, tags: ['LOGIN-DELAY'] },
  // Dovecot says it with [UNAVAILABLE], which alone speaks of a broken back end.
  {
    cause: 'imap.too-many-connections',
    confidence: 0.95,
    protocols: both,
    says: /maximum (?:number of )?connections?(?: limit)?|too many (?:\w{1,20} ){0,3}(?:connections|sessions)|connection limit/i,
  },
];

/** What IMAP and POP3 servers say by name; their tags are those of RFC 5530, RFC 9208 and RFC 2449. */
export const fetchingPatterns: readonly ReplyPattern[] = [
  {
    cause: 'imap.throttled',
    confidence: 0.93,
    protocols: both,
    says: /throttled|command or bandwidth limits|suggested backoff/i,
  },
  { cause: 'imap.throttled', confidence: 0.9, protocols: imap, tags: ['THROTTLED'] },
  { cause: 'imap.client-id-required', confidence: 0.95, protocols: imap, says: /unsafe login/i },
  { cause: 'mailbox.access-denied', confidence: 0.85, protocols: imap, says: /authenticated but not connected/i },
  {
    cause: 'pop3.mailbox-locked',
    confidence: 0.9,
    protocols: pop3,
    says: /maillock|lock busy|session lock|(?:mailbox|maildrop|mail drop) (?:is )?(?:already )?(?:locked|in use)|unable to (?:lock|get lock)|another (?:POP3? )?(?:session|client)/i,
  },
  {
    cause: 'pop3.login-delay',
    confidence: 0.9,
    protocols: pop3,
    says: /minimum time between (?:mail checks|logins)|log(?:ging)? in too (?:often|frequently)|polled too often/i,
  },
  { cause: 'quota.nearly-full', confidence: 0.9, protocols: both, says: /mailbox is at \d{1,3} ?% of/i },
  { cause: 'quota.plan-full', confidence: 0.9, protocols: both, says: sharedStorageFull },
  // One message that is too large to be stored, in a mailbox that has room (RFC 4469 section 4.2, RFC 7889 section 4).
  { cause: 'quota.append-limit', confidence: 0.95, protocols: imap, tags: ['TOOBIG'] },
  // [LIMIT] is any limit of the implementation (RFC 5530), so that its words decide.
  {
    cause: 'quota.append-limit',
    confidence: 0.85,
    protocols: imap,
    says: /\b(?:message|literal)(?: size)? (?:is )?too (?:big|large)|\bmessage size (?:is )?(?:exceed\w{0,3}|over|above) .{0,30}(?:limit|maximum|size)|APPENDLIMIT/i,
  },
  { cause: 'quota.exceeded', confidence: 0.95, protocols: imap, tags: ['OVERQUOTA'] },
  {
    cause: 'quota.message-count',
    confidence: 0.85,
    protocols: both,
    steps: opening,
    says: /too many messages|(?:message|mail) (?:count|number) (?:limit|quota)/i,
  },
  {
    cause: 'quota.exceeded',
    confidence: 0.9,
    protocols: both,
    says: /mailbox is over .{0,20}quota|quota exceeded|over ?quota|mailbox (?:is )?full|out of storage space/i,
  },
  {
    cause: 'mailbox.not-provisioned',
    confidence: 0.85,
    protocols: both,
    says: /mailbox (?:has )?not (?:yet )?(?:been )?(?:provisioned|created|initiali[sz]ed|licensed)|user has no mailbox|maildrop: mailbox does not exist|mail access for users with [UG]ID \d{1,10} not permitted/i,
  },
  // Courier, where the account's home holds no Maildir.
  {
    cause: 'mailbox.not-provisioned',
    confidence: 0.75,
    protocols: both,
    steps: ['login'],
    says: /^(?:\[ALERT\] )?(?:Fatal error|chdir|Maildir).{0,200}No such file or directory/i,
  },
  {
    cause: 'imap.folder-missing',
    confidence: 0.95,
    protocols: imap,
    steps: select,
    says: /(?:mailbox|folder) (?:\S{1,80} )?(?:doesn't|does not|doesnt) exist|(?:unknown|no such|nonexistent|invalid) (?:mailbox|folder|namespace)|nonexistent namespace|name must not have|(?:mailbox|folder) (?:\S{1,80} )?(?:is )?not found/i,
  },
  {
    cause: 'imap.folder-missing',
    confidence: 0.95,
    protocols: imap,
    steps: select,
    tags: ['NONEXISTENT', 'TRYCREATE'],
  },
  { cause: 'imap.folder-missing', confidence: 0.75, protocols: imap, steps: select, tags: ['CANNOT'] },
  {
    cause: 'mailbox.access-denied',
    confidence: 0.85,
    protocols: imap,
    steps: opening,
    tags: ['NOPERM', 'AUTHORIZATIONFAILED'],
  },
  {
    cause: 'mailbox.access-denied',
    confidence: 0.8,
    protocols: both,
    steps: opening,
    says: /permission denied|access (?:is )?denied/i,
  },
  { cause: 'imap.server-error', confidence: 0.93, protocols: imap, tags: ['SERVERBUG', 'CORRUPTION', 'INUSE'] },
  {
    cause: 'imap.too-many-connections',
    confidence: 0.7,
    protocols: imap,
    steps: ['greeting', 'login'],
    tags: ['LIMIT'],
  },
  { cause: 'imap.server-error', confidence: 0.85, protocols: imap, steps: opening, tags: ['UNAVAILABLE'] },
  {
    cause: 'imap.server-error',
    confidence: 0.85,
    protocols: imap,
    steps: opening,
    says: /corrupt|internal (?:server )?error|index .{0,40}(?:broken|damaged)|server error/i,
  },
  // RFC 3501 section 7.1.5: the server shuts down, whatever it was asked.
  { cause: 'imap.server-error', confidence: 0.75, protocols: imap, steps: opening, code: /^BYE$/ },
  {
    cause: 'imap.greeting-refused',
    confidence: 0.9,
    protocols: imap,
    steps: ['greeting'],
    code: /^(?:BYE|NO|BAD|\*)$/,
  },
  { cause: 'imap.greeting-refused', confidence: 0.75, protocols: pop3, steps: ['greeting'], code: /^-ERR$/ },
];
