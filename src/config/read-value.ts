import { resolve } from 'node:path';
import { isScalar, type Scalar } from 'yaml';
import type { Tolerance } from '../model/sync/column.ts';
import type { Text } from '../model/text.ts';
import { parseDuration } from './duration.ts';
import { nearest } from './nearest.ts';
import { readTiming } from './read-timing.ts';
import { foundIn, isQuoted, type Reading, type Spot, writtenIn } from './reading.ts';
import type { Rule } from './shape.ts';
import { unveil } from './variables.ts';
import { quoteIt, withoutQuotes, wrongChoice } from './words.ts';
import { wrong } from './wrong.ts';

/** The rules of single values. */
export type ValueRule = Extract<
  Rule,
  {
    readonly kind:
      | 'text'
      | 'path'
      | 'integer'
      | 'boolean'
      | 'duration'
      | 'zone'
      | 'pace'
      | 'cron'
      | 'time-of-day'
      | 'moment'
      | 'tolerance'
      | 'choice'
      | 'secret';
  }
>;

const readText = (spot: Spot, node: Scalar, reading: Reading, rule: ValueRule): string | undefined => {
  const words = writtenIn(node);
  if (typeof node.value === 'string') return reading.filled(spot, words)?.value;
  const harmless = rule.kind === 'text' && !rule.sensitive ? reading.shown(words) : undefined;
  const expected = rule.kind === 'path' ? 'path' : 'text';
  if (harmless === undefined) return wrong(spot, reading, { expected, hint: quoteIt });
  const suggestion = `'${harmless}'`;
  const hint = { en: `${quoteIt.en}: ${suggestion}`, ja: `${quoteIt.ja}: ${suggestion}` };
  return wrong(spot, reading, { expected, shown: harmless, suggestion, hint });
};

/** A number in quotes, or in full-width digits, with what to write instead. */
const numberHint = (
  words: string,
  quoted: boolean,
): { readonly suggestion: string; readonly hint: typeof quoteIt } | undefined => {
  const narrow = words.normalize('NFKC').trim();
  if (!/^\d{1,9}$/.test(narrow)) return undefined;
  const full = { en: `write it in half-width digits: ${narrow}`, ja: `半角数字で ${narrow} と書いてください` };
  return { suggestion: narrow, hint: quoted && narrow === words ? withoutQuotes(narrow) : full };
};

const readInteger = (spot: Spot, node: Scalar, reading: Reading): number | undefined => {
  if (typeof node.value === 'number' && Number.isInteger(node.value)) return node.value;
  const words = writtenIn(node);
  if (typeof node.value !== 'string') return wrong(spot, reading, { expected: 'integer', shown: reading.shown(words) });
  const filled = reading.filled(spot, words);
  if (!filled) return undefined;
  // A value from the environment is always a text, so it counts by its digits; and it is not repeated.
  if (!filled.plain) {
    return /^[-+]?\d{1,15}$/.test(filled.value.trim())
      ? Number(filled.value)
      : wrong(spot, reading, { expected: 'integer' });
  }
  const hint = numberHint(words, isQuoted(node));
  const shown = reading.shown(words);
  return wrong(spot, reading, { expected: 'integer', shown: hint ? `"${words}"` : shown, ...hint });
};

const readBoolean = (spot: Spot, node: Scalar, reading: Reading): boolean | undefined => {
  if (typeof node.value === 'boolean') return node.value;
  const words = writtenIn(node);
  if (typeof node.value !== 'string') return wrong(spot, reading, { expected: 'boolean', shown: reading.shown(words) });
  const filled = reading.filled(spot, words);
  if (!filled) return undefined;
  if (!filled.plain && /^(true|false)$/.test(filled.value)) return filled.value === 'true';
  return wrong(spot, reading, { expected: 'boolean', shown: filled.plain ? reading.shown(words) : undefined });
};

