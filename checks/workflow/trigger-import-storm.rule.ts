import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Trigger, Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf, pauses } from '../../src/reason/workflow/graph.ts';
import { conjuncts } from '../../src/reason/workflow/reads.ts';

/** Whether new records come in whatever their values: only "is not empty" is asked. */
const takesAll = ({ when, watch }: Trigger): boolean =>
  watch === undefined &&
  [...(when ? conjuncts(when.condition) : [])].every(
    (part) => (part.kind === 'constant' && part.value) || (part.kind === 'test' && part.op === 'notEmpty'),
  );

/** The first step that goes out, of those that every run comes to. */
const outward = (workflow: Workflow, { to, on }: Trigger): Step | undefined => {
  const { steps } = graphOf(workflow);
  const seen = new Set<string>();
  for (let id = to?.to; id !== undefined && !seen.has(id); ) {
    seen.add(id);
    const step = steps.get(id);
    // What comes after a decision or a wait is not for every record.
    if (!step || step.kind === 'decision' || step.kind === 'split' || step.kind === 'loop' || pauses(step))
      return undefined;
    // At every save, `mail-storm` speaks of mails.
    if (step.kind === 'http' || (step.kind === 'mail' && on === 'create')) return step;
    id = step.next?.to;
  }
  return undefined;
};

const welcome = (trigger: string): string => `workflow: welcome
object: Contact
trigger: ${trigger}
when:
  - { field: email, empty: false }
steps:
  - mail: { to: '{{record.email}}', subject: Welcome, body: Good to have you with us }
onError:
  - log: '{{error.message}}'
`;

export const triggerImportStorm = defineRule({
  id: 'workflow.trigger-import-storm',
  severity: 'warning',
  sourceKind: 'trigger',
  formats: ['SU', 'SF', 'OD', 'ZO', 'NY'],
  confidence: 'likely',
  title: {
    en: 'An import sets off a mail or a call for each record',
    ja: 'インポートで 1 件ごとにメールや外部呼び出しが走る',
  },
  about: {
    en: 'When a file with ten thousand contacts is imported, a workflow on "create" runs ten thousand times. If it sends a mail or calls another system without looking at the record, that many mails go out at once: the sending limit is used up and the sender may be blocked.',
    ja: '1 万件の連絡先をインポートすると、「作成時」のワークフローも 1 万回動きます。条件なしでメールを送ったり外部を呼び出したりすると、一度に 1 万通が送られ、送信数の上限に達したり、差出人が迷惑メール扱いになったりします。',
  },
  advice: {
    en: 'Leave imports out (`onImport: false`, or the setting of your CRM), or add a condition that imported records do not meet.',
    ja: 'インポートを対象外にする（onImport: false、または CRM の設定）か、インポートしたレコードが当てはまらない条件を付けてください。',
  },
  examples: {
    bad: { files: welcome('{ on: create }'), lines: [3] },
    good: { files: welcome('{ on: create, onImport: false }') },
    lookAlike: {
      files: `workflow: welcome
object: Contact
trigger: { on: create }
when:
  - { field: source, eq: web }
steps:
  - mail: { to: '{{record.email}}', subject: Welcome, body: Good to have you with us }
`,
    },
  },
  *workflow(workflow): Generator<Problem> {
    for (const trigger of workflow.triggers) {
      if (!trigger.onImport || (trigger.on !== 'create' && trigger.on !== 'save') || !takesAll(trigger)) continue;
      const step = outward(workflow, trigger);
      if (!step) continue;
      const mail = step.kind === 'mail';
      yield {
        place: trigger.place,
        message: {
          en: `"${workflow.id}" also runs for imported records, and its step "${step.id}" ${mail ? 'sends a mail' : 'calls another system'} for each: an import of 10,000 records makes 10,000 ${mail ? 'mails' : 'calls'}.`,
          ja: `「${workflow.id}」はインポートされたレコードでも動き、ステップ「${step.id}」が 1 件ごとに${mail ? 'メールを送信します' : '外部のシステムを呼び出します'}。1 万件のインポートで 1 万${mail ? '通のメール' : '回の呼び出し'}になります。`,
        },
        also: [
          {
            place: step.place,
            says: mail ? { en: 'the mail', ja: '送られるメール' } : { en: 'the call', ja: '外部の呼び出し' },
          },
        ],
      };
      return;
    }
  },
});
