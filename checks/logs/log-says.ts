import type { Finding, RuledOut, Seen, Severity, Witness } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { LogCauseFact, LogLine } from '../../src/model/log-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { mailLogs } from '../mail/logs.check.ts';
import { countText, placeOf } from './log-words.ts';

/*
 * How a log becomes evidence.
 *
 * `mail.logs` reads the files of `mail.logs`, keeps the lines that are about this mailbox, and tells of each cause how
 * many of its lines no success followed (`current`).
 *
 * - A cause that only a log can show asks `fromLogs('deliver.deferred', evidence, subject)` in its `explain`, and its id
 *   is added to `onlyInLogs`, so that the check fails where the log says so.
 * - A cause that the live checks name needs nothing: `logWitness` adds what the logs say to its evidence.
 */

/** What a cause that a log shows needs for its texts. */
export interface LogDetail {
  readonly cause: string;
  /** Lines that no success followed. */
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
  /** `/var/log/mail.log:1234` of the newest line. */
  readonly place: string;
  /** The newest line itself: redacted, printable, bounded. */
  readonly line: string;
  readonly hosts: readonly string[];
  readonly mailboxes: readonly string[];
  readonly queueId?: string;
  readonly sender?: string;
  readonly recipients: readonly string[];
  readonly relay?: string;
}

const rowIn = (cause: string, evidence: Evidence): LogCauseFact | undefined =>
  evidence.fact(mailLogs)?.causes.find((row) => row.cause === cause);

/** The newest line and how many there are, as one sentence of evidence. */
export const seenIn = (row: LogCauseFact, [newest]: readonly LogLine[]): Text => {
  const times = countText({ ...row, count: row.current });
  const where = newest ? `${placeOf(newest)}: ${newest.text}` : '';
  return { en: `${times.en}; ${where}`, ja: `${times.ja}。${where}` };
};

/** The service that the lines are about: by the host that they name, else by what failed. */
const servicesFor = (row: LogCauseFact, subject: Subject): readonly Service[] => {
  const services = servicesOf(subject);
  const relay = row.samples.map(({ joined }) => joined?.relay ?? '').join(' ');
  const named = services.filter(({ host }) =>
    [...row.hosts, relay].some((words) => words.toLowerCase().includes(host.toLowerCase())),
  );
  const byKind = services.filter(({ protocol }) =>
    row.kind === undefined || row.kind === 'login' ? false : (protocol === 'smtp') === (row.kind === 'send'),
  );
  const both = named.filter((service) => byKind.includes(service));
  return both.length > 0 ? both : named.length > 0 && row.kind !== 'send' && row.kind !== 'fetch' ? named : byKind;
};

/** What the texts need of a row. */
export const logDetailOf = (row: LogCauseFact): LogDetail => {
  const [newest] = row.samples;
  const joined = newest?.joined;
  return {
    cause: row.cause,
    count: row.current,
    ...(row.first === undefined ? {} : { first: row.first }),
    ...(row.last === undefined ? {} : { last: row.last }),
    place: newest ? placeOf(newest) : '',
    line: newest?.text ?? '',
    hosts: row.hosts,
    mailboxes: row.mailboxes,
    ...(newest?.queueId === undefined ? {} : { queueId: newest.queueId }),
    ...(joined?.sender === undefined ? {} : { sender: joined.sender }),
    recipients: joined?.recipients ?? [],
    ...(joined?.relay === undefined ? {} : { relay: joined.relay }),
  };
};

interface LogFinding {
  /** Default: critical. */
  readonly severity?: Severity;
  readonly ruledOut?: readonly RuledOut[];
}

/** The finding of a cause that the logs show at present, or none: nothing logged, or a success followed. */
export const fromLogs = (
  cause: string,
  evidence: Evidence,
  subject: Subject,
  { severity = 'critical', ruledOut = [] }: LogFinding = {},
): readonly Finding<LogDetail>[] => {
  const row = rowIn(cause, evidence);
  if (!row || row.current === 0) return [];
  const services = servicesFor(row, subject);
  return [
    {
      detail: logDetailOf(row),
      severity,
      confidence: row.confidence,
      affects: services.length > 0 ? services.map(targetOf) : [mailLogs.target(subject)],
      evidence: [{ check: mailLogs, says: seenIn(row, row.samples) }],
      ruledOut,
    },
  ];
};

/** A detail that a log has shown, beside those that a cause sees itself. */
export interface Logged {
  readonly kind: 'log';
  readonly log: LogDetail;
}

/** What a cause sees itself, else what the logs show of it. */
export const orFromLogs = <Detail>(
  live: readonly Finding<Detail>[],
  ...asked: Parameters<typeof fromLogs>
): readonly Finding<Detail | Logged>[] =>
  live.length > 0
    ? live
    : fromLogs(...asked).map((finding) => ({ ...finding, detail: { kind: 'log', log: finding.detail } }));

/** What the logs add to a cause that the live checks have named. */
export const logWitness: Witness = (cause, evidence): readonly Seen[] => {
  const row = rowIn(cause, evidence);
  return row && row.current > 0 ? [{ check: mailLogs, says: seenIn(row, row.samples) }] : [];
};

/** `The log says so 14 times from … to …, last in /var/log/mail.log:12: "…"`, as a sentence of `because`. */
export const logSentence = (detail: LogDetail): Text => {
  const times = countText(detail);
  return {
    en: `The log has it ${times.en}, last in ${detail.place}: "${detail.line}".`,
    ja: `ログの記録は ${times.ja}で、最新の行は ${detail.place} の「${detail.line}」です。`,
  };
};
