import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: { type: picklist, values: [Open, Won] }, renewalDate: date } }
`;

const renewal = (field: string): string => `workflow: renewal
object: Deal
trigger:
  on: date
  field: ${field}
  offset: -7d
steps:
  - notify: role:sales
    message: renew in a week
`;

export const triggerDateFieldType = defineRule({
  id: 'workflow.trigger-date-field-type',
  severity: 'error',
  sourceKind: 'trigger',
  formats: ['OD', 'SF', 'HS', 'ZO', 'NY'],
  needs: ['schema'],
  title: { en: 'A day is counted from a field that holds no date', ja: '日付でない項目を基準にしている' },
  about: {
    en: 'A workflow that runs some days before or after a date needs a field of the type date, or date and time. From any other field no day can be counted, and the workflow never runs.',
    ja: '「〜の 7 日前」のように動くワークフローは、日付型または日時型の項目を基準にする必要があります。ほかの型の項目からは日を数えられず、ワークフローは動きません。',
  },
  advice: { en: 'Choose a date field.', ja: '日付型または日時型の項目を選んでください。' },
  examples: {
    bad: { files: renewal('stage'), schema, lines: [5] },
    good: { files: renewal('renewalDate'), schema },
    lookAlike: { files: renewal('createdAt'), schema },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    for (const { date } of workflow.triggers) {
      const named = date?.field;
      if (!named) continue;
      const found = resolve(
        { root: { kind: 'record' }, segments: named.name.split('.'), text: named.name, place: named.place },
        workflow,
        project.schema,
      );
      if (found.kind !== 'field' || found.field.type === 'date' || found.field.type === 'datetime') continue;
      const field = `${found.object.name}.${found.field.name}`;
      yield {
        place: named.place,
        message: {
          en: `The trigger counts days from "${field}", but that is of the type ${found.field.type} and holds no date, so it never runs.`,
          ja: `トリガーは「${field}」を基準に日を数えますが、この項目は ${found.field.type} 型で日付ではないため、実行されません。`,
        },
      };
    }
  },
});
