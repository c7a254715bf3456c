import type { Text } from '../../src/model/text.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import { elementOf, sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { type Resolved, resolve } from '../../src/reason/workflow/resolve.ts';
import { short } from '../../src/reason/workflow/written.ts';

const said = (
  path: Path,
  end: Resolved,
  toMany: boolean,
): (Pick<Problem, 'fix'> & { message: Text; certain: boolean }) | undefined => {
  if (end.kind === 'no-field' && end.segment < path.segments.length - 1) {
    const { object, name, nearest, certain } = end;
    return {
      certain,
      message: {
        en: `"${short(path.text)}" goes from ${object.name} over "${short(name)}", and ${object.name} has no such relation, so the value cannot be read.`,
        ja: `「${short(path.text)}」は ${object.name} の「${short(name)}」をたどりますが、${object.name} にその関連項目はありません。そのため値を取得できません。`,
      },
      ...(nearest === undefined ? {} : { fix: { en: `Write "${nearest}".`, ja: `「${nearest}」に直してください。` } }),
    };
  }
  if (end.kind === 'no-relation') {
    const { object, field } = end;
    return {
      certain: true,
      message: {
        en: `"${short(path.text)}" goes over ${object.name}.${field.name}, which is a field of type ${field.type} and leads to no other record, so the value cannot be read.`,
        ja: `「${short(path.text)}」は ${object.name}.${field.name} をたどりますが、これは ${field.type} 型の項目で、ほかのレコードにつながりません。そのため値を取得できません。`,
      },
    };
  }
  if (toMany && end.kind === 'field' && end.overMany && path.root.kind !== 'step') {
    return {
      certain: true,
      message: {
        en: `"${short(path.text)}" leads to several records, but the condition compares it as one value, so it is not clear which one counts.`,
        ja: `「${short(path.text)}」は複数のレコードにつながりますが、条件では 1 つの値として比較しています。どのレコードの値になるか決まりません。`,
      },
      fix: {
        en: 'Look the records up with a step and test them one by one, or count them.',
        ja: 'レコードを検索するステップを追加し、1 件ずつ判定するか、件数で判定してください。',
      },
    };
  }
  return undefined;
};

export const condRelatedPath = defineRule({
  id: 'workflow.cond-related-path',
  severity: 'error',
  sourceKind: 'condition',
  needs: ['schema'],
  auto: 'suggest',
  title: { en: 'A condition over a relation that cannot be walked', ja: 'たどれない関連を使った条件' },
  about: {
    en: 'A path such as account.owner.email walks from record to record: each word but the last has to be a relation (a field that points to another record). A word that is none, or that leads to many records where one value is compared, cannot be evaluated.',
    ja: 'account.owner.email のようなパスは、関連項目（ほかのレコードを指す項目）を順にたどります。最後以外の語が関連項目でない場合や、複数のレコードにつながるのに 1 つの値として比較している場合は、判定できません。',
  },
  advice: {
    en: 'Write the relation that leads to the record, and last a field of it.',
    ja: '目的のレコードにつながる関連項目を書き、最後にその項目を書いてください。',
  },
  examples: {
    bad: {
      files: `workflow: key-account
object: Deal
trigger: { on: create }
when: { field: acount.rank, eq: A }
steps:
  - notify: role:sales
    message: 'key account: {{record.name}}'
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { account: { type: reference, to: Account, required: true } } }
  Account: { fields: { rank: { type: picklist, values: [A, B], required: true } } }
`,
      lines: [4],
    },
    good: {
      files: `workflow: key-account
object: Deal
trigger: { on: create }
when: { field: account.rank, eq: A }
steps:
  - notify: role:sales
    message: 'key account: {{record.name}}'
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { account: { type: reference, to: Account, required: true } } }
  Account: { fields: { rank: { type: picklist, values: [A, B], required: true } } }
`,
    },
    lookAlike: {
      files: `workflow: key-account
object: Deal
trigger: { on: create }
when: { field: owner.department, eq: Sales }
steps:
  - notify: role:sales
    message: 'from sales: {{record.name}}'
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text } }
`,
      says: {
        en: 'Every record has an owner, and what a user is made of need not be listed: at most the field is in doubt, not the relation.',
        ja: '所有者 (owner) はどのレコードにもあります。ユーザーの項目は一覧になくてもよく、関連の誤りにはなりません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    // Elsewhere a comparison over many means "any of them" (Odoo), or is not offered at all.
    const toMany = workflow.format === 'NY';
    for (const site of sitesOf(workflow, schema)) {
      for (const path of conditionPaths(site.conditions.condition)) {
        const end = resolve(path, workflow, schema, site.where.candidate);
        const found = said(path, end, toMany);
        if (!found) continue;
        const { certain, ...rest } = found;
        yield {
          place: path.place,
          ...elementOf(site),
          ...rest,
          ...(certain ? {} : { severity: 'warning', confidence: 'likely' }),
        };
      }
    }
  },
});
