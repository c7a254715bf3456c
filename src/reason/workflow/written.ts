import type { Condition, Operator } from '../../model/workflow/condition.ts';
import type { Party } from '../../model/workflow/step.ts';
import type { Duration, Value } from '../../model/workflow/value.ts';
import { isSecretValue, knownSecret } from './secrets.ts';

/** Longer texts are cut: they come from a file and go into a sentence. */
const maximumLength = 120;

/** A text of a definition as it stands in a message: one line, cut. */
export const short = (text: string, length = maximumLength): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
};

const unitLetters: Readonly<Record<Duration['unit'], string>> = {
  second: 's',
  minute: 'min',
  hour: 'h',
  day: 'd',
  week: 'w',
  month: 'month',
  year: 'year',
};

/** `7d`, `-4h`, as the native format writes it. */
export const writtenDuration = ({ amount, unit }: Duration): string => `${amount}${unitLetters[unit]}`;

const offsetOf = (offset: Duration | undefined): string => {
  if (!offset) return '';
  return offset.amount < 0 ? writtenDuration(offset) : `+${writtenDuration(offset)}`;
};

/** What stands in the place of a key or a password, whatever the output. */
const hidden = '•••';

const unlessSecret = (text: string): string => (knownSecret(text) === undefined ? short(text) : hidden);

/** A value as one would write it in the native format. */
export const writtenValue = (value: Value): string => {
  switch (value.kind) {
    case 'literal':
      return value.value === '' ? "''" : unlessSecret(String(value.value));
    case 'list':
      return short(
        `[${value.values.slice(0, 20).map(writtenValue).join(', ')}${value.values.length > 20 ? ', …' : ''}]`,
      );
    case 'path':
      return short(value.path.text);
    case 'text':
      return unlessSecret(
        value.parts.map((part) => (typeof part === 'string' ? part : `{{${writtenValue(part)}}}`)).join(''),
      );
    case 'moment':
      return `${value.base}${offsetOf(value.offset)}`;
    case 'formula':
    case 'opaque':
      return short(value.text);
  }
};

const signs: Partial<Readonly<Record<Operator, string>>> = { eq: '=', ne: '≠', lt: '<', le: '≤', gt: '>', ge: '≥' };

/** The same of what is given to something by its name: the value of a `token` or a `password` is not shown. */
export const writtenFor = (name: string, value: Value): string => {
  const plain = value.kind === 'literal' ? String(value.value) : undefined;
  return plain !== undefined && isSecretValue(name, plain) ? hidden : writtenValue(value);
};

/** `amount > 100`, `stage changedTo Won`: comparisons by their sign, the rest by the operator's own word. */
export const writtenTest = ({ left, op, right }: Extract<Condition, { kind: 'test' }>): string =>
  [writtenValue(left), signs[op] ?? op, ...(right ? [writtenValue(right)] : [])].join(' ');

/** Deeper conditions are shown as `…`. */
const maximumDepth = 6;

const joined = (parts: readonly string[], by: string): string => {
  const shown = parts.slice(0, 8);
  return [...shown, ...(parts.length > 8 ? ['…'] : [])].join(by);
};

/** A condition in one line: `stage = Won and (amount > 100 or vip = true)`. */
export const writtenCondition = (condition: Condition, depth = 0): string => {
  if (depth > maximumDepth) return '…';
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((one) => {
        const text = writtenCondition(one, depth + 1);
        return one.kind === 'all' || one.kind === 'any' ? (one.of.length > 1 ? `(${text})` : text) : text;
      });
      if (parts.length === 0) return condition.kind === 'all' ? 'true' : 'false';
      return joined(parts, condition.kind === 'all' ? ' and ' : ' or ');
    }
    case 'not':
      return `not (${writtenCondition(condition.of, depth + 1)})`;
    case 'test':
      return writtenTest(condition);
    case 'constant':
      return String(condition.value);
    case 'opaque':
      return short(condition.text);
  }
};

/** `queue:finance`, an address, a path. */
export const writtenParty = (party: Party): string => {
  switch (party.kind) {
    case 'address':
      return short(party.address);
    case 'user':
    case 'role':
    case 'queue':
    case 'group':
      return `${party.kind}:${short(party.id)}`;
    case 'path':
      return short(party.path.text);
    case 'opaque':
      return short(party.text);
    default:
      return party.kind;
  }
};
