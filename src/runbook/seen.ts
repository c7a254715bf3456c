import type { CheckReport, Diagnosis } from '../model/report.ts';

const service = /^((?:crm:.*? )?(?:smtp|imap|pop3)) /;

/** What a check looks at, by a name that stays when its host or port changes: of a service, the protocol, and whose it is. */
export const placeOf = ({ id, target }: { readonly id: string; readonly target: string }): string =>
  `${id} ${service.exec(target)?.[1] ?? target}`.trimEnd();

const most = 20;

/** The checks that showed a cause. */
export const seenIn = ({ evidence }: Pick<Diagnosis, 'evidence'>): readonly string[] =>
  [...new Set(evidence.map(({ check, target }) => placeOf({ id: check, target })))].slice(0, most);

type Seen = Pick<CheckReport, 'id' | 'target' | 'mailbox' | 'status'>;

/** The checks of a later run that look at a place again. Where a changed setting has left its target, at what has taken its place. */
const againAt = (place: string, mailbox: string | undefined, checks: readonly Seen[]): readonly Seen[] => {
  const own = checks.filter((one) => mailbox === undefined || one.mailbox === mailbox);
  const same = own.filter((one) => placeOf(one) === place);
  return same.length > 0 ? same : own.filter(({ id }) => id === place.split(' ')[0]);
};

const allAre = (
  statuses: readonly CheckReport['status'][],
  seen: readonly string[],
  mailbox: string | undefined,
  checks: readonly Seen[],
): boolean =>
  seen.length > 0 &&
  seen.every((place) => {
    const again = againAt(place, mailbox, checks);
    return again.length > 0 && again.every(({ status }) => statuses.includes(status));
  });

/** Whether all of these checks were run again and are good; one that was not seen, or not to an end, is not. */
export const areGood = (seen: readonly string[], mailbox: string | undefined, checks: readonly Seen[]): boolean =>
  allAre(['pass', 'warn'], seen, mailbox, checks);

/** Whether all of these checks were run again to an end, good or bad. */
export const wereSeen = (seen: readonly string[], mailbox: string | undefined, checks: readonly Seen[]): boolean =>
  allAre(['pass', 'warn', 'fail'], seen, mailbox, checks);
