import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Field, FieldType, Schema } from '../../src/model/workflow/schema.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { knownWritesOf, literalsIn } from '../../src/reason/workflow/field-writes.ts';
import { fits, misfitOf } from '../../src/reason/workflow/fit.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { typeName } from '../../src/reason/workflow/type-names.ts';
import { short, writtenValue } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: text
      amount: number
      handedOver: boolean
      closeDate: date
      account: { type: reference, to: Account }
  Account:
    fields: { since: date }
`;

/** Types that only whole days or moments, numbers, or yes and no go into. */
const strict: readonly FieldType[] = ['number', 'integer', 'currency', 'percent', 'boolean', 'date', 'datetime'];

const plain = /^[\p{L}\p{N}_.-]+$/u;

function* literalProblems(value: Value, field: Field, target: string, workflow: Workflow): Generator<Problem> {
  for (const literal of literalsIn(value)) {
    const misfit = misfitOf(literal, field, workflow.format);
    if (misfit?.kind !== 'type') continue;
    const written = short(String(literal.value), 60);
    const { en, ja } = typeName(field.type);
    const { instead } = misfit;
    yield {
      place: literal.place,
      message: {
        en: `"${written}" is no ${en}, which is what ${target} holds, so the step fails or stores nothing.`,
        ja: `${target} は${ja}の項目ですが、「${written}」は${ja}ではありません。ステップは失敗するか、何も保存されません。`,
      },
      ...(instead !== undefined && plain.test(instead)
        ? nearestFix({ name: String(literal.value), place: literal.place }, instead)
        : {}),
    };
  }
}

/** The type that a value certainly has. */
const typeOf = (value: Value, workflow: Workflow, schema: Schema): FieldType | 'record' | undefined => {
  if (value.kind === 'moment') return value.base === 'now' ? 'datetime' : 'date';
  if (value.kind !== 'path') return undefined;
  const end = resolve(value.path, workflow, schema);
  if (end.kind === 'field') return end.overMany ? undefined : end.field.type;
  if (end.kind === 'record') return end.many ? undefined : 'record';
  return end.kind === 'variable' && !end.variable.list ? end.variable.type : undefined;
};

/** The objects whose records a value leads to; undefined where that is not known. */
const objectsOf = (value: Value, workflow: Workflow, schema: Schema): readonly string[] | undefined => {
  if (value.kind !== 'path') return undefined;
  const end = resolve(value.path, workflow, schema);
  if (end.kind === 'record' && !end.many) return end.object === undefined ? undefined : [end.object];
  return end.kind === 'field' && end.field.type === 'reference' ? end.field.to : undefined;
};

const referenceProblem = (
  value: Value,
  field: Field,
  target: string,
  workflow: Workflow,
  schema: Schema,
): Problem | undefined => {
  const from = objectsOf(value, workflow, schema);
  if (!from || from.length === 0 || !field.to || field.to.length === 0) return undefined;
  const same = (one: string, other: string): boolean =>
    one === other || (schema.ignoreCase === true && one.toLowerCase() === other.toLowerCase());
  if (from.some((one) => field.to?.some((other) => same(one, other)))) return undefined;
  return {
    place: value.place,
    message: {
      en: `${target} leads to a record of ${field.to.join(' or ')}, but ${writtenValue(value)} is one of ${from.join(' or ')}, so the step fails.`,
      ja: `${target} は ${field.to.join(' または ')} のレコードを指す項目ですが、${writtenValue(value)} は ${from.join(' または ')} のレコードです。ステップは失敗します。`,
    },
  };
};

const typeProblem = (
  value: Value,
  field: Field,
  target: string,
  workflow: Workflow,
  schema: Schema,
): Problem | undefined => {
  const from = typeOf(value, workflow, schema);
  if (from === undefined) return undefined;
  const fit = from === 'record' ? (strict.includes(field.type) ? 'never' : 'yes') : fits(from, field.type);
  if (fit === 'yes' || (fit === 'maybe' && !strict.includes(field.type))) return undefined;
  const source = typeName(from);
  const wanted = typeName(field.type);
  return {
    place: value.place,
    message:
      fit === 'never'
        ? {
            en: `${writtenValue(value)} is a ${source.en}, but ${target} holds a ${wanted.en}, so the step fails or stores nothing.`,
            ja: `${writtenValue(value)} は${source.ja}ですが、${target} は${wanted.ja}の項目です。ステップは失敗するか、何も保存されません。`,
          }
        : {
            en: `${writtenValue(value)} is a ${source.en}, but ${target} holds a ${wanted.en}: every record in which it is anything else fails.`,
            ja: `${writtenValue(value)} は${source.ja}ですが、${target} は${wanted.ja}の項目です。${wanted.ja}として読めない値のレコードでは失敗します。`,
          },
    ...(fit === 'maybe' ? { severity: 'warning', confidence: 'likely' } : {}),
  };
};

/** A longer text with something in it that is neither a digit nor a sign of a number or a day. */
const textProblem = (value: Value, field: Field, target: string): Problem | undefined => {
  if (value.kind !== 'text' || !strict.includes(field.type)) return undefined;
  const fixed = value.parts.find((part) => typeof part === 'string' && /[\p{L}]{2,}/u.test(part));
  if (fixed === undefined) return undefined;
  const wanted = typeName(field.type);
  return {
    place: value.place,
    message: {
      en: `The text "${writtenValue(value)}" is never a ${wanted.en}, which is what ${target} holds, so the step fails or stores nothing.`,
      ja: `${target} は${wanted.ja}の項目ですが、「${writtenValue(value)}」は文字列になります。ステップは失敗するか、何も保存されません。`,
    },
  };
};

export const actionWriteTypeMismatch = defineRule({
  id: 'workflow.action-write-type-mismatch',
  severity: 'error',
  sourceKind: 'action',
  needs: ['schema'],
  auto: 'suggest',
  title: { en: 'A value that does not go into its field', ja: '項目の型に合わない値' },
  about: {
    en: 'Each field holds one kind of value: a number, a date, yes or no, a link to another record. A value of another kind is refused when the step runs, or stored as empty.',
    ja: '項目には、数値・日付・はい／いいえ・他のレコードへの参照など、入れられる値の種類（型）が決まっています。違う種類の値は、実行時に拒否されるか、空として保存されます。',
  },
  advice: {
    en: 'Write a value of the kind that the field holds.',
    ja: '項目の型に合う値を書いてください。',
  },
  examples: {
    bad: {
      files: `workflow: prepare
