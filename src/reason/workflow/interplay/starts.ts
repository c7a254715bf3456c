import { rememberFor } from '../../../model/remember.ts';
import type { Condition, Test } from '../../../model/workflow/condition.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { Path, Value } from '../../../model/workflow/value.ts';
import type { Trigger, Workflow } from '../../../model/workflow/workflow.ts';
import { type Goal, possible } from '../condition/satisfy.ts';
import { keyOf, type Standing, type Where } from '../condition/where.ts';
import { conditionPaths, conditionTests, conjuncts } from '../reads.ts';
import { entryOf, objectOf } from '../resolve.ts';
import { pathsOf } from '../values.ts';
import { type Deed, type DeedField, isOpaque, isTimed } from './deeds.ts';
import { fieldKey, isSaveClock, objectKey } from './names.ts';

/** Whether a save of that kind starts it at all, and at once. */
export const listensTo = (trigger: Trigger, operation: 'create' | 'update' | 'delete'): boolean =>
  !isTimed(trigger) && (trigger.on === operation || (trigger.on === 'save' && operation !== 'delete'));

/**
 * Field updates of Salesforce workflow rules run the rules again where they say so, but no flows ("flows … aren't run again": Triggers
 * and Order of Execution).
 */
const reaches = ({ workflow, write }: Deed, other: Workflow): boolean =>
  workflow.format !== 'WR' ||
  write.of.kind !== 'trigger' ||
  (other.format === 'WR' && workflow.oncePerTransaction !== true);

/** A fact that holds for the record that is saved: a field has this value before and after. */
export interface Settled {
  readonly field: string;
  readonly value: string | number | boolean | null;
}

/** One save, and what is asked of it. */
export interface Save {
  readonly deed: Deed;
  /** The fields that it really changes; absent: whatever it writes. */
  readonly changes?: (field: DeedField) => boolean;
  readonly settled?: readonly Settled[];
}

const recordPath = (name: string, place: Test['place']): Path => ({
  root: { kind: 'record' },
  segments: [name],
  text: name,
  place,
});

const test = (name: string, op: Test['op'], place: Test['place'], right?: Value): Test => ({
  kind: 'test',
  left: { kind: 'path', path: recordPath(name, place), place },
  op,
  place,
  ...(right ? { right } : {}),
});

/** That a field has a value. */
const equalsTest = ({ field, value }: Settled, place: Test['place']): Test =>
  value === null || value === ''
    ? test(field, 'empty', place)
    : test(field, 'eq', place, { kind: 'literal', value, place });

export const settledCondition = (settled: readonly Settled[], place: Test['place']): Condition => ({
  kind: 'all',
  of: settled.map((one) => equalsTest(one, place)),
  place,
});

/** A value that is surely there: the record itself or its id, a moment, a text with something in it. */
const isFilled = (value: Value): boolean => {
  switch (value.kind) {
    case 'moment':
      return true;
    case 'path': {
      const last = value.path.segments.at(-1);
      return value.path.root.kind === 'record' && (last === undefined || /^id$/i.test(last));
    }
    case 'text':
      return value.parts.some((part) => typeof part === 'string' && part.trim() !== '');
    default:
      return false;
  }
};

const changeOperators: ReadonlySet<string> = new Set(['changed', 'notChanged', 'changedTo', 'changedFrom', 'was']);

/** What a condition says of the record that is saved, field by field; computed once for each condition. */
interface Asked {
  /** All fields that it looks at. */
  readonly fields: ReadonlySet<string>;
  /** Fields that have to change, each of them. */
  readonly mustChange: readonly string[];
  /** It asks what the save changed. */
  readonly ofChange: boolean;
}

const askedIn = rememberFor((condition: Condition): ((object: string, key: (field: string) => string) => Asked) => {
  let known: { readonly object: string; readonly asked: Asked } | undefined;
  return (object, key) => {
    if (known?.object === object) return known.asked;
    const fields = new Set<string>();
    let ofChange = [...conditionTests(condition)].some(({ op }) => changeOperators.has(op));
    for (const { root, segments } of conditionPaths(condition)) {
      if (root.kind === 'prior') ofChange = true;
      const [field] = segments;
      if ((root.kind === 'record' || root.kind === 'prior') && field !== undefined) fields.add(key(field));
    }
    const mustChange: string[] = [];
    for (const part of conjuncts(condition)) {
      if (part.kind !== 'test' || (part.op !== 'changed' && part.op !== 'changedTo' && part.op !== 'changedFrom'))
        continue;
      const [field] = part.left.kind === 'path' && part.left.path.root.kind === 'record' ? part.left.path.segments : [];
      if (field !== undefined && !isSaveClock(field)) mustChange.push(key(field));
    }
    known = { object, asked: { fields, mustChange, ofChange } };
    return known.asked;
  };
});

