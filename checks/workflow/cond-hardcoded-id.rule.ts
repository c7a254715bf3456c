import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Format } from '../../src/model/workflow/workflow.ts';
import {
  type Comparison,
  comparisonsOf,
  elementOf,
  type Literal,
  literalsOf,
} from '../../src/reason/workflow/condition/sites.ts';
import { type PlatformId, platformId } from '../../src/reason/workflow/platform-id.ts';
import { short } from '../../src/reason/workflow/written.ts';
import { exampleFilters } from './example-flow.ts';

/** Odoo compares a relation with the number of the record in this database. */
const odooId = ({ value }: Literal, { test, path, leads }: Comparison): PlatformId | undefined => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value <= 0) return undefined;
  if (test.op !== 'eq' && test.op !== 'ne' && test.op !== 'in' && test.op !== 'notIn') return undefined;
  const last = path.segments.at(-1) ?? '';
  const relation =
    leads.kind === 'field'
      ? leads.field.type === 'reference' || leads.field.type === 'references'
      : /_ids?$/.test(last);
  return relation || last === 'id' ? {} : undefined;
};

const idIn = (literal: Literal, comparison: Comparison, format: Format): PlatformId | undefined => {
  if (format === 'OD') return odooId(literal, comparison);
  const { value } = literal;
  const text = typeof value === 'number' && format === 'ZO' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  // One of the field's own choices is a value, whatever it looks like.
  const { leads } = comparison;
  if (leads.kind === 'field' && leads.field.choices?.some((choice) => choice.value === text)) return undefined;
  return platformId(text, format);
};

export const condHardcodedId = defineRule({
  id: 'workflow.cond-hardcoded-id',
  severity: 'warning',
  sourceKind: 'condition',
  uses: ['schema'],
  title: { en: 'A record id written into a condition', ja: '条件に直接書かれたレコード ID' },
  about: {
    en: 'Ids are given by each database: the same record type, queue or user has another id in the sandbox, in a copy and after a restore. A condition on a fixed id works in one place only and silently never holds elsewhere.',
    ja: 'ID はデータベースごとに割り当てられます。同じレコードタイプ、キュー、ユーザーでも、テスト環境、複製した環境、復元後の環境では ID が変わります。固定の ID を使った条件は 1 つの環境でしか働かず、ほかではエラーも出ずに成立しなくなります。',
  },
  advice: {
    en: 'Look the record up by a name or key that is the same everywhere (developer name, external id), or keep the id in a setting.',
    ja: 'どの環境でも同じ名前やキー（API 参照名、外部 ID など）で検索するか、ID を設定に持たせてください。',
  },
  examples: {
    bad: { files: exampleFilters('and', ['RecordTypeId', '0125g000001AbCdAAK']), lines: [17] },
    good: { files: exampleFilters('and', ['RecordType.DeveloperName', 'Complaint']) },
    lookAlike: {
      files: exampleFilters('and', ['SerialNumber__c', '0125g000001AbCdXYZ']),
      says: {
        en: 'Eighteen signs, but the last three are not the checksum that every id has.',
        ja: '18 文字ですが、末尾 3 文字が ID の検査文字（チェックサム）と合いません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      for (const literal of literalsOf(comparison.test)) {
        const id = idIn(literal, comparison, workflow.format);
        if (!id) continue;
        const text = short(String(literal.value), 40);
        const name = short(comparison.path.text);
        yield {
          place: literal.place,
          ...elementOf(comparison.site),
          message: {
            en: `"${name}" is compared with the fixed id ${text}${id.of === undefined ? '' : ` (${id.of})`}, which another environment gives to another record or to none, so the condition holds in this one only.`,
            ja: `「${name}」を固定の ID「${text}」${id.of === undefined ? '' : `（${id.of}）`}と比較しています。環境が変わると ID も変わるため、この条件はほかの環境では成立しません。`,
          },
        };
      }
    }
  },
});
