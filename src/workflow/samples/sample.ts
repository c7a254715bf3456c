import type { Text } from '../../model/text.ts';
import type { PlainRecord, Sample } from '../../model/workflow/sample.ts';
import {
  type Complain,
  choiceIn,
  isEmpty,
  listIn,
  mapIn,
  missingKey,
  onlyKeys,
  textIn,
  textsIn,
} from '../source/expect.ts';
import { entryOf, plainOf, type TreeMap, type TreeNode } from '../source/tree.ts';

export const events = [
  'create',
  'update',
  'delete',
  'schedule',
  'date',
  'webhook',
  'manual',
  'call',
] as const satisfies readonly Sample['event'][];

const keys = [
  'name',
  'workflow',
  'event',
  'at',
  'user',
  'object',
  'record',
  'change',
  'records',
  'input',
  'answers',
  'observed',
  'expect',
];

const statuses = ['completed', 'failed', 'not-started', 'unknown'];

const aSample: Text = { en: 'a sample', ja: 'サンプル' };

// YAML and JSON hold nothing else.
const recordOf = (map: TreeMap): PlainRecord => plainOf(map) as PlainRecord;

interface Reading {
  readonly map: TreeMap;
  readonly complain: Complain;
}

const nodeAt = ({ map }: Reading, key: string): TreeNode | undefined => {
  const node = entryOf(map, key)?.value;
  return node && !isEmpty(node) ? node : undefined;
};

const textAt = (reading: Reading, key: string): string | undefined => {
  const node = nodeAt(reading, key);
  return node && textIn(node, key, reading.complain);
};

const recordAt = (reading: Reading, key: string): PlainRecord | undefined => {
  const node = nodeAt(reading, key);
  const map = node && mapIn(node, key, reading.complain);
  return map && recordOf(map);
};

const recordsAt = (reading: Reading): Sample['records'] => {
  const { complain } = reading;
  const node = nodeAt(reading, 'records');
  const map = node && mapIn(node, 'records', complain);
  return (
    map &&
    Object.fromEntries(
      map.entries.map(({ key, value }) => {
        const list = listIn(value, key, complain)?.items ?? [];
        return [key, list.flatMap((item) => mapIn(item, key, complain) ?? []).map(recordOf)];
      }),
    )
  );
};

const insideOf = (reading: Reading, key: string, allowed: readonly string[]): Reading | undefined => {
  const node = nodeAt(reading, key);
  const map = node && mapIn(node, key, reading.complain);
  if (!map) return undefined;
  onlyKeys(map, allowed, { en: `${key}:`, ja: `${key}: ` }, reading.complain);
  return { map, complain: reading.complain };
};

const observedAt = (reading: Reading): Sample['observed'] => {
  const inside = insideOf(reading, 'observed', ['status', 'step', 'message']);
  if (!inside) return undefined;
  const [status, step, message] = ['status', 'step', 'message'].map((key) => textAt(inside, key));
  return {
    ...(status === undefined ? {} : { status }),
    ...(step === undefined ? {} : { step }),
    ...(message === undefined ? {} : { message }),
  };
};

const expectAt = (reading: Reading): Sample['expect'] => {
  const inside = insideOf(reading, 'expect', ['status', 'steps', 'record']);
  if (!inside) return undefined;
  const statusNode = nodeAt(inside, 'status');
  const status = statusNode && choiceIn(statusNode, statuses, 'status', reading.complain);
  const stepsNode = nodeAt(inside, 'steps');
  const steps = stepsNode && textsIn(stepsNode, 'steps', reading.complain);
  const recordEntry = entryOf(inside.map, 'record');
  // `record: null`: it is deleted at the end.
  const record = recordEntry && isEmpty(recordEntry.value) ? null : recordAt(inside, 'record');
  return {
    ...(status === undefined ? {} : { status }),
    ...(steps === undefined ? {} : { steps }),
    ...(record === undefined ? {} : { record }),
  };
};

const eventAt = (reading: Reading): Sample['event'] => {
  const node = nodeAt(reading, 'event');
  if (node) return choiceIn(node, events, 'event', reading.complain) ?? 'update';
  // A change can only be that of an update; anything else would be a guess.
  if (!nodeAt(reading, 'change')) reading.complain(missingKey('event', aSample, reading.map.place));
  return 'update';
};

const present = <Part>(key: string, part: Part | undefined): { readonly [name: string]: Part } =>
  part === undefined ? {} : { [key]: part };

/** One entry under `samples:`. */
export const sampleOf = (map: TreeMap, index: number, complain: Complain): Sample => {
  const reading: Reading = { map, complain };
  onlyKeys(map, keys, aSample, complain);
  return {
    name: textAt(reading, 'name') ?? `sample ${index + 1}`,
    ...present('workflow', textAt(reading, 'workflow')),
    event: eventAt(reading),
    ...present('at', textAt(reading, 'at')),
    ...present('user', textAt(reading, 'user')),
    ...present('object', textAt(reading, 'object')),
    ...present('record', recordAt(reading, 'record')),
    ...present('change', recordAt(reading, 'change')),
    ...present('records', recordsAt(reading)),
    ...present('input', recordAt(reading, 'input')),
    ...present('answers', recordAt(reading, 'answers')),
    ...present('observed', observedAt(reading)),
    ...present('expect', expectAt(reading)),
    place: { file: map.place.file, line: map.place.line },
  };
};
