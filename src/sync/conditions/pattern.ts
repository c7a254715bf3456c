import { type ConditionDialect, NotUnderstood } from './tokens.ts';

/** A pattern with the longest value that it is tried on: beyond it the ways through a value are too many. */
export interface Pattern {
  readonly regex: RegExp;
  /** In UTF-16 units. */
  readonly longest: number;
}

const longestMatched = 300;
/** So many ways through a value are tried at most: milliseconds. */
const mostWays = 10_000_000;

/**
 * The longest value for a pattern in which so many repetitions without a bound stand (each of them, and a beginning anywhere, may part a
 * value at every place) and so many bits of other choices; below 1: none.
 */
const longestFor = (loops: number, choices: number): number => {
  let ways = mostWays / 2 ** choices;
  for (let degree = 2; degree <= loops; degree += 1) ways *= degree;
  if (ways < 1) return 0;
  return loops === 0 ? longestMatched : Math.min(longestMatched, Math.floor(ways ** (1 / loops)));
};
/** Groups within each other; nobody writes more. */
const deepest = 50;
/** Repetitions of a pattern without a bound; as many loops go through a value within each other. */
const mostRepetitions = 4;

const classes: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '\\p{Nd}',
  alnum: '\\p{L}\\p{Nd}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  xdigit: '0-9A-Fa-f',
};
const shorthands: Readonly<Record<string, string>> = { d: '\\p{Nd}', w: '\\p{L}\\p{N}_', s: '\\s' };

const literal = (sign: string): string => sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
const inBrackets = (sign: string): string => (sign === '-' ? '\\-' : literal(sign));

/** Reads a pattern from left to right. */
interface Reading {
  readonly signs: readonly string[];
  at: number;
  /** Repetitions without a bound. */
  loops: number;
  /** Bits of what else may be chosen: alternatives, and how often where that is bounded. */
  choices: number;
  depth: number;
}

/** What a part that is repeated holds itself. */
type Held = Pick<Reading, 'loops' | 'choices'>;
const nothing: Held = { loops: 0, choices: 0 };

const escaped = (reading: Reading, inClass: boolean): string => {
  const sign = reading.signs[reading.at + 1] ?? '';
  reading.at += 2;
  const shorthand = Object.hasOwn(shorthands, sign) ? shorthands[sign] : undefined;
  if (shorthand !== undefined) return inClass ? shorthand : `[${shorthand}]`;
  if (sign === '' || /[\p{L}\p{N}]/u.test(sign)) throw new NotUnderstood(`\\${sign}`);
  return inClass ? inBrackets(sign) : literal(sign);
};

/** `[^a-z[:digit:]_]` */
const bracket = (reading: Reading): string => {
  const { signs } = reading;
  let text = '[';
  reading.at += 1;
  if (signs[reading.at] === '^') {
    text += '^';
    reading.at += 1;
  }
  for (let first = true; ; first = false) {
    const sign = signs[reading.at];
    if (sign === undefined) throw new NotUnderstood('[');
    if (sign === ']' && !first) break;
    if (sign === '[') {
      const name = /^\[:([a-z]+):\]/.exec(signs.slice(reading.at, reading.at + 12).join(''))?.[1];
      const known = name !== undefined && Object.hasOwn(classes, name) ? classes[name] : undefined;
      if (name === undefined || known === undefined) throw new NotUnderstood('[[');
      text += known;
      reading.at += name.length + 4;
    } else if (sign === '\\') text += escaped(reading, true);
    else {
      // Between two signs it is a range, and stays one.
      text += sign === '-' && !first && signs[reading.at + 1] !== ']' ? '-' : inBrackets(sign);
      reading.at += 1;
    }
  }
  reading.at += 1;
  return `${text}]`;
};

const quantifier = /^(?:[*+?]|\{(\d{1,3})(,?)(\d{0,3})\})\??/;

