import { defineRule } from '../../src/model/workflow/rule.ts';
import { objectOf } from '../../src/reason/workflow/resolve.ts';
import { letsAllPass } from '../../src/reason/workflow/unfiltered.ts';

export const actionUnfilteredWrite = defineRule({
  id: 'workflow.action-unfiltered-write',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'OD', 'SU', 'PA', 'NY'],
  uses: ['schema'],
  title: { en: 'All records of an object are changed at once', ja: '絞り込みのない一括更新・一括削除' },
  about: {
    en: 'A step that names an object, and no condition for its records, changes or deletes every record of it each time it runs.',
    ja: 'オブジェクトだけを指定し、条件を書いていないステップは、実行のたびに、そのオブジェクトのすべてのレコードを更新または削除します。',
  },
  advice: {
    en: 'Add a condition that picks the records that are meant.',
    ja: '対象のレコードを絞り込む条件を追加してください。',
  },
  examples: {
    bad: {
      files: `workflow: close-old
trigger: { on: schedule, cron: '0 3 * * 1', tz: Asia/Tokyo }
runAs: system
steps:
  - update: Case
    set: { status: Closed }
onError: [{ notify: role:admin, message: not closed }]
`,
      lines: [5],
    },
    good: {
      files: `workflow: close-old
trigger: { on: schedule, cron: '0 3 * * 1', tz: Asia/Tokyo }
runAs: system
steps:
  - update: Case
    where: { field: status, eq: Answered }
    set: { status: Closed }
onError: [{ notify: role:admin, message: not closed }]
`,
    },
    lookAlike: {
      files: `workflow: next-year
trigger: { on: schedule, cron: '0 3 1 4 *', tz: Asia/Tokyo }
runAs: system
steps:
  - update: Numbering
    set: { last: 0 }
onError: [{ notify: role:admin, message: not reset }]
`,
      schema: `schema: crm-schema/v1
objects:
  Numbering:
    settings: true
    fields: { last: integer }
`,
      says: {
        en: 'A small settings object is meant as a whole.',
        ja: '小さな設定用オブジェクトは、全体を更新するのが普通です。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const step of workflow.steps) {
      if ((step.kind !== 'update' && step.kind !== 'delete') || step.target.kind !== 'query') continue;
      const { object, where } = step.target;
      if (!letsAllPass(where) || objectOf(schema, object.name)?.settings) continue;
      yield {
        place: step.place,
        element: step.id,
        message:
          step.kind === 'delete'
            ? {
                en: `No condition says which records of ${object.name} are meant, so all of them are deleted.`,
                ja: `${object.name} のどのレコードを削除するかの条件がないため、全件が削除されます。`,
              }
            : {
                en: `No condition says which records of ${object.name} are meant, so all of them are changed.`,
                ja: `${object.name} のどのレコードを更新するかの条件がないため、全件が更新されます。`,
              },
      };
    }
  },
});
