import type { Text } from '../../model/text.ts';
import type { Conditions } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Edge } from '../../model/workflow/step.ts';
import type { Schedule, Timing, Trigger } from '../../model/workflow/workflow.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import {
  booleanIn,
  choiceIn,
  mapIn,
  missingKey,
  numberIn,
  oneOrMany,
  onlyKeys,
  textIn,
  wrongValue,
} from '../source/expect.ts';
import { entryOf, type TreeEntry, type TreeMap, type TreeNode } from '../source/tree.ts';
import { durationIn, type Scope, wrong } from './scope.ts';

const saves = ['phase', 'fields', 'onImport', 'once', 'whenBecomesTrue'];

/** What may stand beside `on:`. */
const keysOf = {
  create: saves,
  update: saves,
  save: saves,
  delete: saves,
  schedule: ['cron', 'at', 'days', 'dayOfMonth', 'every', 'once', 'tz', 'until'],
  date: ['field', 'offset', 'at', 'tz'],
  webhook: ['auth', 'allow'],
  manual: ['roles'],
  call: [],
} as const satisfies Partial<Record<Trigger['on'], readonly string[]>>;

type On = keyof typeof keysOf;
const events: readonly string[] = Object.keys(keysOf);
const isOn = (word: string): word is On => Object.hasOwn(keysOf, word);

const aTrigger: Text = { en: 'a trigger such as { on: update }', ja: '{ on: update } のようなトリガー' };
const where = (on: string): Text => ({ en: `a trigger with on: ${on}`, ja: `on: ${on} のトリガー` });

interface TriggerReading {
  readonly map: TreeMap;
  readonly scope: Scope;
}

const nodeOf = ({ map }: TriggerReading, key: string): TreeNode | undefined => entryOf(map, key)?.value;

const flag = (reading: TriggerReading, key: string, usual: boolean): boolean => {
  const node = nodeOf(reading, key);
  return (node && booleanIn(node, key, reading.scope.complain)) ?? usual;
};

const textAt = (reading: TriggerReading, key: string): string | undefined => {
  const node = nodeOf(reading, key);
  return node && textIn(node, key, reading.scope.complain);
};

const namesIn = (node: TreeNode, what: string, scope: Scope) =>
  oneOrMany(node).flatMap((item) => {
    const name = textIn(item, what, scope.complain);
    return name === undefined ? [] : [{ name, place: item.place }];
  });

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const atTiming = (entry: TreeEntry, reading: TriggerReading): Timing => {
  const { complain } = reading.scope;
  const time = textIn(entry.value, 'at', complain) ?? '';
  const days = nodeOf(reading, 'days');
  const dayOfMonth = nodeOf(reading, 'dayOfMonth');
  const day = dayOfMonth && numberIn(dayOfMonth, 'dayOfMonth', complain);
  return {
    kind: 'at',
    time,
    ...(days ? { days: oneOrMany(days).flatMap((item) => choiceIn(item, weekdays, 'days', complain) ?? []) } : {}),
    ...(day === undefined ? {} : { dayOfMonth: day }),
    place: entry.value.place,
  };
};

const timingKeys = ['cron', 'at', 'every', 'once'] as const;

const timingAt = (entry: TreeEntry, reading: TriggerReading): Timing => {
  const { key, value } = entry;
  const { place } = value;
  if (key === 'at') return atTiming(entry, reading);
  if (key === 'every') {
    const every = durationIn(value, key, reading.scope);
    return every ? { kind: 'every', every, place } : { kind: 'unreadable', text: '', place };
  }
  const text = textIn(value, key, reading.scope.complain);
  if (text === undefined) return { kind: 'unreadable', text: '', place };
  return key === 'cron' ? { kind: 'cron', text, place } : { kind: 'once', at: text, place };
};

const secondTiming = ({ key, keyPlace }: TreeEntry, first: string, scope: Scope): void => {
  wrong(
    scope,
    keyPlace,
    {
      en: `a schedule has one of cron, at, every and once: ${key} is ignored, because ${first} is here already`,
      ja: `スケジュールに書けるのは cron、at、every、once のどれか 1 つです。${first} があるため、${key} は無視されます`,
    },
    { en: 'keep one of them', ja: 'どれか 1 つだけを残してください' },
  );
};

const timingOf = (reading: TriggerReading): Timing => {
  const { map, scope } = reading;
  const [first, ...more] = map.entries.filter(({ key }) => timingKeys.some((one) => one === key));
  for (const entry of more) secondTiming(entry, first?.key ?? '', scope);
  if (!first) {
    scope.complain(missingKey('cron, at, every, once', where('schedule'), map.place));
    return { kind: 'unreadable', text: '', place: map.place };
  }
  return timingAt(first, reading);
};

const named = (reading: TriggerReading, key: string) => {
  const node = nodeOf(reading, key);
  const name = textAt(reading, key);
  return node && name !== undefined ? { name, place: node.place } : undefined;
};

