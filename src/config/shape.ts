import type { SecretRef } from '../model/config.ts';
import type { Tolerance } from '../model/sync/column.ts';
import type { Pace } from '../model/watch.ts';

/** What a place of the configuration may hold. The validator and the JSON Schema are both read from these. */
export type Rule =
  /** `sensitive`: never repeated in a message (a URL may hold a password). */
  | { readonly kind: 'text'; readonly sensitive: boolean }
  /** Becomes absolute; relative paths are relative to the file. `words` are kept as they are. */
  | { readonly kind: 'path'; readonly words?: readonly string[] }
  | { readonly kind: 'integer' }
  | { readonly kind: 'boolean' }
  /** Becomes milliseconds. */
  | { readonly kind: 'duration' }
  /** A time zone by its name in the tz database. */
  | { readonly kind: 'zone' }
  /** How often something is looked at: a duration, a cron expression or `off`. */
  | { readonly kind: 'pace' }
  /** A cron expression of five fields. */
  | { readonly kind: 'cron' }
  /** A time of day; becomes minutes after midnight. */
  | { readonly kind: 'time-of-day' }
  /** A date with a time, with or without an offset; kept as it is written. */
  | { readonly kind: 'moment' }
  /** A number as it stands, or a duration. */
  | { readonly kind: 'tolerance' }
  | { readonly kind: 'choice'; readonly of: readonly (string | number)[] }
  /** One of the three forms of a secret; all three become one reference under the name of the first. */
  | { readonly kind: 'secret'; readonly into: string; readonly form: 'value' | 'file' | 'command' }
  | { readonly kind: 'list'; readonly item: Rule }
  /** Keys of the user's own. */
  | { readonly kind: 'map'; readonly value: Rule }
  | {
      readonly kind: 'object';
      readonly keys: Readonly<Record<string, Key>>;
      /** Exactly one of these keys has to be there. */
      readonly oneOf: readonly string[];
      /** Keys that say nothing without another one. */
      readonly together: Readonly<Record<string, string>>;
    }
  /** The alternatives differ in being one value, a list, or keys with values. */
  | { readonly kind: 'either'; readonly of: readonly Rule[] }
  /** A list of objects that have different names. */
  | { readonly kind: 'named'; readonly item: Rule }
  /** Kept as it is. */
  | { readonly kind: 'data' };

export interface Key {
  readonly rule: Rule;
  readonly required: boolean;
  /** For editors that show the JSON Schema. */
  readonly about?: string;
}

/** A rule and the type of what it reads; `is` exists for the compiler only. */
export interface Shape<Value> {
  readonly rule: Rule;
  readonly about?: string;
  readonly is?: Value;
}

/** The type of what a shape reads. */
export type Read<S> = S extends Shape<infer Value> ? Value : never;

type Shapes = Readonly<Record<string, Shape<unknown>>>;

type Members<Required extends Shapes, Optional extends Shapes, Secret extends string> = {
  readonly [Name in keyof Required]: Read<Required[Name]>;
} & { readonly [Name in keyof Optional]?: Read<Optional[Name]> } & { readonly [Name in Secret]?: SecretRef };

const shape = <Value>(rule: Rule): Shape<Value> => ({ rule });

export const text = shape<string>({ kind: 'text', sensitive: false });
export const sensitiveText = shape<string>({ kind: 'text', sensitive: true });
export const path = shape<string>({ kind: 'path' });
/** A path, or one of these words in its place. */
export const pathOr = (...words: readonly string[]): Shape<string> => shape<string>({ kind: 'path', words });
export const integer = shape<number>({ kind: 'integer' });
export const boolean = shape<boolean>({ kind: 'boolean' });
export const duration = shape<number>({ kind: 'duration' });
export const zone = shape<string>({ kind: 'zone' });
export const pace = shape<Pace>({ kind: 'pace' });
export const cron = shape<string>({ kind: 'cron' });
export const timeOfDay = shape<number>({ kind: 'time-of-day' });
export const moment = shape<string>({ kind: 'moment' });
export const tolerance = shape<Tolerance>({ kind: 'tolerance' });
export const data = shape<unknown>({ kind: 'data' });

export const choice = <const Word extends string | number>(...of: readonly Word[]): Shape<Word> =>
  shape({ kind: 'choice', of });

export const list = <Value>(item: Shape<Value>): Shape<readonly Value[]> => shape({ kind: 'list', item: item.rule });

export const map = <Value>(value: Shape<Value>): Shape<Readonly<Record<string, Value>>> =>
  shape({ kind: 'map', value: value.rule });

export const either = <Values extends readonly unknown[]>(
  ...of: { readonly [Index in keyof Values]: Shape<Values[Index]> }
): Shape<Values[number]> => shape({ kind: 'either', of: of.map(({ rule }) => rule) });

/** One object, or a list of them that have names. */
export const oneOrNamed = <Value>(item: Shape<Value>): Shape<Value | readonly Value[]> =>
  shape({ kind: 'either', of: [item.rule, { kind: 'named', item: item.rule }] });

export const about = <Value>(words: string, inner: Shape<Value>): Shape<Value> => ({ ...inner, about: words });

const keysOf = (shapes: Shapes, required: boolean): Readonly<Record<string, Key>> =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, one]) => [
      name,
      { rule: one.rule, required, ...(one.about === undefined ? {} : { about: one.about }) },
    ]),
  );

const secretKeys = (into: string): Readonly<Record<string, Key>> => ({
  [into]: {
    rule: { kind: 'secret', into, form: 'value' },
    required: false,
    about: 'Better ${NAME} from the environment than the value itself; a number is taken as it is written.',
  },
  [`${into}File`]: { rule: { kind: 'secret', into, form: 'file' }, required: false, about: 'A file; its first line.' },
  [`${into}Command`]: {
    rule: { kind: 'secret', into, form: 'command' },
    required: false,
    about: 'Run without a shell; the first line of its output.',
  },
});

/**
 * An object: keys that it must have, keys that it may have, secrets (each in three forms), a choice of keys, and keys that need
 * another one.
 */
export const object = <
  Required extends Shapes = Readonly<Record<never, never>>,
  Optional extends Shapes = Readonly<Record<never, never>>,
  Secret extends string = never,
>(parts: {
  readonly required?: Required;
  readonly optional?: Optional;
  readonly secrets?: readonly Secret[];
  readonly oneOf?: readonly string[];
  readonly together?: Readonly<Record<string, string>>;
}): Shape<Members<Required, Optional, Secret>> =>
  shape({
    kind: 'object',
    keys: {
      ...keysOf(parts.required ?? {}, true),
      ...keysOf(parts.optional ?? {}, false),
      ...Object.assign({}, ...(parts.secrets ?? []).map(secretKeys)),
    },
    oneOf: parts.oneOf ?? [],
    together: parts.together ?? {},
  });
