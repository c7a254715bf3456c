import { rememberFor } from '../../../model/remember.ts';
import type { Project } from '../../../model/workflow/project.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { Path } from '../../../model/workflow/value.ts';
import type { Trigger } from '../../../model/workflow/workflow.ts';
import { type Goal, possible } from '../condition/satisfy.ts';
import { conditionPaths, conjuncts } from '../reads.ts';
import { type Deed, type DeedField, isTimed } from './deeds.ts';
import { interplayOf } from './project.ts';

/** Two workflows that write one field of the same record in the same phase of the same save, in no stated order. */
export interface Rivals {
  readonly one: Deed;
  readonly field: DeedField;
  readonly others: readonly { readonly deed: Deed; readonly field: DeedField }[];
  /** Both write constants, and not the same. */
  readonly kind: 'conflict' | 'race';
}

/** More pairs for one field are not looked at. */
const maximumPairs = 300;

const events = ({ on }: Trigger): readonly string[] => {
  if (on === 'save') return ['create', 'update'];
  return on === 'create' || on === 'update' ? [on] : [];
};

const valueKey = ({ nature }: DeedField): string | undefined =>
  nature.kind === 'constant' ? `= ${nature.key}` : nature.kind === 'made' ? nature.key : undefined;

const isConstant = ({ nature }: DeedField): boolean => nature.kind === 'constant';

const goalsOf = ({ workflow, trigger, decided }: Deed, schema: Schema): readonly Goal[] => {
  const where = { workflow, schema };
  return [
    ...(trigger.when ? [{ condition: trigger.when.condition, holds: true, where }] : []),
    ...decided.map((one) => ({ ...one, where })),
  ];
};

/** `RecordTypeId`, `RecordType.Name` and `Owner:User.Role` speak of one thing: its name without what is asked of it. */
const stemOf = ({ segments: [first = ''] }: Path): string =>
  first
    .toLowerCase()
    .replace(/:.*$/, '')
    .replace(/(?:__r|__c|_id|id)$/, '');

interface Asked {
  /** What is compared of each thing. */
  readonly stems: ReadonlyMap<string, ReadonlySet<string>>;
  readonly empty: ReadonlySet<string>;
  readonly filled: ReadonlySet<string>;
}

const askedBy = (goals: readonly Goal[]): Asked => {
  const stems = new Map<string, Set<string>>();
  const empty = new Set<string>();
  const filled = new Set<string>();
  for (const { condition, holds } of goals) {
    for (const path of conditionPaths(condition)) {
      if (path.root.kind !== 'record' || path.segments.length === 0) continue;
      const known = stems.get(stemOf(path)) ?? new Set();
      stems.set(stemOf(path), known.add(path.segments.join('.').toLowerCase()));
    }
    if (!holds) continue;
    for (const part of conjuncts(condition)) {
      if (part.kind !== 'test' || part.left.kind !== 'path' || part.left.path.root.kind !== 'record') continue;
      const name = part.left.path.segments.join('.').toLowerCase();
      if (part.op === 'empty') empty.add(name);
      if (part.op === 'notEmpty') filled.add(name);
    }
  }
  return { stems, empty, filled };
};

/** Whether they ask one thing in different words (a record type by its id and by its name), so that nothing is sure. */
const otherWords = (one: Asked, other: Asked): boolean =>
  [...one.stems].some(([stem, left]) => {
    const right = other.stems.get(stem);
    return right !== undefined && ![...left].some((name) => right.has(name));
  });

/** Whether both can be done in one save, as far as their conditions say. */
const together = (one: Deed, other: Deed, schema: Schema): boolean => {
  const [left, right] = [goalsOf(one, schema), goalsOf(other, schema)];
  const [asked, against] = [askedBy(left), askedBy(right)];
  if ([...asked.empty].some((name) => against.filled.has(name))) return false;
  if ([...asked.filled].some((name) => against.empty.has(name))) return false;
  if (otherWords(asked, against)) return false;
  return possible([...left, ...right]).kind !== 'no';
};

const meet = (one: Deed, other: Deed): boolean => {
  if (one.workflow === other.workflow || one.workflow.format !== other.workflow.format) return false;
  if (one.trigger.phase !== other.trigger.phase || one.workflow.order !== other.workflow.order) return false;
  return events(one.trigger).some((event) => events(other.trigger).includes(event));
};

const build = (project: Project): readonly Rivals[] => {
  const { deeds } = interplayOf(project);
  const byField = new Map<string, { readonly deed: Deed; readonly field: DeedField }[]>();
  for (const deed of deeds) {
    const { write, writer, workflow, separate, opaque } = deed;
    // What is done later, or elsewhere, does not meet in the same save.
    if (write.of.kind !== 'trigger' || writer !== workflow || write.operation !== 'update') continue;
    if ((separate && deed.trigger.phase !== 'async') || isTimed(deed.trigger) || opaque) continue;
    for (const field of deed.fields) {
      const key = `${field.key} ${deed.trigger.phase}`;
      const known = byField.get(key);
      if (known) known.push({ deed, field });
      else byField.set(key, [{ deed, field }]);
    }
  }
  const result: Rivals[] = [];
  for (const writers of byField.values()) {
    let pairs = 0;
    const find = (kind: Rivals['kind']): Rivals | undefined => {
      for (const [at, { deed: one, field }] of writers.entries()) {
        const others = writers.slice(at + 1).filter(({ deed: other, field: otherField }) => {
          if (!meet(one, other)) return false;
          const [left, right] = [valueKey(field), valueKey(otherField)];
          // The same value, or one that is not understood.
          if (left === undefined || right === undefined || left === right) return false;
          if (kind === 'conflict' && !(isConstant(field) && isConstant(otherField))) return false;
          pairs += 1;
          return pairs <= maximumPairs && together(one, other, project.schema);
        });
        const first = new Set<unknown>();
        const each = others.filter(({ deed }) => !first.has(deed.workflow) && first.add(deed.workflow));
        if (each.length > 0) return { one, field, others: each, kind };
      }
      return undefined;
    };
    const found = find('conflict') ?? find('race');
    if (found) result.push(found);
  }
  return result;
};

/** One for each field that several workflows write. */
export const rivalsOf: (project: Project) => readonly Rivals[] = rememberFor(build);
