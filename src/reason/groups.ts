import type { ManyGroup } from '../model/many.ts';
import type { CheckReport, Diagnosis, Report } from '../model/report.ts';

/** The host of `imap imap.example.co.jp:993`; undefined of what is about no service. */
const hostIn = (target: string): string | undefined =>
  /^(?:smtp|imap|pop3) (\S+):\d+$/.exec(target)?.[1]?.toLowerCase();

const hostsIn = (targets: readonly string[]): readonly string[] => [
  ...new Set(targets.flatMap((target) => hostIn(target) ?? [])),
];

const rank = { critical: 0, unknown: 1, warning: 2, info: 3 } as const;

interface Group extends Omit<ManyGroup, 'mailboxes' | 'of'> {
  readonly mailboxes: Set<string>;
}

/** Which hosts each mailbox has to do with, by the checks of its services. */
const hostsOfMailboxes = (checks: readonly CheckReport[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const hosts = new Map<string, Set<string>>();
  for (const { mailbox, target } of checks) {
    const own = hosts.get(mailbox) ?? new Set();
    hosts.set(mailbox, own);
    const host = hostIn(target);
    if (host !== undefined) own.add(host);
  }
  return hosts;
};

const placeOf = (targets: readonly string[]): string => hostsIn(targets).toSorted().join(', ');

const ofDiagnosis = ({ cause, title, severity, affects }: Diagnosis): Omit<Group, 'mailboxes'> => ({
  cause,
  title,
  severity,
  place: placeOf(affects),
});

/** Checks that nothing explains: failed ones, and what could not be looked at. */
const isOpen = (check: CheckReport, unexplained: ReadonlySet<string>, ill: ReadonlySet<string>): boolean => {
  if (check.status === 'error') return true;
  // What could not be looked at follows from what is wrong there.
  if (check.status === 'unknown') return !ill.has(check.mailbox);
  return check.status === 'fail' && unexplained.has(`${check.id} ${check.target}`);
};

/** What is wrong with many mailboxes, by its cause and place: the gravest first, then what most of them have. */
export const groupsOf = ({
  checks,
  diagnoses,
  unexplained,
}: Pick<Report, 'checks' | 'diagnoses' | 'unexplained'>): readonly ManyGroup[] => {
  const groups = new Map<string, Group>();
  const add = (group: Omit<Group, 'mailboxes'>, mailbox: string): void => {
    const key = JSON.stringify([group.cause ?? '', group.check ?? '', group.place, group.severity]);
    const known = groups.get(key) ?? { ...group, mailboxes: new Set() };
    known.mailboxes.add(mailbox);
    groups.set(key, known);
  };
  for (const diagnosis of diagnoses) add(ofDiagnosis(diagnosis), diagnosis.mailbox);
  const ill = new Set(diagnoses.filter(({ severity }) => severity === 'critical').map(({ mailbox }) => mailbox));
  const open = new Set(unexplained);
  for (const check of checks) {
    if (!isOpen(check, open, ill)) continue;
    // Two mailboxes may have the same target, of which only one is explained.
    if (check.status === 'fail' && ill.has(check.mailbox)) continue;
    const severity = check.status === 'fail' ? 'critical' : 'unknown';
    add({ check: check.id, title: check.summary, severity, place: placeOf([check.target]) }, check.mailbox);
  }
  const hosts = hostsOfMailboxes(checks);
  const counts = new Map<string, number>();
  const countAt = (place: string): number => {
    const known = counts.get(place);
    if (known !== undefined) return known;
    const wanted = place === '' ? [] : place.split(', ');
    let count = 0;
    for (const own of hosts.values()) if (wanted.every((host) => own.has(host))) count += 1;
    counts.set(place, count);
    return count;
  };
  return [...groups.values()]
    .map(({ mailboxes, ...group }): ManyGroup => ({ ...group, of: countAt(group.place), mailboxes: [...mailboxes] }))
    .toSorted(
      (one, other) => rank[one.severity] - rank[other.severity] || other.mailboxes.length - one.mailboxes.length,
    );
};
