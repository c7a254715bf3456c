import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Assignment, Edge } from '../../model/workflow/step.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import { isEmpty, mapIn, textIn } from '../source/expect.ts';
import { entryOf, type TreeEntry, type TreeMap, type TreeNode } from '../source/tree.ts';
import type { Outline } from './outline.ts';
import type { Scope } from './scope.ts';
import { valueIn } from './value.ts';

/** One step while it is being read. */
export interface StepReading {
  readonly outline: Outline;
  readonly scope: Scope;
  /** Where it goes on. */
  readonly follow: Edge;
}

/** One kind of step: what stands beside its key, and what it does. */
export interface ActionForm {
  readonly beside: readonly string[];
  /** It can fail when it runs, so that an error path makes sense. */
  readonly canFail: boolean;
  readonly read: (entry: TreeEntry, step: StepReading) => Act;
  /** `outcomes`: it goes on by its own ways only. */
  readonly next?: 'outcomes' | 'never';
}

export const besideOf = ({ outline }: StepReading, key: string): TreeNode | undefined =>
  entryOf(outline.map, key)?.value;

/** The way into steps that are written inside; past them where there are none. */
export const into = ({ outline, follow }: StepReading, way: string): Edge => {
  const first = outline.children.get(way)?.[0];
  return first ? { to: first.id, place: outline.place } : follow;
};

export const missing = ({ outline, scope }: StepReading, what: string): void => {
  scope.defects.push({ rule: 'action-missing-parameter', step: outline.id, what, place: outline.place });
};

const nearestFirst = (word: string, allowed: readonly string[]): readonly string[] => {
  const nearest = nearestName(word, allowed);
  return nearest === undefined ? allowed : [nearest, ...allowed.filter((one) => one !== nearest)];
};

export const unknownParameter = (step: StepReading, { key, keyPlace }: TreeEntry, allowed: readonly string[]): void => {
  step.scope.defects.push({
    rule: 'action-unknown-parameter',
    step: step.outline.id,
    what: key,
    found: key,
    allowed: nearestFirst(key, allowed),
    place: keyPlace,
  });
};

export const unknownAction = (step: StepReading, { key, keyPlace }: TreeEntry, allowed: readonly string[]): void => {
  step.scope.defects.push({
    rule: 'action-unknown-type',
    step: step.outline.id,
    what: key,
    found: key,
    allowed: nearestFirst(key, allowed),
    place: keyPlace,
  });
};

/** The keys inside of an action (`mail:`, `http:`); undefined (and a problem) where it has none. */
export const insideOf = (
  { key, value }: TreeEntry,
  step: StepReading,
  allowed: readonly string[],
): TreeMap | undefined => {
  const map = mapIn(value, key, step.scope.complain);
  for (const entry of map?.entries ?? []) if (!allowed.includes(entry.key)) unknownParameter(step, entry, allowed);
  return map;
};

/** A name that has to be there. */
export const nameIn = ({ key, value }: TreeEntry, step: StepReading): Named | undefined => {
  if (isEmpty(value)) {
    missing(step, key);
    return undefined;
  }
  const name = textIn(value, key, step.scope.complain);
  return name === undefined ? undefined : { name, place: value.place };
};

/** `{ field: value }`. */
export const assignmentsIn = (node: TreeNode | undefined, what: string, scope: Scope): readonly Assignment[] =>
  node
    ? (mapIn(node, what, scope.complain)?.entries ?? []).map(({ key, keyPlace, value }) => ({
        field: { name: key, place: keyPlace },
        value: valueIn(value, scope),
        place: keyPlace,
      }))
    : [];

/** A step of which only its key is known: it may do anything. */
export const opaqueAct = (name: string, place: Place): Act => ({
  kind: 'custom',
  action: { name, place },
  effect: 'opaque',
  reads: [],
});
