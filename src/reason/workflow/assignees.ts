import type { Place } from '../../model/workflow/place.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import type { Party } from '../../model/workflow/step.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { knownWritesOf } from './field-writes.ts';
import type { PartyKind } from './people.ts';

/** Somebody by name, to whom a step gives a record or some work. */
export interface Assignee {
  readonly kind: PartyKind;
  readonly id: string;
  readonly place: Place;
  /** Id of the step or status. */
  readonly element: string;
  /** Alone there: the record or the work goes to nobody else. */
  readonly alone: boolean;
}

function* ofParties(parties: readonly Party[], element: string): Generator<Assignee> {
  for (const party of parties) {
    if (party.kind === 'user' || party.kind === 'role' || party.kind === 'queue' || party.kind === 'group')
      yield { kind: party.kind, id: party.id, place: party.place, element, alone: parties.length === 1 };
  }
}

/** Whoever gets a record, a task, a notice or a decision by name. Whoever gets a mail is not among them. */
export function* assigneesOf(workflow: Workflow, schema: Schema): Generator<Assignee> {
  for (const step of workflow.steps) {
    if (step.kind === 'assign') yield* ofParties([step.to], step.id);
    if (step.kind === 'task' || step.kind === 'notify') yield* ofParties(step.to, step.id);
    if (step.kind === 'approval') yield* ofParties(step.approvers, step.id);
  }
  for (const { id, assignees } of workflow.states ?? []) if (assignees) yield* ofParties(assignees.parties, id);
  // The ids of other systems need not be the names under which the schema lists people.
  if (workflow.format !== 'NY') return;
  for (const { step, assignment, field } of knownWritesOf(workflow, schema)) {
    const { value } = assignment;
    if (step.kind === 'assign' || value.kind !== 'literal' || typeof value.value !== 'string' || value.value === '')
      continue;
    if (field.type !== 'reference' || !field.to?.includes('User')) continue;
    const queue = field.to.includes('Queue') && schema.queues?.has(value.value) === true;
    // A queue, where one may stand here and its name is not listed.
    if (field.to.length > 1 && !queue && schema.users?.has(value.value) !== true) continue;
    yield { kind: queue ? 'queue' : 'user', id: value.value, place: value.place, element: step.id, alone: true };
  }
}
