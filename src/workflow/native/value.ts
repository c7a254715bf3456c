import type { Place } from '../../model/workflow/place.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { TreeNode, TreeScalar } from '../source/tree.ts';
import { partsOf } from '../source/yaml-tree.ts';
import { durationOf } from './duration.ts';
import { pathOf } from './path.ts';
import { type Scope, wrong } from './scope.ts';

interface Insertion {
  /** Braces and all. */
  readonly written: string;
  readonly inner: string;
  readonly raw: boolean;
  readonly at: number;
}

// No brace inside, so that it is found in one pass.
const insertion = /\{\{\{([^{}]*)\}\}\}|\{\{([^{}]*)\}\}/g;

const insertionsIn = (text: string): readonly Insertion[] =>
  [...text.matchAll(insertion)].map((found) => ({
    written: found[0],
    inner: (found[1] ?? found[2] ?? '').trim(),
    raw: found[1] !== undefined,
    at: found.index,
  }));

/** `now`, `today`, `today+7d`, `now - 2h`. */
const momentOf = (text: string, place: Place): Value | undefined => {
  const [, base, offset] = /^(now|today)(?: ?([+-] ?\d{1,9} ?[a-z]{1,6}))?$/.exec(text) ?? [];
  if (base !== 'now' && base !== 'today') return undefined;
  if (offset === undefined) return { kind: 'moment', base, place };
  const duration = durationOf(offset.replaceAll(' ', ''));
  return duration && { kind: 'moment', base, offset: duration, place };
};

const unreadable = (written: string, place: Place, scope: Scope): Value => {
  const inner = written.length > 60 ? `${written.slice(0, 57)}…` : written;
  wrong(
    scope,
    place,
    {
      en: `{{${inner}}} is no path, so nothing is inserted here`,
      ja: `{{${inner}}} はパスとして読めないため、ここには何も入りません`,
    },
    {
      en: 'write a path such as {{record.account.name}}, {{today+7d}}, {{var.NAME}} or {{STEPID.field}}; nothing is computed in it',
      ja: '{{record.account.name}}、{{today+7d}}、{{var.名前}}、{{ステップID.項目}} のようなパスを書いてください。計算式は書けません',
    },
  );
  return { kind: 'opaque', text: `{{${inner}}}`, reads: [], place };
};

const inserted = (inner: string, place: Place, scope: Scope): Value => {
  const moment = momentOf(inner, place);
  if (moment) return moment;
  const path = pathOf(inner, place, scope, 'nothing');
  return path ? { kind: 'path', path, place } : unreadable(inner, place, scope);
};

/** The place of each inserted path, asked in their order. */
const placesIn = (scalar: TreeScalar, scope: Scope): ((one: Insertion) => Place) => {
  const placeOf = partsOf(scope.source, scalar);
  return ({ written, inner }) => {
    const whole = placeOf(written);
    if (!whole || whole.endLine !== whole.line) return whole ?? scalar.place;
    const column = whole.column + written.indexOf(inner);
    return { ...whole, column, endColumn: column + inner.length };
  };
};

const textOf = (scalar: TreeScalar, scope: Scope): Value => {
  const insertions = insertionsIn(scalar.text);
  const [only] = insertions;
  if (!only) return { kind: 'literal', value: scalar.text, place: scalar.place };
  const placeOf = placesIn(scalar, scope);
  if (insertions.length === 1 && only.written === scalar.text.trim() && !only.raw) {
    return inserted(only.inner, placeOf(only), scope);
  }
  const parts: (string | Value)[] = [];
  const raw: number[] = [];
  let from = 0;
  for (const one of insertions) {
    const { written, inner, at, raw: isRaw } = one;
    if (at > from) parts.push(scalar.text.slice(from, at));
    if (isRaw) raw.push(parts.length);
    parts.push(inserted(inner, placeOf(one), scope));
    from = at + written.length;
  }
  if (from < scalar.text.length) parts.push(scalar.text.slice(from));
  return { kind: 'text', parts, ...(raw.length > 0 ? { raw } : {}), place: scalar.place };
};

/** Every path that is inserted or compared somewhere in a value. */
export const pathsIn = (value: Value): readonly Path[] => {
  switch (value.kind) {
    case 'literal':
    case 'moment':
      return [];
    case 'path':
      return [value.path];
    case 'list':
      return value.values.flatMap(pathsIn);
    case 'text':
      return value.parts.flatMap((part) => (typeof part === 'string' ? [] : pathsIn(part)));
    case 'formula':
    case 'opaque':
      return value.reads;
  }
};

/** A value as it is written: plain YAML, with `{{…}}` where something is inserted. */
export const valueIn = (node: TreeNode, scope: Scope): Value => {
  if (node.kind === 'list') {
    return { kind: 'list', values: node.items.map((item) => valueIn(item, scope)), place: node.place };
  }
  if (node.kind === 'map') {
    // The body of a request may have any form; only what it reads is known of it.
    const reads = node.entries.flatMap(({ value }) => pathsIn(valueIn(value, scope)));
    return { kind: 'opaque', text: '{…}', reads, place: node.place };
  }
  if (typeof node.value === 'string') return textOf(node, scope);
  return { kind: 'literal', value: node.value, place: node.place };
};
