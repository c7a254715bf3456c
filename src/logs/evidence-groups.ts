import type { LogKind, LogLine } from '../model/log-facts.ts';
import { escapeControls } from '../reason/escape.ts';
import { withoutSecrets } from './clean.ts';
import type { Found, OpenSample } from './collect.ts';
import type { Cut } from './dialect.ts';

/** When something was read: its time where the line has one, and its place in the order of reading. */
export interface Moment {
  readonly at: number | undefined;
  readonly order: number;
}

/** Whether the first was later; by the order of reading where a time is not known, or the same. */
export const later = (left: Moment, right: Moment | undefined): boolean =>
  right === undefined ||
  (left.at !== undefined && right.at !== undefined && left.at !== right.at
    ? left.at > right.at
    : left.order > right.order);

/** Lines of one cause on one way: the same recipient over the same server. */
export interface Way {
  readonly relay?: string;
  readonly recipient?: string;
  readonly server: boolean;
  readonly kind: LogKind | undefined;
  count: number;
  newest: Moment;
}

/** All lines that say the same: of one cause, hidden by one, or of one shape that nobody knows. */
export interface Group {
  readonly kind: 'cause' | 'hidden' | 'unknown';
  readonly key: string;
  confidence: number;
  count: number;
  first: number | undefined;
  last: number | undefined;
  readonly hosts: Set<string>;
  readonly mailboxes: Set<string>;
  readonly ways: Map<string, Way>;
  /** The newest, at most three. */
  readonly samples: OpenSample[];
}

const longestText = 400;

const kindByCause: readonly (readonly [RegExp, LogKind])[] = [
  [/^auth\./, 'login'],
  [/^(?:imap|pop3|quota)\.|^crm\.(?:parser-crash|routing-no-match|test-passes|fetch)|^version\.php-imap/, 'fetch'],
  [/^(?:smtp|deliver|policy|mailbox)\.|^config\.(?:sender|no-recipient)/, 'send'],
];

/** What the mailbox was used for when it failed: by the cause, or else by the words of the line. */
export const kindOf = (cause: string, { program, text }: Cut): LogKind | undefined => {
  const byCause = kindByCause.find(([form]) => form.test(cause))?.[1];
  if (byCause !== undefined) return byCause;
  if (/smtp|lmtp|sendmail|ir_mail_server|mailer/i.test(`${program} ${text.slice(0, 200)}`)) return 'send';
  return /imap|pop3|fetch/i.test(`${program} ${text.slice(0, 200)}`) ? 'fetch' : undefined;
};

/** RFC 3339 UTC, of milliseconds since 1970. */
export const iso = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

/** Printable, bounded, and without secrets. */
export const clean = (text: string): string => {
  const safe = escapeControls(withoutSecrets(text));
  return safe.length > longestText ? `${safe.slice(0, longestText)}…` : safe;
};

/** A line as it is kept, before it is known whose it is. */
export const sampleOf = ({ cut, line, file, number }: Found): OpenSample => ({
  file,
  line: number,
  at: iso(cut.at) ?? null,
  text: clean(line),
  side: cut.side,
  ...(cut.queueId === undefined ? {} : { queueId: cut.queueId }),
  ...(cut.messageId === undefined ? {} : { messageId: cut.messageId }),
});

/** The same as it is told. */
export const lineOf = ({ file, line, at, text, queueId, messageId, joined }: OpenSample): LogLine => ({
  file,
  ...(line > 0 ? { line } : {}),
  ...(at === null ? {} : { at }),
  text,
  ...(queueId === undefined ? {} : { queueId: clean(queueId) }),
  ...(messageId === undefined ? {} : { messageId: clean(messageId) }),
  ...(joined === undefined
    ? {}
    : {
        joined: {
          recipients: joined.recipients.map(clean),
          lines: joined.lines,
          ...(joined.sender === undefined ? {} : { sender: clean(joined.sender) }),
          ...(joined.relay === undefined ? {} : { relay: clean(joined.relay) }),
          ...(joined.messageId === undefined ? {} : { messageId: clean(joined.messageId) }),
        },
      }),
});
