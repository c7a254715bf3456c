import type { Condition } from '../../model/workflow/condition.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { possible } from './condition/satisfy.ts';
import { graphOf } from './graph.ts';
import { guardsOf } from './guards.ts';
import { decidedBefore } from './interplay/decisions.ts';
import { isOpaque } from './interplay/deeds.ts';
import { resolve } from './resolve.ts';

/** Every record has one. */
const alwaysThere =
  /^(?:owner|ownerid|owner_id|createdby(?:id)?|created_by|create_uid|lastmodifiedby(?:id)?|creator|assigneduser|assigned_user_id)$/i;

/** The filter by which the record of a path was found, if it was. */
const foundBy = (
  path: Path,
  workflow: Workflow,
): { readonly where: Condition; readonly object: string } | undefined => {
  const { steps } = graphOf(workflow);
  const { root } = path;
  const loop: Step | undefined = root.kind === 'item' && root.loop !== undefined ? steps.get(root.loop) : undefined;
  const from = loop?.kind === 'loop' && loop.over?.kind === 'path' ? loop.over.path.root : root;
  const find = from.kind === 'step' ? steps.get(from.step) : undefined;
  return find?.kind === 'find' && find.where ? { where: find.where.condition, object: find.object.name } : undefined;
};

const emptyTest = (path: Path): Condition => ({
  kind: 'test',
  left: { kind: 'path', path, place: path.place },
  op: 'empty',
  place: path.place,
});

/**
 * Whether the field may be empty when the step runs: it is not required, and nothing on the way has asked. `false` also where that cannot
 * be told.
 */
export const mayBeEmpty = (path: Path, step: string, workflow: Workflow, schema: Schema): boolean => {
  const end = resolve(path, workflow, schema);
  if (end.kind !== 'field') return false;
  const sureWay = alwaysThere.test(path.segments[0] ?? '') && path.segments.length <= 2;
  if ((end.field.required || (path.segments.length === 1 && sureWay)) && (!end.overOptional || sureWay)) return false;
  if (end.field.hasDefault && !end.overOptional) return false;
  const asked = [
    ...workflow.triggers.flatMap(({ when }) => (when ? [when.condition] : [])),
    ...decidedBefore(workflow)(step).map(({ condition }) => condition),
  ];
  if (asked.some(isOpaque)) return false;
  const guards = guardsOf(workflow, step).map((one) => ({ ...one, where: { workflow, schema } }));
  if (possible([...guards, { condition: emptyTest(path), holds: true, where: { workflow, schema } }]).kind === 'no')
    return false;
  const found = foundBy(path, workflow);
  if (!found) return true;
  if (isOpaque(found.where)) return false;
  const where = { workflow, schema, candidate: found.object };
  const candidate: Path = { ...path, root: { kind: 'candidate' } };
  return (
    possible([
      { condition: found.where, holds: true, where },
      { condition: emptyTest(candidate), holds: true, where },
    ]).kind !== 'no'
  );
};
