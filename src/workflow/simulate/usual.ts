import type { Condition, Test } from '../../model/workflow/condition.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Plain, PlainRecord, Sample } from '../../model/workflow/sample.ts';
import type { Field } from '../../model/workflow/schema.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import { objectOf } from '../../reason/workflow/resolve.ts';
import { after, dayAt, whenText } from './clock.ts';

type Fields = Map<string, Plain>;

const day = (project: Project, amount: number): string => {
  const zone = project.schema.timeZone ?? 0;
  const today = { kind: 'day', day: dayAt(project.now.getTime(), zone) } as const;
  return whenText(after(today, { amount, unit: 'day' }, zone), zone);
};

/** A small number that the field takes. */
const smallNumber = ({ min, max, precision, scale }: Field): number => {
  const largest = max ?? (precision === undefined ? undefined : 10 ** (precision - (scale ?? 0)) - 1);
  const number = (min ?? 0) + 10;
  return largest === undefined ? number : Math.min(number, largest);
};

/** The id of the one record of an object that a usual sample has. */
const idOf = (object: string): string => `${object}-1`;

/** A value that such a field has in an ordinary record. */
const usualValue = (field: Field, project: Project): Plain => {
  const { schema } = project;
  switch (field.type) {
    case 'text':
    case 'longtext':
      return 'text'.slice(0, field.length ?? 4);
    case 'email':
      return 'someone@example.com'.slice(0, field.length ?? 19);
    case 'phone':
      return '03-0000-0000';
    case 'url':
      return 'https://example.com';
    case 'number':
    case 'integer':
    case 'currency':
    case 'percent':
      return smallNumber(field);
    case 'boolean':
      return false;
    case 'date':
      return day(project, 0);
    case 'datetime':
      return `${day(project, 0)}T12:00:00${schema.timeZone === undefined ? 'Z' : ''}`;
    case 'picklist':
      return field.choices?.find(({ active }) => active)?.value ?? null;
    case 'multipicklist': {
      const first = field.choices?.find(({ active }) => active)?.value;
      return first === undefined ? null : [first];
    }
    case 'reference': {
      const [to] = field.to ?? [];
      if (to === undefined) return null;
      if (to === 'User') return someone(project) ?? null;
      return objectOf(schema, to) ? idOf(to) : null;
    }
    case 'references': {
      const [to] = field.to ?? [];
      return to !== undefined && to !== 'User' && objectOf(schema, to) ? [idOf(to)] : [];
    }
    case 'id':
      return null;
  }
};

/** A person who is there. */
const someone = ({ schema }: Project): string | undefined =>
  [...(schema.users?.values() ?? [])].find(({ active, email }) => active && email !== undefined)?.id;

/** An ordinary record of an object. */
const usualRecord = (object: string, project: Project): Fields => {
  const record: Fields = new Map([['id', idOf(object)]]);
  for (const field of objectOf(project.schema, object)?.fields.values() ?? []) {
    if (field.type === 'id' || (field.readOnly && /^(?:created|modified)at$/i.test(field.name))) continue;
    record.set(field.name, usualValue(field, project));
  }
  return record;
};

const number = (value: Plain | undefined): number | undefined => {
  const result =
    typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(result) ? result : undefined;
};

/** A little more or less than a number or a day. */
const shifted = (value: Plain, by: number, project: Project): Plain => {
  const found = number(value);
  if (found !== undefined) return found + by;
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return value;
  const zone = project.schema.timeZone ?? 0;
  return whenText(after({ kind: 'day', day: value.slice(0, 10) }, { amount: by, unit: 'day' }, zone), zone);
};

