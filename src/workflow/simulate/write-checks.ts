import type { Field } from '../../model/workflow/schema.ts';
import type { Assignment } from '../../model/workflow/step.ts';
import type { Format } from '../../model/workflow/workflow.ts';
import { misfitOf } from '../../reason/workflow/fit.ts';
import { mayDo, mayEdit } from '../../reason/workflow/permissions.ts';
import { isComplete, objectOf } from '../../reason/workflow/resolve.ts';
import { dayOf, readWhen } from './clock.ts';
import { holds } from './condition.ts';
import type { Wrong } from './failure.ts';
import type { Row, Value } from './held.ts';
import { hold, isEmpty, isHeld, isList, isSame, isUnknown, plainOf } from './held.ts';
import {
  emptySource,
  fieldDenied,
  inactiveAssignee,
  misfit,
  missingRequired,
  notUnique,
  objectDenied,
  readOnlyField,
  refused,
  unknownField,
} from './messages.ts';
import { whoIs } from './principal.ts';
import type { Frame } from './read.ts';
import { emptyOnTheWay, evaluate } from './read.ts';
import type { Run, Runner, Sandbox } from './sandbox.ts';

/** What the platform stores for a value: numbers as numbers, days as days, records as their ids. */
const stored = (value: Value, field: Field | undefined, box: Sandbox): Value => {
  if (isHeld(value)) return value.row.id;
  if (isList(value)) return value.map((one) => stored(one, field, box));
  if (!field || value === null || typeof value === 'object') return value;
  switch (field.type) {
    case 'number':
    case 'integer':
    case 'currency':
    case 'percent':
      return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    case 'date': {
      const when = typeof value === 'string' ? readWhen(value, box.zone) : undefined;
      return when ? dayOf(when, box.zone) : value;
    }
    case 'text':
    case 'longtext':
    case 'phone':
      return typeof value === 'number' ? String(value) : value;
    default:
      return value;
  }
};

const nowhere = { file: '', line: 1, column: 1 };

const misfitIn = (value: Value, field: Field, format: Format): ReturnType<typeof misfitOf> => {
  if (isList(value)) {
    for (const one of value) {
      const found = misfitIn(one, field, format);
      if (found) return found;
    }
    return undefined;
  }
  return typeof value === 'object' ? undefined : misfitOf({ kind: 'literal', value, place: nowhere }, field, format);
};

/** A person who has left cannot own anything. */
const inactivePerson = (value: Value, field: Field | undefined, name: string, box: Sandbox): Wrong | undefined => {
  const people = field?.to?.includes('User') ?? name === 'owner';
  const id = plainOf(value);
  if (!people || typeof id !== 'string') return undefined;
  return box.project.schema.users?.get(id)?.active === false ? inactiveAssignee(`user:${id}`) : undefined;
};

/** Whether the one who runs it may do this at all. */
export const deniedObject = (
  runner: Runner,
  operation: 'create' | 'read' | 'update' | 'delete',
  object: string,
  box: Sandbox,
): Wrong | undefined =>
  runner.principal && mayDo(runner.principal, operation, object, box.project.schema) === 'no'
    ? objectDenied(whoIs(runner), operation, object)
    : undefined;

/** What is wrong with one value for one field, or the value as it is stored. */
export const checkedValue = (
  {
    object,
    name,
    value,
    operation,
    runner,
    format,
    from,
  }: {
    readonly object: string;
    readonly name: string;
    readonly value: Value;
    readonly operation: 'create' | 'update';
    readonly runner: Runner;
    readonly format: Format;
    /** The empty thing on the way of the path that the value comes from. */
    readonly from?: string;
  },
  box: Sandbox,
): { readonly wrong: Wrong } | { readonly value: Value } => {
  const { schema } = box.project;
  const known = objectOf(schema, object);
  const field = box.store.field(object, name);
  if (known && !field && isComplete(schema, known, name)) return { wrong: unknownField(object, name) };
  if (field?.readOnly) return { wrong: readOnlyField(object, name) };
  if (runner.principal && mayEdit(runner.principal, operation, object, name, schema) === 'no')
    return { wrong: fieldDenied(whoIs(runner), object, name) };
  const kept = stored(value, field, box);
  if (isUnknown(kept)) return { value: kept };
  if (field?.required && isEmpty(kept))
    return { wrong: from === undefined ? missingRequired(object, name) : emptySource(object, name, from) };
  const why = field && misfitIn(kept, field, format);
  if (field && why) return { wrong: misfit(object, field, kept, why) };
  const inactive = inactivePerson(kept, field, name, box);
  return inactive ? { wrong: inactive } : { value: kept };
};

