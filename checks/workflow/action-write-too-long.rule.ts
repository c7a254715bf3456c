import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import { knownWritesOf, literalsIn } from '../../src/reason/workflow/field-writes.ts';
import { misfitOf } from '../../src/reason/workflow/fit.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      code: { type: text, length: 8 }
`;

/** The letters of a text that are there whatever is inserted. */
const fixedLength = (value: Value): number =>
  value.kind === 'text'
    ? value.parts.reduce((length, part) => length + (typeof part === 'string' ? part.length : 0), 0)
    : 0;

export const actionWriteTooLong = defineRule({
  id: 'workflow.action-write-too-long',
  severity: 'warning',
  sourceKind: 'action',
  needs: ['schema'],
  title: { en: 'A text that is longer than its field', ja: '項目の長さを超える文字列' },
  about: {
    en: 'A text field has a greatest length. A longer text is refused together with the whole save, or cut off.',
    ja: 'テキスト項目には最大の長さがあります。それより長い文字列は、保存ごと拒否されるか、途中で切られます。',
  },
  advice: { en: 'Shorten the text, or make the field longer.', ja: '文字列を短くするか、項目を長くしてください。' },
  examples: {
    bad: {
      files: `workflow: code
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { code: 'DEAL-TOKYO-{{record.name}}' }
`,
      schema,
      lines: [6],
    },
    good: {
      files: `workflow: code
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { code: NEW }
`,
      schema,
    },
    lookAlike: {
      files: `workflow: code
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { code: 'D-{{record.name}}' }
`,
      schema,
      says: {
        en: 'What is inserted may be short enough.',
        ja: '差し込まれる値が短ければ収まるため、指摘しません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const { step, assignment, object, field } of knownWritesOf(workflow, schema)) {
      const { value } = assignment;
      const tooLong = literalsIn(value).flatMap((literal) => {
        const misfit = misfitOf(literal, field, workflow.format);
        return misfit?.kind === 'length' ? [{ place: literal.place, length: misfit.length, limit: misfit.limit }] : [];
      });
      const textual = field.type === 'text' || field.type === 'longtext' || field.type === 'email';
      const fixed = textual ? fixedLength(value) : 0;
      if (field.length !== undefined && fixed > field.length)
        tooLong.push({ place: value.place, length: fixed, limit: field.length });
      for (const { place, length, limit } of tooLong) {
        yield {
          place,
          element: step.id,
          message: {
            en: `${object.name}.${field.name} holds ${limit} characters, but this text has ${value.kind === 'text' ? 'at least ' : ''}${length}, so it is refused or cut off.`,
            ja: `${object.name}.${field.name} に入るのは ${limit} 文字までですが、この文字列は ${length} 文字${value.kind === 'text' ? '以上' : ''}です。拒否されるか、途中で切られます。`,
          },
        };
      }
    }
  },
});
