import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Trigger, Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';
import { systemOf } from '../../src/reason/workflow/interplay/names.ts';

/** Where something stands and how its operator is written does not change what is done. */
const asides: ReadonlySet<string> = new Set(['place', 'opPlace', 'opText', 'jump']);
/** Names of a step or trigger, and where it goes on. */
const ofStep: ReadonlySet<string> = new Set(['id', 'label', 'description', 'inside', 'next', 'onError']);

/** Deeper than any definition that a person made. */
const maximumDepth = 40;

/** The same text for the same meaning: without places and names, sets in one order. */
const canonical = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maximumDepth) return '…';
  if (Array.isArray(value)) return value.map((one) => canonical(one, depth + 1));
  const kind: unknown = 'kind' in value ? value.kind : undefined;
  const isStep = 'canFail' in value || 'becomesTrue' in value;
  return Object.fromEntries(
    Object.entries(value)
      // The text of a path is only how it is written.
      .filter(([key]) => !asides.has(key) && !(isStep && ofStep.has(key)) && !(key === 'text' && 'root' in value))
      .map(([key, one]): [string, unknown] => {
        const inner = canonical(one, depth + 1);
        const unordered = key === 'of' && Array.isArray(inner) && (kind === 'all' || kind === 'any');
        return [key, unordered ? [...new Set(inner.map((part) => JSON.stringify(part)))].toSorted() : inner];
      })
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
};

const keyOf = (value: unknown): string => JSON.stringify(canonical(value)) ?? '';

/** Started by the same thing, under the same conditions. */
const startKey = (workflow: Workflow, { to: _to, when, watch, ...trigger }: Trigger): string =>
  JSON.stringify([
    systemOf(workflow.format),
    workflow.object?.name.toLowerCase(),
    keyOf(trigger),
    watch?.map(({ name }) => name.toLowerCase()).toSorted(),
    when ? keyOf(when.condition) : '',
  ]);

/** Events at which two workflows both run. A call or a button starts the one that is meant. */
const started: readonly Trigger['on'][] = [
  'create',
  'update',
  'save',
  'delete',
  'schedule',
  'date',
  'webhook',
  'event',
];

const effects: readonly Step['kind'][] = [
  'create',
  'update',
  'delete',
  'assign',
  'mail',
  'notify',
  'task',
  'approval',
  'http',
  'call',
];

interface Action {
  readonly workflow: Workflow;
  readonly step: Step;
  readonly place: Place;
}

/** An action, and what has to hold for it besides the start. */
const actionKey = (workflow: Workflow, step: Step): string | undefined => {
  if (!effects.includes(step.kind)) return undefined;
  const text = keyOf(step);
  // Results of other steps are not the same for having the same name.
  if (/"kind":"(?:step|variable|item|opaque)"/.test(text)) return undefined;
  const { dominators, steps, loops } = graphOf(workflow);
  if (loops(step.id).length > 0) return undefined;
  const decided = dominators(step.id).some((id) => id !== step.id && steps.get(id)?.kind === 'decision');
  const guards = guardsOf(workflow, step.id).filter(({ from }) => from.kind === 'decision');
  // A decision whose outcome is not known here may part the two.
  if (decided && guards.length === 0) return undefined;
  return JSON.stringify([text, guards.map(({ condition, holds }) => `${holds} ${keyOf(condition)}`).toSorted()]);
};

/** Larger projects of one start than this are not compared action by action. */
const maximumActions = 20_000;

