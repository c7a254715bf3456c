import type { Text } from '../../src/model/text.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Trigger, Workflow } from '../../src/model/workflow/workflow.ts';
import { elementOf, sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { conditionPaths, conditionTests } from '../../src/reason/workflow/reads.ts';
import { pathsOf, usesOf } from '../../src/reason/workflow/values.ts';

/** A run that begins so has no save before it. */
const withoutSave: Partial<Readonly<Record<Trigger['on'], Text>>> = {
  schedule: { en: 'the workflow is started by the clock', ja: 'スケジュールで開始されるワークフローです' },
  date: {
    en: 'this path is started by a date, later than the save',
    ja: '保存の後、日付をきっかけに実行される経路です',
  },
  manual: { en: 'the workflow is started by hand', ja: '手動で開始されるワークフローです' },
  webhook: { en: 'the workflow is started from outside', ja: '外部から開始されるワークフローです' },
};

interface Lacking {
  readonly place: Place;
  readonly text: string;
  readonly element?: string;
  readonly why: Text;
}

const later: Text = { en: 'this path runs after the save is done', ja: '保存が終わった後に実行される経路です' };
const paused: Text = { en: 'the run has waited before', ja: '途中で待機した後の処理です' };

/** Why a step has no earlier values; undefined where it has them, or that is not known. */
const reasons = (workflow: Workflow): ((step: string) => Text | undefined) => {
  const graph = graphOf(workflow);
  const reached = workflow.triggers.flatMap(({ on, phase, to }) => {
    const why = withoutSave[on] ?? (phase === 'async' ? later : undefined);
    return why && to?.to !== undefined ? [{ why, steps: graph.reach([to.to]) }] : [];
  });
  return (step) => {
    if (graph.afterPause(step)) return paused;
    return reached.find(({ steps }) => steps.has(step))?.why;
  };
};

const past: ReadonlySet<string> = new Set(['changed', 'notChanged', 'changedTo', 'changedFrom', 'was']);

function* lackingIn(workflow: Workflow, schema: Schema): Generator<Lacking> {
  const why = reasons(workflow);
  for (const site of sitesOf(workflow, schema)) {
    const { trigger, step, decides, conditions } = site;
    // What starts a later path is tested in the save itself.
    const onlyLate = workflow.triggers.every(({ on }) => withoutSave[on] !== undefined);
    const entry = decides === 'entry' && trigger && onlyLate ? withoutSave[trigger.on] : undefined;
    const reason = step ? why(step.id) : entry;
    if (!reason) continue;
    for (const path of conditionPaths(conditions.condition)) {
      if (path.root.kind === 'prior') yield { place: path.place, text: path.text, why: reason, ...elementOf(site) };
    }
    for (const test of conditionTests(conditions.condition)) {
      if (!past.has(test.op) || test.left.kind !== 'path' || test.left.path.root.kind !== 'record') continue;
      const text = `${test.left.path.text} ${test.opText ?? test.op}`;
      yield { place: test.opPlace ?? test.place, text, why: reason, ...elementOf(site) };
    }
  }
  for (const step of workflow.steps) {
    const reason = why(step.id);
    if (!reason) continue;
    for (const { purpose, value } of usesOf(step)) {
      if (purpose === 'condition' || purpose === 'filter') continue;
      for (const path of pathsOf(value)) {
        if (path.root.kind === 'prior') yield { place: path.place, text: path.text, why: reason, element: step.id };
      }
    }
  }
}

export const condPriorUnavailable = defineRule({
  id: 'workflow.cond-prior-unavailable',
  severity: 'error',
  sourceKind: 'condition',
  formats: ['SF', 'ES', 'OD', 'NY'],
  title: { en: 'The value before the save, where there is none', ja: '変更前の値がない場所での参照' },
  about: {
    en: 'The value that a field had before the save, and whether it changed, are known only while the save is being worked on. After a wait, on a path that runs later, or when the clock starts the workflow, they are empty, so "changed" never holds.',
    ja: '項目の変更前の値や、変更されたかどうかが分かるのは、保存の処理中だけです。待機の後、後から実行される経路、スケジュールによる開始では、これらの値は空になり、「変更された」という条件は成立しません。',
  },
  advice: {
    en: 'Test it before the wait, or keep the value in a variable or a field there.',
    ja: '待機の前に判定するか、その時点で変数や項目に値を保存しておいてください。',
  },
  examples: {
    bad: {
      files: `workflow: discount-check
object: Deal
trigger: { on: update, fields: [discount] }
steps:
  - wait: 3d
  - if: { field: discount, changed: true }
    then:
      - notify: role:sales-manager
        message: 'discount of {{record.name}} was {{prior.discount}}'
`,
      lines: [6, 9],
    },
    good: {
      files: `workflow: discount-check
object: Deal
trigger: { on: update, fields: [discount] }
steps:
  - let: { before: '{{prior.discount}}' }
  - wait: 3d
  - notify: role:sales-manager
    message: 'discount of {{record.name}} was {{var.before}}'
`,
    },
    lookAlike: {
      files: `workflow: discount-check
object: Deal
trigger: { on: update, phase: async, fields: [discount] }
when: { field: discount, changed: true }
steps:
  - notify: role:sales-manager
    message: 'discount of {{record.name}} is {{record.discount}}'
`,
      says: {
        en: 'The entry conditions are tested in the save, also when the steps run later.',
        ja: '処理が後から実行される場合でも、開始条件は保存の中で判定されます。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const { place, text, why, element } of lackingIn(workflow, project.schema)) {
      yield {
        place,
        ...(element === undefined ? {} : { element }),
        message: {
          en: `"${text}" asks for the value before the save, but ${why.en}: there is none, so it is always empty or false.`,
          ja: `「${text}」は変更前の値を参照していますが、${why.ja}。変更前の値がないため、常に空または不成立になります。`,
        },
      };
    }
  },
});
