import type { Place } from '../../model/workflow/place.ts';
import type { Path, Root, Value } from '../../model/workflow/value.ts';
import { literal, opaqueValue, pathOf, pathValue } from '../build.ts';
import { placeInText, placeOf } from '../source/json-places.ts';
import { numberOf } from '../source/json-read.ts';
import type { JsonText, JsonValue } from '../source/json-value.ts';

/** What the names in the expressions of a flow stand for. */
export interface Names {
  /** The root that `triggerBody()` is. */
  readonly trigger: Root;
  /** An action by its name, in any letter case, as it is written in the definition. */
  readonly step: (name: string) => string | undefined;
}

const reference =
  /\b(triggerOutputs|triggerBody|outputs|body|variables|items|item)\(\s{0,9}(?:'([^']{0,200})')?\s{0,9}\)((?:\??\[\s{0,9}'[^']{0,200}'\s{0,9}\]){0,8})/g;

/** `['body/_ownerid_value']` as the names of fields: lookups and annotations go by their column. */
const segmentsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\[\s{0,9}'([^']{0,200})'/g)]
    .flatMap((found) => (found[1] ?? '').split('/'))
    .filter((segment) => segment !== 'body' && segment !== '')
    .map((segment) => segment.replace(/@.*$/, '').replace(/^_(\w+)_value$/, '$1'));

const rootOf = (kind: string, name: string, names: Names): Root => {
  switch (kind) {
    case 'variables':
      return { kind: 'variable', name };
    case 'items': {
      const loop = names.step(name);
      return loop === undefined ? { kind: 'item' } : { kind: 'item', loop };
    }
    case 'item':
      return { kind: 'system', name: 'item' };
    case 'outputs':
    case 'body': {
      const step = names.step(name);
      return step === undefined ? { kind: 'undefined', name } : { kind: 'step', step };
    }
    default:
      return names.trigger;
  }
};

interface Found extends Path {
  readonly from: number;
  readonly to: number;
}

/** Everything that an expression reads of records, actions, variables and rounds. */
const referencesIn = (expression: string, names: Names, at: (from: number, to: number) => Place): readonly Found[] =>
  [...expression.matchAll(reference)].map((found) => {
    const [whole, kind = '', name = '', rest = ''] = found;
    const segments = segmentsOf(rest);
    // What a list of rows is: `['value']` is the rows themselves.
    const list = (kind === 'outputs' || kind === 'body') && segments[0] === 'value';
    const to = found.index + whole.length;
    const path = pathOf(rootOf(kind, name, names), list ? segments.slice(1) : segments, whole, at(found.index, to));
    return { ...path, from: found.index, to };
  });

/** One expression; a single reference keeps what it is. */
const valueOfExpression = (expression: string, names: Names, at: (from: number, to: number) => Place): Value => {
  const reads = referencesIn(expression, names, at);
  const [only] = reads;
  const trimmed = expression.trim();
  const place = at(0, expression.length);
  if (only && reads.length === 1 && only.text === trimmed) return pathValue(only);
  if (trimmed === 'null') return literal(null, place);
  if (trimmed === 'true' || trimmed === 'false') return literal(trimmed === 'true', place);
  if (/^utcNow\(\)$/i.test(trimmed)) return { kind: 'moment', base: 'now', place };
  return { kind: 'formula', language: 'power-automate', text: expression, reads, place };
};

/** Where the brace of `@{…}` closes; texts in single quotes may hold braces. */
const closing = (text: string, from: number): number => {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (unit === "'") quoted = !quoted;
    else if (unit === '}' && !quoted) return at;
  }
  return text.length;
};

const textValue = (value: JsonText, names: Names): Value => {
  const text = value.value;
  const within = (from: number) => (start: number, end: number) => placeInText(value, from + start, from + end);
  if (text.startsWith('@') && !text.startsWith('@@') && !text.startsWith('@{')) {
    return valueOfExpression(text.slice(1), names, within(1));
  }
  if (!text.includes('@{')) return literal(text.replace(/^@@/, '@'), placeOf(value));
  const parts: (string | Value)[] = [];
  let from = 0;
  for (let start = text.indexOf('@{'); start >= 0; start = text.indexOf('@{', from)) {
    if (start > from) parts.push(text.slice(from, start));
    const end = closing(text, start + 2);
    parts.push(valueOfExpression(text.slice(start + 2, end), names, within(start + 2)));
    from = end + 1;
  }
  if (from < text.length) parts.push(text.slice(from));
  const [only] = parts;
  return parts.length === 1 && only !== undefined && typeof only !== 'string'
    ? only
    : { kind: 'text', parts, place: placeOf(value) };
};

/** A value of an input: a constant, an expression, or a text with expressions in it. */
export const valueFrom = (value: JsonValue, names: Names): Value => {
  const place = placeOf(value);
  switch (value.kind) {
    case 'text':
      return textValue(value, names);
    case 'number':
      return literal(numberOf(value) ?? value.raw, place);
    case 'boolean':
      return literal(value.value, place);
    case 'null':
      return literal(null, place);
    case 'list':
    case 'record':
      return opaqueValue('', place, readsIn(value, names));
  }
};

/** All that is read anywhere inside of a value. */
export const readsIn = (value: JsonValue | undefined, names: Names): readonly Path[] => {
  switch (value?.kind) {
    case 'text':
      return value.value.includes('@')
        ? referencesIn(value.value, names, (from, to) => placeInText(value, from, to))
        : [];
    case 'list':
      return value.items.flatMap((item) => readsIn(item, names));
    case 'record':
      return [...value.members.values()].flatMap((item) => readsIn(item, names));
    default:
      return [];
  }
};
