import { type Alerts, noAlerts } from '../notify/alerts.ts';
import { emptyOutbox, type Outbox } from '../notify/outbox.ts';
import type { DriftMemory } from './drift.ts';
import type { RefusedLogin } from './logins.ts';
import type { Rows } from './rows.ts';
import type { Look } from './schedule/jobs.ts';

/** What `watch` remembers from one round to the next: `watch/state.json` in the directory of the runbook. */
export interface WatchState {
  readonly schema: 'crm-doctor/watch/v1';
  readonly jobs: Readonly<Record<string, Look>>;
  readonly alerts: Alerts;
  readonly outbox: Outbox;
  readonly logins: readonly RefusedLogin[];
  readonly rows: Rows;
  readonly drift?: DriftMemory;
  readonly round?: Round;
  readonly breaks?: Breaks;
  readonly own?: OwnFailure;
  /** When a run was kept last, eventful or not; and when old ones were cleared away. RFC 3339. */
  readonly keptAt?: string;
  readonly clearedAt?: string;
}

/** The last round. */
export interface Round {
  readonly startedAt: string;
  readonly looked: readonly string[];
  /** Absent: it is still going on, or its process was killed. */
  readonly finishedAt?: string;
  readonly status?: string;
  /** Only where it was kept. */
  readonly run?: string;
}

/** Rounds in a row that began, might log in, and never came to an end. */
export interface Breaks {
  readonly times: number;
  readonly lastAt: string;
}

/** What keeps `watch` itself from its work, from its first time until a round goes through. */
export interface OwnFailure {
  readonly since: string;
  readonly lastAt: string;
  readonly times: number;
  readonly says: { readonly en: string; readonly ja: string };
  readonly told: boolean;
}

export const noState: WatchState = {
  schema: 'crm-doctor/watch/v1',
  jobs: {},
  alerts: noAlerts,
  outbox: emptyOutbox,
  logins: [],
  rows: {},
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTime = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value));

const isText = (value: unknown): boolean =>
  isObject(value) && typeof value.en === 'string' && typeof value.ja === 'string';

const isEach = (value: unknown, fits: (one: Readonly<Record<string, unknown>>) => boolean): boolean =>
  Array.isArray(value) && value.every((one) => isObject(one) && fits(one));

const isLogin = (one: Readonly<Record<string, unknown>>): boolean =>
  ['protocol', 'host', 'username', 'settings'].every((key) => typeof one[key] === 'string') &&
  (one.path === undefined || typeof one.path === 'string') &&
  isTime(one.until) &&
  Number.isInteger(one.times) &&
  Array.isArray(one.refused) &&
  one.refused.every(isTime);

const isAlert = (one: Readonly<Record<string, unknown>>): boolean =>
  ['mailbox', 'cause', 'severity', 'state'].every((key) => typeof one[key] === 'string') &&
  isText(one.title) &&
  isTime(one.since) &&
  ['hosts', 'places', 'affects', 'changes'].every((key) => Array.isArray(one[key]));

const isDelivery = (one: Readonly<Record<string, unknown>>): boolean =>
  ['id', 'channel', 'state'].every((key) => typeof one[key] === 'string') && isTime(one.dueAt) && isObject(one.notice);

/**
 * Our own file in its present form; undefined: damaged, or of another version. Whatever a round relies on is looked at, so that
 * a file that somebody has edited is set aside and does not end every round.
 */
export const stateIn = (text: string): WatchState | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || value.schema !== noState.schema) return undefined;
  const { jobs, alerts, outbox, logins, rows, drift, round, breaks, own } = value;
  const fits =
    isObject(jobs) &&
    Object.values(jobs).every(isObject) &&
    isObject(alerts) &&
    isEach(alerts.open, isAlert) &&
    isEach(alerts.held, (one) => isObject(one.notice)) &&
    isObject(outbox) &&
    isEach(outbox.deliveries, isDelivery) &&
    isEach(outbox.ended, (one) => typeof one.id === 'string') &&
    isEach(outbox.uncertain, (one) => typeof one.id === 'string') &&
    isObject(outbox.trouble) &&
    isEach(logins, isLogin) &&
    isObject(rows) &&
    (drift === undefined || (isObject(drift) && isObject(drift.told) && isEach(drift.held, (one) => isTime(one.at)))) &&
    (round === undefined || (isObject(round) && isTime(round.startedAt) && Array.isArray(round.looked))) &&
    (breaks === undefined || (isObject(breaks) && Number.isInteger(breaks.times) && isTime(breaks.lastAt))) &&
    (own === undefined || (isObject(own) && isText(own.says)));
  // Looked at above as far as it is relied on.
  return fits ? (value as unknown as WatchState) : undefined;
};
