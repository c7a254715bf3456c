import { defineRule } from '../../src/model/workflow/rule.ts';
import { holdsSettings, letsAllPass } from '../../src/reason/workflow/unfiltered.ts';

export const actionUnfilteredLookup = defineRule({
  id: 'workflow.action-unfiltered-lookup',
  severity: 'warning',
  sourceKind: 'action',
  formats: ['SF', 'OD', 'PA', 'NY'],
  uses: ['schema'],
  title: { en: 'A lookup that reads all records', ja: '絞り込みのない検索' },
  about: {
    en: 'A lookup without a condition reads every record of the object: slow, stopped by the limits of the platform as the data grows, and what it takes first is left to chance.',
    ja: '条件のない検索は、オブジェクトの全レコードを読み込みます。遅くなり、データが増えるとプラットフォームの制限で止まります。また、先頭に来るレコードは偶然に左右されます。',
  },
  advice: {
    en: 'Add a condition, or a sort order with a limit of 1.',
    ja: '条件を追加するか、並び順を決めて 1 件に限定してください。',
  },
  examples: {
    bad: {
      files: `workflow: first-contact
object: Deal
trigger: { on: create }
steps:
  - id: contacts
    find: Contact
  - log: 'found {{contacts}}'
`,
      lines: [5],
    },
    good: {
      files: `workflow: first-contact
object: Deal
trigger: { on: create }
steps:
  - id: contacts
    find: Contact
    where: { field: account, eq: '{{record.account}}' }
  - log: 'found {{contacts}}'
`,
    },
    lookAlike: {
      files: `workflow: latest-rate
object: Deal
trigger: { on: create }
steps:
  - id: rate
    find: ExchangeRate
    sort: [-createdAt]
    limit: 1
  - if: { field: rate.id, empty: false }
    then: [{ log: 'rate {{rate.name}}' }]
`,
      says: {
        en: 'The newest record of all is asked for.',
        ja: '全体の中で最新の 1 件を取得する書き方です。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const step of workflow.steps) {
      if (step.kind !== 'find' || !letsAllPass(step.where)) continue;
      const { name } = step.object;
      if (holdsSettings(name, schema)) continue;
      const picked = step.gives === 'one' || step.limit !== undefined;
      if (picked && step.sort && step.sort.length > 0) continue;
      yield {
        place: step.place,
        element: step.id,
        message: picked
          ? {
              en: `The lookup takes any record of ${name}: no condition and no order says which one.`,
              ja: `${name} の検索に条件も並び順もないため、どのレコードが選ばれるか決まりません。`,
            }
          : {
              en: `The lookup reads all records of ${name}, so it gets slower with each record until a limit stops it.`,
              ja: `${name} の全レコードを読み込むため、データが増えるほど遅くなり、やがて制限で止まります。`,
            },
      };
    }
  },
});
