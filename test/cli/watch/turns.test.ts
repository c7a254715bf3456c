import { expect, test } from '@jest/globals';
import { dueOf, nextOf } from '../../../src/cli/watch/turns.ts';
import type { Alerts } from '../../../src/notify/alerts.ts';
import { jobsOf, lookedAt } from '../../../src/watch/schedule/jobs.ts';
import { openSchedule } from '../../../src/watch/schedule/schedule.ts';
import { noState, type WatchState } from '../../../src/watch/state.ts';
import { minute, problem, start, watching } from '../../notify/looks.ts';

const kinds = ['mail.imap-auth', 'mail.port'];

const turnsOf = async () => ({
  schedule: await openSchedule(undefined, { timeZone: 'UTC' }),
  kinds,
  rules: { confirm: 2, flapping: { changes: 4, within: 60 * minute } },
});

/** When the login is looked at within a day, while the alerts stay as they are. */
const looksWith = async (alerts: Alerts): Promise<readonly number[]> => {
  const turns = await turnsOf();
  const state: WatchState = { ...noState, alerts };
  let jobs = jobsOf(turns.schedule, kinds, {}, start);
  const looks: number[] = [];
  for (let now = start; now < start + 24 * 60 * minute; now = nextOf(turns, state, jobs, now) ?? Infinity) {
    const due = dueOf(turns, {}, state, jobs, now);
    // Whatever is said to be next is due then.
    expect(due).not.toEqual([]);
    if (due.includes('mail.imap-auth')) looks.push((now - start) / minute);
    jobs = lookedAt(jobs, due, now);
  }
  return looks;
};

test('a new problem is looked at again after five minutes; one that no look can confirm does not make every login be made again', async () => {
  const watch = watching();
  const places = ['mail.imap-auth imap'];
  watch.look({ 'sales@example.jp': [problem({ cause: 'auth.temporary-failure', places })] }, { after: 1_000 });
  const hourly = await looksWith(noState.alerts);
  expect(hourly).toHaveLength(24);
  const again = await looksWith(watch.alerts());
  expect(again.slice(0, 3)).toEqual([0, 5, 10]);
  expect(again.length).toBeLessThanOrEqual(27);
});
