import type { Text } from '../../src/model/text.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { FieldType } from '../../src/model/workflow/schema.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { isNumberType, isTimeType } from '../../src/reason/workflow/condition/constant.ts';
import { type Comparison, comparisonsOf, elementOf, rightsOf } from '../../src/reason/workflow/condition/sites.ts';
import { rewriting } from '../../src/reason/workflow/condition/words.ts';
import { fits, misfitOf } from '../../src/reason/workflow/fit.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { short, writtenValue } from '../../src/reason/workflow/written.ts';

const typeWords = (type: FieldType): Text => {
  if (isNumberType(type)) return { en: 'a number', ja: '数値' };
  if (isTimeType(type)) return { en: 'a date', ja: '日付' };
  return type === 'boolean'
    ? { en: 'yes or no (true or false)', ja: 'はい・いいえ（true・false）' }
    : { en: `of type ${type}`, ja: `${type} 型` };
};

const comparing: ReadonlySet<string> = new Set([
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'in',
  'notIn',
  'between',
  'changedTo',
  'changedFrom',
  'was',
]);

type Found = Pick<Problem, 'place' | 'message' | 'fix' | 'edits'>;

const message = (name: string, type: FieldType, value: Value, what: Text): Found => {
  const words = typeWords(type);
  return {
    place: value.place,
    message: {
      en: `${name} is ${words.en}, but it is compared with ${what.en}, so the comparison fails or never holds.`,
      ja: `${name} は${words.ja}の項目ですが、${what.ja}と比較しています。そのため比較がエラーになるか、成立しません。`,
    },
  };
};

const mismatch = (value: Value, { leads, site }: Comparison, workflow: Workflow): Found | undefined => {
  if (leads.kind !== 'field') return undefined;
  const { field, object } = leads;
  const name = `${object.name}.${field.name}`;
  const simple = isNumberType(field.type) || isTimeType(field.type) || field.type === 'boolean';
  switch (value.kind) {
    case 'literal': {
      if (!simple || value.value === null || value.value === '') return undefined;
      const misfit = misfitOf(value, field, workflow.format);
      const written = short(writtenValue(value));
      if (misfit?.kind === 'no-such-day') {
        const there: Text = { en: `"${written}", a day that does not exist`, ja: `存在しない日付「${written}」` };
        return message(name, field.type, value, there);
      }
      if (misfit?.kind !== 'type') return undefined;
      const { instead } = misfit;
      return {
        ...message(name, field.type, value, { en: `"${written}"`, ja: `「${written}」` }),
        ...(instead === undefined
          ? {}
          : {
              fix: { en: `Write ${instead}.`, ja: `${instead} と書いてください。` },
              edits: rewriting(value, instead),
            }),
      };
    }
    case 'moment': {
      // A text may hold a date, too.
      if (!isNumberType(field.type) && field.type !== 'boolean') return undefined;
      const written = writtenValue(value);
      return message(name, field.type, value, { en: `the moment ${written}`, ja: `日時 ${written} ` });
    }
    case 'path': {
      const other = resolve(value.path, workflow, site.where.schema, site.where.candidate);
      if (other.kind !== 'field' || leads.overMany || other.overMany) return undefined;
      if (fits(other.field.type, field.type) !== 'never' || fits(field.type, other.field.type) === 'yes')
        return undefined;
      const words = typeWords(other.field.type);
      const shown = short(value.path.text);
      return message(name, field.type, value, {
        en: `${shown}, which is ${words.en}`,
        ja: `${words.ja}の項目 ${shown} `,
      });
    }
    case 'list':
    case 'text':
    case 'formula':
    case 'opaque':
      return undefined;
  }
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      amount: { type: number, required: true }
      code: { type: text, required: true }
      closeDate: { type: date, required: true }
`;

export const condTypeMismatch = defineRule({
  id: 'workflow.cond-type-mismatch',
  severity: 'error',
  sourceKind: 'condition',
  needs: ['schema'],
  auto: 'suggest',
  title: { en: 'A comparison of things of different kinds', ja: '種類の違うもの同士の比較' },
  about: {
    en: 'A number can be compared with a number and a date with a date. A number field compared with a word, or a date field with a text that is no date (2026-03-31), makes the condition fail with an error, or never hold.',
    ja: '数値は数値と、日付は日付と比較します。数値の項目を文字と比べたり、日付の項目を日付として読めない文字（2026-03-31 の形でないもの）と比べたりすると、条件がエラーになるか、成立しません。',
  },
  advice: {
    en: 'Write a value of the kind that the field holds, or choose another field.',
    ja: '項目の種類に合った値に直すか、別の項目を選んでください。',
  },
  examples: {
    bad: {
      files: `workflow: large-deal
object: Deal
trigger: { on: create }
when:
  - { field: amount, gt: 100万円 }
steps:
  - notify: role:sales
    message: 'large: {{record.name}}'
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: large-deal
object: Deal
trigger: { on: create }
when:
  - { field: amount, gt: 1000000 }
steps:
  - notify: role:sales
    message: 'large: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: large-deal
object: Deal
trigger: { on: create }
when:
  - { field: code, startsWith: '100' }
  - { field: amount, gt: '1000000' }
steps:
  - notify: role:sales
    message: 'large: {{record.name}}'
`,
      schema,
      says: {
        en: 'A text of digits is a number where a number is expected, and text elsewhere.',
        ja: '数字だけの文字列は、数値の項目では数値として、文字の項目では文字として読まれます。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      if (!comparing.has(comparison.test.op)) continue;
      for (const value of rightsOf(comparison.test)) {
        const found = mismatch(value, comparison, workflow);
        if (found) yield { ...found, ...elementOf(comparison.site) };
      }
    }
  },
});
