import type { Place } from '../../../src/model/workflow/place.ts';
import type { Field, ObjectSchema, Schema } from '../../../src/model/workflow/schema.ts';
import type { Act, Assignment, Edge, Step } from '../../../src/model/workflow/step.ts';
import type { Path, Root, Value } from '../../../src/model/workflow/value.ts';
import type { Workflow } from '../../../src/model/workflow/workflow.ts';

export const here: Place = { file: 'a.yaml', line: 1, column: 1 };

export const path = (root: Root, ...segments: string[]): Path => ({
  root,
  segments,
  text: segments.join('.'),
  place: here,
});
export const record = (...segments: string[]): Path => path({ kind: 'record' }, ...segments);
export const literal = (value: string | number | boolean | null): Value => ({ kind: 'literal', value, place: here });
export const of = (one: Path): Value => ({ kind: 'path', path: one, place: here });
export const set = (field: string, value: Value): Assignment => ({
  field: { name: field, place: here },
  value,
  place: here,
});
export const to = (step?: string): Edge => ({ place: here, ...(step === undefined ? {} : { to: step }) });

/** A step that goes on to the one named by `next`. */
export const step = (id: string, act: Act, next?: string, onError?: string): Step => ({
  id,
  place: here,
  canFail: true,
  mayHandleErrors: true,
  ...act,
  ...(next === undefined ? {} : { next: to(next) }),
  ...(onError === undefined ? {} : { onError: to(onError) }),
});

/** A workflow on the object Deal that starts at the first step. */
export const workflow = (steps: readonly Step[], more: Partial<Workflow> = {}): Workflow => ({
  id: 'one',
  format: 'NY',
  kind: 'record',
  status: 'active',
  object: { name: 'Deal', place: here },
  triggers: [
    {
      id: 'start',
      on: 'update',
      phase: 'after',
      becomesTrue: false,
      once: false,
      onImport: true,
      to: to(steps[0]?.id),
      place: here,
    },
  ],
  runAs: { kind: 'user' },
  runAsStated: false,
  runAsChoosable: true,
  variables: [],
  steps,
  defects: [],
  unknown: [],
  place: here,
  ...more,
});

export const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  name,
  type,
  required: false,
  hasDefault: false,
  restricted: true,
  unique: false,
  readOnly: false,
  ...more,
});

export const object = (name: string, fields: readonly Field[], more: Partial<ObjectSchema> = {}): ObjectSchema => ({
  name,
  fields: new Map(fields.map((one) => [one.name, one])),
  rules: [],
  complete: true,
  settings: false,
  ...more,
});

export const schema = (...objects: readonly ObjectSchema[]): Schema => ({
  complete: true,
  objects: new Map(objects.map((one) => [one.name, one])),
});
