import type { Condition, Conditions, Test } from '../model/workflow/condition.ts';
import type { Named, Place } from '../model/workflow/place.ts';
import type { Edge, Step } from '../model/workflow/step.ts';
import type { Path, Root, Value } from '../model/workflow/value.ts';
import type { Trigger, Workflow } from '../model/workflow/workflow.ts';
import type { Imported } from './importer.ts';

/** Pieces that importers put workflows together from, with what is the same in most formats filled in. */

export const nothingImported: Imported = { workflows: [], problems: [], suppressions: [] };

type Needed = 'id' | 'format' | 'kind' | 'place';

export const workflowWith = (given: Pick<Workflow, Needed> & Partial<Workflow>): Workflow => ({
  status: 'active',
  triggers: [],
  runAs: { kind: 'system' },
  runAsStated: false,
  runAsChoosable: false,
  variables: [],
  steps: [],
  defects: [],
  unknown: [],
  ...given,
});

export const triggerWith = (given: Pick<Trigger, 'id' | 'on' | 'place'> & Partial<Trigger>): Trigger => ({
  phase: 'after',
  becomesTrue: false,
  once: false,
  onImport: true,
  ...given,
});

/** Steps that run one after the other: each leads to the one behind it. */
export const inSequence = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step, at) => {
    const following = steps[at + 1];
    return following && !step.next ? { ...step, next: { to: following.id, place: following.place } } : step;
  });

export const edgeTo = (step: Step | undefined, place: Place): Edge =>
  step ? { to: step.id, place: step.place } : { place };

export const pathOf = (root: Root, segments: readonly string[], text: string, place: Place): Path => ({
  root,
  segments,
  text,
  place,
});

/** A field of the record that the workflow runs on. */
export const recordPath = (field: string, place: Place): Path =>
  pathOf({ kind: 'record' }, field.split('.'), field, place);

export const pathValue = (path: Path): Value => ({ kind: 'path', path, place: path.place });

export const literal = (value: string | number | boolean | null, place: Place): Value => ({
  kind: 'literal',
  value,
  place,
});

export const opaqueValue = (text: string, place: Place, reads: readonly Path[] = []): Value => ({
  kind: 'opaque',
  text,
  reads,
  place,
});

export const opaqueCondition = (text: string, place: Place, reads: readonly Path[] = []): Condition => ({
  kind: 'opaque',
  text,
  reads,
  place,
});

/** Several conditions as one; a single one stays itself. */
export const joinedBy = (kind: 'all' | 'any', of: readonly Condition[], place: Place): Condition => {
  const [only] = of;
  return only && of.length === 1 ? only : { kind, of, place };
};

/** All tests of a condition, in their order. The trees that importers build are bounded in depth. */
export const testsIn = (condition: Condition): readonly Test[] => {
  switch (condition.kind) {
    case 'test':
      return [condition];
    case 'all':
    case 'any':
      return condition.of.flatMap(testsIn);
    case 'not':
      return testsIn(condition.of);
    case 'constant':
    case 'opaque':
      return [];
  }
};

export const conditionsOf = (condition: Condition, more: Partial<Conditions> = {}): Conditions => ({
  condition,
  tests: testsIn(condition),
  place: condition.place,
  ...more,
});

export const named = (name: string, place: Place): Named => ({ name, place });

/** Ids that are unique in their workflow whatever the file says: the second `1` becomes `1 (2)`. */
export const uniqueIds = (): ((wanted: string) => string) => {
  const taken = new Set<string>();
  const last = new Map<string, number>();
  return (wanted) => {
    let id = wanted;
    let number = last.get(wanted) ?? 1;
    while (taken.has(id)) {
      number += 1;
      id = `${wanted} (${number})`;
    }
    last.set(wanted, number);
    taken.add(id);
    return id;
  };
};