/** A written value where it is one without a run. */
const literal = (value: Value | undefined, record: Fields, project: Project): Plain | undefined => {
  switch (value?.kind) {
    case 'literal':
      return value.value;
    case 'list':
      return literal(value.values[0], record, project);
    case 'moment': {
      const zone = project.schema.timeZone ?? 0;
      const today = { kind: 'day', day: dayAt(project.now.getTime(), zone) } as const;
      return whenText(value.offset ? after(today, value.offset, zone) : today, zone).slice(0, 10);
    }
    case 'path':
      return value.path.root.kind === 'record' && value.path.segments.length === 1
        ? record.get(value.path.segments[0] ?? '')
        : undefined;
    default:
      return undefined;
  }
};

/** A value of the field that makes the test true; undefined: not to be found here. */
const witness = (test: Test, record: Fields, field: Field | undefined, project: Project): Plain | undefined => {
  const value = literal(test.right, record, project);
  const other = (): Plain | undefined =>
    field?.choices?.find((choice) => choice.active && choice.value !== value)?.value ??
    (typeof value === 'boolean' ? !value : undefined);
  switch (test.op) {
    case 'eq':
    case 'in':
    case 'changedTo':
    case 'le':
    case 'ge':
    case 'between':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return value;
    case 'includes':
    case 'includesAll':
      return value === undefined ? undefined : [value];
    case 'gt':
      return value === undefined ? undefined : shifted(value, 1, project);
    case 'lt':
      return value === undefined ? undefined : shifted(value, -1, project);
    case 'ne':
    case 'notIn':
      return other();
    case 'empty':
      return null;
    default:
      return undefined;
  }
};

/** The tests of a condition that together make it true: all of `all`, the first of `any`. */
function* wanted(condition: Condition, depth = 0): Generator<Test> {
  if (depth > 50) return;
  if (condition.kind === 'test') yield condition;
  if (condition.kind === 'all') for (const one of condition.of) yield* wanted(one, depth + 1);
  if (condition.kind === 'any' && condition.of[0]) yield* wanted(condition.of[0], depth + 1);
}

const fieldOfPath = (path: Path, root: 'record' | 'candidate'): string | undefined =>
  path.root.kind === root && path.segments.length === 1 ? path.segments[0] : undefined;

/** Gives fields the values that make a condition true, as far as they can be told. */
const satisfied = (
  condition: Condition,
  root: 'record' | 'candidate',
  into: Fields,
  own: Fields,
  object: string | undefined,
  project: Project,
): readonly { readonly test: Test; readonly field: string; readonly value: Plain }[] =>
  [...wanted(condition)].flatMap((test) => {
    const name = test.left.kind === 'path' ? fieldOfPath(test.left.path, root) : undefined;
    if (name === undefined) return [];
    const field = object === undefined ? undefined : objectOf(project.schema, object)?.fields.get(name);
    const value = witness(test, own, field, project);
    if (value === undefined) return [];
    into.set(name, value);
    return [{ test, field: name, value }];
  });

const otherValue = (name: string, value: Plain, object: string | undefined, project: Project): Plain => {
  const field = object === undefined ? undefined : objectOf(project.schema, object)?.fields.get(name);
  const choice = field?.choices?.find((one) => one.active && one.value !== value)?.value;
  if (choice !== undefined) return choice;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value - 1 : null;
};

/** What an update of the usual record changes so that the workflow starts. */
const usualChange = (
  trigger: Trigger,
  record: Fields,
  changed: ReadonlyMap<string, Plain>,
  object: string | undefined,
  project: Project,
): { readonly record: PlainRecord; readonly change: PlainRecord } => {
  const change = new Map(changed);
  const watch = trigger.watch?.map(({ name }) => name) ?? [];
  if (watch.length > 0 && !watch.some((name) => change.has(name))) {
    const [name = ''] = watch;
    change.set(name, record.get(name) ?? 'text');
  }
  if (change.size === 0) {
    const some = [...record].find(
      ([name, value]) =>
        typeof value === 'string' &&
        name !== 'id' &&
        !objectOf(project.schema, object ?? '')?.fields.get(name)?.readOnly,
    );
    if (some) change.set(...some);
  }
  const before = new Map(record);
  for (const [name, value] of change) before.set(name, otherValue(name, value, object, project));
  return { record: Object.fromEntries(before), change: Object.fromEntries(change) };
};

