import type { WatchConfig } from '../model/watch.ts';
import { defaultRules, type Rules } from './alerts.ts';

/** How changes become notices, of `watch:`. */
export const rulesOf = (watch: WatchConfig | undefined): Rules => {
  const { confirm, flapping } = defaultRules;
  const remind = watch?.remindMs ?? defaultRules.remind;
  const passing = watch?.quietHours.some(({ except }) => except === 'critical');
  return {
    confirm: watch?.confirm ?? confirm,
    ...(remind === undefined || remind <= 0 ? {} : { remind }),
    flapping: {
      changes: watch?.flapping?.changes ?? flapping.changes,
      within: watch?.flapping?.withinMs ?? flapping.within,
    },
    ...(passing ? { quietExcept: 'critical' as const } : {}),
  };
};
