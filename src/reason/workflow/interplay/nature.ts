import type { Schema } from '../../../model/workflow/schema.ts';
import type { Path, Value } from '../../../model/workflow/value.ts';
import type { Workflow } from '../../../model/workflow/workflow.ts';
import { resolve } from '../resolve.ts';
import { variablesOf } from '../variables.ts';
import { fieldKey, isSaveClock } from './names.ts';

/** What a written value will be when it is written again. */
export type Nature =
  /** Always the same. `key` tells values apart. */
  | { readonly kind: 'constant'; readonly key: string }
  /** The same as long as the fields that it is made from stay the same. `text`: something is added to what it is made from. */
  | {
      readonly kind: 'made';
      readonly key: string;
      readonly from: readonly string[];
      readonly how: 'copy' | 'text' | 'formula';
    }
  /** Another one each time: the clock, a text that is written into itself, a number that is counted up. */
  | { readonly kind: 'growing' }
  | { readonly kind: 'unknown' };

const unknown: Nature = { kind: 'unknown' };
const growing: Nature = { kind: 'growing' };

/** Variables that lead to each other further than any workflow has. */
const maximumHops = 6;

const clockFunction = /\bnow\s*\(|\butcnow\s*\(|\bCurrentDateTime\b/i;
const randomFunction = /\brand(?:om|int)?\s*\(|\buuid|\bguid/i;
/** Nothing but the clock. */
const onlyClock =
  /^\s*[={!]*\s*(?:NOW\s*\(\s*\)|datetime\.datetime\.now\(\)|datetime\.now\(\)|fields\.Datetime\.now\(\)|\$Flow\.CurrentDateTime)\s*\}?\s*$/i;
/** `x + 1`, `{!$Record.Count__c} - 1`, `name & "!"`: one thing, a sign, a constant. */
const counted = /^[={!\s]*[\w.$]{1,200}\}?\s*[-+&]\s*(?:\d{1,20}(?:\.\d{1,20})?|"[^"]{1,200}"|'[^']{1,200}')\s*\}?$/;

interface Maker {
  readonly workflow: Workflow;
  readonly schema: Schema;
  /** The field that is written. */
  readonly own: string | undefined;
}

/** The field that a path reads; `undefined` where that is not known. */
export const readKey = (path: Path, workflow: Workflow, schema: Schema, candidate?: string): string | undefined => {
  const { root, segments } = path;
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  if (segments.length === 1 && (root.kind === 'record' || root.kind === 'prior'))
    return workflow.object && fieldKey(workflow.object.name, last, workflow.format, schema);
  if (segments.length === 1 && root.kind === 'candidate' && candidate !== undefined)
    return fieldKey(candidate, last, workflow.format, schema);
  const end = resolve(path, workflow, schema, candidate);
  if (end.kind === 'field') return fieldKey(end.object.name, end.field.name, workflow.format, schema);
  if (segments.length > 1) return undefined;
  const holder = resolve({ ...path, segments: [] }, workflow, schema, candidate);
  return holder.kind === 'record' && holder.object !== undefined
    ? fieldKey(holder.object, last, workflow.format, schema)
    : undefined;
};

/** What is made of the record alone is the same whichever workflow makes it. */
const placeOf = ({ id, object, format }: Workflow, reads: readonly Path[]): string =>
  object && reads.every(({ root }) => root.kind === 'record') ? `${format} ${object.name}` : id;

const ofPath = (path: Path, maker: Maker, hops: number): Nature => {
  const { workflow, schema } = maker;
  const { root, segments } = path;
  if (root.kind === 'error' || root.kind === 'undefined') return unknown;
  if (root.kind === 'system')
    return /CurrentDateTime/i.test([root.name, ...segments].join('.')) ? growing : constantOf(path.text);
  if (root.kind === 'variable' && segments.length === 0) {
    if (hops > maximumHops) return unknown;
    const variable = variablesOf(workflow).get(root.name);
    if (variable?.constant) return variable.default ? natureWithin(variable.default, maker, hops + 1) : unknown;
    const sets = workflow.steps.flatMap((step) =>
      step.kind === 'let'
        ? step.assigns.filter(({ to }) => to.root.kind === 'variable' && to.root.name === root.name)
        : [],
    );
    const [only] = sets;
    const others = workflow.steps.some(
      (step) =>
        (step.kind === 'find' && step.into?.root.kind === 'variable' && step.into.root.name === root.name) ||
        (step.sets ?? []).some((one) => one.root.kind === 'variable' && one.root.name === root.name),
    );
    if (!only || sets.length > 1 || others || only.how !== 'set' || variable?.input) return unknown;
    return natureWithin(only.value, maker, hops + 1);
  }
  const last = segments.at(-1);
  if (last !== undefined && isSaveClock(last) && root.kind !== 'prior') return growing;
  const key = readKey(path, workflow, schema);
  return {
    kind: 'made',
    key: key ?? `${placeOf(workflow, [path])} ${path.text}`,
    from: key === undefined ? [] : [key],
    how: 'copy',
  };
};

const constantOf = (key: string): Nature => ({ kind: 'constant', key });

const together = (parts: readonly Nature[], key: string, how: 'text' | 'formula'): Nature => {
  if (parts.some(({ kind }) => kind === 'unknown')) return unknown;
  if (parts.some(({ kind }) => kind === 'growing')) return growing;
  const from = parts.flatMap((part) => (part.kind === 'made' ? part.from : []));
  return from.length === 0 && parts.every(({ kind }) => kind === 'constant')
    ? constantOf(key)
    : { kind: 'made', key, from, how };
};

const natureWithin = (value: Value, maker: Maker, hops: number): Nature => {
  switch (value.kind) {
    case 'literal':
      return constantOf(value.value === null || value.value === '' ? '' : String(value.value));
    case 'moment':
      return value.base === 'now' ? growing : constantOf(`today ${JSON.stringify(value.offset ?? '')}`);
    case 'path':
      return ofPath(value.path, maker, hops);
    case 'list':
      return together(
        value.values.map((one) => natureWithin(one, maker, hops)),
        JSON.stringify(value.values.map((one) => (one.kind === 'literal' ? one.value : '?'))),
        'formula',
      );
    case 'text': {
      const parts = value.parts.map((part) => (typeof part === 'string' ? part : natureWithin(part, maker, hops)));
      const natures = parts.filter((part) => typeof part !== 'string');
      const whole = together(
        natures,
        parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(''),
        'text',
      );
      const added = parts.some((part) => typeof part === 'string' && part !== '') || natures.length > 1;
      return whole.kind === 'made' && added && maker.own !== undefined && whole.from.includes(maker.own)
        ? growing
        : whole.kind === 'made' && !added
          ? { ...whole, how: 'copy' }
          : whole;
    }
    case 'formula': {
      if (onlyClock.test(value.text)) return growing;
      if (clockFunction.test(value.text) || randomFunction.test(value.text)) return unknown;
      const parts = value.reads.map((path) => ofPath(path, maker, hops));
      const whole = together(parts, `${placeOf(maker.workflow, value.reads)} ${value.text}`, 'formula');
      if (whole.kind !== 'made' || maker.own === undefined || !whole.from.includes(maker.own)) return whole;
      return value.reads.length === 1 && counted.test(value.text) ? growing : unknown;
    }
    case 'opaque':
      return unknown;
  }
};

/** What a value that is written to the field `own` will be when it is written again. */
export const natureOf = (value: Value, own: string | undefined, workflow: Workflow, schema: Schema): Nature =>
  natureWithin(value, { workflow, schema, own }, 0);
