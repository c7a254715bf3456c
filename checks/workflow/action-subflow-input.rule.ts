import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Field, Schema } from '../../src/model/workflow/schema.ts';
import type { Assignment, StepOf } from '../../src/model/workflow/step.ts';
import type { Variable, Workflow } from '../../src/model/workflow/workflow.ts';
import { calleeOf, callsOf } from '../../src/reason/workflow/calls.ts';
import { fits, misfitOf } from '../../src/reason/workflow/fit.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { typeName } from '../../src/reason/workflow/type-names.ts';
import { writtenValue } from '../../src/reason/workflow/written.ts';

/** An input as a field without limits, to be compared with what is passed. */
const asField = ({ name, type }: Variable): Field | undefined =>
  type === undefined || type === 'record'
    ? undefined
    : { name, type, required: false, hasDefault: false, restricted: false, unique: false, readOnly: false };

/** Whether what is passed certainly cannot be taken. */
const isWrongType = (
  { value }: Assignment,
  input: Variable,
  caller: Workflow,
  callee: Workflow,
  schema: Schema,
): boolean => {
  const field = asField(input);
  if (input.list) return false;
  if (value.kind === 'list')
    return field !== undefined && field.type !== 'multipicklist' && field.type !== 'references';
  if (value.kind === 'literal') return field !== undefined && misfitOf(value, field, callee.format)?.kind === 'type';
  if (value.kind !== 'path') return false;
  const end = resolve(value.path, caller, schema);
  if (end.kind === 'record') return field !== undefined && !end.many && fits('reference', field.type) === 'never';
  if (end.kind !== 'field' || end.overMany) return false;
  // A record input takes the record that a reference leads to.
  return field ? fits(end.field.type, field.type) === 'never' : false;
};

function* problemsOf(step: StepOf<'call'>, caller: Workflow, callee: Workflow, schema: Schema): Generator<Problem> {
  const inputs = new Map(callee.variables.filter(({ input }) => input).map((input) => [input.name, input]));
  for (const passed of step.inputs) {
    const { name, place } = passed.field;
    const input = inputs.get(name);
    if (!input) {
      yield {
        place,
        element: step.id,
        message: {
          en: `"${callee.id}" has no input "${name}", so the value is not handed over and the call may fail.`,
          ja: `「${callee.id}」に「${name}」という入力はありません。値は渡されず、呼び出しが失敗することもあります。`,
        },
        ...nearestFix(passed.field, nearestName(name, [...inputs.keys()])),
      };
    } else if (isWrongType(passed, input, caller, callee, schema)) {
      const wanted = typeName(input.type ?? 'text');
      yield {
        place: passed.value.place,
        element: step.id,
        message: {
          en: `The input "${name}" of "${callee.id}" takes a ${wanted.en}; ${writtenValue(passed.value)} is none, so the call fails.`,
          ja: `「${callee.id}」の入力「${name}」は${wanted.ja}ですが、${writtenValue(passed.value)} は違う種類の値です。呼び出しは失敗します。`,
        },
      };
    }
  }
  const given = new Set(step.inputs.map(({ field }) => field.name));
  const missing = [...inputs.values()].filter(
    ({ name, required, default: start }) => required && !start && !given.has(name),
  );
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  yield {
    place: step.place,
    element: step.id,
    message: {
      en: `"${callee.id}" needs ${names.join(', ')}, which this call does not hand over, so it fails.`,
      ja: `「${callee.id}」に必要な入力 ${names.join('、')} を渡していないため、呼び出しは失敗します。`,
    },
    ...(missing[0]
      ? { also: [{ place: missing[0].place, says: { en: 'Declared here.', ja: 'ここで宣言されています。' } }] }
      : {}),
  };
}

const callee = `---
workflow: inform
trigger: { on: call }
inputs: { dealId: { type: text, required: true }, urgent: boolean }
steps:
  - notify: queue:finance
    message: 'deal {{input.dealId}} {{input.urgent}}'
`;

export const actionSubflowInput = defineRule({
  id: 'workflow.action-subflow-input',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'BP', 'PA', 'NY'],
  uses: ['schema'],
  auto: 'suggest',
  title: { en: 'A call that does not match what the workflow takes', ja: '呼び出し先の入力と合わない値' },
  about: {
    en: 'A called workflow declares its inputs: their names, and which are required. A call with another name, without a required one or with a value of another kind fails or works with empty values.',
    ja: '呼び出されるワークフローには、受け取る入力の名前と必須かどうかが宣言されています。名前が違う、必須の入力がない、値の種類が違う呼び出しは、失敗するか、空の値で動きます。',
  },
  advice: {
    en: 'Pass the inputs as the called workflow declares them.',
    ja: '呼び出し先の宣言に合わせて入力を渡してください。',
  },
  examples: {
    bad: {
      files: `workflow: start
object: Deal
trigger: { on: create }
steps:
  - call: inform
    with: { dealID: '{{record.id}}', urgent: soon }
${callee}`,
      lines: [5, 6, 6],
    },
    good: {
      files: `workflow: start
object: Deal
trigger: { on: create }
steps:
  - call: inform
    with: { dealId: '{{record.id}}', urgent: true }
${callee}`,
    },
    lookAlike: {
      files: `workflow: start
object: Deal
trigger: { on: create }
steps:
  - call: inform
    with: { dealId: '{{record.id}}' }
${callee}`,
      says: { en: 'An input that is not required may be left out.', ja: '必須でない入力は省略できます。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const step of callsOf(workflow)) {
      const called = calleeOf(step, project);
      if (called) yield* problemsOf(step, workflow, called, project.schema);
    }
  },
});
