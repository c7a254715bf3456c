import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Field, Schema } from '../../src/model/workflow/schema.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { knownWritesOf } from '../../src/reason/workflow/field-writes.ts';
import { allConditions, conditionTests } from '../../src/reason/workflow/reads.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { writtenValue } from '../../src/reason/workflow/written.ts';

const fieldOf = (value: Value, workflow: Workflow, schema: Schema, candidate?: string): Field | undefined => {
  if (value.kind !== 'path') return undefined;
  const end = resolve(value.path, workflow, schema, candidate);
  return end.kind === 'field' && !end.overMany ? end.field : undefined;
};

/** A number that looks like a share of one, where percents are kept as 10 for 10 %. */
const isShare = (value: Value, field: Field): boolean => {
  if (value.kind !== 'literal') return false;
  const number = typeof value.value === 'number' ? value.value : Number.NaN;
  // Where less than one is allowed at most, shares are kept.
  return number > 0 && number < 1 && (field.max === undefined || field.max > 1);
};

const said = (value: Value, field: Field, other: Field | undefined): Problem['message'] | undefined => {
  if (field.type === 'percent' && isShare(value, field))
    return {
      en: `${field.name} is a percentage, so ${writtenValue(value)} means ${writtenValue(value)} %. Was ${Number(writtenValue(value)) * 100} meant?`,
      ja: `${field.name} はパーセントの項目のため、${writtenValue(value)} は ${writtenValue(value)}% を意味します。${Number(writtenValue(value)) * 100} の誤りではありませんか。`,
    };
  const units = [field.type, other?.type];
  if (units.includes('percent') && units.includes('currency'))
    return {
      en: `${field.name} and ${writtenValue(value)} are a percentage and an amount of money: their numbers do not mean the same.`,
      ja: `${field.name} と ${writtenValue(value)} は、片方がパーセント、もう片方が金額です。数値の意味が違います。`,
    };
  return undefined;
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields: { discount: percent, amount: currency, stage: text }
`;

export const dataUnitMismatch = defineRule({
  id: 'workflow.data-unit-mismatch',
  severity: 'info',
  sourceKind: 'action',
  confidence: 'heuristic',
  needs: ['schema'],
  title: { en: 'Percentages and amounts are mixed up', ja: 'パーセントと金額・割合の取り違え' },
  about: {
    en: 'A percentage is kept as 10 for 10 %. Written or compared as 0.1 it is a hundred times too small, and a percentage compared with an amount of money means nothing.',
    ja: 'パーセントの項目では 10% を 10 として保存します。0.1 と書くと 100 分の 1 になります。パーセントと金額を比べても意味がありません。',
  },
  advice: { en: 'Use the same unit on both sides.', ja: '両方の単位をそろえてください。' },
  examples: {
    bad: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { discount: 0.1 }
`,
      schema,
      lines: [6],
    },
    good: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { discount: 10 }
`,
      schema,
    },
    lookAlike: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { discount: 0, amount: 0.5 }
`,
      schema,
      says: { en: 'Nothing is nothing in every unit.', ja: '0 はどの単位でも 0 です。' },
    },
  },
  *workflow(workflow, { project: { schema: crm } }) {
    for (const { step, assignment, field } of knownWritesOf(workflow, crm)) {
      const { value } = assignment;
      const message = said(value, field, fieldOf(value, workflow, crm));
      if (message) yield { place: value.place, element: step.id, message };
    }
    for (const { conditions, candidate } of allConditions(workflow)) {
      // A formula counts 10 % as 0.1.
      if (conditions.formula) continue;
      for (const { left, right } of conditionTests(conditions.condition)) {
        const field = fieldOf(left, workflow, crm, candidate);
        const message = field && right && said(right, field, fieldOf(right, workflow, crm, candidate));
        if (message && right) yield { place: right.place, message };
      }
    }
  },
});
