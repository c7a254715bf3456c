import type { Maintenance, QuietHours, WatchConfig } from '../model/watch.ts';
import { weekdays } from '../model/watch.ts';
import { fits } from '../reason/file-glob.ts';
import { instantOf, momentOf } from '../reason/moments.ts';
import { cronTimes, leastGap } from '../reason/watch/cron-fields.ts';
import { kinds, leastLoginMs, ruleOf } from '../reason/watch/paces.ts';
import type { ConfigProblem } from './config-error.ts';
import { nearest } from './nearest.ts';
import type { WatchSection } from './schema.ts';
import { alwaysQuiet, emptyHours, endsBefore, loginsTooOften, noSuchCheck, noTime, outOfRange } from './watch-words.ts';

type QuietSection = NonNullable<WatchSection['quietHours']>;
type OneQuiet = Exclude<QuietSection, readonly unknown[]>;
type MaintenanceSection = NonNullable<WatchSection['maintenance']>[number];

// Array.isArray does not narrow a readonly array.
const isList = (hours: QuietSection): hours is readonly OneQuiet[] => Array.isArray(hours);

const quietOf = ({ from, to, days, except }: OneQuiet): QuietHours => ({
  from,
  to,
  days: days ?? weekdays,
  ...(except === undefined ? {} : { except }),
});

const maintenanceOf = (one: MaintenanceSection): Maintenance => {
  const any = { look: one.look ?? false, ...(one.note === undefined ? {} : { note: one.note }) };
  return one.cron === undefined
    ? { kind: 'once', from: one.from ?? '', to: one.to ?? '', ...any }
    : { kind: 'recurring', cron: one.cron, forMs: one.for ?? 0, ...any };
};

/** When `watch` looks, of its section. */
export const watchConfigOf = (section: WatchSection): WatchConfig => {
  const { every = {}, timeZone, jitter, quietHours = [], maintenance = [], keep, remind, confirm, flapping } = section;
  return {
    every: Object.entries(every).map(([checks, pace]) => ({ checks, pace })),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(jitter === undefined ? {} : { jitterMs: jitter }),
    quietHours: (isList(quietHours) ? quietHours : [quietHours]).map(quietOf),
    maintenance: maintenance.map(maintenanceOf),
    ...(keep === undefined ? {} : { keepMs: keep }),
    ...(remind === undefined ? {} : { remindMs: remind }),
    ...(confirm === undefined ? {} : { confirm }),
    ...(flapping === undefined
      ? {}
      : {
          flapping: {
            ...(flapping.changes === undefined ? {} : { changes: flapping.changes }),
            ...(flapping.within === undefined ? {} : { withinMs: flapping.within }),
          },
        }),
  };
};

/** A problem with where it stands, as the YAML library writes it. */
type Fault = ConfigProblem & { readonly keys: readonly (string | number)[] };

const day = 1440;

/** Whether no minute of the week is left; quiet hours that let critical news pass leave some. */
const isAlways = (hours: readonly QuietHours[]): boolean => {
  const quiet = new Uint8Array(7 * day);
  for (const { from, to, days, except } of hours) {
    if (except !== undefined) continue;
    const long = to > from ? to - from : to + day - from;
    for (const [index, name] of weekdays.entries()) {
      if (!days.includes(name)) continue;
      for (let minute = 0; minute < long; minute += 1) quiet[(index * day + from + minute) % quiet.length] = 1;
    }
  }
  return !quiet.includes(0);
};

type Shown = (words: string) => string | undefined;

const paceFaults = ({ every }: WatchConfig, shown: Shown): readonly Fault[] =>
  every.flatMap((rule): readonly Fault[] => {
    const { checks, pace } = rule;
    const named = shown(checks);
    const at = { path: `watch.every.${named ?? '…'}`, keys: ['watch', 'every', checks] };
    if (!kinds.some((kind) => fits(kind.checks, checks))) {
      const suggestion = nearest(
        checks,
        kinds.map((kind) => kind.checks),
      );
      return [
        {
          ...at,
          ...(named === undefined ? {} : { found: named }),
          text: noSuchCheck(at.path, named, suggestion),
          ...(suggestion === undefined ? {} : { suggestion }),
        },
      ];
    }
    const ms = pace.kind === 'interval' ? pace.ms : pace.kind === 'cron' ? cronGap(pace.expression) : leastLoginMs;
    if (ms >= leastLoginMs) return [];
    const logins = kinds.filter((kind) => kind.logsIn && ruleOf(every, kind.checks) === rule);
    return logins.length === 0
      ? []
      : [
          {
            ...at,
            text: loginsTooOften(
              at.path,
              logins.map((kind) => kind.checks),
            ),
            allowed: ['5m'],
          },
        ];
  });

const cronGap = (expression: string): number => {
  const times = cronTimes(expression);
  return 'kind' in times ? leastLoginMs : leastGap(times) * 60_000;
};

const quietFaults = (watch: WatchConfig, listed: boolean): readonly Fault[] => {
  const top = { path: 'watch.quietHours', keys: ['watch', 'quietHours'] };
  const empty = watch.quietHours.flatMap(({ from, to }, index): readonly Fault[] => {
    if (from !== to) return [];
    const path = listed ? `${top.path}[${index}]` : top.path;
    return [{ path, keys: listed ? [...top.keys, index] : top.keys, text: emptyHours(path) }];
  });
  if (empty.length > 0) return empty;
  return isAlways(watch.quietHours) ? [{ ...top, text: alwaysQuiet(top.path) }] : [];
};

const maintenanceFaults = ({ maintenance, timeZone }: WatchConfig): readonly Fault[] => {
  const zone = timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = (text: string): number => {
    const moment = momentOf(text);
    return moment ? instantOf(moment, zone) : Number.NaN;
  };
  return maintenance.flatMap((one, index): readonly Fault[] => {
    const key = one.kind === 'once' ? 'to' : 'for';
    const path = `watch.maintenance[${index}].${key}`;
    const keys = ['watch', 'maintenance', index, key];
    if (one.kind === 'once') return at(one.from) < at(one.to) ? [] : [{ path, keys, text: endsBefore(path) }];
    return one.forMs > 0 ? [] : [{ path, keys, text: noTime(path) }];
  });
};

/** What the form of the section does not say: checks that there are, logins that are too close, times that make no sense. */
const tellingFaults = ({ confirm, flapping }: WatchConfig): readonly Fault[] => {
  const rows = [
    { keys: ['watch', 'confirm'], value: confirm, least: 1, most: 20 },
    // Fewer are one problem and its end.
    { keys: ['watch', 'flapping', 'changes'], value: flapping?.changes, least: 3, most: 50 },
  ];
  return rows.flatMap(({ keys, value, least, most }) => {
    const path = keys.join('.');
    return value === undefined || (value >= least && value <= most)
      ? []
      : [{ keys, path, text: outOfRange(path, value, least, most) }];
  });
};

export const watchFaults = (watch: WatchConfig, section: WatchSection, shown: Shown): readonly Fault[] => [
  ...paceFaults(watch, shown),
  ...quietFaults(watch, section.quietHours !== undefined && isList(section.quietHours)),
  ...maintenanceFaults(watch),
  ...tellingFaults(watch),
];