const scheduleOf = (reading: TriggerReading): Schedule => {
  const zone = named(reading, 'tz');
  const until = named(reading, 'until');
  return { timing: timingOf(reading), ...(zone ? { zone } : {}), ...(until ? { until } : {}) };
};

const dateOf = (reading: TriggerReading): Pick<Trigger, 'date' | 'schedule'> => {
  const { scope, map } = reading;
  const field = named(reading, 'field');
  if (!nodeOf(reading, 'field')) scope.complain(missingKey('field', where('date'), map.place));
  const offsetNode = nodeOf(reading, 'offset');
  const offset = offsetNode && durationIn(offsetNode, 'offset', scope);
  const atEntry = entryOf(map, 'at');
  const at = textAt(reading, 'at');
  const zone = named(reading, 'tz');
  return {
    date: { ...(field ? { field } : {}), ...(offset ? { offset } : {}), ...(at === undefined ? {} : { at }) },
    ...(atEntry && at !== undefined
      ? {
          schedule: {
            timing: { kind: 'at', time: at, place: atEntry.value.place },
            ...(zone ? { zone } : {}),
          },
        }
      : {}),
  };
};

const webhookOf = (reading: TriggerReading): Pick<Trigger, 'auth' | 'allow'> => {
  const { scope, map } = reading;
  const authNode = nodeOf(reading, 'auth');
  if (!authNode) scope.complain(missingKey('auth', where('webhook'), map.place));
  const auth = authNode && choiceIn(authNode, ['secret', 'signature', 'none'], 'auth', scope.complain);
  const allowNode = nodeOf(reading, 'allow');
  const allow = allowNode && namesIn(allowNode, 'allow', scope).map(({ name }) => name);
  return { ...(auth ? { auth } : {}), ...(allow ? { allow } : {}) };
};

const saveOf = (reading: TriggerReading): Partial<Trigger> => {
  const { scope } = reading;
  const phaseNode = nodeOf(reading, 'phase');
  const phase = phaseNode && choiceIn(phaseNode, ['before', 'after', 'async'], 'phase', scope.complain);
  const fields = nodeOf(reading, 'fields');
  return {
    ...(phase ? { phase } : {}),
    ...(fields ? { watch: namesIn(fields, 'fields', scope) } : {}),
    onImport: flag(reading, 'onImport', true),
    once: flag(reading, 'once', false),
    becomesTrue: flag(reading, 'whenBecomesTrue', false),
  };
};

const partsOf = (on: On, reading: TriggerReading): Partial<Trigger> => {
  switch (on) {
    case 'create':
    case 'update':
    case 'save':
    case 'delete':
      return saveOf(reading);
    case 'schedule':
      return { schedule: scheduleOf(reading), phase: 'async' };
    case 'date':
      return { ...dateOf(reading), phase: 'async' };
    case 'webhook':
      return { ...webhookOf(reading), phase: 'async' };
    case 'manual': {
      const roles = nodeOf(reading, 'roles');
      return roles ? { roles: namesIn(roles, 'roles', reading.scope) } : {};
    }
    case 'call':
      return {};
  }
};

const eventIn = (reading: TriggerReading): On | undefined => {
  const { scope, map } = reading;
  const node = nodeOf(reading, 'on');
  if (!node) {
    scope.complain(missingKey('on', { en: 'a trigger', ja: 'トリガー' }, map.place));
    return undefined;
  }
  const word = textIn(node, 'on', scope.complain);
  if (word === undefined || isOn(word)) return word;
  const nearest = nearestName(word, events);
  scope.defects.push({
    rule: 'trigger-invalid-enum',
    what: 'on',
    found: word,
    allowed: nearest === undefined ? events : [nearest, ...events.filter((one) => one !== nearest)],
    place: node.place,
  });
  return undefined;
};

/** The trigger as it is written. One whose event cannot be read is of the kind `event`: something that we do not know starts it. */
export const triggerOf = (
  entry: TreeEntry,
  rest: { readonly when?: Conditions; readonly to?: Edge },
  scope: Scope,
): Trigger | undefined => {
  const place: Place = entry.keyPlace;
  if (entry.value.kind !== 'map') {
    scope.complain(wrongValue('trigger', aTrigger, entry.value));
    return undefined;
  }
  const map = mapIn(entry.value, 'trigger', scope.complain);
  if (!map) return undefined;
  const reading: TriggerReading = { map, scope };
  const on = eventIn(reading);
  if (on) onlyKeys(map, ['on', ...keysOf[on]], where(on), scope.complain);
  return {
    id: 'trigger',
    on: on ?? 'event',
    phase: 'after',
    becomesTrue: false,
    once: false,
    onImport: true,
    place,
    ...(on ? partsOf(on, reading) : {}),
    ...rest,
  };
};