/** What follows a part and says how often; what is repeated may not itself repeat or choose, or a value could take for ever. */
const repeated = (reading: Reading, held: Held = nothing): string => {
  const rest = reading.signs.slice(reading.at, reading.at + 10).join('');
  const [text, least, comma, most] = quantifier.exec(rest) ?? [];
  if (text === undefined) {
    if (rest.startsWith('{')) throw new NotUnderstood('{');
    return '';
  }
  reading.at += text.length;
  const isSimple = held.loops === 0 && held.choices === 0;
  const isOptional = text.startsWith('?');
  if (isOptional || (least !== undefined && (comma === '' || most !== ''))) {
    const times = isOptional ? 1 : Number(most || least);
    if (!isSimple && times > 5) throw new NotUnderstood(text);
    reading.choices += Math.log2(Math.max(1, times - Number(isOptional ? 0 : least) + 1));
    reading.loops += held.loops * Math.max(0, times - 1);
    reading.choices += held.choices * Math.max(0, times - 1);
  } else if (isSimple) reading.loops += 1;
  else throw new NotUnderstood(text);
  if (reading.loops > mostRepetitions) throw new NotUnderstood(text);
  if (/^[*+?{]/.test(reading.signs[reading.at] ?? '')) throw new NotUnderstood(rest);
  return text;
};

const group = (reading: Reading): string => {
  const { signs } = reading;
  reading.at += 1;
  if (signs[reading.at] === '?') {
    if (signs[reading.at + 1] !== ':') throw new NotUnderstood('(?');
    reading.at += 2;
  }
  const { loops, choices } = reading;
  reading.depth += 1;
  if (reading.depth > deepest) throw new NotUnderstood('(');
  const inner = alternatives(reading);
  reading.depth -= 1;
  if (signs[reading.at] !== ')') throw new NotUnderstood('(');
  reading.at += 1;
  return `(?:${inner})${repeated(reading, { loops: reading.loops - loops, choices: reading.choices - choices })}`;
};

const part = (reading: Reading): string => {
  const sign = reading.signs[reading.at] ?? '';
  switch (sign) {
    case '(':
      return group(reading);
    case '[':
      return bracket(reading) + repeated(reading);
    case '\\':
      return escaped(reading, false) + repeated(reading);
    case '^':
    case '$':
      reading.at += 1;
      return sign;
    case '.':
      reading.at += 1;
      return `.${repeated(reading)}`;
    case '*':
    case '+':
    case '?':
    case '{':
      throw new NotUnderstood(sign);
    default:
      reading.at += 1;
      return literal(sign) + repeated(reading);
  }
};

const alternatives = (reading: Reading): string => {
  let [text, bars] = ['', 0];
  while (reading.at < reading.signs.length && reading.signs[reading.at] !== ')') {
    if (reading.signs[reading.at] === '|') {
      text += '|';
      bars += 1;
      reading.at += 1;
    } else text += part(reading);
  }
  reading.choices += Math.log2(bars + 1);
  return text;
};

/**
 * A regular expression of a database as one of ours, where both mean the same: signs, classes, groups and repetitions. Anything else
 * (looking around, references, embedded options) throws `NotUnderstood`.
 */
export const patternOf = (pattern: string, dialect: ConditionDialect, ignoresCase: boolean): Pattern => {
  const reading: Reading = { signs: [...pattern], at: 0, loops: 0, choices: 0, depth: 0 };
  const text = alternatives(reading);
  if (reading.at < reading.signs.length) throw new NotUnderstood(')');
  const isAnchored = text.startsWith('^') && !text.includes('|');
  const longest = longestFor(reading.loops + (isAnchored ? 0 : 1), reading.choices);
  if (longest < 1) throw new NotUnderstood(pattern);
  try {
    return { regex: new RegExp(text, `u${ignoresCase ? 'i' : ''}${dialect === 'postgresql' ? 's' : ''}`), longest };
  } catch {
    // `[z-a]`: a database finds out only when it tries the condition.
    throw new NotUnderstood(pattern);
  }
};

/** The pattern of LIKE; `%` any text, `_` any sign, a backslash before one of them means itself (not in SQLite). */
export const likePattern = (like: string, dialect: ConditionDialect, ignoresCase: boolean): Pattern => {
  let text = '';
  let anyTexts = 0;
  const signs = [...like];
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] ?? '';
    if (sign === '\\' && dialect !== 'sqlite') {
      at += 1;
      if (signs[at] === undefined) throw new NotUnderstood(like);
      text += literal(signs[at] ?? '');
    } else if (sign === '%') {
      anyTexts += 1;
      text += '.*';
    } else text += sign === '_' ? '.' : literal(sign);
  }
  if (anyTexts > mostRepetitions) throw new NotUnderstood(like);
  return { regex: new RegExp(`^${text}$`, `us${ignoresCase ? 'i' : ''}`), longest: longestFor(anyTexts, 0) };
};
