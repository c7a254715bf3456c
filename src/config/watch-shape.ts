import { weekdays } from '../model/watch.ts';
import {
  about,
  boolean,
  choice,
  cron,
  duration,
  either,
  integer,
  list,
  map,
  moment,
  object,
  pace,
  text,
  timeOfDay,
  zone,
} from './shape.ts';

export const quietHours = object({
  required: {
    from: about("When they begin, such as '22:00'.", timeOfDay),
    to: about("When they end, such as '07:00': on the next day where that is earlier.", timeOfDay),
  },
  optional: {
    days: about('The days on which they begin; default: all.', list(choice(...weekdays))),
    except: about('What is told all the same.', choice('critical')),
  },
});

const maintenance = object({
  optional: {
    from: about('Beginning of one maintenance; without an offset in the time zone of watch.', moment),
    to: about('Its end.', moment),
    cron: about("Beginning of a maintenance that comes again and again, such as '0 2 * * 0'.", cron),
    for: about('How long that takes, such as 2h.', duration),
    note: about('What is done then.', text),
    look: about('True: it is looked at all the same, and only not told.', boolean),
  },
  oneOf: ['from', 'cron'],
  together: { from: 'to', to: 'from', cron: 'for', for: 'cron' },
});

/** The `watch:` object. */
export const watch = object({
  optional: {
    every: about(
      'Id or glob of checks: how often they are looked at, as 15m, a cron expression, or off; the most specific one counts.',
      map(pace),
    ),
    timeZone: about("IANA zone of cron expressions and times of day; default: the machine's.", zone),
    jitter: about('Over how long several machines are spread; default: 1m.', duration),
    quietHours: about(
      'Hours in which nothing is told; what is held back is summed up at their end. One, or a list.',
      either(quietHours, list(quietHours)),
    ),
    maintenance: about('Planned work: neither looked at nor told.', list(maintenance)),
    remind: about('After how long a problem that lasts is recalled; 0s: never; default: 24h.', duration),
    confirm: about('Looks in a row before a problem is told that may pass by itself; default: 2.', integer),
    flapping: about(
      'A problem that comes and goes so often within so long is told once as that; default: 4 changes within 1h.',
      object({ optional: { changes: integer, within: duration } }),
    ),
    keep: about('How long uneventful runs are kept; default: 90d.', duration),
  },
});
