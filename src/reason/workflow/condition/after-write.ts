import type { Condition, Test } from '../../../model/workflow/condition.ts';
import type { Assignment } from '../../../model/workflow/step.ts';
import type { Path } from '../../../model/workflow/value.ts';
import { type Goal, possible } from './satisfy.ts';
import { keyOf, type Standing, type Where } from './where.ts';

/** A condition that is asked again after the trigger record was written. */
export interface AfterWrite {
  /** What started the run. */
  readonly before?: Condition;
  readonly condition: Condition;
  /** What is certain where the write stands, besides `before` (`guardsOf`). */
  readonly guards?: readonly { readonly condition: Condition; readonly holds: boolean }[];
  /** What is written to the trigger record. */
  readonly set: readonly Assignment[];
  /** Other fields may be written too. */
  readonly more: boolean;
  readonly where: Where;
  /** Where the other condition stands, when it belongs to another workflow on the same object. */
  readonly other?: Where;
  /** The write starts anything only if it changes a stored value. */
  readonly onlyIfChanged: boolean;
}

/**
 * Whether a condition can hold in the save that a write causes: the record then has what was written, and what it had before is "prior".
 * `no`: the write ends the matter, because the tests are false after it or it changes nothing.
 */
export const holdsAfter = ({
  before,
  condition,
  guards = [],
  set,
  more,
  where,
  other = where,
  onlyIfChanged,
}: AfterWrite): 'yes' | 'no' | 'unknown' => {
  const ignoreCase = where.schema.ignoreCase === true;
  const spelled = (name: string): string => (ignoreCase ? name.toLowerCase() : name);
  const written = new Map(set.map((assignment) => [spelled(assignment.field.name), assignment]));
  const recordKey = (path: Path, from: Where): string => keyOf({ ...path, root: { kind: 'record' } }, from);
  const standsAfter = (path: Path): Standing | undefined => {
    const [field] = path.segments;
    if (path.root.kind === 'prior') return { kind: 'key', key: recordKey(path, other) };
    if (path.root.kind !== 'record' || field === undefined) return undefined;
    const assignment = written.get(spelled(field));
    if (assignment) {
      if (path.segments.length > 1) return { kind: 'free' };
      const { value } = assignment;
      if (value.kind === 'literal') return { kind: 'value', value: value.value };
      return value.kind === 'path' && value.path.root.kind === 'record'
        ? { kind: 'key', key: keyOf(value.path, where) }
        : { kind: 'free' };
    }
    return more ? { kind: 'key', key: `perhaps written ${spelled(path.segments.join('.'))}` } : undefined;
  };
  const after: Where = {
    ...other,
    stands: (path) => standsAfter(path) ?? { kind: 'key', key: keyOf(path, other) },
  };
  const goals: Goal[] = [
    ...(before ? [{ condition: before, holds: true, where }] : []),
    ...guards.map((guard) => ({ ...guard, where })),
    { condition, holds: true, where: after },
  ];
  if (onlyIfChanged && !more) {
    const changes = set.map(({ field: { name }, place }): Test => {
      const path: Path = { root: { kind: 'record' }, segments: [name], text: name, place };
      return { kind: 'test', left: { kind: 'path', path, place }, op: 'changed', place };
    });
    goals.push({ condition: { kind: 'any', of: changes, place: condition.place }, holds: true, where: after });
  }
  return possible(goals).kind;
};
