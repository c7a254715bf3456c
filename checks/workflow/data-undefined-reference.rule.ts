import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Path, Value } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { pathsOf, usesOf } from '../../src/reason/workflow/values.ts';
import { settersOfHolder, variablesOf } from '../../src/reason/workflow/variables.ts';
import { short } from '../../src/reason/workflow/written.ts';

interface Read {
  readonly path: Path;
  readonly element?: string;
}

/** Every path of a workflow with the step that it stands in. */
function* readsIn(workflow: Workflow): Generator<Read> {
  const ofValue = (value: Value, element: string): readonly Read[] => pathsOf(value).map((path) => ({ path, element }));
  for (const { when } of workflow.triggers) {
    if (when) for (const path of conditionPaths(when.condition)) yield { path };
  }
  for (const variable of workflow.variables) if (variable.default) yield* ofValue(variable.default, variable.name);
  for (const step of workflow.steps) for (const { value } of usesOf(step)) yield* ofValue(value, step.id);
}

/** The name that a path begins with and that nothing has; undefined where it is there, or may be. */
const missingName = ({ root, segments }: Path, workflow: Workflow): string | undefined => {
  switch (root.kind) {
    case 'undefined':
      return root.name;
    case 'variable': {
      const known =
        variablesOf(workflow).has(root.name) || settersOfHolder(workflow, `variable:${root.name}`).length > 0;
      return known ? undefined : root.name;
    }
    case 'step':
      return graphOf(workflow).steps.has(root.step) ? undefined : root.step;
    case 'item':
      return workflow.format === 'NY' && root.loop === undefined ? 'item' : undefined;
    case 'input': {
      const [name] = segments;
      const declared = workflow.variables.filter(({ input }) => input);
      // What a webhook brings, or somebody types in, is not declared.
      const only = workflow.triggers.length > 0 && workflow.triggers.every(({ on }) => on === 'call');
      if (name === undefined || workflow.format !== 'NY' || !only) return undefined;
      return declared.some((variable) => variable.name === name) ? undefined : `input.${name}`;
    }
    default:
      return undefined;
  }
};

const namesIn = (workflow: Workflow): readonly string[] => [
  ...variablesOf(workflow).keys(),
  ...graphOf(workflow).steps.keys(),
];

const problemOf = ({ path, element }: Read, name: string, workflow: Workflow): Problem => {
  const shown = short(name, 80);
  const nearest =
    path.root.kind === 'input'
      ? nearestName(
          name.slice('input.'.length),
          workflow.variables.filter(({ input }) => input).map((variable) => variable.name),
        )
      : nearestName(name, namesIn(workflow));
  const isItem = path.root.kind === 'item';
  return {
    place: path.place,
    ...(element === undefined ? {} : { element }),
    message: isItem
      ? {
          en: '"item" is the record of a loop, but this step is in none, so there is nothing here and the step fails or works with an empty value.',
          ja: '「item」はループ中のレコードを表しますが、このステップはループの中にありません。値がないため、失敗するか空の値で動きます。',
        }
      : {
          en: `Nothing here is called "${shown}": no step, variable or input. The step fails or works with an empty value.`,
          ja: `「${shown}」という名前のステップ・変数・入力はありません。ステップは失敗するか、空の値で動きます。`,
        },
    ...(nearest === undefined || isItem
      ? {}
      : path.text === name
        ? nearestFix({ name, place: path.place }, nearest)
        : { fix: { en: `"${nearest}" was probably meant.`, ja: `「${nearest}」の誤りと思われます。` } }),
  };
};

export const dataUndefinedReference = defineRule({
  id: 'workflow.data-undefined-reference',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'PA', 'ES', 'NY', 'BP'],
  auto: 'suggest',
  title: { en: 'A name that nothing in the workflow has', ja: '定義されていない名前の参照' },
  about: {
    en: 'A text or a value names a step, a variable or an input that does not exist: renamed, deleted, or typed wrong. The platform refuses the workflow, or puts nothing in its place.',
    ja: '文章や値が、存在しないステップ・変数・入力（改名・削除されたもの、入力ミス）を参照しています。プラットフォームがワークフローを拒否するか、その部分が空になります。',
  },
  advice: { en: 'Name something that exists.', ja: '存在する名前に直してください。' },
  examples: {
    bad: {
      files: `workflow: thanks
object: Deal
trigger: { on: create }
steps:
  - id: contact
    find: Contact
    where: { field: id, eq: '{{record.contact}}' }
    limit: 1
  - notify: role:sales
    message: 'from {{contct.name}}'
`,
      lines: [10],
    },
    good: {
      files: `workflow: thanks
object: Deal
trigger: { on: create }
steps:
  - id: contact
    find: Contact
    where: { field: id, eq: '{{record.contact}}' }
    limit: 1
  - if: { field: contact.id, empty: false }
    then:
      - notify: role:sales
        message: 'from {{contact.name}}'
`,
    },
    lookAlike: {
      files: `workflow: thanks
object: Deal
trigger: { on: create }
steps:
  - let: { greeting: 'Hello {{record.name}}' }
  - notify: role:sales
    message: '{{var.greeting}}, {{user.name}}'
`,
      says: {
        en: 'A step that sets a variable also makes it.',
        ja: '`let` で値を設定した変数は、宣言がなくても使えます。',
      },
    },
  },
  *workflow(workflow) {
    const said = new Set<string>();
    for (const read of readsIn(workflow)) {
      const name = missingName(read.path, workflow);
      const key = `${read.element ?? ''}\n${read.path.place.line}\n${name ?? ''}`;
      if (name === undefined || said.has(key)) continue;
      said.add(key);
      yield problemOf(read, name, workflow);
    }
  },
});
