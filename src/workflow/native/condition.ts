import type { Text } from '../../model/text.ts';
import type { Condition, Conditions, Operator, Test } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import { booleanIn, isEmpty, missingKey, unknownKey, wrongValue } from '../source/expect.ts';
import { entryOf, type TreeEntry, type TreeMap, type TreeNode } from '../source/tree.ts';
import { pathOf } from './path.ts';
import { type Scope, wrong } from './scope.ts';
import { pathsIn, valueIn } from './value.ts';

interface Form {
  readonly op: Operator;
  readonly takes: 'one' | 'list' | 'two' | 'yes-or-no';
  /** What `false` means. */
  readonly otherwise?: Operator;
}

const operators: Readonly<Record<string, Form>> = {
  eq: { op: 'eq', takes: 'one' },
  ne: { op: 'ne', takes: 'one' },
  lt: { op: 'lt', takes: 'one' },
  le: { op: 'le', takes: 'one' },
  gt: { op: 'gt', takes: 'one' },
  ge: { op: 'ge', takes: 'one' },
  in: { op: 'in', takes: 'list' },
  notIn: { op: 'notIn', takes: 'list' },
  between: { op: 'between', takes: 'two' },
  contains: { op: 'contains', takes: 'one' },
  notContains: { op: 'notContains', takes: 'one' },
  startsWith: { op: 'startsWith', takes: 'one' },
  endsWith: { op: 'endsWith', takes: 'one' },
  empty: { op: 'empty', takes: 'yes-or-no', otherwise: 'notEmpty' },
  changed: { op: 'changed', takes: 'yes-or-no', otherwise: 'notChanged' },
  changedTo: { op: 'changedTo', takes: 'one' },
  was: { op: 'was', takes: 'one' },
};

const formOf = (key: string): Form | undefined => (Object.hasOwn(operators, key) ? operators[key] : undefined);

const testKeys = ['field', ...Object.keys(operators)];
const groupKeys = ['all', 'any', 'not'];

const aTest: Text = { en: 'a test', ja: '条件' };
const aCondition: Text = {
  en: 'a condition such as { field: stage, eq: Won }, a list of them, or all:, any:, not:',
  ja: '{ field: stage, eq: Won } のような条件、そのリスト、または all:、any:、not:',
};
const aListOfValues: Text = { en: 'a list such as [a, b]', ja: '[a, b] のようなリスト' };
const twoValues: Text = { en: 'a list of two values such as [1, 9]', ja: '[1, 9] のような 2 つの値のリスト' };
const oneValue: Text = { en: 'one value', ja: '1 つの値' };

const opaque = (place: Place, reads: readonly Path[] = []): Condition => ({ kind: 'opaque', text: '', reads, place });

const listRight = (node: TreeNode, key: string, scope: Scope): Value => {
  const value = valueIn(node, scope);
  if (value.kind === 'list' || value.kind === 'path') return value;
  scope.complain(wrongValue(key, aListOfValues, node, useList));
  return { kind: 'list', values: [value], place: node.place };
};

const useList: Text = {
  en: 'write a list such as [a, b]; for one value use eq or ne',
  ja: '[a, b] のようなリストで書いてください。値が 1 つなら eq または ne を使います',
};

const useIn: Text = {
  en: 'write one value; for several values use in or notIn',
  ja: '値を 1 つだけ書いてください。複数の値なら in または notIn を使います',
};

/** What an operator is given; undefined (and a problem) where it cannot be used. */
const rightOf = (form: Form, node: TreeNode, key: string, scope: Scope): Value | undefined => {
  switch (form.takes) {
    case 'list':
      return listRight(node, key, scope);
    case 'two': {
      const value = valueIn(node, scope);
      if (value.kind === 'list' && value.values.length === 2) return value;
      scope.complain(wrongValue(key, twoValues, node));
      return undefined;
    }
    default: {
      if (node.kind === 'scalar') return valueIn(node, scope);
      scope.complain(wrongValue(key, oneValue, node, useIn));
      return undefined;
    }
  }
};

const testOf = (left: Value, entry: TreeEntry, form: Form, place: Place, scope: Scope): Condition => {
  const { key, keyPlace, value: node } = entry;
  const base = { kind: 'test', left, place, opPlace: keyPlace, opText: key } as const;
  if (form.takes === 'yes-or-no') {
    const yes = booleanIn(node, key, scope.complain);
    if (yes === undefined) return opaque(place, pathsIn(left));
    return { ...base, op: yes ? form.op : (form.otherwise ?? form.op) };
  }
  const right = rightOf(form, node, key, scope);
  return right ? { ...base, op: form.op, right } : opaque(place, pathsIn(left));
};

