import { type Clock, timeAt, timeOf } from './line-time.ts';

/** One line of a log, as far as it can be told apart. */
export interface Entry {
  /** Milliseconds since 1970; absent: the line tells none. */
  readonly at?: number;
  readonly level?: 'error' | 'fatal' | 'warning' | 'info';
  readonly says: string;
  /** Whose line it is, where several are written to one log: the number of a run or process. */
  readonly run?: string;
  /** A state that is a member of its own: `failed`, `sync_start`. */
  readonly state?: string;
  /** The line tells of a whole run. */
  readonly whole?: { readonly start: number; readonly end?: number };
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const longest = 2_000;

const textIn = (object: Json, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = object[name];
    if (typeof value === 'string' && value !== '') return value.slice(0, longest);
    if (typeof value === 'number') return String(value);
  }
  return undefined;
};

const timeNames = [
  'time',
  'timestamp',
  'ts',
  '@timestamp',
  'datetime',
  'date',
  'created',
  'created_at',
  'createdAt',
  'eventTime',
  'emitted_at',
  '__REALTIME_TIMESTAMP',
  't',
];
const startNames = ['startedAt', 'started_at', 'startTime', 'start_time', 'createdTime'];
const endNames = [
  'stoppedAt',
  'stopped_at',
  'finishedAt',
  'finished_at',
  'endedAt',
  'ended_at',
  'completedAt',
  'completed_at',
  'endTime',
  'end_time',
];
const runNames = [
  'runId',
  'run_id',
  'jobId',
  'job_id',
  'syncId',
  'sync_id',
  'executionId',
  'execution_id',
  'job',
  'sync',
  'connectionId',
  'connection_id',
  'connector_id',
  'workflowId',
  'pid',
  '_PID',
];
const messageNames = ['msg', 'message', 'MESSAGE', 'log', 'text', 'says', 'error', 'event'];
const stateNames = ['event', 'status', 'state', 'phase', 'result'];

const levels: readonly (readonly [RegExp, NonNullable<Entry['level']>])[] = [
  [/^(?:fatal|critical|crit|emerg(?:ency)?|alert|panic|severe)$/i, 'fatal'],
  [/^(?:error|err|failure|エラー|異常)$/i, 'error'],
  [/^(?:warn(?:ing)?|警告)$/i, 'warning'],
  [/^(?:info|information|notice|debug|trace|fine|log|情報)$/i, 'info'],
];

const levelOf = (word: string): Entry['level'] | undefined => levels.find(([form]) => form.test(word))?.[1];

/** bunyan and pino count from 10, syslog from 0 down. */
const numberedLevel = (value: number): Entry['level'] => {
  if (value >= 60) return 'fatal';
  if (value >= 50) return 'error';
  if (value >= 40) return 'warning';
  if (value >= 10) return 'info';
  return value <= 2 ? 'fatal' : value === 3 ? 'error' : value === 4 ? 'warning' : 'info';
};

const levelIn = (object: Json): Entry['level'] | undefined => {
  for (const name of ['level', 'severity', 'lvl', 'log_level', 'loglevel', 'PRIORITY', 'type']) {
    const value = object[name];
    if (typeof value === 'number' || (typeof value === 'string' && /^\d{1,2}$/.test(value)))
      return numberedLevel(Number(value));
    const level = typeof value === 'string' ? levelOf(value) : undefined;
    if (level !== undefined) return level;
  }
  return undefined;
};

/** Objects in which some put what others write beside the time. */
const innerNames = ['log', 'data', 'trace', 'error', 'metadata', 'context', 'record'];

const timeIn = (object: Json, names: readonly string[], clock: Clock): number | undefined => {
  for (const name of names) {
    const at = timeOf(object[name], clock);
    if (at !== undefined) return at;
  }
  return undefined;
};

