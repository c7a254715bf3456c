import { rememberFor } from '../../model/remember.ts';
import type { Conditions } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import type { Assignment, Step, Target } from '../../model/workflow/step.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { Format, Workflow } from '../../model/workflow/workflow.ts';
import { objectOf, resolve } from './resolve.ts';
import { pathsOf, usesOf, valuesIn } from './values.ts';
import { variablesOf } from './variables.ts';

/** Which records a write changes. */
export type WrittenRecord =
  /** The one that the workflow runs on. */
  | { readonly kind: 'trigger' }
  /** Made by it. */
  | { readonly kind: 'new' }
  /** Those that a variable, a step's result or a relation leads to. It may be the trigger record, too. */
  | { readonly kind: 'path'; readonly path: Path }
  /** All that match. */
  | { readonly kind: 'query'; readonly where?: Conditions }
  | { readonly kind: 'any' };

/** What a step does to stored records. */
export interface Write {
  readonly step: string;
  readonly operation: 'create' | 'update' | 'delete';
  /** Absent: any object, or one that is not known. */
  readonly object?: string;
  readonly of: WrittenRecord;
  /** By name of the field on that object. */
  readonly set: readonly Assignment[];
  /** Fields that are not in `set` may be written as well. */
  readonly more: boolean;
  /** Only alters the record that is being saved (phase `before`): no save of its own, so it starts nothing. */
  readonly inSave: boolean;
  readonly place: Place;
}

/** The field that holds the owner of a record, by format; kintone and the engines of BPMN have none. */
const ownerFields: Partial<Record<Format, string>> = {
  NY: 'owner',
  SF: 'OwnerId',
  WR: 'OwnerId',
  AP: 'OwnerId',
  HS: 'hubspot_owner_id',
  OD: 'user_id',
  ES: 'assignedUserId',
  SU: 'assigned_user_id',
  VT: 'assigned_user_id',
  ZO: 'Owner',
  PA: 'ownerid',
};

/** Whether all of the workflow runs while the record is being saved. */
export const runsInSave = ({ triggers }: Workflow): boolean =>
  triggers.length > 0 && triggers.every(({ phase, on }) => phase === 'before' || on === 'form');

/** The object of the records that a path leads to. */
export const objectAt = (path: Path, workflow: Workflow, schema: Schema): string | undefined => {
  const end = resolve(path, workflow, schema);
  if (end.kind === 'record') return end.object;
  if (end.kind === 'field') return end.field.to?.length === 1 ? end.field.to[0] : undefined;
  return undefined;
};

const isTriggerRecord = ({ root, segments }: Path): boolean => root.kind === 'record' && segments.length === 0;

interface Where {
  readonly object?: string;
  readonly of: WrittenRecord;
}

const whereOf = (target: Target, stated: string | undefined, workflow: Workflow, schema: Schema): Where => {
  const at = (object: string | undefined, of: WrittenRecord): Where => (object === undefined ? { of } : { object, of });
  switch (target.kind) {
    case 'trigger':
      return at(stated ?? workflow.object?.name, { kind: 'trigger' });
    case 'path':
      return isTriggerRecord(target.path)
        ? at(stated ?? workflow.object?.name, { kind: 'trigger' })
        : at(stated ?? objectAt(target.path, workflow, schema), { kind: 'path', path: target.path });
    case 'query':
      return at(target.object.name, { kind: 'query', ...(target.where ? { where: target.where } : {}) });
  }
};

/** Writes go to the object itself, or through relations in the field's name (`partner_id.phone`) to another one. */
const byObject = (write: Write, schema: Schema): readonly Write[] => {
  const own = write.set.filter(({ field }) => !field.name.includes('.'));
  if (own.length === write.set.length) return [write];
  const others = write.set.flatMap((assignment): Write[] => {
    const words = assignment.field.name.split('.');
    const last = words.pop();
    if (words.length === 0 || last === undefined) return [];
    let object = write.object;
    for (const word of words) {
      const relation = object === undefined ? undefined : objectOf(schema, object)?.fields.get(word);
      object = relation?.to?.length === 1 ? relation.to[0] : undefined;
    }
    return [
      {
        step: write.step,
        operation: 'update',
        of: { kind: 'any' },
        set: [{ ...assignment, field: { ...assignment.field, name: last } }],
        more: false,
        inSave: false,
        place: assignment.place,
        ...(object === undefined ? {} : { object }),
      },
    ];
  });
  return [...(own.length > 0 || write.more ? [{ ...write, set: own }] : []), ...others];
};

