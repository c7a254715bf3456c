import type { Condition } from '../../../model/workflow/condition.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { Workflow } from '../../../model/workflow/workflow.ts';
import { componentsOf, isCycle } from '../components.ts';
import { type Goal, possible } from '../condition/satisfy.ts';
import type { Where } from '../condition/where.ts';
import { type Deed, type DeedField, isTimed } from './deeds.ts';
import { type MovingFields, moves, movingFieldsOf } from './moving-fields.ts';
import { objectKey } from './names.ts';
import { canStart, dependsOn, settledCondition } from './starts.ts';

/** Workflows that start each other, or themselves, for ever. */
export interface Endless {
  /** All that take part, in the order of the project. */
  readonly deeds: readonly Deed[];
  readonly workflows: readonly Workflow[];
  /** The shortest way round from the first one. */
  readonly ring: readonly Deed[];
  /** Two workflows that set one field to and fro. */
  readonly flip?: {
    readonly one: Deed;
    readonly other: Deed;
    readonly field: DeedField;
    readonly otherField: DeedField;
  };
}

/** More work is not done, a pair with conditions counting for ten: claims of what is beyond are left out. */
const maximumWork = 200_000;
const maximumRounds = 5;

/** Whether it can be done again after everything was done once. */
const repeats = (deed: Deed, { settled }: MovingFields, schema: Schema): boolean => {
  const { workflow, trigger, place } = deed;
  const object = workflow.object && objectKey(workflow.object.name, workflow.format, schema);
  const facts = object === undefined ? [] : (settled.get(object) ?? []);
  if (facts.length > 0) {
    const where: Where = { workflow, schema };
    const goals: Goal[] = [
      ...(trigger.when ? [{ condition: trigger.when.condition, holds: true, where }] : []),
      ...deed.decided.map((one) => ({ ...one, where })),
    ];
    // A test of the change itself is asked of the save, not of what the record is like afterwards.
    if (
      goals.length > 0 &&
      possible([...goals, { condition: settledCondition(facts, place), holds: true, where }]).kind === 'no'
    )
      return false;
  }
  if (!deed.picks || deed.write.operation !== 'update') return true;
  const { where: filter, object: candidate } = deed.picks;
  const found = settled.get(objectKey(candidate, workflow.format, schema)) ?? [];
  if (found.length === 0) return true;
  const where: Where = { workflow, schema, candidate };
  const facts2: Condition = asCandidate(settledCondition(found, place));
  return (
    possible([
      { condition: filter.condition, holds: true, where },
      { condition: facts2, holds: true, where },
    ]).kind !== 'no'
  );
};

const asCandidate = (condition: Condition): Condition => {
  if (condition.kind === 'all') return { ...condition, of: condition.of.map(asCandidate) };
  if (condition.kind !== 'test' || condition.left.kind !== 'path') return condition;
  return {
    ...condition,
    left: { ...condition.left, path: { ...condition.left.path, root: { kind: 'candidate' } } },
  };
};

/** Whether the next write can follow from the save of the one before, again and again. */
const leadsOn = (one: Deed, next: Deed, movingFields: MovingFields, schema: Schema): boolean => {
  const { write } = one;
  const creates = write.operation === 'create';
  if (write.inSave && next.trigger.phase === 'before') return false;
  // Salesforce looks at its workflow rules five more times at most.
  if (one.workflow.format === 'WR' && write.of.kind === 'trigger') return false;
  // A record passes only once; new ones are others.
  if (next.trigger.once && !creates) return false;
  if (next.workflow.oncePerTransaction && !creates && !one.separate) return false;
  const changes = (field: DeedField): boolean => moves(field, movingFields);
  if (!creates && !one.fields.some(changes)) return false;
  const computed = new Set(one.fields.flatMap(({ key, write: { value } }) => (value.kind === 'literal' ? [] : [key])));
  const asked = [
    ...(next.trigger.when ? [next.trigger.when.condition] : []),
    ...next.decided.map(({ condition }) => condition),
  ];
  if (asked.some((condition) => dependsOn(condition, next.workflow, schema, computed))) return false;
  const settled = (one.object === undefined ? undefined : movingFields.settled.get(one.object)) ?? [];
  return (
    canStart(
      { deed: one, changes, settled: creates ? [] : settled },
      next.workflow,
      next.trigger,
      schema,
      next.decided,
    ) !== 'no'
  );
};

