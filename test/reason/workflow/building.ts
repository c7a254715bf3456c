import type { Condition, Operator, Test } from '../../../src/model/workflow/condition.ts';
import type { Place } from '../../../src/model/workflow/place.ts';
import type { Field, ObjectSchema, Schema } from '../../../src/model/workflow/schema.ts';
import type { Path, Root, Value } from '../../../src/model/workflow/value.ts';
import type { Format, Workflow } from '../../../src/model/workflow/workflow.ts';

export const place: Place = { file: 'example.yaml', line: 1, column: 1 };

const roots: Readonly<Record<string, Root>> = {
  prior: { kind: 'prior' },
  user: { kind: 'user' },
  input: { kind: 'input' },
};

export const path = (text: string): Path => {
  const [first = '', ...rest] = text.split('.');
  const root = roots[first];
  if (root) return { root, segments: rest, text, place };
  if (first === 'var') return { root: { kind: 'variable', name: rest[0] ?? '' }, segments: rest.slice(1), text, place };
  return { root: { kind: 'record' }, segments: [first, ...rest], text, place };
};

export type Written = string | number | boolean | null | Value | readonly (string | number | boolean)[];

export const value = (written: Written): Value => {
  if (typeof written === 'object' && written !== null && 'kind' in written) return written;
  if (Array.isArray(written)) return { kind: 'list', values: written.map((item: Written) => value(item)), place };
  // What is left are literals.
  return { kind: 'literal', value: written as string | number | boolean | null, place };
};

export const is = (field: string, op: Operator, right?: Written): Test => ({
  kind: 'test',
  left: { kind: 'path', path: path(field), place },
  op,
  place,
  ...(right === undefined ? {} : { right: value(right) }),
});

export const all = (...of: readonly Condition[]): Condition => ({ kind: 'all', of, place });
export const any = (...of: readonly Condition[]): Condition => ({ kind: 'any', of, place });
export const not = (of: Condition): Condition => ({ kind: 'not', of, place });
export const opaque: Condition = { kind: 'opaque', text: '?', reads: [], place };

export const today = (amount = 0, unit: 'day' | 'month' | 'hour' = 'day'): Value => ({
  kind: 'moment',
  base: 'today',
  place,
  ...(amount === 0 ? {} : { offset: { amount, unit } }),
});

export const now = (amount = 0): Value => ({
  kind: 'moment',
  base: 'now',
  place,
  ...(amount === 0 ? {} : { offset: { amount, unit: 'hour' } }),
});

export const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  name,
  type,
  required: false,
  hasDefault: false,
  restricted: false,
  unique: false,
  readOnly: false,
  ...more,
});

export const choices = (...values: readonly string[]): Partial<Field> => ({
  restricted: true,
  choices: values.map((choice) => ({ value: choice, active: true })),
});

export const objectWith = (name: string, ...fields: readonly Field[]): ObjectSchema => ({
  name,
  fields: new Map(fields.map((each) => [each.name, each])),
  rules: [],
  complete: true,
  settings: false,
});

export const schemaWith = (...objects: readonly ObjectSchema[]): Schema => ({
  complete: true,
  objects: new Map(objects.map((each) => [each.name, each])),
});

export const workflowOf = (format: Format = 'NY', more: Partial<Workflow> = {}): Workflow => ({
  id: 'w',
  format,
  kind: 'record',
  status: 'active',
  object: { name: 'Deal', place },
  triggers: [],
  runAs: { kind: 'user' },
  runAsStated: true,
  runAsChoosable: true,
  variables: [],
  steps: [],
  defects: [],
  unknown: [],
  place,
  ...more,
});
