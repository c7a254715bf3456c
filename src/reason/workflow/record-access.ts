import { rememberFor } from '../../model/remember.ts';
import type { Operation, Schema } from '../../model/workflow/schema.ts';
import type { Assignment, Step } from '../../model/workflow/step.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { writesOf } from './effects.ts';
import { resolve } from './resolve.ts';

/** What a step does to records of an object, so far as somebody needs a right for it. */
export interface RecordAccess {
  readonly step: Step;
  readonly operation: Operation;
  readonly object: string;
  readonly set: readonly Assignment[];
  /** The record that is being saved anyway: its save is what needs the right. */
  readonly inSave: boolean;
}

/** Stored data that a step writes by code or by an action of the platform is not among these: who needs which right there is not known. */
const collect = (workflow: Workflow, schema: Schema): readonly RecordAccess[] =>
  workflow.steps.flatMap((step): readonly RecordAccess[] => {
    if (step.kind === 'find') return [{ step, operation: 'read', object: step.object.name, set: [], inSave: false }];
    // A loop over a relation reads what is behind it.
    if (step.kind === 'loop' && step.over?.kind === 'path') {
      const over = resolve(step.over.path, workflow, schema);
      const object = over.kind === 'field' && over.field.to?.length === 1 ? over.field.to[0] : undefined;
      return object === undefined ? [] : [{ step, operation: 'read', object, set: [], inSave: false }];
    }
    if (
      step.kind !== 'create' &&
      step.kind !== 'update' &&
      step.kind !== 'delete' &&
      step.kind !== 'assign' &&
      step.kind !== 'let'
    )
      return [];
    return writesOf(step, workflow, schema).flatMap(({ operation, object, set, inSave }) =>
      object === undefined ? [] : [{ step, operation, object, set, inSave }],
    );
  });

const bySchema = rememberFor((schema: Schema) => rememberFor((workflow: Workflow) => collect(workflow, schema)));

/** All that a workflow does to records, in the order of the file. */
export const recordAccessOf = (workflow: Workflow, schema: Schema): readonly RecordAccess[] =>
  bySchema(schema)(workflow);