const readDuration = (spot: Spot, node: Scalar, reading: Reading): number | undefined => {
  const words = writtenIn(node);
  const filled = typeof node.value === 'string' ? reading.filled(spot, words) : { value: words, plain: true };
  if (!filled) return undefined;
  const ms = typeof node.value === 'string' ? parseDuration(filled.value) : undefined;
  if (ms !== undefined) return ms;
  const shown = filled.plain ? reading.shown(words) : undefined;
  const bare = typeof node.value === 'number' && /^\d+$/.test(words);
  const hint = { en: `write ${words}s for seconds`, ja: `秒なら ${words}s と書いてください` };
  return wrong(spot, reading, { expected: 'duration', shown, ...(bare ? { suggestion: `${words}s`, hint } : {}) });
};

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const readZone = (spot: Spot, node: Scalar, reading: Reading): string | undefined => {
  const words = writtenIn(node);
  const filled = typeof node.value === 'string' ? reading.filled(spot, words) : undefined;
  if (filled && isZone(filled.value)) return filled.value;
  if (!filled && typeof node.value === 'string') return undefined;
  const shown = filled?.plain === false ? undefined : reading.shown(words);
  const suggestion = shown === undefined ? undefined : nearest(shown, Intl.supportedValuesOf('timeZone'));
  return wrong(spot, reading, {
    expected: 'zone',
    shown,
    ...(suggestion === undefined ? {} : { suggestion, hint: meantZone(suggestion) }),
  });
};

const meantZone = (name: string): Text => ({
  en: `did you mean ${name}?`,
  ja: `${name} の間違いではありませんか`,
});

const readTolerance = (spot: Spot, node: Scalar, reading: Reading): Tolerance | undefined => {
  const words = writtenIn(node);
  const filled = typeof node.value === 'string' ? reading.filled(spot, words) : { value: words, plain: true };
  if (!filled) return undefined;
  const given = filled.value.trim();
  if (/^\d{1,15}(?:\.\d{1,15})?$/.test(given)) return { kind: 'number', most: Number(given) };
  const ms = parseDuration(given);
  if (ms !== undefined) return { kind: 'time', ms };
  return wrong(spot, reading, { expected: 'tolerance', shown: filled.plain ? reading.shown(words) : undefined });
};

const readChoice = (
  spot: Spot,
  node: Scalar,
  reading: Reading,
  of: readonly (string | number)[],
): string | number | undefined => {
  const filled = reading.filled(spot, writtenIn(node));
  if (!filled) return undefined;
  const chosen = of.find((one) => String(one) === filled.value);
  if (chosen !== undefined) return chosen;
  const allowed = of.map(String);
  const shown = filled.plain ? reading.shown(filled.value) : undefined;
  const suggestion = shown === undefined ? undefined : nearest(shown, allowed);
  reading.complain(spot, spot.path, wrongChoice(spot.path, shown, allowed, suggestion), {
    allowed,
    ...(shown === undefined ? {} : { found: shown }),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  return undefined;
};

/**
 * Puts a secret on the shelf. A number or true is taken as it is written, so that 012345 and 1e5 stay the passwords that
 * they are; nothing of it is ever repeated.
 */
const readSecret = (spot: Spot, node: Scalar, reading: Reading, form: 'value' | 'file' | 'command'): unknown => {
  if (form !== 'value' && typeof node.value !== 'string')
    return wrong(spot, reading, { expected: form === 'file' ? 'path' : 'text' });
  const words = writtenIn(node);
  const filled = reading.filled(spot, words);
  if (!filled) return undefined;
  const { value } = filled;
  if (form === 'value') return reading.shelf.add({ kind: 'value', value }, words, spot.path);
  if (form === 'command') return reading.shelf.add({ kind: 'command', command: value }, words, spot.path);
  const file = resolve(reading.directory, value);
  return reading.shelf.add({ kind: 'file', file }, file, spot.path);
};

/** Reads a single value; undefined, and a problem, where it is not what the rule wants. */
export const readValue = (spot: Spot, rule: ValueRule, reading: Reading): unknown => {
  const { node } = spot;
  const expected = rule.kind;
  if (!isScalar(node) || foundIn(node) === 'nothing') return wrong(spot, reading, { expected });
  switch (rule.kind) {
    case 'text':
      return readText(spot, node, reading, rule);
    case 'path': {
      const value = readText(spot, node, reading, rule);
      if (value === undefined || rule.words?.includes(value)) return value;
      return resolve(reading.directory, unveil(value));
    }
    case 'integer':
      return readInteger(spot, node, reading);
    case 'boolean':
      return readBoolean(spot, node, reading);
    case 'duration':
      return readDuration(spot, node, reading);
    case 'zone':
      return readZone(spot, node, reading);
    case 'pace':
    case 'cron':
    case 'time-of-day':
    case 'moment':
      return readTiming(spot, node, reading, rule.kind);
    case 'tolerance':
      return readTolerance(spot, node, reading);
    case 'choice':
      return readChoice(spot, node, reading, rule.of);
    case 'secret':
      return readSecret(spot, node, reading, rule.form);
  }
};
