import type { WatchConfig } from '../../model/watch.ts';
import { cronTimes } from '../../reason/watch/cron-fields.ts';
import { kinds, paceOf } from '../../reason/watch/paces.ts';

const minute = 60_000;
/** More seldom than this an outer timer never calls: what is due is then looked at soon. */
const mostMinutes = 15;
/** More often only where a pace asks for it: each call starts a process. */
const usualLeast = 5;

const divisor = (one: number, other: number): number => (other === 0 ? one : divisor(other, one % other));

/** How often an outer timer has to call `watch --once` to serve every pace, in minutes; it divides an hour. */
export const tickMinutes = (watch: WatchConfig | undefined): number => {
  const paces = kinds.map(({ checks }) => paceOf(watch?.every ?? [], checks));
  const minutes = paces.flatMap((pace): readonly number[] => {
    if (pace.kind === 'interval') return [Math.floor(pace.ms / minute)];
    if (pace.kind === 'never') return [];
    const times = cronTimes(pace.expression);
    return 'kind' in times ? [] : times.minutes;
  });
  const tick = minutes.reduce(divisor, mostMinutes);
  const quickest = Math.min(...paces.flatMap((pace) => (pace.kind === 'interval' ? [pace.ms / minute] : [])));
  return quickest < usualLeast ? tick : Math.max(tick, usualLeast);
};