const computeWrites = (step: Step, workflow: Workflow, schema: Schema): readonly Write[] => {
  const base = { step: step.id, more: false, inSave: false, place: step.place } as const;
  switch (step.kind) {
    case 'create':
      return byObject(
        {
          ...base,
          operation: 'create',
          of: { kind: 'new' },
          set: step.set,
          more: step.more === true,
          ...(step.object ? { object: step.object.name } : {}),
        },
        schema,
      );
    case 'update': {
      const where = whereOf(step.target, step.object?.name, workflow, schema);
      return byObject(
        {
          ...base,
          ...where,
          operation: 'update',
          set: step.set,
          more: step.more === true,
          inSave: where.of.kind === 'trigger' && runsInSave(workflow),
        },
        schema,
      );
    }
    case 'delete':
      return [{ ...base, ...whereOf(step.target, step.object?.name, workflow, schema), operation: 'delete', set: [] }];
    case 'assign': {
      const name = ownerFields[workflow.format];
      const where = whereOf(
        step.of ? { kind: 'path', path: step.of } : { kind: 'trigger' },
        undefined,
        workflow,
        schema,
      );
      const { place } = step.to;
      const value: Value =
        step.to.kind === 'path'
          ? { kind: 'path', path: step.to.path, place }
          : 'id' in step.to
            ? { kind: 'literal', value: step.to.id, place }
            : { kind: 'opaque', text: '', reads: [], place };
      return [
        {
          ...base,
          ...where,
          operation: 'update',
          set: name === undefined ? [] : [{ field: { name, place }, value, place }],
          more: name === undefined,
          inSave: where.of.kind === 'trigger' && runsInSave(workflow),
        },
      ];
    }
    case 'task':
      return [{ ...base, operation: 'create', object: 'Task', of: { kind: 'new' }, set: step.set, more: true }];
    case 'let': {
      const set = step.assigns.flatMap(({ to, how, value, place }): Assignment[] => {
        const [field] = to.segments;
        if (to.root.kind !== 'record' || field === undefined) return [];
        const written: Value = how === 'set' ? value : { kind: 'opaque', text: '', reads: pathsOf(value), place };
        return [{ field: { name: to.segments.join('.'), place: to.place }, value: written, place }];
      });
      // After the save only a later update step stores it.
      if (set.length === 0 || !runsInSave(workflow)) return [];
      return byObject(
        {
          ...base,
          operation: 'update',
          of: { kind: 'trigger' },
          set,
          inSave: true,
          ...(workflow.object ? { object: workflow.object.name } : {}),
        },
        schema,
      );
    }
    case 'code': {
      const seen: Write = {
        ...base,
        operation: 'update',
        of: { kind: 'trigger' },
        set: step.writes,
        inSave: runsInSave(workflow),
        ...(workflow.object ? { object: workflow.object.name } : {}),
      };
      return [...(step.writes.length > 0 ? byObject(seen, schema) : []), ...(step.complete ? [] : [anything(step)])];
    }
    case 'custom':
      return step.effect === 'opaque' ? [anything(step)] : [];
    default:
      return [];
  }
};

const anything = (step: Step): Write => ({
  step: step.id,
  operation: 'update',
  of: { kind: 'any' },
  set: [],
  more: true,
  inSave: false,
  place: step.place,
});

const writesIn = rememberFor((workflow: Workflow) =>
  rememberFor((schema: Schema) => rememberFor((step: Step) => computeWrites(step, workflow, schema))),
);

/**
 * What a step writes to stored records. Nothing is said of what a called workflow writes. A write without `object` and with `more` may
 * be anything at all: code that is not understood, an unknown action.
 */
export const writesOf = (step: Step, workflow: Workflow, schema: Schema): readonly Write[] =>
  writesIn(workflow)(schema)(step);

/** What a step reads. */
export interface Reads {
  readonly paths: readonly Path[];
  /** Something in it is not understood: it may read whatever there is. */
  readonly anything: boolean;
}

const computeReads = (step: Step, workflow: Workflow): Reads => {
  let unknown =
    (step.kind === 'code' && !step.complete) ||
    (step.kind === 'custom' && step.effect === 'opaque') ||
    // What a template shows is written elsewhere.
    (step.kind === 'mail' && (step.template !== undefined || step.alert !== undefined)) ||
    (step.kind === 'wait' && step.until.kind === 'opaque');
  const paths: Path[] = [];
  const todo: Value[] = usesOf(step).map(({ value }) => value);
  const expanded = new Set<string>();
  // It grows while it is gone through.
  for (const value of todo) {
    if ([...valuesIn(value)].some(({ kind }) => kind === 'opaque')) unknown = true;
    for (const path of pathsOf(value)) {
      paths.push(path);
      const { root } = path;
      if (root.kind !== 'variable' || expanded.has(root.name)) continue;
      expanded.add(root.name);
      const variable = variablesOf(workflow).get(root.name);
      if (variable?.constant && variable.default) todo.push(variable.default);
    }
  }
  return { paths, anything: unknown };
};

const readsIn = rememberFor((workflow: Workflow) => rememberFor((step: Step) => computeReads(step, workflow)));

/** What a step reads: values, texts, conditions, formulas, and what the constants and formulas that it names are made from. */
export const readsOf = (step: Step, workflow: Workflow): Reads => readsIn(workflow)(step);