const fieldOf = (node: TreeNode, scope: Scope): Value | undefined => {
  const text = node.kind === 'scalar' && node.value !== null ? node.text : undefined;
  const path = text === undefined ? undefined : pathOf(text, node.place, scope, 'field');
  if (path) return { kind: 'path', path, place: node.place };
  const bare = text === undefined ? undefined : /^\{\{([^{}]*)\}\}$/.exec(text.trim())?.[1]?.trim();
  wrong(
    scope,
    node.place,
    {
      en: 'field: is no path, so this test cannot be read and is left out',
      ja: 'field: をパスとして読めないため、この条件は使われません',
    },
    bare === undefined
      ? {
          en: 'write a field such as stage or account.owner.email',
          ja: 'stage や account.owner.email のような項目名を書いてください',
        }
      : { en: `write it without braces: ${bare}`, ja: `波かっこを付けずに ${bare} と書いてください` },
  );
  return undefined;
};

const missingOperator = (map: TreeMap, scope: Scope): void => {
  wrong(
    scope,
    map.place,
    {
      en: 'this test compares with nothing: its operator is missing',
      ja: 'この条件には比較の方法（eq など）がありません',
    },
    {
      en: `add one of ${Object.keys(operators).join(', ')}`,
      ja: `${Object.keys(operators).join('、')} のどれか 1 つを追加してください`,
    },
  );
};

const secondOperator = ({ key, keyPlace }: TreeEntry, first: string, scope: Scope): void => {
  wrong(
    scope,
    keyPlace,
    {
      en: `a test has one operator, and ${key} is the second after ${first}`,
      ja: `1 つの条件に書ける比較は 1 つですが、${first} のほかに ${key} もあります`,
    },
    {
      en: 'write two tests in a list, or between: [a, b]',
      ja: '条件を 2 つに分けてリストにするか、between: [a, b] を使ってください',
    },
  );
};

const readTest = (map: TreeMap, scope: Scope, tests: Test[]): Condition => {
  const fieldEntry = entryOf(map, 'field');
  const used = map.entries.flatMap((entry) => {
    const form = formOf(entry.key);
    return form ? [{ entry, form }] : [];
  });
  let understood = true;
  for (const entry of map.entries) {
    if (entry.key === 'field' || formOf(entry.key)) continue;
    understood = false;
    scope.complain(unknownKey(entry, aTest, testKeys));
  }
  if (!fieldEntry) scope.complain(missingKey('field', aTest, map.place));
  const left = fieldEntry && fieldOf(fieldEntry.value, scope);
  const [first, ...more] = used;
  if (!first && understood) missingOperator(map, scope);
  for (const { entry } of more) secondOperator(entry, first?.entry.key ?? '', scope);
  if (!left || !first || !understood) return opaque(map.place, left ? pathsIn(left) : []);
  const read = used.map(({ entry, form }) => testOf(left, entry, form, map.place, scope));
  for (const one of read) if (one.kind === 'test') tests.push(one);
  const [only] = read;
  // What was meant by two operators is that both hold.
  return read.length === 1 && only ? only : { kind: 'all', of: read, place: map.place };
};

const readGroup = (entry: TreeEntry, map: TreeMap, scope: Scope, tests: Test[]): Condition => {
  for (const other of map.entries) {
    if (other !== entry) scope.complain(unknownKey(other, { en: `${entry.key}:`, ja: `${entry.key}: ` }, [entry.key]));
  }
  if (entry.key === 'not') return { kind: 'not', of: readCondition(entry.value, scope, tests), place: map.place };
  const kind = entry.key === 'any' ? 'any' : 'all';
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  return { kind, of: items.map((item) => readCondition(item, scope, tests)), place: map.place };
};

// As deep as the file is nested, which is bounded where it is read.
const readCondition = (node: TreeNode, scope: Scope, tests: Test[]): Condition => {
  if (node.kind === 'list') {
    return { kind: 'all', of: node.items.map((item) => readCondition(item, scope, tests)), place: node.place };
  }
  if (node.kind === 'scalar') {
    scope.complain(wrongValue('condition', aCondition, node));
    return opaque(node.place);
  }
  const group = node.entries.find(({ key }) => groupKeys.includes(key));
  return group ? readGroup(group, node, scope, tests) : readTest(node, scope, tests);
};

/** The conditions at a place; undefined where nothing is written, so that it always holds. */
export const conditionsOf = (node: TreeNode, scope: Scope): Conditions | undefined => {
  if (isEmpty(node) || (node.kind === 'list' && node.items.length === 0)) return undefined;
  const tests: Test[] = [];
  return { condition: readCondition(node, scope, tests), tests, place: node.place };
};

/** Conditions that have to be there. */
export const requiredConditions = (node: TreeNode, scope: Scope): Conditions => {
  const read = conditionsOf(node, scope);
  if (read) return read;
  scope.complain(wrongValue('condition', aCondition, node));
  return { condition: opaque(node.place), tests: [], place: node.place };
};
