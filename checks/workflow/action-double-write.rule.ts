import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Assignment, Step } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { readsOf, type Write, writesOf } from '../../src/reason/workflow/effects.ts';
import { graphOf, pauses } from '../../src/reason/workflow/graph.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { entryOf } from '../../src/reason/workflow/resolve.ts';

/** The same text for the same record; undefined where that is not certain. */
const recordKey = (write: Write): string | undefined => {
  if (write.operation !== 'update') return undefined;
  if (write.of.kind === 'trigger') return 'record';
  if (write.of.kind !== 'path') return undefined;
  const { root, segments } = write.of.path;
  return segments.length === 0 ? JSON.stringify(root) : undefined;
};

const rootKey = ({ root }: Path): string => (root.kind === 'record' ? 'record' : JSON.stringify(root));

interface Open {
  readonly step: Step;
  readonly assignment: Assignment;
  readonly record: string;
}

/** Whether another active workflow waits for this field: then both writes may be meant. */
const isWatched = (object: string | undefined, field: string, own: Workflow, active: readonly Workflow[]): boolean =>
  active.some(
    (other) =>
      other !== own &&
      (object === undefined || other.object?.name === object) &&
      other.triggers.some(
        ({ watch = [], when }) =>
          watch.some(({ name }) => name === field) ||
          (when && [...conditionPaths(when.condition)].some(({ segments }) => segments.includes(field))),
      ),
  );

/** The steps that certainly run one after the other from this one, without a branch or anything that joins. */
function* chainFrom(start: Step, workflow: Workflow): Generator<Step> {
  const graph = graphOf(workflow);
  const starts = new Set(graph.entries.map(({ step }) => step));
  const seen = new Set<string>();
  for (let step: Step | undefined = start; step && !seen.has(step.id); ) {
    seen.add(step.id);
    yield step;
    const [way, ...others] = graph.ways(step.id).filter(({ kind }) => kind !== 'error');
    if (way?.kind !== 'next' || others.length > 0 || starts.has(way.to)) return;
    if (graph.before(way.to).length > 1) return;
    step = graph.steps.get(way.to);
  }
}

/** Where no such line of steps leads to it, a step begins one. */
const heads = (workflow: Workflow): readonly Step[] => {
  const graph = graphOf(workflow);
  const starts = new Set(graph.entries.map(({ step }) => step));
  return workflow.steps.filter(({ id }) => {
    const [previous, ...others] = graph.before(id);
    if (previous === undefined || others.length > 0 || starts.has(id)) return true;
    const ways = graph.ways(previous).filter(({ kind }) => kind !== 'error');
    return ways.length !== 1 || ways[0]?.kind !== 'next' || ways[0].to !== id;
  });
};

/** On and off again: the saves in between are to see it (a flag that lets a validation rule pass). */
const isSwitch = ({ value: first }: Assignment, { value: second }: Assignment): boolean =>
  first.kind === 'literal' &&
  second.kind === 'literal' &&
  typeof first.value === 'boolean' &&
  typeof second.value === 'boolean' &&
  first.value !== second.value;

interface Twice {
  readonly first: Open;
  readonly second: Open;
  readonly object?: string;
}

function* twiceIn(line: Iterable<Step>, workflow: Workflow, schema: Schema): Generator<Twice> {
  const open = new Map<string, Open>();
  for (const step of line) {
    const { paths, anything } = readsOf(step, workflow);
    // A call, code or a template may read what was written; so may whoever looks at the record meanwhile.
    if (anything || pauses(step) || step.kind === 'call' || step.kind === 'http' || step.kind === 'find') open.clear();
    for (const path of paths) {
      const [field] = path.segments;
      // A relation or another name may lead to the same record.
      for (const [key, { record }] of open) {
        if (rootKey(path) !== record && path.segments.length < 2) continue;
        const isTarget = field === undefined && (step.kind === 'update' || step.kind === 'assign');
        if (!isTarget && (field === undefined || key === `${record}.${field}` || path.segments.length > 1))
          open.delete(key);
      }
    }
    for (const write of writesOf(step, workflow, schema)) {
      const record = recordKey(write);
      if (record === undefined) {
        // It may be the same record under another name.
        open.clear();
        continue;
      }
      for (const assignment of write.set) {
        const key = `${record}.${assignment.field.name}`;
        const first = open.get(key);
        const second: Open = { step, assignment, record };
        if (first && !isSwitch(first.assignment, assignment))
          yield { first, second, ...(write.object === undefined ? {} : { object: write.object }) };
        open.set(key, second);
      }
    }
  }
}

export const actionDoubleWrite = defineRule({
  id: 'workflow.action-double-write',
  severity: 'warning',
  sourceKind: 'action',
  auto: 'suggest',
  title: { en: 'A value that is overwritten at once', ja: 'すぐに上書きされる値' },
  about: {
    en: 'Two steps in a row set the same field of the same record, and nothing looks at the first value in between. The first one has no effect; mostly one of the two was meant for another field.',
    ja: '同じレコードの同じ項目に、続けて 2 回値を設定しており、その間に 1 回目の値を使う処理がありません。1 回目は無意味で、多くの場合、どちらかは別の項目のつもりだったものです。',
  },
  advice: {
    en: 'Remove the first assignment, or correct the field that was meant.',
    ja: '1 回目の設定を削除するか、本来の項目に直してください。',
  },
  examples: {
    bad: {
      files: `workflow: hand-over
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { owner: tanaka }
  - update: record
    set: { owner: suzuki }
`,
      lines: [9],
    },
    good: {
      files: `workflow: hand-over
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { owner: suzuki }
`,
    },
    lookAlike: {
      files: `workflow: hand-over
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { owner: tanaka }
  - log: 'given to {{record.owner}}'
  - update: record
    set: { owner: suzuki }
`,
      says: { en: 'The first value is used in between.', ja: '間のステップで 1 回目の値を使っています。' },
    },
  },
  *workflow(workflow, { project: { schema }, active }) {
    if (!workflow.steps.some(({ kind }) => kind === 'update' || kind === 'assign' || kind === 'let')) return;
    for (const head of heads(workflow)) {
      for (const { first, second, object } of twiceIn(chainFrom(head, workflow), workflow, schema)) {
        const { name } = second.assignment.field;
        if (isWatched(object, name, workflow, active)) continue;
        const known = object === undefined ? undefined : entryOf(schema.objects, object, schema);
        const label = known ? `${known.name}.${name}` : name;
        yield {
          place: second.assignment.field.place,
          element: second.step.id,
          message: {
            en: `"${first.step.label ?? first.step.id}" has set ${label} just before, and nothing has used that value, so it is lost.`,
            ja: `直前の「${first.step.label ?? first.step.id}」が ${label} に設定した値は、使われないまま上書きされます。`,
          },
          also: [
            {
              place: first.assignment.field.place,
              says: { en: 'This value is lost.', ja: 'この値は失われます。' },
            },
          ],
        };
      }
    }
  },
});
