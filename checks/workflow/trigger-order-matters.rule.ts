import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import type { Project } from '../../src/model/workflow/project.ts';
import type { See } from '../../src/model/workflow/rule.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Format, Trigger, Workflow } from '../../src/model/workflow/workflow.ts';
import { compatible } from '../../src/reason/workflow/condition/satisfy.ts';
import { writesOf } from '../../src/reason/workflow/effects.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { fieldKey, objectKey } from '../../src/reason/workflow/interplay/names.ts';
import { allConditions, conditionPaths } from '../../src/reason/workflow/reads.ts';
import { pathsOf, usesOf } from '../../src/reason/workflow/values.ts';
import { short } from '../../src/reason/workflow/written.ts';

const formats: readonly Format[] = ['SF', 'OD', 'SU', 'VT', 'ES', 'ZO', 'NY'];

const events = ({ on }: Trigger): readonly string[] => {
  if (on === 'save') return ['create', 'update'];
  return on === 'create' || on === 'update' ? [on] : [];
};

interface Written {
  readonly field: string;
  readonly step: string;
  readonly place: Place;
}

/** One workflow in one phase: what it reads and writes of the record in the same save. */
interface Part {
  readonly workflow: Workflow;
  readonly trigger: Trigger;
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlyMap<string, Written>;
}

/** The fields of the trigger record that it looks at, and those that it changes before it pauses. */
const partOf = (workflow: Workflow, trigger: Trigger, { schema }: Project): Part => {
  const object = workflow.object?.name ?? '';
  const reads = new Set<string>();
  const add = (root: string, field: string | undefined): void => {
    if (root === 'record' && field !== undefined) reads.add(fieldKey(object, field, workflow.format, schema));
  };
  for (const { conditions } of allConditions(workflow))
    for (const { root, segments } of conditionPaths(conditions.condition)) add(root.kind, segments[0]);
  const writes = new Map<string, Written>();
  const { reachable, afterPause } = graphOf(workflow);
  for (const step of workflow.steps) {
    if (!reachable.has(step.id) || afterPause(step.id)) continue;
    for (const { value } of usesOf(step)) for (const { root, segments } of pathsOf(value)) add(root.kind, segments[0]);
    for (const { operation, of, set } of writesOf(step, workflow, schema)) {
      if (operation !== 'update' || of.kind !== 'trigger') continue;
      for (const { field, place } of set) {
        const key = fieldKey(object, field.name, workflow.format, schema);
        if (!writes.has(key)) writes.set(key, { field: field.name, step: step.id, place });
      }
    }
  }
  return { workflow, trigger, reads, writes };
};

/** Rules, processes and flows of one system run one kind after the other. */
const engineOf = ({ format, defects }: Workflow): string =>
  `${format} ${defects.some(({ rule }) => rule === 'maint-legacy') ? 'legacy' : ''}`;

/** All that start at one save of one object in one phase, and of which none has a stated place among the others. */
const groupsOf = ({ project, active }: See): readonly (readonly Part[])[] => {
  const groups = new Map<string, Part[]>();
  for (const workflow of active) {
    if (!workflow.object || !formats.includes(workflow.format)) continue;
    const phases = new Set<string>();
    for (const trigger of workflow.triggers) {
      // Timed paths run later, asynchronous ones each in their own time.
      if (events(trigger).length === 0 || trigger.date || trigger.phase === 'async' || phases.has(trigger.phase))
        continue;
      phases.add(trigger.phase);
      const key = `${objectKey(workflow.object.name, workflow.format, project.schema)} ${engineOf(workflow)} ${trigger.phase} ${workflow.order ?? ''}`;
      const known = groups.get(key);
      const part = partOf(workflow, trigger, project);
      if (known) known.push(part);
      else groups.set(key, [part]);
    }
  }
  return [...groups.values()].filter((group) => group.length > 1);
};

/** Whether one save can start both. */
const meet = (one: Part, other: Part, project: Project): boolean => {
  if (!events(one.trigger).some((event) => events(other.trigger).includes(event))) return false;
  const goals = [one, other].flatMap(({ workflow, trigger }) =>
    trigger.when ? [{ condition: trigger.when.condition, where: { workflow, schema: project.schema } }] : [],
  );
  return goals.length < 2 || compatible(goals) !== 'no';
};

/** More pairs of one group are not looked at. */
const maximumPairs = 400;

