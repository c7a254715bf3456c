import type { Project } from '../../../model/workflow/project.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { Trigger } from '../../../model/workflow/workflow.ts';
import { type Goal, possible } from '../condition/satisfy.ts';
import { rememberFor } from '../remember.ts';
import type { Deed, DeedField } from './deeds.ts';
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

/** Whether both can be done in one save, as far as their conditions say. */
const together = (one: Deed, other: Deed, schema: Schema): boolean =>
  possible([...goalsOf(one, schema), ...goalsOf(other, schema)]).kind !== 'no';

const meet = (one: Deed, other: Deed): boolean => {
  if (one.workflow === other.workflow || one.workflow.format !== other.workflow.format) return false;
  if (one.trigger.phase !== other.trigger.phase || one.workflow.order !== other.workflow.order) return false;
  return events(one.trigger).some((event) => events(other.trigger).includes(event));
};

const build = (project: Project): readonly Rivals[] => {
  const { deeds } = interplayOf(project);
  const byField = new Map<string, { readonly deed: Deed; readonly field: DeedField }[]>();
  for (const deed of deeds) {
    const { write, writer, workflow, separate, doubtful } = deed;
    // What is done later, or elsewhere, does not meet in the same save.
    if (write.of.kind !== 'trigger' || writer !== workflow || write.operation !== 'update') continue;
    if ((separate && deed.trigger.phase !== 'async') || doubtful) continue;
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
