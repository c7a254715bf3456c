import type { Condition } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Trigger, Workflow } from '../../src/model/workflow/workflow.ts';
import { writesOf } from '../../src/reason/workflow/effects.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { decidedBefore } from '../../src/reason/workflow/interplay/decisions.ts';
import { isOpaque, isTimed } from '../../src/reason/workflow/interplay/deeds.ts';
import { mailsOf } from '../../src/reason/workflow/mails.ts';
import { conditionPaths, conditionTests } from '../../src/reason/workflow/reads.ts';

const isEverySave = (trigger: Trigger): boolean =>
  (trigger.on === 'update' || trigger.on === 'save') &&
  !isTimed(trigger) &&
  !trigger.becomesTrue &&
  !trigger.once &&
  (trigger.watch ?? []).length === 0;

const aboutChange: ReadonlySet<string> = new Set(['changed', 'notChanged', 'changedTo', 'changedFrom', 'was']);
// "Created a moment ago", or the like.
const aboutTime =
  /^(?:createdAt|modifiedAt|CreatedDate|LastModifiedDate|SystemModstamp|create_date|write_date|date_entered|date_modified|createdtime|modifiedtime|isNew)$/i;

/** It asks what changed, or something that the workflow itself sets (a flag), looked up or that is not understood. */
const mayAskMore = (condition: Condition, workflow: Workflow, schema: Schema): boolean => {
  if (isOpaque(condition)) return true;
  if ([...conditionTests(condition)].some(({ op }) => aboutChange.has(op))) return true;
  const set = new Set(
    workflow.steps
      .flatMap((step) => writesOf(step, workflow, schema))
      .flatMap((write) => write.set.map(({ field }) => field.name.toLowerCase())),
  );
  const anything = workflow.steps.some((step) => writesOf(step, workflow, schema).some(({ more }) => more));
  return [...conditionPaths(condition)].some(
    ({ root, segments }) =>
      root.kind !== 'record' ||
      anything ||
      segments.some((segment) => set.has(segment.toLowerCase()) || aboutTime.test(segment)),
  );
};

export const mailStorm = defineRule({
  id: 'workflow.mail-storm',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  title: {
    en: 'A mail at every save',
    ja: '保存のたびに送られるメール',
  },
  about: {
    en: 'The workflow runs at every change of a record, and nothing asks what changed or whether the mail was sent before. Correcting a typing error, an import or another workflow sends the same mail again, until people stop reading them.',
    ja: 'このワークフローはレコードが変更されるたびに動き、何が変わったかも、送信済みかどうかも確かめていません。誤字の修正、インポート、ほかのワークフローの更新のたびに同じメールが送られ、やがて誰も読まなくなります。',
  },
  advice: {
    en: 'Run only when a certain field changed, or set a flag once it is sent and test it.',
    ja: '特定の項目が変わったときだけ動くようにするか、送信済みの印を付けて確かめてください。',
  },
  examples: {
    bad: {
      files: `workflow: tell-finance
object: Deal
trigger: { on: update }
when: { field: stage, eq: Won }
steps:
  - mail: { to: queue:finance, subject: 'Won: {{record.name}}', body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
`,
      lines: [6],
    },
    good: {
      files: `workflow: tell-finance
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, eq: Won }
steps:
  - mail: { to: queue:finance, subject: 'Won: {{record.name}}', body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
`,
    },
    lookAlike: {
      files: `workflow: tell-finance
object: Deal
trigger: { on: update }
when:
  - { field: stage, eq: Won }
  - { field: informed, ne: true }
steps:
  - mail: { to: queue:finance, subject: 'Won: {{record.name}}', body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
  - update: record
    set: { informed: true }
`,
      says: {
        en: 'A flag: each record is told of once.',
        ja: '印を付けるため、1 件につき 1 回しか送りません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    const graph = graphOf(workflow);
    for (const mail of mailsOf(workflow)) {
      const trigger = workflow.triggers.find(
        (one) => isEverySave(one) && one.to?.to !== undefined && graph.reach([one.to.to]).has(mail.id),
      );
      if (!trigger) continue;
      const asked = [
        ...(trigger.when ? [trigger.when.condition] : []),
        ...decidedBefore(workflow)(mail.id).map(({ condition }) => condition),
      ];
      if (asked.some((condition) => mayAskMore(condition, workflow, schema))) continue;
      const name = mail.label ?? mail.id;
      const few = asked.length > 0;
      yield {
        place: mail.place,
        element: mail.id,
        message: {
          en: `The mail "${name}" is sent at every save of a ${workflow.object?.name ?? 'record'}${few ? ' that meets the conditions' : ''}, whatever was changed.`,
          ja: `メール「${name}」は、${few ? '条件に合う ' : ''}${workflow.object?.name ?? 'レコード'} が保存されるたびに、何が変わったかに関係なく送られます。`,
        },
      };
    }
  },
});