/** The shortest way from a deed back to itself. */
const ringFrom = (first: Deed, next: (deed: Deed) => readonly Deed[]): readonly Deed[] | undefined => {
  const cameFrom = new Map<Deed, Deed>();
  let round: readonly Deed[] = [first];
  while (round.length > 0) {
    const further: Deed[] = [];
    for (const deed of round) {
      for (const to of next(deed)) {
        if (to === first) {
          const ring = [deed];
          for (let at = deed; at !== first; ) {
            const before = cameFrom.get(at);
            if (!before) break;
            ring.unshift(before);
            at = before;
          }
          return ring;
        }
        if (cameFrom.has(to)) continue;
        cameFrom.set(to, deed);
        further.push(to);
      }
    }
    round = further;
  }
  return undefined;
};

const flipOf = (deeds: readonly Deed[], movingFields: MovingFields): Endless['flip'] => {
  if (movingFields.grows || deeds.some(({ write }) => write.operation === 'create')) return undefined;
  const constants = deeds.flatMap((deed) =>
    deed.fields.flatMap((field) =>
      movingFields.flips.has(field.key) && field.nature.kind === 'constant'
        ? [{ deed, field, value: field.nature.key }]
        : [],
    ),
  );
  for (const { deed: one, field, value } of constants) {
    const against = constants.find(
      (other) => other.field.key === field.key && other.deed.workflow !== one.workflow && other.value !== value,
    );
    if (against) return { one, other: against.deed, field, otherField: against.field };
  }
  return undefined;
};

/** The sets of workflows that never come to rest. What converges, or is stopped by a test, is not among them. */
export const endlessOf = (all: readonly Deed[], schema: Schema): readonly Endless[] => {
  let work = 0;
  const usable = all.filter(
    ({ doubtful, object, write, trigger }) =>
      !doubtful &&
      object !== undefined &&
      write.operation !== 'delete' &&
      !isTimed(trigger) &&
      (trigger.on === 'create' || trigger.on === 'update' || trigger.on === 'save'),
  );
  const split = (core: ReadonlySet<Deed>, pool: readonly Deed[]) => {
    const movingFields = movingFieldsOf(core, pool);
    const able = [...core].filter(
      (deed) =>
        (deed.write.operation === 'create' || deed.fields.some((field) => moves(field, movingFields))) &&
        repeats(deed, movingFields, schema),
    );
    const byObject = new Map<string, Deed[]>();
    for (const deed of able) {
      const { object } = deed.workflow;
      if (!object) continue;
      const key = objectKey(object.name, deed.workflow.format, schema);
      const known = byObject.get(key);
      if (known) known.push(deed);
      else byObject.set(key, [deed]);
    }
    const edges = new Map<Deed, readonly Deed[]>();
    for (const one of able) {
      const after = (byObject.get(one.object ?? '') ?? []).filter((next) => {
        work += next.trigger.when || next.decided.length > 0 ? 10 : 1;
        return work <= maximumWork && leadsOn(one, next, movingFields, schema);
      });
      edges.set(one, after);
    }
    const next = (deed: Deed): readonly Deed[] => edges.get(deed) ?? [];
    return { next, movingFields, sets: componentsOf(able, next).filter((component) => isCycle(component, next)) };
  };
  const result: Endless[] = [];
  let open: { readonly core: ReadonlySet<Deed>; readonly round: number }[] = [{ core: new Set(usable), round: 0 }];
  for (let one = open.pop(); one; one = open.pop()) {
    const { core, round } = one;
    const taking = new Set([...core].map(({ workflow }) => workflow));
    const { next, movingFields, sets } = split(
      core,
      usable.filter(({ workflow }) => taking.has(workflow)),
    );
    for (const set of sets) {
      if (set.length < core.size) {
        // Fewer take part than were thought to: what the others write does not count any more.
        if (round < maximumRounds) open = [...open, { core: new Set(set), round: round + 1 }];
        continue;
      }
      const members = usable.filter((deed) => core.has(deed));
      const workflows = [...new Set(members.map(({ workflow }) => workflow))];
      const rings = members
        .filter(({ workflow }) => workflow === workflows[0])
        .flatMap((deed) => [ringFrom(deed, next)])
        .filter((ring) => ring !== undefined)
        .toSorted((left, right) => left.length - right.length);
      const [ring] = rings;
      if (!ring) continue;
      const flip = workflows.length > 1 ? flipOf(members, movingFields) : undefined;
      result.push({ deeds: members, workflows, ring, ...(flip ? { flip } : {}) });
    }
  }
  return result.toSorted((left, right) => {
    const [one] = left.deeds;
    const [other] = right.deeds;
    return one && other ? usable.indexOf(one) - usable.indexOf(other) : 0;
  });
};
