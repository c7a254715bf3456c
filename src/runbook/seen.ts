import type { CheckReport, Diagnosis } from '../model/report.ts';

const service = /^(smtp|imap|pop3) /;

/** What a check looks at, by a name that stays when its host or port changes: of a service, the protocol. */
const placeOf = ({ id, target }: { readonly id: string; readonly target: string }): string =>
  `${id} ${service.exec(target)?.[1] ?? target}`.trimEnd();

const most = 20;

/** The checks that showed a cause. */
export const seenIn = ({ evidence }: Pick<Diagnosis, 'evidence'>): readonly string[] =>
  [...new Set(evidence.map(({ check, target }) => placeOf({ id: check, target })))].slice(0, most);

/** Whether all of these checks were run again and are good; one that was not seen, or not to an end, is not. */
export const areGood = (
  seen: readonly string[],
  mailbox: string | undefined,
  checks: readonly Pick<CheckReport, 'id' | 'target' | 'mailbox' | 'status'>[],
): boolean =>
  seen.length > 0 &&
  seen.every((place) => {
    const again = checks.filter((one) => placeOf(one) === place && (mailbox === undefined || one.mailbox === mailbox));
    return again.length > 0 && again.every(({ status }) => status === 'pass' || status === 'warn');
  });
