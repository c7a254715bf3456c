import type { Edit } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Format } from '../../src/model/workflow/workflow.ts';
import { isNumberType, isTimeType } from '../../src/reason/workflow/condition/constant.ts';
import {
  type Comparison,
  comparisonsOf,
  elementOf,
  type Literal,
  literalsOf,
} from '../../src/reason/workflow/condition/sites.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      note: { type: text }
      risk: { type: picklist, values: [なし, 低, 高], required: true }
`;

const comparing: ReadonlySet<string> = new Set(['eq', 'ne', 'in', 'notIn', 'changedTo', 'was']);

/** Words for "nothing" that programs write. */
const programWords = /^(null|nil|undefined|\(null\)|#n\/a)$/i;
/** Words for it that people write: on a field of which we know that they are no value of it. */
const humanWords = /^(none|なし|無し|ナシ|空|空白|未入力)$/i;

/** Where "" is no value and never the empty test; elsewhere it is how one asks for empty (kintone, Odoo, workflow rules). */
const emptyTextIsWrong: readonly Format[] = ['NY', 'SF'];

/**
 * In a decision of a flow a field without a value is not "". A query counts the two as one, a formula never has an empty text, and a screen or
 * an assignment may have put "" into a variable.
 */
const ofRecord = ({ root, segments }: Path): boolean =>
  segments.length > 0 && (root.kind === 'record' || root.kind === 'item' || root.kind === 'prior');

const alwaysThere = /^(id|createdbyid|createddate|lastmodifiedbyid|ownerid)$/i;

const isWrong = ({ value }: Literal, { test, path, leads, site }: Comparison, format: Format): boolean => {
  if (value === null) return format === 'NY';
  if (typeof value !== 'string') return false;
  const field = leads.kind === 'field' ? leads.field : undefined;
  if (field?.choices?.some((choice) => choice.value === value)) return false;
  if (value === '')
    return (
      emptyTextIsWrong.includes(format) &&
      (format === 'NY' || (site.decides === 'branch' && ofRecord(path) && site.conditions.formula === undefined))
    );
  const text = value.trim();
  // "The creator is not null" is an old way to write "always".
  if (test.op === 'ne' && alwaysThere.test(path.segments.at(-1) ?? '')) return false;
  if (programWords.test(text)) return true;
  if (!humanWords.test(text) || !field) return false;
  return isNumberType(field.type) || isTimeType(field.type) || field.type === 'reference' || field.type === 'email';
};

/** `empty: true` in place of `eq: 'null'`. */
const rewrite = ({ test }: Comparison, literal: Literal, format: Format): readonly Edit[] => {
  const { opPlace, op } = test;
  const { endLine, endColumn, line, file } = literal.place;
  if (format !== 'NY' || !opPlace || opPlace.line !== line || endLine !== line || endColumn === undefined) return [];
  if (op !== 'eq' && op !== 'ne') return [];
  return [{ file, line, column: opPlace.column, endLine, endColumn, text: `empty: ${op === 'eq'}` }];
};

export const condNullAsText = defineRule({
  id: 'workflow.cond-null-as-text',
  severity: 'warning',
  sourceKind: 'condition',
  uses: ['schema'],
  auto: 'unsafe',
  title: { en: '"Empty" written as a text', ja: '文字列で書かれた「空」' },
  about: {
    en: "An empty field is not the word 'null' and not the text ''. Compared with such a word, an empty field counts as different: \"equals null\" never finds it, and \"is not ''\" lets it pass. Each CRM has a test of its own for empty fields.",
    ja: "空の項目は、'null' という文字列とも '' とも別のものです。こうした文字列と比較すると、空の項目は「異なる」と判定されます。「null と等しい」では空の項目が見つからず、「'' でない」では空の項目も通ってしまいます。空かどうかは、専用の条件で調べます。",
  },
  advice: {
    en: 'Use the test for empty fields (empty: true or empty: false).',
    ja: '空かどうかを調べる条件（empty: true または empty: false）を使ってください。',
  },
  examples: {
    bad: {
      files: `workflow: ask-note
object: Deal
trigger: { on: create }
when: { field: note, eq: 'null' }
steps:
  - notify: role:sales
    message: 'please add a note: {{record.name}}'
`,
      schema,
      lines: [4],
    },
    good: {
      files: `workflow: ask-note
object: Deal
trigger: { on: create }
when: { field: note, empty: true }
steps:
  - notify: role:sales
    message: 'please add a note: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: no-risk
object: Deal
trigger: { on: create }
when: { field: risk, eq: なし }
steps:
  - notify: role:sales
    message: 'no risk: {{record.name}}'
`,
      schema,
      says: { en: 'Here the word is one of the choices.', ja: 'ここでは「なし」が選択肢の 1 つです。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      const { test, path, site } = comparison;
      if (!comparing.has(test.op)) continue;
      for (const literal of literalsOf(test)) {
        if (!isWrong(literal, comparison, workflow.format)) continue;
        const name = short(path.text);
        const shown = literal.value === '' ? "''" : `'${short(String(literal.value))}'`;
        const denies = test.op === 'ne' || test.op === 'notIn';
        yield {
          place: literal.place,
          ...elementOf(site),
          message: denies
            ? {
                en: `"${name}" is compared with the text ${shown}: an empty field is different from it, so records without a value pass, too.`,
                ja: `「${name}」を文字列 ${shown} と比較しています。空の項目はこれと「異なる」と判定されるため、値のないレコードも通ってしまいます。`,
              }
            : {
                en: `"${name}" is compared with the text ${shown}: an empty field is not equal to it, so records without a value are not found.`,
                ja: `「${name}」を文字列 ${shown} と比較しています。空の項目はこれと等しくないため、値のないレコードは該当しません。`,
              },
          fix: denies
            ? { en: 'Use "is not empty" (empty: false).', ja: '「空でない」(empty: false) を使ってください。' }
            : { en: 'Use "is empty" (empty: true).', ja: '「空である」(empty: true) を使ってください。' },
          edits: rewrite(comparison, literal, workflow.format),
        };
      }
    }
  },
});
