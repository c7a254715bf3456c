import { defineRule } from '../../src/model/workflow/rule.ts';
import { unlessCertain } from '../../src/reason/workflow/doubt.ts';
import { knownWritesOf, literalsIn } from '../../src/reason/workflow/field-writes.ts';
import { misfitOf } from '../../src/reason/workflow/fit.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { isComplete } from '../../src/reason/workflow/resolve.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost, { value: Legacy, active: false }] }
      amount: number
`;

const plain = /^[\p{L}\p{N}_][\p{L}\p{N}_ -]*$/u;

/** Blanks at the ends and marks that cannot be seen are shown. */
const shown = (value: string): string =>
  short(value.replace(/^\s+|\s+$/g, (blanks) => '␣'.repeat(blanks.length)).replaceAll('﻿', '<U+FEFF>'), 60);

export const actionWriteUnknownPicklist = defineRule({
  id: 'workflow.action-write-unknown-picklist',
  severity: 'error',
  sourceKind: 'action',
  needs: ['choices'],
  auto: 'suggest',
  title: { en: 'A step writes a value that is not in the list', ja: '選択肢にない値の書き込み' },
  about: {
    en: 'A choice field (picklist) takes only the values of its list, and compares them letter by letter. Another value is refused when the step runs; where it is let through, reports and conditions no longer find the record.',
    ja: '選択リストの項目には、決められた選択肢だけを、1 文字も違わずに設定できます。それ以外の値は実行時に拒否されます。受け付けられた場合も、レポートや条件がそのレコードを見つけられなくなります。',
  },
  advice: {
    en: 'Write one of the values of the list, or add the value to it.',
    ja: '選択肢にある値に直すか、選択肢に追加してください。',
  },
  examples: {
    bad: {
      files: `workflow: reset
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { stage: open }
`,
      schema,
      lines: [6],
    },
    good: {
      files: `workflow: reset
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { stage: Open }
`,
      schema,
    },
    lookAlike: {
      files: `workflow: reset
object: Deal
trigger: { on: create }
when: { field: amount, empty: true }
steps:
  - update: record
    set: { stage: '' }
`,
      schema,
      says: { en: 'An empty value clears the field.', ja: '空の値は、項目を空にするという意味です。' },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const { step, assignment, object, field } of knownWritesOf(workflow, schema)) {
      for (const literal of literalsIn(assignment.value)) {
        const misfit = misfitOf(literal, field, workflow.format);
        if (misfit?.kind !== 'choice') continue;
        const target = `${object.name}.${field.name}`;
        const value = shown(misfit.value);
        const { nearest } = misfit;
        const certain = isComplete(schema, object, field.name);
        yield {
          place: literal.place,
          element: step.id,
          message: misfit.inactive
            ? {
                en: `"${value}" was switched off in the list of ${target}, so the step may be refused.`,
                ja: `「${value}」は ${target} の無効な選択肢のため、ステップが拒否されることがあります。`,
              }
            : {
                en: `"${value}" is none of the values of ${target}, so the step is refused, or nothing finds the record by this field any more.`,
                ja: `「${value}」は ${target} の選択肢にありません。ステップが拒否されるか、この項目ではレコードを探せなくなります。`,
              },
          ...(nearest !== undefined && plain.test(nearest)
            ? nearestFix({ name: String(literal.value), place: literal.place }, nearest)
            : nearest === undefined
              ? {}
              : { fix: { en: `Write "${nearest}".`, ja: `「${nearest}」に直してください。` } }),
          ...unlessCertain(certain && !misfit.inactive),
        };
      }
    }
  },
});