/** Outside answers that let the run go on: approved, answered, arrived. */
const usualAnswers = (workflows: readonly Workflow[]): Readonly<Record<string, Plain>> => {
  const answers: [string, Plain][] = [];
  for (const { steps } of workflows)
    for (const step of steps) {
      if (step.kind === 'approval') answers.push([step.id, 'approved']);
      if (step.kind === 'http') answers.push([step.id, { status: 200, body: {} }]);
      if (step.kind === 'wait' && step.until.kind !== 'duration' && step.until.kind !== 'date')
        answers.push([step.id, 'arrived']);
    }
  return Object.fromEntries(answers);
};

/** Objects that the record's relations and the workflow's lookups lead to, each with one ordinary record. */
const usualRecords = (workflow: Workflow, record: Fields, project: Project): Map<string, Fields> => {
  const records = new Map<string, Fields>();
  const own = workflow.object?.name;
  const add = (object: string): Fields => {
    const known = records.get(object) ?? usualRecord(object, project);
    records.set(object, known);
    return known;
  };
  for (const { to } of own === undefined ? [] : (objectOf(project.schema, own)?.fields.values() ?? []))
    for (const object of to ?? []) if (object !== 'User' && objectOf(project.schema, object)) add(object);
  for (const step of workflow.steps)
    if (step.kind === 'find' && step.object.name !== 'User' && step.object.name !== own) {
      const found = add(step.object.name);
      if (step.where) satisfied(step.where.condition, 'candidate', found, record, step.object.name, project);
    }
  return records;
};

/** An ordinary sample that starts this workflow, as far as schema and conditions tell. */
export const usualSample = (workflow: Workflow, project: Project): Sample | undefined => {
  const [trigger] = workflow.triggers;
  if (!trigger) return undefined;
  const object = workflow.object?.name;
  const event: Sample['event'] | undefined =
    trigger.on === 'save' || trigger.on === 'update'
      ? 'update'
      : trigger.on === 'event' || trigger.on === 'form' || trigger.on === 'transition'
        ? undefined
        : trigger.on;
  if (!event) return undefined;
  const record = object === undefined ? new Map<string, Plain>() : usualRecord(object, project);
  const changed = new Map<string, Plain>();
  if (trigger.when)
    for (const { test, field, value } of satisfied(trigger.when.condition, 'record', record, record, object, project))
      if (test.op === 'changedTo') changed.set(field, value);
  for (const test of trigger.when ? wanted(trigger.when.condition) : [])
    if (test.op === 'changed' && test.left.kind === 'path') {
      const name = fieldOfPath(test.left.path, 'record');
      if (name !== undefined && !changed.has(name)) changed.set(name, record.get(name) ?? 'text');
    }
  const parts =
    object === undefined
      ? {}
      : event === 'update'
        ? usualChange(trigger, record, changed, object, project)
        : { record: Object.fromEntries(record) };
  const inputs = workflow.variables.filter(({ input }) => input);
  const user = someone(project);
  return {
    name: workflow.id,
    workflow: workflow.id,
    event,
    at: project.now.toISOString(),
    ...(user === undefined ? {} : { user }),
    ...(object === undefined ? {} : { object }),
    ...parts,
    records: Object.fromEntries(
      [...usualRecords(workflow, record, project)].map(([name, fields]) => [name, [Object.fromEntries(fields)]]),
    ),
    ...(inputs.length > 0
      ? {
          input: Object.fromEntries(
            inputs.map(({ name, type }) => [name, type === 'number' ? 1 : (record.get('id') ?? 'text')]),
          ),
        }
      : {}),
    answers: usualAnswers(project.workflows),
    place: { file: workflow.place.file, line: workflow.place.line },
  };
};