const ofObject = (object: Json, clock: Clock): Entry => {
  const inner = innerNames.flatMap((name) => (isObject(object[name]) ? [object[name]] : []));
  const layers = [object, ...inner, ...inner.flatMap((one) => (isObject(one.error) ? [one.error] : []))];
  const first = <Value>(find: (layer: Json) => Value | undefined): Value | undefined => {
    for (const layer of layers) {
      const found = find(layer);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const at = first((layer) => timeIn(layer, timeNames, clock));
  const start = timeIn(object, startNames, clock);
  const end = timeIn(object, endNames, clock);
  const level = first(levelIn);
  const run = first((layer) => textIn(layer, runNames))?.slice(0, 100);
  const states = layers.flatMap((layer) => stateNames.flatMap((name) => textIn(layer, [name]) ?? []));
  const code = first((layer) => textIn(layer, ['statusCode', 'status_code', 'code', 'http_status']));
  const says = [first((layer) => textIn(layer, messageNames)), code === undefined ? undefined : `status ${code}`]
    .filter((part) => part !== undefined)
    .join(' ');
  const isWhole = start !== undefined && states.length > 0 && (end !== undefined || at === undefined);
  return {
    ...(at === undefined ? {} : { at }),
    ...(level === undefined ? {} : { level }),
    says,
    ...(run === undefined ? {} : { run }),
    ...(states.length > 0 ? { state: states.slice(0, 4).join(' ').slice(0, 200) } : {}),
    ...(isWhole ? { whole: { start, ...(end === undefined ? {} : { end }) } } : {}),
  };
};

const objectIn = (line: string): Json | undefined => {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const colours = /\x1b\[[\d;]{0,20}[A-Za-z]/g;
const levelWord =
  /^[\s\-|:>[\](]{0,6}(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|SEVERE|Error|Warning|Info|error|warn|info|debug|エラー|警告|情報)(?=[\s\])|:>,-])[\])|:>,-]{0,3}/;
/** `host program[123]: ` of a system log. */
const program = /^(?:[\w.-]{1,100} )?([\w./@-]{1,60})\[(\d{1,10})\]: /;
const systemLog = /^(?:<\d{1,3}>)?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:/;
const plainProgram = /^[\w.-]{1,100} ([\w.@-]{1,60}): /;
/** Threads, classes and source lines before the message, as log4j and others write them. */
const prefixes: readonly RegExp[] = [
  /^[\s|:,-]{1,6}/,
  /^\[[^\]]{0,80}\]\s?/,
  /^\([\w:. -]{1,60}\):?\s/,
  /^[\w$]+(?:\.[\w$]+)+(?:\([\w$<>.:]{0,60}\))?(?::\d{1,6})?(?: [\w$]{1,40} \([\w$]{1,60}\.java:\d{1,6}\))?\s?[-:>]\s/,
  /^[\w$.-]{1,60} > /,
  /^(?:logger|thread|name)=\S{1,80}\s/,
];

const withoutPrefixes = (text: string): string => {
  let rest = text;
  for (let tries = 0; tries < 6; tries += 1) {
    const form = prefixes.find((one) => one.test(rest));
    if (!form) return rest;
    rest = rest.replace(form, '');
  }
  return rest;
};

const namedRun =
  /\b(?:job|run|sync|execution|batch|task|connection)[ _-]?(?:id|no|number)\s?[:=#]?\s?["']?([\w-]{1,60})/i;

/** A line as it stands: of JSON its members, else its time, level and message. */
export const entryOf = (line: string, clock: Clock): Entry => {
  const object = objectIn(line);
  if (object) return ofObject(object, clock);
  const clean = line.replace(colours, '').slice(0, longest);
  const timed = timeAt(clean, clock);
  let rest = timed?.rest ?? clean;
  const level = levelWord.exec(rest);
  // What stands behind a time in brackets or bars.
  rest = (level ? rest.slice(level[0].length) : rest).replace(/^[\s\])|,:-]{1,6}/, '');
  const [, name, pid] = program.exec(rest) ?? [];
  if (name !== undefined) rest = rest.replace(program, name === 'CRON' || /^crond?$/i.test(name) ? 'cron ' : '');
  else if (timed && systemLog.test(clean)) rest = rest.replace(plainProgram, '');
  const inner = objectIn(rest);
  if (inner) {
    const entry = ofObject(inner, clock);
    return { ...(timed ? { at: timed.at } : {}), ...entry };
  }
  const later = level ?? levelWord.exec(rest);
  if (!level && later) rest = rest.slice(later[0].length);
  const says = withoutPrefixes(rest).trim();
  const run = pid === undefined ? namedRun.exec(says)?.[1] : `${name}[${pid}]`;
  const found = later ? levelOf(later[1] ?? '') : undefined;
  return {
    ...(timed ? { at: timed.at } : {}),
    ...(found === undefined ? {} : { level: found }),
    says,
    ...(run === undefined ? {} : { run }),
  };
};
