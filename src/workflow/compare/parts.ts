import type { Conditions } from '../../model/workflow/condition.ts';
import type { Assignment, Step } from '../../model/workflow/step.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { waysOf } from '../../reason/workflow/edges.ts';
import {
  short,
  writtenCondition,
  writtenDuration,
  writtenFor,
  writtenParty,
  writtenValue,
} from '../../reason/workflow/written.ts';

/** A part of a workflow by name, in words that two versions can be compared by. Places are left out. */
export type Parts = ReadonlyMap<string, string>;

const conditionsOf = (conditions: Conditions | undefined): string =>
  conditions === undefined ? '' : writtenCondition(conditions.condition);

const assigned = (set: readonly Assignment[]): string =>
  set.map(({ field, value }) => `${field.name}: ${writtenFor(field.name, value)}`).join(', ');

/** Everything of a step that is no place, as it stands: for what the named parts do not show. */
const plain = (step: Step): string =>
  JSON.stringify(step, (key, value: unknown) =>
    key === 'place' || key === 'opPlace' || key === 'inside' || key === 'label' || key === 'description'
      ? undefined
      : value,
  );

const waysTo = (step: Step): string =>
  waysOf(step)
    .map(({ kind, edge }) => `${kind} → ${edge.to ?? 'end'}`)
    .join(', ');

/** What a step does, by part. */
export const partsOfStep = (step: Step): Parts => {
  const parts = new Map<string, string>([['kind', step.kind]]);
  const add = (name: string, text: string | undefined): void => {
    if (text !== undefined && text !== '') parts.set(name, text);
  };
  switch (step.kind) {
    case 'create':
    case 'update':
      add('object', step.object?.name);
      for (const { field, value } of step.set) add(`set ${field.name}`, writtenFor(field.name, value));
      if (step.kind === 'update' && step.target.kind === 'query') add('where', conditionsOf(step.target.where));
      break;
    case 'delete':
      if (step.target.kind === 'query') add('where', conditionsOf(step.target.where));
      break;
    case 'find':
      add('object', step.object.name);
      add('where', conditionsOf(step.where));
      add('limit', step.limit === undefined ? step.gives : String(step.limit));
      add('sort', step.sort?.map(({ field, descending }) => `${descending ? '-' : ''}${field.name}`).join(', '));
      break;
    case 'assign':
      add('to', writtenParty(step.to));
      break;
    case 'mail':
      add('to', step.to.map(writtenParty).join(', '));
      add('cc', step.cc.map(writtenParty).join(', '));
      add('bcc', step.bcc.map(writtenParty).join(', '));
      add('from', step.from && writtenParty(step.from));
      add('template', step.template?.name);
      add('subject', step.subject && writtenValue(step.subject));
      add('body', step.body && writtenValue(step.body));
      break;
    case 'notify':
      add('to', step.to.map(writtenParty).join(', '));
      add('message', step.message && writtenValue(step.message));
      break;
    case 'approval':
      add('approvers', step.approvers.map(writtenParty).join(', '));
      add('mode', step.takes);
      break;
    case 'decision':
      step.branches.forEach(({ name, when }, at) => {
        add(`branch ${name ?? at + 1}`, conditionsOf(when));
      });
      break;
    case 'wait':
      if (step.until.kind === 'duration') add('wait', writtenDuration(step.until.duration));
      if (step.until.kind === 'condition') add('wait', conditionsOf(step.until.conditions));
      if (step.until.kind === 'signal') add('wait', step.until.signal.name);
      if (step.timeout) add('timeout', writtenDuration(step.timeout));
      break;
    case 'call':
      add('workflow', step.workflow.name);
      add('with', assigned(step.inputs));
      break;
    case 'http':
      // The address may hold a token: only that it changed is told, by the rest below.
      add('method', step.method);
      break;
    default:
  }
  add('ways', waysTo(step));
  return parts;
};

/** Whatever else makes two steps differ. */
export const sameStep = (one: Step, other: Step): boolean => plain(one) === plain(other);

/** What a workflow is besides its steps, by part. */
export const partsOfWorkflow = (workflow: Workflow): Parts => {
  const parts = new Map<string, string>();
  const add = (name: string, text: string | undefined): void => {
    if (text !== undefined && text !== '') parts.set(name, text);
  };
  add('status', workflow.status);
  add('object', workflow.object?.name);
  add('order', workflow.order === undefined ? undefined : String(workflow.order));
  const { runAs } = workflow;
  add('runAs', runAs.kind === 'principal' ? `${runAs.of} ${short(runAs.id)}` : runAs.kind);
  add('owner', workflow.owner?.name);
  workflow.triggers.forEach((trigger, at) => {
    const name = workflow.triggers.length > 1 ? `trigger ${trigger.id || at + 1}` : 'trigger';
    add(name, `${trigger.on} ${trigger.phase}`);
    add(`${name} when`, conditionsOf(trigger.when));
    add(`${name} fields`, trigger.watch?.map((field) => field.name).join(', '));
    add(
      `${name} options`,
      [trigger.becomesTrue && 'whenBecomesTrue', trigger.once && 'once', !trigger.onImport && 'onImport: false']
        .filter(Boolean)
        .join(', '),
    );
    const timing = trigger.schedule?.timing;
    add(
      `${name} schedule`,
      timing &&
        JSON.stringify(timing, (key, value: unknown) => (key === 'place' || key === 'kind' ? undefined : value)),
    );
    add(`${name} zone`, trigger.schedule?.zone?.name);
    add(
      `${name} date`,
      trigger.date &&
        [trigger.date.field?.name, trigger.date.offset && writtenDuration(trigger.date.offset)]
          .filter(Boolean)
          .join(' '),
    );
    add(`${name} first step`, trigger.to?.to);
  });
  for (const { id, label, assignees } of workflow.states ?? []) {
    add(`state ${label ?? id}`, assignees ? assignees.parties.map(writtenParty).join(', ') || '(nobody)' : 'state');
  }
  for (const { name, from, to, when } of workflow.transitions ?? []) {
    add(`action ${name} (${from.name})`, `${to.name} ${conditionsOf(when)}`.trim());
  }
  for (const { name, type, list, default: value } of workflow.variables) {
    add(
      `variable ${name}`,
      `${type ?? ''}${list ? '[]' : ''} ${value ? writtenFor(name, value) : ''}`.trim() || 'variable',
    );
  }
  return parts;
};