object: Deal
trigger: { on: create }
steps:
  - update: record
    set:
      amount: 1,000円
      handedOver: '{{record.account.since}}'
`,
      schema,
      lines: [7, 8],
    },
    good: {
      files: `workflow: prepare
object: Deal
trigger: { on: create }
steps:
  - update: record
    set:
      amount: 1000
      handedOver: false
`,
      schema,
    },
    lookAlike: {
      files: `workflow: prepare
object: Deal
trigger: { on: create }
steps:
  - update: record
    set:
      amount: '1000'
      stage: '{{record.amount}}'
`,
      schema,
      says: {
        en: 'A text that is a number goes into a number field, and a number into a text.',
        ja: '数字だけの文字列は数値の項目に、数値は文字列の項目に保存できます。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const { step, assignment, object, field } of knownWritesOf(workflow, schema)) {
      const { value } = assignment;
      const target = `${object.name}.${field.name}`;
      for (const problem of literalProblems(value, field, target, workflow)) yield { ...problem, element: step.id };
      const isReference = field.type === 'reference';
      const problem =
        (isReference ? referenceProblem(value, field, target, workflow, schema) : undefined) ??
        typeProblem(value, field, target, workflow, schema) ??
        textProblem(value, field, target);
      if (problem) yield { ...problem, element: step.id };
    }
  },
});