/** The values that a step sets, checked one by one in the order in which they are written. */
export const checkedSet = (
  set: readonly Assignment[],
  object: string,
  operation: 'create' | 'update',
  frame: Frame,
): { readonly wrong: Wrong } | { readonly values: ReadonlyMap<string, Value> } => {
  const values = new Map<string, Value>();
  const { box, run } = frame;
  for (const { field, value } of set) {
    const name = box.store.fieldName(object, field.name);
    const from = value.kind === 'path' ? emptyOnTheWay(value.path, frame) : undefined;
    const checked = checkedValue(
      {
        object,
        name,
        value: evaluate(value, frame),
        operation,
        runner: run.runner,
        format: run.workflow.format,
        ...(from === undefined ? {} : { from }),
      },
      box,
    );
    if ('wrong' in checked) return checked;
    values.set(name, checked.value);
  }
  return { values };
};

/** The platform fills these in by itself. */
const selfFilled = new Set(['id', 'owner', 'createdat', 'modifiedat']);

/** A required field of a new record that nobody fills. */
export const missingIn = (row: Row, box: Sandbox): string | undefined => {
  for (const field of objectOf(box.project.schema, row.object)?.fields.values() ?? []) {
    if (!field.required || field.readOnly || field.hasDefault || field.type === 'id') continue;
    if (selfFilled.has(field.name.toLowerCase())) continue;
    const value = row.values.get(field.name) ?? row.auto.get(field.name) ?? null;
    if (field.type !== 'boolean' && isEmpty(value)) return field.name;
  }
  return undefined;
};

/** Another record with the same value in a field that must be unique. */
const twin = (row: Row, changed: ReadonlySet<string>, box: Sandbox): Wrong | undefined => {
  for (const name of changed) {
    const value = row.values.get(name) ?? null;
    if (!box.store.field(row.object, name)?.unique || isEmpty(value)) continue;
    const other = box.store.rows(row.object).find((one) => one !== row && isSame(one.values.get(name) ?? null, value));
    if (other) return notUnique(row.object, name, value, other.id);
  }
  return undefined;
};

/** The first validation rule, or unique field, that refuses this record. */
export const refusal = (
  row: Row,
  run: Run,
  changed: ReadonlySet<string>,
  box: Sandbox,
): { readonly rule?: string; readonly wrong: Wrong } | undefined => {
  const record = hold(row);
  // The rule belongs to the object: its plain names are fields of this record, whoever runs.
  const frame: Frame = { box, run: { ...run, record, runner: {} }, candidate: record };
  for (const rule of objectOf(box.project.schema, row.object)?.rules ?? []) {
    if (!rule.active) continue;
    const { truth, because } = holds(rule.refuse, frame);
    const refuses =
      truth ??
      box.choices.choose(
        {
          en: `does the validation rule ${rule.name} refuse the save? ${because.en}`,
          ja: `入力規則 ${rule.name} は保存を拒否するか（${because.ja}）`,
        },
        [
          { en: 'no', ja: 'いいえ' },
          { en: 'yes', ja: 'はい' },
        ],
      ) === 1;
    if (refuses) return { rule: rule.name, wrong: refused(row.object, rule.name, rule.message) };
  }
  const other = twin(row, changed, box);
  return other && { wrong: other };
};
