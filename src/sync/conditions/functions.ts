import { trimEnd } from '../../reason/values/trim-ends.ts';
import type { ConditionDialect } from './tokens.ts';
import { NotUnderstood } from './tokens.ts';
import { type Expression, type Kind, numberOf, type Value } from './values.ts';

const ofText =
  (to: (text: string) => Value) =>
  ([value = null]: readonly Value[]): Value =>
    value === null ? null : to(String(value));

const characters = ofText((text) => [...text].length);
const bytes = ofText((text) => Buffer.byteLength(text, 'utf8'));

interface Known {
  readonly kind: Kind;
  readonly least: number;
  readonly most: number;
  readonly of: (values: readonly Value[]) => Value;
}

const known = (kind: Kind, of: Known['of'], least = 1, most = least): Known => ({ kind, least, most, of });

const isJson = ofText((text) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
});

const functions: Readonly<Record<string, Known>> = {
  char_length: known('number', characters),
  character_length: known('number', characters),
  lower: known(
    'text',
    ofText((text) => text.toLowerCase()),
  ),
  lcase: known(
    'text',
    ofText((text) => text.toLowerCase()),
  ),
  upper: known(
    'text',
    ofText((text) => text.toUpperCase()),
  ),
  ucase: known(
    'text',
    ofText((text) => text.toUpperCase()),
  ),
  trim: known(
    'text',
    ofText((text) => trimEnd(text.replace(/^ +/, ''), ' ')),
  ),
  btrim: known(
    'text',
    ofText((text) => trimEnd(text.replace(/^ +/, ''), ' ')),
  ),
  ltrim: known(
    'text',
    ofText((text) => text.replace(/^ +/, '')),
  ),
  rtrim: known(
    'text',
    ofText((text) => trimEnd(text, ' ')),
  ),
  abs: known('number', ([value = null]) => {
    const number = numberOf(value);
    return number === null ? null : Math.abs(number);
  }),
  json_valid: known('boolean', isJson),
};

/** LENGTH of MySQL and MariaDB counts bytes, of texts that they keep in UTF-8. */
const lengthIn = (dialect: ConditionDialect): Known => known('number', dialect === 'mysql' ? bytes : characters);

/** A function that means the same in every record; others throw `NotUnderstood`. */
export const calledFunction = (
  name: string,
  args: readonly Expression[],
  { dialect, bytesKnown }: { readonly dialect: ConditionDialect; readonly bytesKnown: boolean },
): Expression => {
  const word = name.toLowerCase();
  const isBytes = word === 'octet_length' || (word === 'length' && dialect === 'mysql');
  if (isBytes && !bytesKnown) throw new NotUnderstood(name);
  const one =
    word === 'length'
      ? lengthIn(dialect)
      : word === 'octet_length'
        ? known('number', bytes)
        : Object.hasOwn(functions, word)
          ? functions[word]
          : undefined;
  if (!one || args.length < one.least || args.length > one.most) throw new NotUnderstood(name);
  return { kind: one.kind, of: (record) => one.of(args.map((arg) => arg.of(record))) };
};
