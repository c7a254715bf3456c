import { hostname } from 'node:os';
import type { Context } from '../command.ts';
import { tellerOf } from './lines.ts';
import { isOpen, kindsIn, notificationsIn, overdueIn, overdueMs, type Standing, standingOf } from './standing.ts';
import { statusText } from './status-text.ts';
import { type WatchFlags, type Watching, watchingOf } from './watching.ts';

/** 0: all is well; 1: a problem is open; 3: nothing has looked, or not for too long, or it fails. */
const codeOf = ({ state, kept }: Standing, overdue: number): number => {
  if (state.alerts.open.some((one) => isOpen(one) && one.severity === 'critical')) return 1;
  if (kept !== 'read' || overdue > overdueMs || state.own !== undefined) return 3;
  return notificationsIn(state).trouble.length > 0 ? 3 : 0;
};

const jsonOf = (watching: Watching, standing: Standing, overdue: number, exitCode: number): object => {
  const { state, holder, kept, file } = standing;
  const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  return {
    schema: 'crm-doctor/watch-status/v1',
    machine: hostname(),
    config: watching.target.file,
    state: { file, kept },
    ...(holder ? { holder } : {}),
    ...(state.round ? { round: state.round } : {}),
    ...(overdue > overdueMs ? { overdueMs: overdue } : {}),
    ...(state.own ? { own: state.own } : {}),
    kinds: kindsIn(watching, standing).map(({ kind, lastAt, nextAt: next, due }) => ({
      kind,
      lastAt: iso(lastAt),
      nextAt: iso(next),
      due,
    })),
    problems: state.alerts.open
      .filter(isOpen)
      .map(({ mailbox, cause, severity, title, since, state: stands, affects }) => ({
        mailbox,
        cause,
        severity,
        title: title[watching.language],
        since,
        state: stands,
        affects,
      })),
    logins: state.logins.map(({ protocol, host, username, times, until, lockedAt }) => ({
      protocol,
      host,
      username,
      times,
      until,
      ...(lockedAt === undefined ? {} : { lockedAt }),
    })),
    notifications: notificationsIn(state),
    exitCode,
  };
};

/** How the watch stands, from what it has written down; changes nothing. */
export const watchStatus = async (flags: WatchFlags, context: Context): Promise<number> => {
  const watching = await watchingOf(flags, context);
  const standing = await standingOf(watching, flags, context);
  const overdue = overdueIn(watching, standing);
  const code = codeOf(standing, overdue);
  const teller = tellerOf(flags, { ...context, language: watching.language }, watching.schedule.timeZone);
  context.io.out.write(
    teller.json
      ? `${JSON.stringify(jsonOf(watching, standing, overdue, code), null, 2)}\n`
      : statusText(watching, standing, { overdue, time: teller.time, flags, context }),
  );
  return code;
};
