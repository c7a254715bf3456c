import type { Text } from '../../model/text.ts';
import { type FieldType, fieldTypes } from '../../model/workflow/schema.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Variable } from '../../model/workflow/workflow.ts';
import { booleanIn, choiceIn, isEmpty, mapIn, oneOrMany, onlyKeys, textIn } from '../source/expect.ts';
import { entryOf, type TreeEntry, type TreeMap, type TreeNode } from '../source/tree.ts';
import { type Scope, wrong } from './scope.ts';
import { valueIn } from './value.ts';

const aVariable: Text = { en: 'a variable', ja: '変数' };
const anInput: Text = { en: 'an input', ja: '入力' };

const types: readonly (FieldType | 'record')[] = [...fieldTypes, 'record'];

const variableIn = ({ key, keyPlace, value }: TreeEntry, input: boolean, scope: Scope): Variable => {
  const base = { name: key, list: false, input, output: false, required: false, place: keyPlace };
  if (isEmpty(value)) return base;
  // `n: number` is short for `n: { type: number }`.
  const short = value.kind === 'scalar';
  const map: TreeMap | undefined = short ? undefined : mapIn(value, key, scope.complain);
  const keys = input ? ['type', 'required', 'default'] : ['type', 'default'];
  if (map) onlyKeys(map, keys, input ? anInput : aVariable, scope.complain);
  const typeNode = short ? value : map && entryOf(map, 'type')?.value;
  const type = typeNode && choiceIn(typeNode, types, 'type', scope.complain);
  const required = map && entryOf(map, 'required')?.value;
  const start = map && entryOf(map, 'default')?.value;
  return {
    ...base,
    ...(type ? { type } : {}),
    required: (required && booleanIn(required, 'required', scope.complain)) ?? false,
    ...(start ? { default: valueIn(start, scope) } : {}),
  };
};

const declared = (root: TreeMap, key: 'vars' | 'inputs', scope: Scope): readonly Variable[] => {
  const node = entryOf(root, key)?.value;
  const map = node && mapIn(node, key, scope.complain);
  return (map?.entries ?? []).map((entry) => variableIn(entry, key === 'inputs', scope));
};

/** `let` makes the variables that it sets. */
const madeBy = (steps: readonly Step[], known: ReadonlySet<string>): readonly Variable[] => {
  const made = new Map<string, Variable>();
  for (const step of steps) {
    if (step.kind !== 'let') continue;
    for (const { to, place } of step.assigns) {
      if (to.root.kind !== 'variable' || known.has(to.root.name) || made.has(to.root.name)) continue;
      const { name } = to.root;
      made.set(name, { name, list: false, input: false, output: false, required: false, place });
    }
  }
  return [...made.values()];
};

const noSuchOutput = (name: string, node: TreeNode, scope: Scope): void => {
  wrong(
    scope,
    node.place,
    {
      en: `outputs: no variable is called ${name}, so callers get nothing under this name`,
      ja: `outputs: ${name} という変数がないため、呼び出し元には何も渡りません`,
    },
    {
      en: `declare it under vars: or set it with let:`,
      ja: 'vars: で宣言するか、let: で値を設定してください',
    },
  );
};

/** What `vars:`, `inputs:`, `outputs:` and the `let` steps name. */
export const variablesOf = (root: TreeMap, steps: readonly Step[], scope: Scope): readonly Variable[] => {
  const inputs = declared(root, 'inputs', scope);
  const own = declared(root, 'vars', scope);
  const made = madeBy(steps, new Set(own.map(({ name }) => name)));
  const outputs = new Set<string>();
  const node = entryOf(root, 'outputs')?.value;
  for (const item of node ? oneOrMany(node) : []) {
    const name = textIn(item, 'outputs', scope.complain);
    if (name === undefined) continue;
    if (![...own, ...made].some((variable) => variable.name === name)) noSuchOutput(name, item, scope);
    outputs.add(name);
  }
  return [...inputs, ...[...own, ...made].map((one) => (outputs.has(one.name) ? { ...one, output: true } : one))];
};
