import type { DeliveryReport } from '../model/trip-facts.ts';
import { mailDate } from '../reason/mail-date.ts';
import { readWords, textIn } from './header-words.ts';
import { markHeader, mostBytes, type TestMessage } from './login-message.ts';
import { fieldOf, headersOf, parameterOf, partsIn, split, unfolded } from './mime-parts.ts';
import { printable } from './printable.ts';

/** What a report says of itself; where it lay and what became of it is for the search to tell. */
export type ReportWords = Omit<DeliveryReport, 'folder' | 'afterMs' | 'removed'>;

const kinds: Readonly<Record<string, DeliveryReport['kind']>> = { failed: 'failed', delayed: 'delayed' };

/** `smtp; 550 5.1.1 …`, `rfc822; name@example` (RFC 3464 section 2.1.2): what stands behind the type. */
const untyped = (value: string): string => printable(value.replace(/^[A-Za-z0-9-]{1,30}\s*;\s*/, '').slice(0, 1_000));

/**
 * A delivery status report on our message, and on nobody else's: the part of it that holds the original or its header names
 * our mark or our Message-ID. A report without that part (RFC 3462 section 1 leaves it open) has to answer our message.
 */
export const reportOn = (raw: Buffer, sent: TestMessage): ReportWords | undefined => {
  const text = raw.subarray(0, mostBytes).toString('latin1');
  const { headers } = split(text);
  const contentType = fieldOf(headers, 'content-type');
  if (!/^multipart\/report\b/i.test(contentType)) return undefined;
  if (!/^(?:delivery-status)?$/i.test(parameterOf(contentType, 'report-type'))) return undefined;
  const parts = partsIn(text);
  const original = parts.some(({ type, bytes }) => {
    if (!/^(?:message\/(?:rfc822|global)(?:-headers)?|text\/rfc822-headers)$/.test(type)) return false;
    const inner = split(bytes.toString('latin1')).headers;
    return fieldOf(inner, markHeader.toLowerCase()) === sent.mark || fieldOf(inner, 'message-id') === sent.messageId;
  });
  const answered = ['in-reply-to', 'references'].some((name) => fieldOf(headers, name).includes(sent.messageId));
  if (!original && !answered) return undefined;
  const status = parts.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  // A group for the message, then one a recipient, with an empty line between (RFC 3464 section 2.1).
  const [message = [], recipient = []] = (status?.bytes.toString('latin1') ?? '')
    .split(/\r?\n\s*\r?\n/)
    .map((group) => headersOf(group));
  const until = mailDate(fieldOf(recipient, 'will-retry-until'));
  const remote = untyped(fieldOf(recipient, 'remote-mta'));
  return {
    kind: kinds[fieldOf(recipient, 'action').toLowerCase()] ?? 'other',
    by: untyped(fieldOf(message, 'reporting-mta')),
    recipient: untyped(fieldOf(recipient, 'final-recipient')),
    status: /\d\.\d{1,3}\.\d{1,3}/.exec(fieldOf(recipient, 'status'))?.[0] ?? '',
    says: untyped(unfolded(fieldOf(recipient, 'diagnostic-code'))) || humanWords(parts[0], headers),
    ...(remote === '' ? {} : { remote }),
    ...(until ? { until: until.toISOString() } : {}),
  };
};

/** Without a diagnostic code: what the part for people says, else its subject. */
const humanWords = (
  part: ReturnType<typeof partsIn>[number] | undefined,
  headers: ReturnType<typeof headersOf>,
): string => {
  const words = part?.type === 'text/plain' ? textIn(part.bytes, part.charset) : '';
  const text = words.replace(/\s+/g, ' ').trim() || readWords(fieldOf(headers, 'subject')).text;
  return printable(text.slice(0, 500));
};
