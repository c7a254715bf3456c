import type { Text } from '../../src/model/text.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { knownWritesOf, literalsIn } from '../../src/reason/workflow/field-writes.ts';
import { type Misfit, misfitOf } from '../../src/reason/workflow/fit.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      probability: { type: number, min: 0, max: 100 }
      closeDate: date
`;

const said = (misfit: Extract<Misfit, { readonly kind: 'range' }>, target: string, value: string): Text => {
  const { limit } = misfit;
  switch (misfit.what) {
    case 'min':
      return {
        en: `${target} takes nothing below ${limit}, so ${value} is refused.`,
        ja: `${target} の最小値は ${limit} のため、${value} は拒否されます。`,
      };
    case 'max':
      return {
        en: `${target} takes nothing above ${limit}, so ${value} is refused.`,
        ja: `${target} の最大値は ${limit} のため、${value} は拒否されます。`,
      };
    case 'precision':
      return {
        en: `${target} holds ${limit} digits before the decimal point, so ${value} is refused.`,
        ja: `${target} の整数部は ${limit} 桁までのため、${value} は拒否されます。`,
      };
    case 'scale':
      return {
        en: `${target} holds ${limit} digits after the decimal point, so ${value} is rounded or refused.`,
        ja: `${target} の小数部は ${limit} 桁までのため、${value} は丸められるか、拒否されます。`,
      };
  }
};

export const actionWriteOutOfRange = defineRule({
  id: 'workflow.action-write-out-of-range',
  severity: 'error',
  sourceKind: 'action',
  needs: ['schema'],
  title: { en: 'A number or a date that its field does not take', ja: '項目の範囲を超える数値・存在しない日付' },
  about: {
    en: 'A number field has a least and a greatest value and a number of digits, and a date has to be one of the calendar. What is outside is refused when the step runs.',
    ja: '数値の項目には最小値・最大値・桁数があり、日付は暦にある日でなければなりません。範囲外の値は実行時に拒否されます。',
  },
  advice: { en: 'Write a value inside the limits.', ja: '範囲内の値に直してください。' },
  examples: {
    bad: {
      files: `workflow: won
object: Deal
trigger: { on: create }
steps:
  - update: record
    set:
      probability: 110
      closeDate: 2027-02-29
`,
      schema,
      lines: [7, 8],
    },
    good: {
      files: `workflow: won
object: Deal
trigger: { on: create }
steps:
  - update: record
    set:
      probability: 90
      closeDate: 2027-02-28
`,
      schema,
    },
    lookAlike: {
      files: `workflow: won
object: Deal
trigger: { on: create }
steps:
  - update: record
    set:
      probability: 100
      closeDate: 2028-02-29
`,
      schema,
      says: {
        en: 'The greatest value itself is allowed, and 2028 is a leap year.',
        ja: '最大値ちょうどは設定できます。2028 年はうるう年です。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const { step, assignment, object, field } of knownWritesOf(workflow, schema)) {
      for (const literal of literalsIn(assignment.value)) {
        const misfit = misfitOf(literal, field, workflow.format);
        const target = `${object.name}.${field.name}`;
        const value = String(literal.value);
        if (misfit?.kind === 'no-such-day') {
          yield {
            place: literal.place,
            element: step.id,
            message: {
              en: `There is no day or time "${value}", so ${target} cannot be set to it and the step fails.`,
              ja: `「${value}」という日時は存在しません。${target} に設定できず、ステップは失敗します。`,
            },
          };
        }
        if (misfit?.kind === 'range') {
          yield {
            place: literal.place,
            element: step.id,
            message: said(misfit, target, value),
            // Some systems round it without a word.
            ...(misfit.what === 'scale' ? { severity: 'warning' as const, confidence: 'likely' as const } : {}),
          };
        }
      }
    }
  },
});
