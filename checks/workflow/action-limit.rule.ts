import type { Text } from '../../src/model/text.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import type { See } from '../../src/model/workflow/rule.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';

interface Count {
  readonly limit: 'steps' | 'branches' | 'recipients';
  readonly found: number;
  readonly place: Place;
  readonly element?: string;
}

function* countsOf(workflow: Workflow): Generator<Count> {
  yield { limit: 'steps', found: workflow.steps.length, place: workflow.place };
  for (const step of workflow.steps) {
    const { place, id: element } = step;
    if (step.kind === 'decision') yield { limit: 'branches', found: step.branches.length, place, element };
    if (step.kind === 'mail') {
      const found = step.to.length + step.cc.length + step.bcc.length;
      yield { limit: 'recipients', found, place, element };
    }
  }
}

const things: Readonly<Record<Count['limit'], Text>> = {
  steps: { en: 'steps', ja: 'ステップ' },
  branches: { en: 'branches', ja: '分岐' },
  recipients: { en: 'recipients', ja: '宛先' },
};

const many = Array.from({ length: 101 }, (_, at) => `user${at}@example.co.jp`).join(', ');

/** A limit that somebody set to a text counts as none. */
const limitOf = ({ limits }: See, name: Count['limit']): number => Number(limits[name] ?? Number.NaN);

export const actionLimit = defineRule({
  id: 'workflow.action-limit',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  title: { en: 'More steps, branches or recipients than is good', ja: 'ステップ・分岐・宛先の数の上限超過' },
  about: {
    en: 'Platforms limit how many steps run, how many ways a decision has and how many people one mail goes to. What is above fails, or is cut off; and nobody can read such a workflow any more. The limits can be set for this rule.',
    ja: '実行できるステップ数、分岐の数、1 通のメールの宛先数には、プラットフォームごとの上限があります。超えた分は失敗するか切り捨てられ、ワークフローも読みにくくなります。上限はこのルールの設定で変更できます。',
  },
  advice: { en: 'Split it up.', ja: '分割してください。' },
  limits: { steps: 500, branches: 50, recipients: 100 },
  examples: {
    bad: {
      files: `workflow: everybody
object: Deal
trigger: { on: create }
steps:
  - mail: { to: [${many}], subject: New deal, body: A new deal }
`,
      lines: [5],
    },
    good: {
      files: `workflow: everybody
object: Deal
trigger: { on: create }
steps:
  - notify: role:sales
    message: A new deal
`,
    },
    lookAlike: {
      files: `workflow: two
object: Deal
trigger: { on: create }
steps:
  - mail: { to: [a@example.co.jp, b@example.co.jp], subject: New deal, body: A new deal }
`,
      says: { en: 'Two recipients are no crowd.', ja: '宛先が 2 件なら問題ありません。' },
    },
  },
  *workflow(workflow, see) {
    for (const { limit, found, place, element } of countsOf(workflow)) {
      const most = limitOf(see, limit);
      if (!(found > most)) continue;
      const { en, ja } = things[limit];
      yield {
        place,
        ...(element === undefined ? {} : { element }),
        message: {
          en: `${found} ${en} are more than the limit of ${most}: what is above fails, is cut off or cannot be followed any more.`,
          ja: `${ja}が ${found} 個あり、上限の ${most} 個を超えています。超えた分は失敗するか、切り捨てられるおそれがあります。`,
        },
      };
    }
  },
});
