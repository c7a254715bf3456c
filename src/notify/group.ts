import type { Alert } from './alerts.ts';
import type { Item, StateNotice } from './notice.ts';
import { type Problem, type Seen, worstOf } from './problem.ts';
import type { Turn } from './step-mailbox.ts';

/** One message has room for so many names; the rest is a number. */
const most = { mailboxes: 1_000, affects: 20 };

/** From so many hosts on with the same cause at the same time they are one notice: the network is down, and not each host. */
const mostHosts = 3;

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];

const earliest = (times: readonly string[]): string => [...times].sort()[0] ?? '';

const kindOf = (turn: Turn): string =>
  JSON.stringify([
    turn.kind,
    turn.alert.cause,
    ('before' in turn && turn.before?.cause) || '',
    turn.kind === 'calm' && turn.alert.bad,
    // Checks without a cause have nothing in common but that.
    turn.alert.cause === 'unexplained' ? [turn.alert.mailbox, turn.alert.places] : '',
  ]);

const placeOf = ({ alert: { hosts, affects } }: Turn): string => (hosts.length > 0 ? hosts : affects).join(' ');

const grouped = <Value>(values: readonly Value[], keyOf: (value: Value) => string): readonly (readonly Value[])[] => {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()];
};

type Some = readonly [Turn, ...Turn[]];
const isSome = (turns: readonly Turn[]): turns is Some => turns.length > 0;

/** The turns that are told together: one cause at one host, or one cause everywhere. */
export const groupsOf = (turns: readonly Turn[]): readonly Some[] =>
  grouped(turns, kindOf).flatMap((alike) => {
    const byPlace = grouped(alike, placeOf);
    return (byPlace.length > mostHosts ? [alike] : byPlace).filter(isSome);
  });

/** How many mailboxes were looked at on a host. */
const mailboxesAt = ({ checks }: Seen, host: string): number =>
  new Set(checks.flatMap(({ mailbox, target }) => (target.split(' ')[1]?.startsWith(`${host}:`) ? [mailbox] : [])))
    .size;

const problemIn = (turn: Turn): Problem | undefined => ('problem' in turn ? turn.problem : undefined);

const detailOf = ({ says, proof, trial, owner, steps, verify, last }: Problem) => ({
  says,
  proof,
  ...(trial === undefined ? {} : { trial }),
  ...(owner === undefined ? {} : { owner }),
  steps,
  verify,
  ...(last === undefined ? {} : { last }),
});

const itemOf = (turns: Some, seen: Seen): Item => {
  const [first] = turns;
  const alerts = turns.map(({ alert }) => alert);
  const mailboxes = unique(alerts.map(({ mailbox }) => mailbox));
  const hosts = unique(alerts.flatMap((alert) => alert.hosts));
  const [host] = hosts;
  const one = hosts.length === 1 ? host : undefined;
  const all = one !== undefined && mailboxes.length > 1 ? mailboxesAt(seen, one) : 0;
  const problem = problemIn(first);
  return {
    cause: first.alert.cause,
    severity: worstOf(alerts.map(({ severity }) => severity)),
    title: first.alert.title,
    since: earliest(alerts.map(({ since }) => since)),
    mailboxes: mailboxes.slice(0, most.mailboxes),
    count: mailboxes.length,
    ...(all >= mailboxes.length ? { of: all } : {}),
    ...(one === undefined ? {} : { host: one }),
    affects: unique(alerts.flatMap(({ affects }) => affects)).slice(0, most.affects),
    ...(problem ? detailOf(problem) : {}),
  };
};

const beforeOf = ({ cause, severity, title, since }: Alert) => ({ cause, severity, title, since });

/** Made into notices one after the other; `number` counts them in their run. */
export const noticeOf = (turns: Some, seen: Seen, at: string, number: number): StateNotice => {
  const [first] = turns;
  const item = itemOf(turns, seen);
  const any = { id: `${seen.run}.${number}`, at, severity: item.severity, item };
  switch (first.kind) {
    case 'problem':
    case 'reminder':
      return { ...any, kind: first.kind };
    case 'changed':
      return { ...any, kind: 'changed', before: beforeOf(first.before) };
    case 'recovered': {
      const { cause, mailbox } = first.alert;
      const resolution = seen.resolutions.find(
        (one) => one.cause === cause && (one.mailbox === undefined || one.mailbox === mailbox),
      );
      return { ...any, kind: 'recovered', ...(resolution ? { written: resolution.says } : {}) };
    }
    case 'flapping':
      return {
        ...any,
        kind: 'flapping',
        changes: Math.max(...turns.map(({ alert }) => alert.changes.length)),
        ...(first.before ? { before: beforeOf(first.before) } : {}),
      };
    case 'calm':
      return { ...any, kind: 'calm', now: first.alert.bad ? 'problem' : 'good' };
  }
};