/** Whether a record can meet the conditions of both; asked once for each two triggers. */
const bothHold = (one: Trigger, workflow: Workflow) => heldWith(one)(workflow);
const heldWith = rememberFor((one: Trigger) =>
  rememberFor((workflow: Workflow) => {
    const known = new WeakMap<Trigger, 'yes' | 'no' | 'unknown'>();
    return (trigger: Trigger, other: Workflow, schema: Schema): 'yes' | 'no' | 'unknown' => {
      const before = known.get(trigger);
      if (before !== undefined) return before;
      const goals: Goal[] = [
        ...(one.when ? [{ condition: one.when.condition, holds: true, where: { workflow, schema } }] : []),
        ...(trigger.when
          ? [{ condition: trigger.when.condition, holds: true, where: { workflow: other, schema } }]
          : []),
      ];
      const answer = possible(goals).kind;
      known.set(trigger, answer);
      return answer;
    };
  }),
);

/** Whether fields of the record are compared that the save gives a value which is not known. */
export const dependsOn = (
  condition: Condition,
  workflow: Workflow,
  schema: Schema,
  keys: ReadonlySet<string>,
): boolean => {
  const object = workflow.object?.name;
  if (keys.size === 0 || object === undefined) return false;
  for (const { op, left, right } of conditionTests(condition)) {
    if (op === 'changed' || op === 'notChanged' || op === 'empty' || op === 'notEmpty') continue;
    for (const { root, segments } of [...pathsOf(left), ...(right ? pathsOf(right) : [])]) {
      const [field] = segments;
      if ((root.kind !== 'record' && root.kind !== 'prior') || field === undefined) continue;
      if (keys.has(fieldKey(object, field, workflow.format, schema))) return true;
    }
  }
  return false;
};

/** Fields whose change is what the trigger waits for: by its list, or because they appear in its conditions. */
export const watchedFields = (
  workflow: Workflow,
  trigger: Trigger,
  schema: Schema,
): ReadonlySet<string> | undefined => {
  const object = workflow.object?.name;
  if (!trigger.watch || trigger.watch.length === 0 || object === undefined) return undefined;
  return new Set(trigger.watch.map(({ name }) => fieldKey(object, name, workflow.format, schema)));
};

/** The conditions ask for the change of a field that is not written: by far the most frequent reason, and quickly seen. */
const awaitsAnother = (when: Condition, deed: Deed, other: Workflow, schema: Schema): boolean => {
  const object = other.object?.name;
  if (object === undefined) return false;
  for (const part of conjuncts(when)) {
    if (part.kind !== 'test' || !/^changed/.test(part.op) || part.left.kind !== 'path') continue;
    const { root, segments } = part.left.path;
    const [name] = segments;
    if (root.kind !== 'record' || segments.length !== 1 || name === undefined || isSaveClock(name)) continue;
    const key = fieldKey(object, name, other.format, schema);
    if (!deed.fields.some((field) => field.key === key)) return true;
  }
  return false;
};

/**
 * Whether the save that a deed causes can start a workflow (and bring it to a step, where `decided` are the decisions before it).
 * `no` is certain: the tests are false after it, what they wait for does not change, or it changes nothing.
 */
