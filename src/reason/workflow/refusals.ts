import { rememberFor } from '../../model/remember.ts';
import type { Condition } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { ObjectSchema, Schema, ValidationRule } from '../../model/workflow/schema.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { holdsAfter } from './condition/after-write.ts';
import { possible } from './condition/satisfy.ts';
import type { Standing, Where } from './condition/where.ts';
import { type Write, writesOf } from './effects.ts';
import { guardsOf } from './guards.ts';
import { conditionPaths, conditionTests } from './reads.ts';
import { entryOf, objectOf } from './resolve.ts';

/** A save that a validation rule certainly refuses. */
export interface Refusal {
  readonly step: string;
  readonly object: string;
  readonly rule: ValidationRule;
  /** The written value that the rule looks at first, else the step. */
  readonly place: Place;
  /** On a new record: fields that the rule demands and the step leaves empty. */
  readonly missing: readonly string[];
}

/** `Object.field` of all that workflows of the phase before the save put into records that are being saved; `Object.*`: perhaps all. */
export const filledBefore: (active: readonly Workflow[]) => (schema: Schema) => ReadonlySet<string> = rememberFor(
  (active: readonly Workflow[]) =>
    rememberFor((schema: Schema) => {
      const filled = new Set<string>();
      for (const workflow of active) {
        for (const step of workflow.steps) {
          for (const write of writesOf(step, workflow, schema)) {
            if (!write.inSave) continue;
            if (write.more) filled.add(`${write.object ?? ''}.*`);
            for (const { field } of write.set) filled.add(`${write.object ?? ''}.${field.name}`);
          }
        }
      }
      return filled;
    }),
);

const fieldsOf = (rule: ValidationRule): readonly string[] => [
  ...new Set([...conditionPaths(rule.refuse)].flatMap(({ segments }) => segments[0] ?? [])),
];

const looksBack = ({ refuse }: ValidationRule): boolean =>
  [...conditionTests(refuse)].some(({ op }) => /^(?:changed|notChanged|changedTo|changedFrom|was)$/.test(op)) ||
  [...conditionPaths(refuse)].some(({ root }) => root.kind === 'prior');

const denied = (condition: Condition): Condition => ({ kind: 'not', of: condition, place: condition.place });

/** What a new record has in a field: what the step sets, else its default, else nothing. */
const standingInNew = (path: Path, write: Write, object: ObjectSchema, schema: Schema): Standing => {
  const [name, ...more] = path.segments;
  if (name === undefined || more.length > 0 || (path.root.kind !== 'record' && path.root.kind !== 'candidate'))
    return { kind: 'free' };
  const assignment = write.set.find(({ field }) => sameName(field.name, name, schema));
  if (assignment)
    return assignment.value.kind === 'literal' ? { kind: 'value', value: assignment.value.value } : { kind: 'free' };
  const field = entryOf(object.fields, name, schema);
  if (!field || field.readOnly || field.type === 'boolean') return { kind: 'free' };
  if (!field.hasDefault) return { kind: 'value', value: null };
  return field.default === undefined ? { kind: 'free' } : { kind: 'value', value: field.default };
};

const sameName = (one: string, other: string, schema: Schema): boolean =>
  one === other || (schema.ignoreCase === true && one.toLowerCase() === other.toLowerCase());

const refusesNew = (rule: ValidationRule, write: Write, object: ObjectSchema, where: Where): boolean => {
  const stands = (path: Path): Standing => standingInNew(path, write, object, where.schema);
  const condition = denied(rule.refuse);
  return possible([{ condition, holds: true, where: { ...where, stands } }]).kind === 'no';
};

const refusesChange = (rule: ValidationRule, write: Write, where: Where): boolean => {
  const guards = guardsOf(where.workflow, write.step);
  const goals = guards.map(({ condition, holds }) => ({ condition, holds, where }));
  return (
    holdsAfter({
      condition: denied(rule.refuse),
      guards,
      set: write.set,
      more: write.more,
      where,
      onlyIfChanged: false,
    }) === 'no' && possible(goals).kind !== 'no'
  );
};

function* refusalsIn(workflow: Workflow, schema: Schema, active: readonly Workflow[]): Generator<Refusal> {
  const filled = filledBefore(active)(schema);
  // The rules are written for the object that they stand in.
  for (const step of workflow.steps) {
    for (const write of writesOf(step, workflow, schema)) {
      const object = write.object === undefined ? undefined : objectOf(schema, write.object);
      if (!object || write.more || object.rules.length === 0 || filled.has(`${object.name}.*`)) continue;
      const isNew = write.operation === 'create';
      if (!isNew && (write.operation !== 'update' || write.of.kind !== 'trigger')) continue;
      const own: Workflow = isNew ? { ...workflow, object: { name: object.name, place: step.place } } : workflow;
      const where: Where = { workflow: own, schema, ...(isNew ? {} : { filled: 'required' }) };
      for (const rule of object.rules) {
        if (!rule.active || looksBack(rule)) continue;
        const fields = fieldsOf(rule);
        const written = write.set.filter(({ field }) => fields.some((name) => sameName(name, field.name, schema)));
        const others = fields.filter((name) => !written.some(({ field }) => sameName(name, field.name, schema)));
        if (others.some((name) => filled.has(`${object.name}.${name}`))) continue;
        // Without a written constant it is the record that is refused, whatever is done here.
        const constant = written.find(({ value }) => value.kind === 'literal');
        if (!constant && !isNew) continue;
        if (!(isNew ? refusesNew(rule, write, object, where) : refusesChange(rule, write, where))) continue;
        yield {
          step: step.id,
          object: object.name,
          rule,
          place: constant && !(isNew && others.length > 0) ? constant.field.place : step.place,
          missing: isNew ? others : [],
        };
      }
    }
  }
}

const remembered = rememberFor((active: readonly Workflow[]) =>
  rememberFor((schema: Schema) =>
    rememberFor((workflow: Workflow): readonly Refusal[] => [...refusalsIn(workflow, schema, active)]),
  ),
);

/** The saves of a workflow that a validation rule refuses each time. */
export const refusalsOf = (workflow: Workflow, schema: Schema, active: readonly Workflow[]): readonly Refusal[] =>
  remembered(active)(schema)(workflow);
