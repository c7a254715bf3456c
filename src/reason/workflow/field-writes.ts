import { rememberFor } from '../../model/remember.ts';
import type { Field, ObjectSchema, Schema } from '../../model/workflow/schema.ts';
import type { Assignment, Step } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { type Write, writesOf } from './effects.ts';
import { entryOf, objectOf } from './resolve.ts';

/** One value that a step writes to a field of an object that the schema has. */
export interface FieldWrite {
  readonly step: Step;
  readonly write: Write;
  readonly assignment: Assignment;
  readonly object: ObjectSchema;
  /** Absent: the object has no such field. */
  readonly field?: Field;
}

const gathered = (workflow: Workflow, schema: Schema): readonly FieldWrite[] =>
  workflow.steps.flatMap((step) =>
    writesOf(step, workflow, schema).flatMap((write) => {
      const object = write.object === undefined ? undefined : objectOf(schema, write.object);
      if (!object) return [];
      return write.set.map((assignment) => {
        const field = entryOf(object.fields, assignment.field.name, schema);
        return { step, write, assignment, object, ...(field ? { field } : {}) };
      });
    }),
  );

const remembered = rememberFor((workflow: Workflow) => rememberFor((schema: Schema) => gathered(workflow, schema)));

/** All values that a workflow writes to objects of the schema. */
export const fieldWritesOf = (workflow: Workflow, schema: Schema): readonly FieldWrite[] =>
  remembered(workflow)(schema);

/** Those whose field the schema has, too. */
export function* knownWritesOf(workflow: Workflow, schema: Schema): Generator<FieldWrite & { readonly field: Field }> {
  for (const one of fieldWritesOf(workflow, schema)) if (one.field) yield { ...one, field: one.field };
}

export type Literal = Extract<Value, { readonly kind: 'literal' }>;

/** The literals that are stored: the value itself, or the members of a list. */
export const literalsIn = (value: Value): readonly Literal[] => {
  if (value.kind === 'literal') return [value];
  return value.kind === 'list' ? value.values.filter((one): one is Literal => one.kind === 'literal') : [];
};
