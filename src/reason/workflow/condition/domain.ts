import type { Atom } from './atom.ts';
import { type Interval, inBoth } from './intervals.ts';
import {
  bothTexts,
  everyText,
  excludeEachOther,
  folded,
  type LetterCase,
  type Match,
  mayMatch,
  type Texts,
} from './texts.ts';
import type { Kind } from './where.ts';

type ValueAtom = Extract<Atom, { readonly kind: 'value' }>;

/** What one thing may still be, after some demands. */
export interface Domain {
  readonly of: Kind;
  readonly letterCase: LetterCase;
  readonly empty: boolean;
  readonly filled: boolean;
  readonly axes: ReadonlyMap<string, readonly Interval[]>;
  readonly texts?: Texts;
  readonly matches: readonly Match[];
  readonly booleans?: { readonly true: boolean; readonly false: boolean };
  readonly has: ReadonlySet<string>;
  readonly lacks: ReadonlySet<string>;
  readonly atoms: readonly ValueAtom[];
}

export const freshDomain = (of: Kind, letterCase: LetterCase, emptyToo: boolean): Domain => ({
  of,
  letterCase,
  empty: emptyToo,
  filled: true,
  axes: new Map(),
  matches: [],
  has: new Set(),
  lacks: new Set(),
  atoms: [],
});

/** The texts that it may be, where they are finitely many. */
const listOf = ({ texts, of, letterCase }: Domain): readonly string[] | undefined => {
  if (texts?.only) return [...texts.of];
  if (!of.closed || !texts) return of.closed;
  const closed = letterCase === 'ignored' ? of.closed.map(folded) : of.closed;
  return closed.filter((value) => !texts.of.has(value));
};

const textPossible = (domain: Domain): boolean => {
  const { matches, letterCase } = domain;
  const list = listOf(domain);
  if (list) {
    const spelled = letterCase === 'ignored' ? list.map(folded) : list;
    return spelled.some((text) => matches.every((match) => mayMatch(text, match, letterCase)));
  }
  return !matches.some((one, at) => matches.slice(at + 1).some((other) => excludeEachOther(one, other, letterCase)));
};

const isTextual = ({ texts, matches }: Domain): boolean => texts !== undefined || matches.length > 0;

/** How many sorts of values it is compared with; more than one while its type is not known. */
const sortsOf = (domain: Domain): number => {
  const { axes, booleans } = domain;
  const numbers = axes.has('number') ? 1 : 0;
  const times = axes.size > numbers ? 1 : 0;
  return Number(isTextual(domain)) + numbers + times + Number(booleans !== undefined);
};

/** Nothing is compared on two lines of which we do not know how they lie to each other. */
export const isClear = (domain: Domain): boolean => domain.axes.size < 2 && sortsOf(domain) < 2;

/** Whether some value other than "empty" is left. Demands of different sorts prove nothing. */
export const mayBeFilled = (domain: Domain): boolean => {
  const { filled, axes, booleans, has, lacks } = domain;
  if (!filled) return false;
  if (sortsOf(domain) > 1) return true;
  for (const within of axes.values()) if (within.length === 0) return false;
  if (isTextual(domain) && !textPossible(domain)) return false;
  if (booleans && !booleans.true && !booleans.false) return false;
  for (const name of has) if (lacks.has(name)) return false;
  return true;
};

export const isPossible = (domain: Domain): boolean => domain.empty || mayBeFilled(domain);

/** One demand more. */
export const narrowed = (domain: Domain, atom: ValueAtom): Domain => {
  const { values } = atom;
  const next = { ...domain, empty: domain.empty && atom.empty, atoms: [...domain.atoms, atom] };
  switch (values.kind) {
    case 'none':
      return { ...next, filled: false };
    case 'all':
      return next;
    case 'points': {
      const known = domain.axes.get(values.axis);
      const within = known ? inBoth(known, values.within) : values.within;
      return { ...next, axes: new Map([...domain.axes, [values.axis, within]]) };
    }
    case 'texts':
      return { ...next, texts: bothTexts(domain.texts ?? everyText, values.texts, domain.letterCase) };
    case 'match':
      return { ...next, matches: [...domain.matches, values.match] };
    case 'booleans': {
      const known = domain.booleans ?? { true: true, false: true };
      return { ...next, booleans: { true: known.true && values.true, false: known.false && values.false } };
    }
    case 'members':
      return {
        ...next,
        has: new Set([...domain.has, ...values.has]),
        lacks: new Set([...domain.lacks, ...values.lacks]),
      };
  }
};

/** What both may be, for two things that are the same. */
export const merged = (one: Domain, other: Domain): Domain => other.atoms.reduce(narrowed, one);

export type Single =
  | { readonly kind: 'empty' }
  | { readonly kind: 'point'; readonly axis: string; readonly at: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean };

/** The only value that is left. */
export const onlyValue = (domain: Domain): Single | undefined => {
  const filled = mayBeFilled(domain);
  if (domain.empty) return filled ? undefined : { kind: 'empty' };
  if (!filled) return undefined;
  const { axes, booleans, matches } = domain;
  const textual = domain.texts !== undefined;
  if (axes.size + Number(textual || matches.length > 0) + Number(booleans !== undefined) !== 1) return undefined;
  const [line] = axes;
  if (line) {
    const [axis, within] = line;
    const [first] = within;
    return within.length === 1 && first && first.low === first.high
      ? { kind: 'point', axis, at: first.low }
      : undefined;
  }
  if (booleans) return booleans.true !== booleans.false ? { kind: 'boolean', value: booleans.true } : undefined;
  const list = textual
    ? listOf(domain)?.filter((text) => matches.every((match) => mayMatch(text, match, domain.letterCase)))
    : undefined;
  const [text] = list ?? [];
  return list?.length === 1 && text !== undefined ? { kind: 'text', text } : undefined;
};

const bounds = (domain: Domain, axis: string): { readonly low: number; readonly high: number } | undefined => {
  const within = domain.axes.get(axis);
  const first = within?.[0];
  const last = within?.at(-1);
  return first && last ? { low: first.low, high: last.high } : undefined;
};

/** Whether some value of the one may be below some value of the other. */
export const mayBeLess = (one: Domain, other: Domain): boolean => {
  for (const axis of one.axes.keys()) {
    const left = bounds(one, axis);
    const right = bounds(other, axis);
    if (left && right && left.low >= right.high) return false;
  }
  return true;
};