export const canStart = (
  { deed, changes = () => true, settled = [] }: Save,
  other: Workflow,
  trigger: Trigger,
  schema: Schema,
  decided: readonly { readonly condition: Condition; readonly holds: boolean }[] = [],
): 'yes' | 'no' | 'unknown' => {
  const { write, workflow, writer } = deed;
  const object = other.object?.name;
  if (object === undefined || deed.object !== objectKey(object, other.format, schema)) return 'no';
  if (!listensTo(trigger, write.operation) || !reaches(deed, other)) return 'no';
  if (write.operation === 'delete') return 'yes';
  const creates = write.operation === 'create';
  const changing = creates ? deed.fields : deed.fields.filter(changes);
  if (!creates && changing.length === 0 && !write.more) return 'no';
  const watch = creates ? undefined : watchedFields(other, trigger, schema);
  if (watch && !write.more) {
    const seen = changing.some(({ key }) => watch.has(key)) || trigger.watch?.some(({ name }) => isSaveClock(name));
    if (!seen) return 'no';
  }
  const when = trigger.when?.condition;
  if (!when && decided.length === 0 && settled.length === 0) return 'yes';
  if (when && !creates && !write.more && awaitsAnother(when, deed, other, schema)) return 'no';
  const moving = new Set(changing.map(({ key }) => key));
  const asked = when && askedIn(when)(object, (field) => fieldKey(object, field, other.format, schema));
  if (asked && !creates && !write.more) {
    if (asked.mustChange.some((key) => !moving.has(key))) return 'no';
    // It can only begin to hold by something that it looks at.
    if (trigger.becomesTrue && ![...asked.fields].some((key) => moving.has(key))) return 'no';
  }

  const same = write.of.kind === 'trigger' && writer === workflow;
  const { place } = deed;
  const touches = asked === undefined || asked.ofChange || deed.fields.some(({ key }) => asked.fields.has(key));
  if (
    when &&
    !touches &&
    !creates &&
    !write.more &&
    !trigger.becomesTrue &&
    decided.length === 0 &&
    settled.length === 0
  )
    return same ? bothHold(deed.trigger, workflow)(trigger, other, schema) : isOpaque(when) ? 'unknown' : 'yes';
  const known = new Map(deed.fields.map((field) => [field.key, field]));
  const whereOther: Where = { workflow: other, schema };
  const keyFor = (path: Path): string => fieldKey(object, path.segments[0] ?? '', other.format, schema);
  const unchanged = (path: Path): string => {
    const key = keyOf({ ...path, root: { kind: 'record' } }, whereOther);
    return same ? key : creates ? `made ${key}` : `other ${key}`;
  };
  const before = (path: Path): Standing => ({
    kind: 'key',
    key: creates ? `none ${unchanged(path)}` : unchanged(path),
  });
  const emptyUnlessSet = (path: Path): boolean => {
    if (!creates || write.more || path.segments.length > 1) return false;
    const fields = objectOf(schema, object)?.fields;
    const field = fields && entryOf(fields, path.segments[0] ?? '', schema);
    return field !== undefined && !field.hasDefault && !field.readOnly && !field.required;
  };
  const after = (path: Path): Standing => {
    const field = known.get(keyFor(path));
    if (field) {
      if (path.segments.length > 1) return { kind: 'key', key: `new ${unchanged(path)}` };
      const { value } = field.write;
      if (value.kind === 'literal') return { kind: 'value', value: value.value };
      if (!moving.has(field.key)) return before(path);
      if (same && value.kind === 'path' && value.path.root.kind === 'record' && value.path.segments.length > 0)
        return { kind: 'key', key: keyOf(value.path, { workflow, schema }) };
      return { kind: 'key', key: `new ${unchanged(path)}` };
    }
    if (emptyUnlessSet(path)) return { kind: 'value', value: null };
    const [name] = path.segments;
    if (name !== undefined && isSaveClock(name)) return { kind: 'key', key: `new ${unchanged(path)}` };
    return write.more ? { kind: 'key', key: `perhaps ${unchanged(path)}` } : { kind: 'key', key: unchanged(path) };
  };
  const stands = (path: Path): Standing => {
    if (path.root.kind === 'record' && path.segments.length > 0) return after(path);
    if (path.root.kind === 'prior' && path.segments.length > 0) return before(path);
    return { kind: 'key', key: `${same ? '' : 'other run '}${keyOf(path, whereOther)}` };
  };
  const whereAfter: Where = { ...whereOther, stands };
  const goals: Goal[] = [];
  if (same) {
    const where: Where = { workflow, schema };
    if (deed.trigger.when) goals.push({ condition: deed.trigger.when.condition, holds: true, where });
    for (const one of deed.decided) goals.push({ ...one, where });
  }
  if (when) goals.push({ condition: when, holds: true, where: whereAfter });
  for (const one of decided) goals.push({ ...one, where: whereAfter });
  if (settled.length > 0) {
    const open = settled.filter(({ field }) => !known.has(fieldKey(object, field, other.format, schema)));
    goals.push({ condition: settledCondition(open, place), holds: true, where: whereAfter });
  }
  for (const {
    name,
    write: { value },
  } of deed.fields)
    if (isFilled(value)) goals.push({ condition: test(name, 'notEmpty', place), holds: true, where: whereAfter });
  if (!creates && !write.more) {
    const changed = changing.map(({ name }) => test(name, 'changed', place));
    goals.push({ condition: { kind: 'any', of: changed, place }, holds: true, where: whereAfter });
    if (watch) {
      const watchedChanges = changing
        .filter(({ key }) => watch.has(key))
        .map(({ name }) => test(name, 'changed', place));
      if (watchedChanges.length > 0)
        goals.push({ condition: { kind: 'any', of: watchedChanges, place }, holds: true, where: whereAfter });
    }
    // It held before the save, so it does not begin to hold.
    if (trigger.becomesTrue && when)
      goals.push({
        condition: when,
        holds: false,
        where: {
          ...whereOther,
          stands: (path) =>
            path.segments.length > 0 && (path.root.kind === 'record' || path.root.kind === 'prior')
              ? before(path)
              : stands(path),
        },
      });
  }
  return possible(goals).kind;
};
