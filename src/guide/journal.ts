import type { Start } from './engine.ts';

/** What happened in a session, in its order; read from the beginning it leads to the same place again. */
export type Entry =
  | { readonly kind: 'answer'; readonly id: string; readonly value: string }
  /** A secret was given; it is not kept. */
  | { readonly kind: 'secret'; readonly id: string; readonly given: boolean }
  /** Something was done and is not done again; `final`: nobody goes back over it. */
  | { readonly kind: 'did'; readonly id: string; readonly result?: unknown; readonly final?: true };

/** The entries up to the last answer, which is to be given anew; undefined where there is none to go back to. */
export const steppedBack = (entries: readonly Entry[]): readonly Entry[] | undefined => {
  const last = entries.findLastIndex(({ kind }) => kind !== 'did');
  const over = entries.slice(last + 1);
  return last < 0 || over.some((entry) => entry.kind === 'did' && entry.final) ? undefined : entries.slice(0, last);
};

const isEntry = (value: unknown): value is Entry => {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('id' in value)) return false;
  if (typeof value.id !== 'string') return false;
  switch (value.kind) {
    case 'answer':
      return 'value' in value && typeof value.value === 'string';
    case 'secret':
      return 'given' in value && typeof value.given === 'boolean';
    case 'did':
      // JSON has no undefined: a result of nothing is not there.
      return true;
    default:
      return false;
  }
};

/** A guided session as it lies on the disk. */
export interface Session {
  readonly schema: 'crm-doctor/guide/v1';
  readonly id: string;
  /** Of crm-doctor; another one asks other questions. */
  readonly version: string;
  /** RFC 3339 UTC, of the last entry. */
  readonly at: string;
  readonly finished: boolean;
  /** What was asked for on the command line. */
  readonly area?: Start;
  readonly entries: readonly Entry[];
}

/** A session from its file's text; what is not one is undefined. */
export const parseSession = (text: string): Session | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { schema, id, version, at, finished, area, entries } = value as Readonly<Record<string, unknown>>;
    if (schema !== 'crm-doctor/guide/v1' || typeof id !== 'string' || typeof version !== 'string') return undefined;
    if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || !Array.isArray(entries)) return undefined;
    const whole = entries.every(isEntry) ? (entries as readonly Entry[]) : undefined;
    if (!whole) return undefined;
    return {
      schema,
      id,
      version,
      at,
      finished: finished === true,
      ...(area === 'mail' || area === 'sync' || area === 'workflow' || area === 'learn' ? { area } : {}),
      entries: whole,
    };
  } catch {
    return undefined;
  }
};