export const triggerOrderMatters = defineRule({
  id: 'workflow.trigger-order-matters',
  severity: 'warning',
  sourceKind: 'trigger',
  formats,
  confidence: 'likely',
  title: {
    en: 'The order of two workflows decides, and nobody has set it',
    ja: '実行順で結果が変わるのに順序が決まっていない',
  },
  about: {
    en: 'Two workflows start at the same save. One writes a field that the other reads. Which runs first decides whether the second sees the old or the new value, and without a stated order the CRM may choose another one after each change.',
    ja: '同じ保存で 2 つのワークフローが動き、一方が書いた項目をもう一方が読みます。どちらが先に動くかで、読む値が変更前か変更後かが変わります。順序を指定しないと、どちらが先になるかは CRM 任せで、編集するたびに変わることもあります。',
  },
  advice: {
    en: 'Give them an order, or make them one workflow.',
    ja: '実行順を指定するか、1 つのワークフローにまとめてください。',
  },
  examples: {
    bad: {
      files: `workflow: rate
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { tier: A }
---
workflow: greet
object: Deal
trigger: { on: create }
steps:
  - if: { field: tier, eq: A }
    then: [{ notify: role:sales, message: an important deal }]
`,
      lines: [6],
    },
    good: {
      files: `workflow: rate
object: Deal
order: 10
trigger: { on: create }
steps:
  - update: record
    set: { tier: A }
onError:
  - log: '{{error.message}}'
---
workflow: greet
object: Deal
order: 20
trigger: { on: create }
steps:
  - if: { field: tier, eq: A }
    then: [{ notify: role:sales, message: an important deal }]
`,
    },
    lookAlike: {
      files: `workflow: rate
object: Deal
trigger: { on: create }
when: { field: kind, eq: new }
steps:
  - update: record
    set: { tier: A }
---
workflow: greet
object: Deal
trigger: { on: create }
when: { field: kind, eq: renewal }
steps:
  - if: { field: tier, eq: A }
    then: [{ notify: role:sales, message: an important deal }]
`,
      says: { en: 'Never both for one record.', ja: '1 件のレコードで両方が動くことはありません。' },
    },
  },
  *project(see): Generator<Problem> {
    for (const group of groupsOf(see)) {
      let pairs = 0;
      const readers = new Map<string, Part[]>();
      for (const part of group) for (const key of part.reads) readers.set(key, [...(readers.get(key) ?? []), part]);
      for (const writer of group) {
        // One finding for each workflow that writes: what it needs is a place in the order.
        let first: { readonly written: Written; readonly others: Part[] } | undefined;
        for (const [key, written] of writer.writes) {
          const others = (readers.get(key) ?? []).filter((reader) => {
            // The same workflow, exported twice, is one.
            if (reader.workflow.id === writer.workflow.id || pairs >= maximumPairs) return false;
            pairs += 1;
            return meet(writer, reader, see.project);
          });
          if (others.length > 0) {
            first = { written, others };
            break;
          }
        }
        if (!first) continue;
        const { written, others } = first;
        const names = [...new Set(others.map(({ workflow }) => workflow.id))];
        const more = names.length > 3 ? names.length - 3 : 0;
        const shown = names.slice(0, 3).map((name) => short(name, 60));
        const read = names.length > 1 ? 'read' : 'reads';
        const field = short(`${writer.workflow.object?.name ?? ''}.${written.field}`);
        yield {
          workflow: writer.workflow.id,
          element: written.step,
          place: written.place,
          message: {
            en: `"${writer.workflow.id}" writes "${field}", and ${shown.map((name) => `"${name}"`).join(', ')}${more > 0 ? ` and ${more} more` : ''} ${read} it in the same save. Nothing says which comes first, so the old or the new value is read.`,
            ja: `「${writer.workflow.id}」が「${field}」を書き、同じ保存の中で${shown.map((name) => `「${name}」`).join('')}${more > 0 ? `ほか ${more} 個` : ''}がそれを読みます。順序が決まっていないため、変更前と変更後のどちらの値を読むか分かりません。`,
          },
          also: others.slice(0, 10).map(({ workflow }) => ({
            place: workflow.place,
            says: { en: `"${short(workflow.id, 60)}" reads it`, ja: `「${short(workflow.id, 60)}」が読んでいます` },
          })),
        };
      }
    }
  },
});
