import { areGood } from '../runbook/seen.ts';
import type { Alert } from './alerts.ts';
import { type Problem, protocolsOf, type Seen } from './problem.ts';

const share = (one: readonly string[], other: readonly string[]): boolean => one.some((entry) => other.includes(entry));

type Like = Pick<Alert, 'cause' | 'hosts' | 'places' | 'affects'>;

/** Whether what was found is what is remembered: the same cause, of the same service or on the same host. */
const isSame = (alert: Like, problem: Like): boolean =>
  alert.cause === problem.cause &&
  (alert.hosts.length === 0 && problem.hosts.length === 0
    ? share(alert.places, problem.places) || alert.places.length === 0
    : share(alert.hosts, problem.hosts));

/** Whether one could stand in the place of the other: both are about one service, or were shown by one check. */
export const isAboutTheSame = (alert: Like, problem: Like): boolean =>
  share(alert.places, problem.places) ||
  share(alert.affects, problem.affects) ||
  share(protocolsOf(alert.affects), protocolsOf(problem.affects));

/** What is remembered, with the problem that was found again; and the problems that are new. */
export const matched = (
  alerts: readonly Alert[],
  problems: readonly Problem[],
): { readonly again: ReadonlyMap<Alert, Problem>; readonly fresh: readonly Problem[] } => {
  const again = new Map<Alert, Problem>();
  const fresh: Problem[] = [];
  for (const problem of problems) {
    const free = alerts.filter((alert) => !again.has(alert) && isSame(alert, problem));
    const closest = free.find(({ hosts }) => hosts.join(' ') === problem.hosts.join(' ')) ?? free[0];
    if (closest) again.set(closest, problem);
    else fresh.push(problem);
  }
  return { again, fresh };
};

/** Whether everything that had shown it was looked at again and is good. */
export const isOver = ({ places, mailbox }: Alert, checks: Seen['checks']): boolean =>
  places.length > 0
    ? areGood(places, mailbox, checks)
    : checks.length > 0 && checks.every(({ status }) => status === 'pass' || status === 'warn');
