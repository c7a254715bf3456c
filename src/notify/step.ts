import type { Alert, Alerts, Now, Rules } from './alerts.ts';
import { groupsOf, noticeOf } from './group.ts';
import type { Notice, StateNotice } from './notice.ts';
import { isAtLeast, type Seen, worstOf } from './problem.ts';
import { stepMailbox, type Turn } from './step-mailbox.ts';

/** More than any installation has that somebody still looks at one by one. */
const most = { open: 5_000, held: 200, perMailbox: 200 };

/** What nobody has looked at for so long is about something that is no longer there. */
const forgottenMs = 60 * 24 * 3_600_000;

const byMailbox = <Value extends { readonly mailbox: string }>(
  values: readonly Value[],
): ReadonlyMap<string, readonly Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(value.mailbox);
    if (group) group.push(value);
    else groups.set(value.mailbox, [value]);
  }
  return groups;
};

const severityRank = { critical: 0, warning: 1, info: 2 } as const;
const kindRank = { problem: 0, changed: 1, flapping: 2, reminder: 3, calm: 4, recovered: 5 } as const;

const byImportance = (one: StateNotice, other: StateNotice): number =>
  severityRank[one.severity] - severityRank[other.severity] || kindRank[one.kind] - kindRank[other.kind];

const isIn =
  ({ item }: StateNotice) =>
  (mailbox: string): boolean =>
    item.mailboxes.includes(mailbox);

const isOneSpell = (begun: StateNotice, ended: StateNotice): boolean =>
  begun.kind === 'problem' &&
  begun.item.cause === ended.item.cause &&
  begun.item.mailboxes.join('\n') === ended.item.mailboxes.join('\n');

/** Holds a notice back; a recovery joins the problem that it ends, where that was held back too. */
const held = (alerts: Pick<Alerts, 'held' | 'heldMore'>, notice: StateNotice): Pick<Alerts, 'held' | 'heldMore'> => {
  if (notice.kind === 'recovered') {
    // The last that was held about these mailboxes: with another cause in between it is a longer story.
    const at = alerts.held.findLastIndex((one) => one.notice.item.mailboxes.some(isIn(notice)));
    const begun = alerts.held[at];
    if (begun && begun.ended === undefined && isOneSpell(begun.notice, notice)) {
      return { ...alerts, held: alerts.held.with(at, { ...begun, ended: notice.at }) };
    }
  }
  return alerts.held.length < most.held
    ? { ...alerts, held: [...alerts.held, { notice }] }
    : { ...alerts, heldMore: alerts.heldMore + 1 };
};

/** What quiet hours held back, in one notice. */
const digestOf = ({ held: [first, ...others], heldMore }: Alerts, at: string, run: string): Notice | undefined => {
  if (!first) return undefined;
  const all = [first, ...others];
  return {
    kind: 'digest',
    id: `${run}.digest`,
    at,
    severity: worstOf(all.map(({ notice }) => notice.severity)),
    from: first.notice.at,
    held: all,
    more: heldMore,
  };
};

/** Alerts of what is looked at; those of the rest have no end that anybody would see. */
const stillMeant = (open: readonly Alert[], { subjects }: Rules, now: Now): readonly Alert[] => {
  const known = subjects && new Set(subjects);
  return open.filter(
    ({ mailbox, seenAt }) => (known?.has(mailbox) ?? true) && now.at.getTime() - Date.parse(seenAt) < forgottenMs,
  );
};

/**
 * What is to be told after a look. Pure: the same history gives the same notices. What was not looked at changes nothing, and
 * what could not be told (`unknown`) is neither a problem nor its end.
 */
export const step = (
  alerts: Alerts,
  seen: Seen,
  now: Now,
  rules: Rules,
): { readonly alerts: Alerts; readonly notices: readonly Notice[] } => {
  if (now.maintenance) return { alerts, notices: [] };
  const at = now.at.toISOString();
  const { remind, ...always } = rules;
  // Nobody is recalled of anything in quiet hours; it is due at the first look afterwards.
  const how: Rules = now.quiet || remind === undefined ? always : { ...always, remind };
  const meant = byMailbox(stillMeant(alerts.open, rules, now));
  const problems = byMailbox(seen.problems);
  const checks = byMailbox(seen.checks);
  const open: Alert[] = [];
  const turns: Turn[] = [];
  let left = [...meant.values()].reduce((sum, { length }) => sum + length, 0);
  let overflow = 0;
  for (const mailbox of new Set([...meant.keys(), ...problems.keys()])) {
    const before = meant.get(mailbox) ?? [];
    const found = problems.get(mailbox) ?? [];
    const looked = checks.get(mailbox) ?? [];
    const stepped =
      looked.length === 0 && found.length === 0
        ? { open: before, turns: [] }
        : stepMailbox(before, { problems: found.slice(0, most.perMailbox), checks: looked }, now, how);
    left -= before.length;
    // Told without being remembered, it would be told at every look.
    const fits = stepped.open.length <= before.length || open.length + stepped.open.length + left <= most.open;
    if (!fits) overflow += stepped.open.length - before.length;
    open.push(...(fits ? stepped.open : before));
    if (fits) turns.push(...stepped.turns);
  }
  const told = groupsOf(turns)
    .map((group, number) => noticeOf(group, seen, at, number + 1))
    .toSorted(byImportance);
  const passes = ({ severity }: StateNotice): boolean =>
    !now.quiet || (rules.quietExcept !== undefined && isAtLeast(severity, rules.quietExcept));
  const digest = now.quiet ? undefined : digestOf(alerts, at, seen.run);
  const waiting = now.quiet ? alerts : { held: [], heldMore: 0 };
  const kept = told.filter((notice) => !passes(notice)).reduce(held, waiting);
  return {
    alerts: { open, held: kept.held, heldMore: kept.heldMore, overflow },
    notices: [...(digest ? [digest] : []), ...told.filter(passes)],
  };
};

/** Checks that are worth a second look soon: what they showed waits to be confirmed. */
export const awaiting = ({
  open,
}: Alerts): readonly { readonly mailbox: string; readonly since: string; readonly checks: readonly string[] }[] =>
  open
    .filter(({ state, bad }) => state === 'pending' && bad)
    .map(({ mailbox, since, places }) => ({
      mailbox,
      since,
      checks: [...new Set(places.map((place) => place.split(' ')[0] ?? place))],
    }));
