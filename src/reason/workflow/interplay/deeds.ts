import type { Condition, Conditions } from '../../../model/workflow/condition.ts';
import type { Place } from '../../../model/workflow/place.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { Step, Target } from '../../../model/workflow/step.ts';
import type { Path } from '../../../model/workflow/value.ts';
import type { Trigger, Workflow } from '../../../model/workflow/workflow.ts';
import { type Write, writesOf } from '../effects.ts';
import { graphOf } from '../graph.ts';
import { partsOf, pathsOf } from '../values.ts';
import { type Decided, decidedBefore } from './decisions.ts';
import { fieldKey, objectKey } from './names.ts';
import { type Nature, natureOf } from './nature.ts';

/** One write to stored records that a workflow does when one of its triggers starts it. */
export interface Deed {
  readonly workflow: Workflow;
  readonly trigger: Trigger;
  /** The step of this workflow: where it calls another one that writes, the call. */
  readonly step: Step;
  readonly place: Place;
  readonly write: Write;
  /** Who writes: the workflow itself, or one that it calls. */
  readonly writer: Workflow;
  /** Name of the written object; absent: not known. */
  readonly object?: string;
  readonly fields: readonly DeedField[];
  /** The decisions on the way. */
  readonly decided: readonly Decided[];
  /** Which records are written, where they are picked by a filter. */
  readonly picks?: { readonly where: Conditions; readonly object: string };
  /** In a transaction of its own: asynchronous, timed or after a wait. */
  readonly separate: boolean;
  /** Whether it is done depends on something that is not understood. */
  readonly opaque: boolean;
  /** Or on something that was looked up, or done by others: not asked again with what was written. */
  readonly doubtful: boolean;
}

export interface DeedField {
  readonly name: string;
  readonly key: string;
  readonly nature: Nature;
  readonly write: Write['set'][number];
}

/** Whether some part of it is not understood. */
export const isOpaque = (condition: Condition): boolean =>
  [...partsOf(condition)].some(
    (part) =>
      part.kind === 'opaque' ||
      (part.kind === 'test' &&
        [part.left, part.right].some((side) => side?.kind === 'formula' || side?.kind === 'opaque')),
  );

const asksBeyondRecord = (condition: Condition, creates: boolean): boolean => {
  for (const part of partsOf(condition)) {
    if (part.kind === 'opaque') return true;
    if (part.kind !== 'test') continue;
    if (part.op === 'inList' || part.op === 'notInList') return true;
    const paths: readonly Path[] = [...pathsOf(part.left), ...(part.right ? pathsOf(part.right) : [])];
    const beyond = paths.some(
      ({ root: { kind } }) => kind === 'step' || kind === 'item' || kind === 'variable' || kind === 'candidate',
    );
    // "Was one found" is asked before it is changed; before another is made, it is what stops the making.
    if (beyond && (creates || (part.op !== 'empty' && part.op !== 'notEmpty'))) return true;
    if ([part.left, part.right].some((side) => side?.kind === 'formula' || side?.kind === 'opaque')) return true;
  }
  return false;
};

/** The filter by which the records of a target were found. */
const picksOf = (step: Step, workflow: Workflow): Deed['picks'] | undefined => {
  if (step.kind !== 'update' && step.kind !== 'delete') return undefined;
  const target: Target = step.target;
  if (target.kind === 'query') return target.where ? { where: target.where, object: target.object.name } : undefined;
  if (target.kind !== 'path') return undefined;
  const { steps } = graphOf(workflow);
  let path: Path | undefined = target.path;
  for (let hops = 0; path && hops < 4; hops += 1) {
    const { root }: Path = path;
    if (root.kind === 'item') {
      const loop: Step | undefined = root.loop === undefined ? undefined : steps.get(root.loop);
      path = loop?.kind === 'loop' && loop.over?.kind === 'path' ? loop.over.path : undefined;
      continue;
    }
    const found: Step | undefined =
      root.kind === 'step'
        ? steps.get(root.step)
        : root.kind === 'variable'
          ? workflow.steps.find(
              (one) => one.kind === 'find' && one.into?.root.kind === 'variable' && one.into.root.name === root.name,
            )
          : undefined;
    return found?.kind === 'find' && found.where ? { where: found.where, object: found.object.name } : undefined;
  }
  return undefined;
};

