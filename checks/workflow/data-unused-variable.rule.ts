import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Path, Value } from '../../src/model/workflow/value.ts';
import type { Variable, Workflow } from '../../src/model/workflow/workflow.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { pathsOf, usesOf, valuesIn } from '../../src/reason/workflow/values.ts';

/** Names that are read, and the texts that are not read here but may name more. */
interface Seen {
  readonly names: Set<string>;
  readonly texts: string[];
}

const add = (seen: Seen, paths: Iterable<Path>): void => {
  for (const { root, segments } of paths) {
    if (root.kind === 'variable' || root.kind === 'undefined') seen.names.add(root.name);
    if (root.kind === 'input' && segments[0] !== undefined) seen.names.add(segments[0]);
  }
};

const addValue = (seen: Seen, value: Value): void => {
  add(seen, pathsOf(value));
  for (const one of valuesIn(value)) {
    if (one.kind === 'formula' || one.kind === 'opaque') seen.texts.push(one.text);
    if (one.kind === 'literal' && typeof one.value === 'string') seen.texts.push(one.value);
  }
};

const seenIn = (workflow: Workflow): Seen => {
  const seen: Seen = { names: new Set(), texts: [] };
  for (const { when } of workflow.triggers) if (when) add(seen, conditionPaths(when.condition));
  for (const { default: start } of workflow.variables) if (start) addValue(seen, start);
  for (const step of workflow.steps) {
    for (const { value, purpose } of usesOf(step)) {
      // A counter that only counts itself is not read by anybody; but a list that grows may be.
      if (purpose !== 'keep' || step.kind !== 'let') addValue(seen, value);
    }
    if (step.kind === 'let') for (const { value } of step.assigns) addValue(seen, value);
    if (step.kind === 'code') seen.texts.push(step.text);
  }
  return seen;
};

/** Whether something in it is not known well enough to say what it reads. */
const mayReadAll = ({ steps }: Workflow): boolean =>
  steps.some(({ kind, ...step }) => kind === 'custom' && 'effect' in step && step.effect === 'opaque');

/** The flow builder makes these itself, for its filter elements and the waits of a process. */
const madeByBuilder = /^currentItem_?|^myVariable_|_waitStartTimeVariable$/;

const isPrivate = ({ input, output, name }: Variable): boolean => !input && !output && !madeByBuilder.test(name);

export const dataUnusedVariable = defineRule({
  id: 'workflow.data-unused-variable',
  severity: 'info',
  sourceKind: 'action',
  formats: ['SF', 'PA', 'NY', 'BP'],
  title: { en: 'A variable that nothing reads', ja: '使われていない変数' },
  about: {
    en: 'A variable is declared or set, but no step, condition or text uses it. It is a leftover, or the step that should use it names another one.',
    ja: '変数が宣言・設定されていますが、どのステップ・条件・文章でも使われていません。残骸か、使うはずのステップが別の名前を参照しています。',
  },
  advice: { en: 'Remove it, or use it where it was meant.', ja: '削除するか、本来使うはずの場所で使ってください。' },
  examples: {
    bad: {
      files: `workflow: count
object: Deal
trigger: { on: create }
vars:
  total: { type: number, default: 0 }
steps:
  - notify: role:sales
    message: new deal
`,
      lines: [5],
    },
    good: {
      files: `workflow: count
object: Deal
trigger: { on: create }
vars:
  total: { type: number, default: 0 }
steps:
  - notify: role:sales
    message: 'deal number {{var.total}}'
`,
    },
    lookAlike: {
      files: `workflow: count
trigger: { on: call }
vars:
  total: { type: number, default: 0 }
outputs: [total]
steps:
  - let: { total: 1 }
`,
      says: {
        en: 'An output is read by the workflow that calls this one.',
        ja: '出力の変数は、呼び出し元のワークフローが使います。',
      },
    },
  },
  *workflow(workflow) {
    const candidates = workflow.variables.filter((variable) => isPrivate(variable) && !variable.constant);
    if (candidates.length === 0 || mayReadAll(workflow)) return;
    const { names, texts } = seenIn(workflow);
    for (const { name, place } of candidates) {
      if (names.has(name) || texts.some((text) => text.includes(name))) continue;
      yield {
        place,
        element: name,
        message: {
          en: `Nothing reads the variable "${name}", so what is put into it has no effect.`,
          ja: `変数「${name}」はどこでも使われていないため、設定しても何の効果もありません。`,
        },
      };
    }
  },
});
