import type { Scalar } from 'yaml';
import type { Pace } from '../model/watch.ts';
import { momentOf } from '../reason/moments.ts';
import { type CronFault, cronTimes } from '../reason/watch/cron-fields.ts';
import { leastMs } from '../reason/watch/paces.ts';
import { parseDuration } from './duration.ts';
import { type Reading, type Spot, writtenIn } from './reading.ts';
import { cronFault, tooOften } from './watch-words.ts';
import { wrong } from './wrong.ts';

type Timing = 'pace' | 'cron' | 'time-of-day' | 'moment';

/** The expression when every cron understands it; else a problem that names the field. */
const readCron = (spot: Spot, reading: Reading, given: string, plain: boolean): string | undefined => {
  const times = cronTimes(given);
  if (!('kind' in times)) return given.trim().split(/\s+/).join(' ');
  const fault: CronFault = times;
  const shown = plain && fault.kind === 'field' ? reading.shown(fault.part) : undefined;
  reading.complain(spot, spot.path, cronFault(spot.path, fault, shown), shown === undefined ? {} : { found: shown });
  return undefined;
};

const minutesOf = (text: string): number | undefined => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= 24 * 60 ? minutes : undefined;
};

const writtenMoment = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?$/;

/** A date with a time, with or without an offset, that there is. */
export const isMoment = (text: string): boolean => writtenMoment.test(text) && momentOf(text) !== undefined;

/** Reads how often or when something takes place. */
export const readTiming = (
  spot: Spot,
  node: Scalar,
  reading: Reading,
  kind: Timing,
): Pace | string | number | undefined => {
  const words = writtenIn(node);
  const filled = typeof node.value === 'string' ? reading.filled(spot, words) : { value: words, plain: true };
  if (!filled) return undefined;
  const given = filled.value.trim();
  const shown = filled.plain ? reading.shown(words) : undefined;
  switch (kind) {
    case 'pace': {
      if (given === 'off') return { kind: 'never' };
      const ms = parseDuration(given);
      if (ms !== undefined && ms >= leastMs) return { kind: 'interval', ms };
      if (ms !== undefined) {
        reading.complain(spot, spot.path, tooOften(spot.path), shown === undefined ? {} : { found: shown });
        return undefined;
      }
      if (/\s/.test(given)) {
        const expression = readCron(spot, reading, given, filled.plain);
        return expression === undefined ? undefined : { kind: 'cron', expression };
      }
      break;
    }
    case 'cron':
      if (/\s/.test(given)) return readCron(spot, reading, given, filled.plain);
      break;
    case 'time-of-day': {
      const minutes = minutesOf(given);
      if (minutes !== undefined) return minutes;
      break;
    }
    case 'moment':
      if (isMoment(given)) return given;
      break;
  }
  const bare = kind === 'pace' && /^\d+$/.test(given) && shown !== undefined;
  const hint = { en: `write ${given}m for minutes`, ja: `分なら ${given}m と書いてください` };
  return wrong(spot, reading, { expected: kind, shown, ...(bare ? { suggestion: `${given}m`, hint } : {}) });
};