/** Calls that lead further are not followed. */
const maximumCallDepth = 8;

/** The workflows that a step starts by calling them, directly or through others. */
export const calledFrom = (
  step: Step,
  caller: Workflow,
  byId: (id: string, from: Workflow) => Workflow | undefined,
): readonly Workflow[] => {
  if (step.kind !== 'call') return [];
  const seen = new Set<Workflow>();
  let round: readonly (readonly [string, Workflow])[] = [[step.workflow.name, caller]];
  for (let depth = 0; depth < maximumCallDepth && round.length > 0; depth += 1) {
    round = round.flatMap(([id, from]) => {
      const called = byId(id, from);
      if (!called || seen.has(called) || called === caller) return [];
      seen.add(called);
      return called.steps.flatMap((one) => (one.kind === 'call' ? [[one.workflow.name, called] as const] : []));
    });
  }
  return [...seen];
};

/** It runs at some later time, which a save only fixes. */
export const isTimed = ({ on, date, schedule }: Trigger): boolean =>
  on === 'date' || on === 'schedule' || date !== undefined || schedule !== undefined;

/** All deeds of one workflow. */
export const deedsOf = (
  workflow: Workflow,
  schema: Schema,
  byId: (id: string, from: Workflow) => Workflow | undefined,
): readonly Deed[] => {
  const graph = graphOf(workflow);
  const { format } = workflow;
  const deeds: Deed[] = [];
  const written = new Map<string, readonly { readonly write: Write; readonly writer: Workflow }[]>();
  const writesAt = (step: Step) => {
    const known = written.get(step.id);
    if (known) return known;
    const own = writesOf(step, workflow, schema).map((write) => ({ write, writer: workflow }));
    const others = calledFrom(step, workflow, byId).flatMap((called) =>
      called.steps
        .filter(({ id }) => graphOf(called).reachable.has(id))
        .flatMap((one) => writesOf(one, called, schema).map((write) => ({ write, writer: called }))),
    );
    const all = [...own, ...others];
    written.set(step.id, all);
    return all;
  };
  for (const trigger of workflow.triggers) {
    if (trigger.to?.to === undefined) continue;
    const reached = graph.reach([trigger.to.to]);
    for (const step of workflow.steps) {
      if (!reached.has(step.id)) continue;
      for (const { write, writer } of writesAt(step)) {
        const creates = write.operation === 'create';
        const decided = decidedBefore(workflow)(step.id);
        const object = write.object;
        const picks = writer === workflow ? picksOf(step, workflow) : undefined;
        deeds.push({
          workflow,
          trigger,
          step,
          place: step.place,
          write,
          writer,
          ...(object === undefined ? {} : { object: objectKey(object, format, schema) }),
          fields:
            object === undefined
              ? []
              : write.set.map((one) => {
                  const key = fieldKey(object, one.field.name, format, schema);
                  return { name: one.field.name, key, nature: natureOf(one.value, key, writer, schema), write: one };
                }),
          decided,
          ...(picks ? { picks } : {}),
          separate: trigger.phase === 'async' || isTimed(trigger) || graph.afterPause(step.id),
          opaque:
            workflow.unknown.length > 0 ||
            (trigger.when !== undefined && isOpaque(trigger.when.condition)) ||
            decided.some(({ condition }) => isOpaque(condition)),
          doubtful:
            writer !== workflow ||
            workflow.unknown.length > 0 ||
            graph.onErrorPath(step.id) ||
            (trigger.when !== undefined && asksBeyondRecord(trigger.when.condition, creates)) ||
            decided.some(({ condition }) => asksBeyondRecord(condition, creates)) ||
            (picks !== undefined && [...partsOf(picks.where.condition)].some(({ kind }) => kind === 'opaque')),
        });
      }
    }
  }
  return deeds;
};
