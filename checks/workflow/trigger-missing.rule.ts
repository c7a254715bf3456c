import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { short } from '../../src/reason/workflow/written.ts';

/** A process of states is started by people who act in it, and has no trigger. */
const isProcess = ({ states, transitions }: Workflow): boolean =>
  (states?.length ?? 0) > 0 || (transitions?.length ?? 0) > 0;

export const triggerMissing = defineRule({
  id: 'workflow.trigger-missing',
  severity: 'error',
  sourceKind: 'trigger',
  over: ['flow-dangling-target'],
  title: { en: 'Nothing starts the workflow', ja: 'ワークフローを開始するものがない' },
  about: {
    en: 'A trigger says what starts a workflow: a record is saved, a time has come, somebody clicks a button. Without one, or with one that leads to a step that is not there, nothing in the workflow ever runs.',
    ja: 'トリガー（きっかけ）は、レコードの保存・時刻・ボタン操作など、何によってワークフローが動き出すかを決めるものです。トリガーがない場合や、その行き先のステップが存在しない場合、ワークフローは一度も動きません。',
  },
  advice: {
    en: 'Add a trigger, or delete the workflow if nobody needs it.',
    ja: 'トリガーを追加するか、不要なワークフローであれば削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: welcome
object: Contact
steps:
  - notify: role:sales
    message: a new contact
`,
      lines: [1],
    },
    good: {
      files: `workflow: welcome
object: Contact
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: 'stage of {{record.name}} is {{record.stage}}'
`,
    },
    lookAlike: {
      files: `workflow: notify-reviewers
trigger: { on: call }
steps:
  - notify: role:sales
    message: please look
`,
    },
  },
  *workflow(workflow): Generator<Problem> {
    const said = workflow.defects.filter(({ rule }) => rule === 'trigger-missing');
    for (const { place } of said)
      yield {
        place,
        message: {
          en: `Nothing starts "${workflow.id}": it has no trigger, so none of its steps ever runs.`,
          ja: `「${workflow.id}」にはトリガー（きっかけ）がないため、どのステップも実行されません。`,
        },
      };
    if (said.length > 0) return;
    if (workflow.triggers.length === 0 && !isProcess(workflow)) {
      yield {
        place: workflow.place,
        message: {
          en: `Nothing starts "${workflow.id}": it has no trigger, so none of its steps ever runs.`,
          ja: `「${workflow.id}」にはトリガー（きっかけ）がないため、どのステップも実行されません。`,
        },
      };
      return;
    }
    const { steps } = graphOf(workflow);
    for (const { to } of workflow.triggers) {
      if (to?.to === undefined || steps.has(to.to)) continue;
      yield {
        place: to.place,
        message: {
          en: `The start leads to the step "${short(to.to)}", which does not exist, so nothing runs.`,
          ja: `開始の行き先「${short(to.to)}」というステップが存在しないため、何も実行されません。`,
        },
        ...nearestFix({ name: to.to, place: to.place }, nearestName(to.to, [...steps.keys()])),
      };
    }
  },
});
