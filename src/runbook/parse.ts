import type { Change } from '../model/config.ts';
import type { FoundCause, KnownBaseline, OpenCause, RunbookEvent, RunbookRecord, Step, Who } from './record.ts';

/** The log is a file that anybody may edit: a field is taken over only where it is what it should be. */
type Clean = (value: unknown) => unknown;

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Clean = (value) => (typeof value === 'string' ? value : undefined);
const number: Clean = (value) => (typeof value === 'number' ? value : undefined);
const flag: Clean = (value) => (typeof value === 'boolean' ? value : undefined);
const oneOf =
  (...words: readonly string[]): Clean =>
  (value) =>
    words.find((word) => word === value);

const isTime = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= 40 &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value);

const time: Clean = (value) => (isTime(value) ? value : undefined);

/** The items that are what they should be; the others are left out. */
const listOf =
  (item: Clean): Clean =>
  (value) =>
    Array.isArray(value) ? value.map(item).filter((one) => one !== undefined) : undefined;

/** Nothing at all unless every item is what it should be: half a change is none. */
const wholeListOf =
  (item: Clean): Clean =>
  (value) => {
    if (!Array.isArray(value)) return undefined;
    const clean = value.map(item);
    return clean.includes(undefined) ? undefined : clean;
  };

/** A `?` behind a name: it may be missing. */
type Fields = Readonly<Record<string, Clean>>;

const cleanFields = (fields: Fields, value: Plain): Plain | undefined => {
  const clean: Record<string, unknown> = {};
  for (const [name, take] of Object.entries(fields)) {
    const optional = name.endsWith('?');
    const key = optional ? name.slice(0, -1) : name;
    const taken = value[key] === undefined ? undefined : take(value[key]);
    if (taken !== undefined) clean[key] = taken;
    else if (!optional) return undefined;
  }
  return clean;
};

const object =
  (fields: Fields): Clean =>
  (value) =>
    isPlain(value) ? cleanFields(fields, value) : undefined;

const isValue = (value: unknown): value is Change['from'] =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const change: Clean = (value) =>
  isPlain(value) && typeof value.path === 'string' && isValue(value.from) && isValue(value.to)
    ? { path: value.path, from: value.from, to: value.to }
    : undefined;

const summary: Clean = (value) =>
  isPlain(value)
    ? Object.fromEntries(Object.entries(value).filter(([, count]) => typeof count === 'number'))
    : undefined;

/** One entry for each key of a type, with a `?` behind those that may be missing. */
type FieldsOf<Type> = {
  readonly [Key in keyof Type & string as Type extends Record<Key, unknown> ? Key : `${Key}?`]-?: Clean;
};

const cause: Clean = object({
  cause: text,
  'mailbox?': text,
  proof: oneOf('proven', 'failed', 'not-tried'),
  'title?': text,
  'seen?': listOf(text),
} satisfies FieldsOf<FoundCause>);

const openCause: Clean = object({
  cause: text,
  'mailbox?': text,
  run: text,
  at: time,
  seen: listOf(text),
} satisfies FieldsOf<OpenCause>);

const stepKinds: Readonly<Record<Step['kind'], Clean>> = {
  change: object({ kind: text, at: time, where: text, change: wholeListOf(change) }),
  note: object({ kind: text, at: time, text }),
};

const step: Clean = (value) =>
  isPlain(value) && (value.kind === 'change' || value.kind === 'note') ? stepKinds[value.kind](value) : undefined;

const aboutChange: Fields = { 'run?': text, where: text, change: wholeListOf(change), 'backup?': text };
const aboutFile: Fields = { 'run?': text, by: text, where: text, 'backup?': text };

const kinds: Readonly<Record<RunbookEvent['kind'], Fields>> = {
  'run-started': { run: text, command: text, target: text },
  'run-finished': {
    run: text,
    'command?': text,
    'target?': text,
    status: oneOf('pass', 'warn', 'fail', 'unknown', 'error'),
    exitCode: number,
    'summary?': summary,
    'durationMs?': number,
    'interrupted?': oneOf('SIGINT', 'SIGTERM'),
    causes: listOf(cause),
    'open?': listOf(openCause),
    'baseline?': object({ run: text, at: time, accepted: flag, checks: number } satisfies FieldsOf<KnownBaseline>),
  },
  'baseline-accepted': { run: text, command: text, target: text, 'note?': text },
  'change-intended': aboutChange,
  'change-done': aboutChange,
  'undo-intended': aboutChange,
  undone: aboutChange,
  'file-intended': aboutFile,
  'file-written': aboutFile,
  note: { 'run?': text, text, 'tags?': listOf(text) },
  tagged: { of: text, 'add?': listOf(text), 'remove?': listOf(text) },
  resolution: {
    'run?': text,
    cause: text,
    'mailbox?': text,
    'target?': text,
    text,
    'since?': object({ run: text, at: time, steps: listOf(step) }),
  },
  'guide-step': { 'run?': text, session: text, step: text, says: text },
  decision: { session: text, question: text, answer: text },
  'bundle-made': { run: text, id: text, file: text, entries: listOf(text) },
  repaired: { text },
};

const isKind = (kind: string): kind is RunbookEvent['kind'] => Object.hasOwn(kinds, kind);

const whoOf = (value: unknown): Who => {
  const { user, host } = isPlain(value) ? value : {};
  return { user: typeof user === 'string' ? user : '', host: typeof host === 'string' ? host : '' };
};

/** A line of the log; `unknown` is a kind of a newer version, `undefined` a line that is cut off, damaged or not ours. */
export const parseRecord = (line: string): RunbookRecord | 'unknown' | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isPlain(value)) return undefined;
  const { at, id, kind } = value;
  if (!isTime(at) || typeof kind !== 'string') return undefined;
  if (!isKind(kind)) return 'unknown';
  const fields = cleanFields(kinds[kind], value);
  if (!fields) return undefined;
  const stamp = { at, ...(typeof id === 'string' ? { id } : {}), who: whoOf(value.who), kind };
  // Every field was looked at by the list of its kind.
  return { ...stamp, ...fields } as RunbookRecord;
};