export const triggerDuplicate = defineRule({
  id: 'workflow.trigger-duplicate',
  severity: 'warning',
  sourceKind: 'trigger',
  confidence: 'likely',
  over: ['flow-write-race'],
  title: { en: 'Two workflows do the same', ja: '同じことをするワークフローが 2 つある' },
  about: {
    en: 'Two workflows start at the same event, under the same conditions, and do the same thing, so it is done twice: two mails, two tasks, two records. Mostly one is a copy that was made for a change and never switched off.',
    ja: '同じきっかけと同じ条件で動き、同じことをするワークフローが 2 つあります。メールやタスクが 2 回ずつ作られます。変更のために複製し、元のものを止め忘れた場合によく起こります。',
  },
  advice: { en: 'Delete or switch off one of them.', ja: 'どちらかを削除するか、無効にしてください。' },
  examples: {
    bad: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
when: [{ field: stage, eq: Won }, { field: amount, gt: 100 }]
steps:
  - notify: role:finance
    message: won
---
workflow: tell-copy
object: Deal
trigger: { on: update, fields: [stage] }
when: [{ field: amount, gt: 100 }, { field: stage, eq: Won }]
steps:
  - id: n
    notify: role:finance
    message: won
`,
      lines: [6],
    },
    good: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
when: [{ field: stage, eq: Won }]
steps:
  - notify: role:finance
    message: won
`,
    },
    lookAlike: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
when: [{ field: stage, eq: Won }]
steps:
  - notify: role:finance
    message: it is decided
---
workflow: tell-lost
object: Deal
trigger: { on: update, fields: [stage] }
when: [{ field: stage, eq: Lost }]
steps:
  - notify: role:finance
    message: it is decided
`,
    },
  },
  *project({ active }): Generator<Problem> {
    // First by what is cheap to tell: most workflows have a start of their own.
    const alike = new Map<string, { readonly workflow: Workflow; readonly trigger: Trigger }[]>();
    for (const workflow of active)
      for (const trigger of workflow.triggers) {
        if (!started.includes(trigger.on)) continue;
        const key = `${systemOf(workflow.format)} ${workflow.object?.name.toLowerCase() ?? ''} ${trigger.on} ${trigger.phase}`;
        const known = alike.get(key);
        if (known) known.push({ workflow, trigger });
        else alike.set(key, [{ workflow, trigger }]);
      }
    const byStart = new Map<string, Workflow[]>();
    for (const group of alike.values()) {
      if (group.length < 2) continue;
      for (const { workflow, trigger } of group) {
        const start = startKey(workflow, trigger);
        const known = byStart.get(start) ?? [];
        if (known.at(-1) !== workflow) known.push(workflow);
        byStart.set(start, known);
      }
    }
    const told = new Set<string>();
    for (const workflows of byStart.values()) {
      if (workflows.length < 2) continue;
      const byAction = new Map<string, Action[]>();
      let count = 0;
      for (const workflow of workflows)
        for (const step of workflow.steps) {
          count += 1;
          const key = count > maximumActions ? undefined : actionKey(workflow, step);
          if (key === undefined) continue;
          const known = byAction.get(key) ?? [];
          // The same workflow, exported twice, is one.
          if (!known.some((other) => other.workflow.id === workflow.id))
            known.push({ workflow, step, place: step.place });
          byAction.set(key, known);
        }
      for (const [first, ...others] of byAction.values()) {
        if (!first || others.length === 0) continue;
        // Two that are alike in several actions are told once.
        const pair = [first, ...others].map(({ workflow }) => `${workflow.place.file} ${workflow.id}`).join('\n');
        if (told.has(pair)) continue;
        told.add(pair);
        const names = others.map(({ workflow }) => workflow.id).slice(0, 4);
        yield {
          workflow: first.workflow.id,
          element: first.step.id,
          place: first.place,
          message: {
            en: `"${first.workflow.id}" and ${names.map((name) => `"${name}"`).join(', ')} start at the same event under the same conditions and do the same in this step, so it is done ${others.length + 1} times.`,
            ja: `「${first.workflow.id}」と${names.map((name) => `「${name}」`).join('')}は、同じきっかけと条件で動き、このステップと同じことをします。そのため、${others.length + 1} 回ずつ実行されます。`,
          },
          also: others.slice(0, 10).map(({ workflow, place }) => ({
            place,
            says: { en: `the same in "${workflow.id}"`, ja: `「${workflow.id}」の同じ処理` },
          })),
        };
      }
    }
  },
});
