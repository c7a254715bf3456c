import { defineRule } from '../../src/model/workflow/rule.ts';
import { elementOf, sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { short } from '../../src/reason/workflow/written.ts';

export const condUnknownField = defineRule({
  id: 'workflow.cond-unknown-field',
  severity: 'error',
  sourceKind: 'condition',
  needs: ['schema'],
  auto: 'suggest',
  title: { en: 'A condition on a field that does not exist', ja: '存在しない項目を使った条件' },
  about: {
    en: 'A condition names a field of a record. When the field was renamed or deleted, the CRM refuses to run the workflow or treats the field as empty, so that the condition does not hold.',
    ja: '条件には、レコードの項目名が書かれています。その項目の名前が変更・削除されていると、ワークフローが実行時にエラーになるか、項目が空として扱われて条件が成立しません。',
  },
  advice: {
    en: 'Write the name of a field that exists, or add the field.',
    ja: '存在する項目の名前に直すか、項目を追加してください。',
  },
  examples: {
    bad: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - { field: stage, eq: Won }
  - { field: amuont, gt: 100000 }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
      amount: { type: number, required: true }
`,
      lines: [6],
    },
    good: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - { field: stage, eq: Won }
  - { field: amount, gt: 100000 }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
      amount: { type: number, required: true }
`,
    },
    lookAlike: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - { field: stage, eq: Won }
  - { field: account.rank, eq: A }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema: `schema: crm-schema/v1
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
      account: { type: reference, to: Account, required: true }
`,
      says: {
        en: 'The schema does not list the object Account, so nothing is known of its fields.',
        ja: 'スキーマにオブジェクト Account がないため、その項目については何も分かりません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const site of sitesOf(workflow, schema)) {
      for (const path of conditionPaths(site.conditions.condition)) {
        const end = resolve(path, workflow, schema, site.where.candidate);
        if (end.kind !== 'no-field' || end.segment !== path.segments.length - 1) continue;
        const { object, name, certain, nearest } = end;
        const shown = `${object.name}.${short(name)}`;
        yield {
          place: path.place,
          ...elementOf(site),
          ...(certain ? {} : { severity: 'warning', confidence: 'likely' }),
          message: certain
            ? {
                en: `The condition reads "${shown}", which does not exist, so it cannot be tested as meant.`,
                ja: `条件が参照する項目「${shown}」は存在しません。そのため、条件は意図したとおりに判定されません。`,
              }
            : {
                en: `The condition reads "${shown}", which the schema does not list. If the field does not exist, the condition cannot be tested.`,
                ja: `条件が参照する項目「${shown}」はスキーマにありません。項目が実際に存在しない場合、条件は判定できません。`,
              },
          ...nearestFix({ name: path.text, place: path.place }, nearest && renamed(path.text, name, nearest)),
        };
      }
    }
  },
});

/** The path with its last word put right. */
const renamed = (text: string, wrong: string, right: string): string =>
  text.endsWith(wrong) ? `${text.slice(0, text.length - wrong.length)}${right}` : right;
