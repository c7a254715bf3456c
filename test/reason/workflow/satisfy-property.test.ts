import { expect, test } from '@jest/globals';
import type { Condition, Test } from '../../../src/model/workflow/condition.ts';
import { alwaysTrue, implies, satisfiable } from '../../../src/reason/workflow/condition/satisfy.ts';
import { all, any, choices, field, is, not, objectWith, path, place, schemaWith, workflowOf } from './building.ts';

const schema = schemaWith(
  objectWith(
    'Deal',
    field('stage', 'picklist', choices('Open', 'Won', 'Lost')),
    field('n', 'integer'),
    field('m', 'integer'),
    field('t', 'text'),
    field('vip', 'boolean'),
  ),
);
const where = { workflow: workflowOf('NY'), schema };

// A small generator with a fixed seed (mulberry32): the same conditions every time.
const numbers = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;

const values: Readonly<Record<string, readonly Cell[]>> = {
  stage: [null, 'Open', 'Won', 'Lost'],
  n: [null, 0, 1, 2, 3],
  m: [null, 0, 1, 2, 3],
  t: [null, 'a', 'ab', 'b', 'ba'],
  vip: [null, true, false],
};
const names = Object.keys(values);

const read = (
  row: Row,
  prior: Row,
  { root, segments: [name = ''] }: { root: { kind: string }; segments: readonly string[] },
): Cell => (root.kind === 'prior' ? prior : row)[name] ?? null;

/** Comparison of WORKFLOW-FORMAT: exact; with an empty value false, except for what denies. */
const holds = (condition: Condition, row: Row, prior: Row): boolean => {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => holds(part, row, prior));
    case 'any':
      return condition.of.some((part) => holds(part, row, prior));
    case 'not':
      return !holds(condition.of, row, prior);
    case 'constant':
      return condition.value;
    case 'opaque':
      return false;
    case 'test':
      return testHolds(condition, row, prior);
  }
};

const testHolds = ({ left, op, right }: Test, row: Row, prior: Row): boolean => {
  if (left.kind !== 'path') return false;
  const cell = read(row, prior, left.path);
  const before = read(row, prior, { ...left.path, root: { kind: 'prior' } });
  const list =
    right?.kind === 'list'
      ? right.values.map((item) => (item.kind === 'literal' ? item.value : null))
      : [right?.kind === 'literal' ? right.value : right?.kind === 'path' ? read(row, prior, right.path) : null];
  const [one = null] = list;
  const none = cell === null || one === null;
  switch (op) {
    case 'eq':
      return !none && cell === one;
    case 'ne':
      return !(!none && cell === one);
    case 'lt':
      return !none && cell < one;
    case 'le':
      return !none && cell <= one;
    case 'gt':
      return !none && cell > one;
    case 'ge':
      return !none && cell >= one;
    case 'in':
      return cell !== null && list.includes(cell);
    case 'notIn':
      return cell === null || !list.includes(cell);
    case 'between':
      return cell !== null && one !== null && cell >= one && cell <= (list[1] ?? 0);
    case 'contains':
      return !none && String(cell).includes(String(one));
    case 'notContains':
      return none || !String(cell).includes(String(one));
    case 'startsWith':
      return !none && String(cell).startsWith(String(one));
    case 'empty':
      return cell === null;
    case 'notEmpty':
      return cell !== null;
    case 'changed':
      return cell !== before;
    case 'notChanged':
      return cell === before;
    case 'changedTo':
      return cell !== before && cell === one;
    case 'was':
      return before !== null && before === one;
    default:
      throw new Error(op);
  }
};

const someTest = (next: (below: number) => number): Condition => {
  const pick = <Item>(items: readonly Item[]): Item => items[next(items.length)] as Item; // never empty
  const name = pick(names);
  const known = (values[name] ?? []).filter((cell) => cell !== null);
  const spelled = next(6) === 0 ? `prior.${name}` : name;
  const common = [
    'eq',
    'ne',
    'in',
    'notIn',
    'empty',
    'notEmpty',
    'eq',
    'ne',
    'changed',
    'notChanged',
    'changedTo',
    'was',
  ] as const;
  const byType = {
    number: ['lt', 'le', 'gt', 'ge', 'between', 'path'],
    string: ['contains', 'notContains', 'startsWith'],
    boolean: [],
  } as const;
  const kind = typeof known[0];
  const more = kind === 'number' || (kind === 'string' && name === 't') ? byType[kind] : [];
  const op = pick([...common, ...more]);
  if (op === 'path') {
    const other = path(name === 'n' ? 'm' : 'n');
    return is(spelled, pick(['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const), { kind: 'path', path: other, place });
  }
  if (op === 'empty' || op === 'notEmpty') return is(spelled, op);
  if (op === 'changed' || op === 'notChanged') return is(name, op);
  if (op === 'in' || op === 'notIn') return is(spelled, op, [pick(known), pick(known)]);
  if (op === 'between') return is(spelled, op, [pick(known), pick(known)]);
  return is(op === 'changedTo' || op === 'was' ? name : spelled, op, pick(known));
};

const someCondition = (next: (below: number) => number, depth: number): Condition => {
  if (depth === 0 || next(4) === 0) return someTest(next);
  const parts = Array.from({ length: 1 + next(3) }, () => someCondition(next, depth - 1));
  const shape = next(5);
  return shape === 0 ? not(all(...parts)) : shape < 3 ? all(...parts) : any(...parts);
};

const rows = (next: (below: number) => number): Row =>
  Object.fromEntries(names.map((name) => [name, (values[name] ?? [])[next(values[name]?.length ?? 1)] ?? null]));

test('"never" has no witness, "always" and "implies" no counterexample', () => {
  const next = numbers(20261120);
  const records = Array.from({ length: 250 }, () => [rows(next), rows(next)] as const);
  let never = 0;
  let follows = 0;
  for (let round = 0; round < 700; round += 1) {
    const condition = someCondition(next, 3);
    const other = someCondition(next, 2);
    const claims = {
      satisfiable: satisfiable(condition, where).kind,
      always: alwaysTrue(condition, where),
      implied: implies(condition, other, where),
    };
    if (claims.satisfiable === 'no') never += 1;
    if (claims.implied === 'yes' && claims.satisfiable !== 'no') follows += 1;
    for (const [row, prior] of records) {
      const truth = holds(condition, row, prior);
      const wrong =
        (truth && claims.satisfiable === 'no') ||
        (!truth && claims.always === 'yes') ||
        (truth && claims.implied === 'yes' && !holds(other, row, prior));
      if (wrong) throw new Error(JSON.stringify({ claims, condition, other, row, prior }, null, 1));
    }
  }
  // The generator does reach the interesting ones.
  expect(never).toBeGreaterThan(15);
  expect(follows).toBeGreaterThan(5);
});

test('what is said to be possible has a witness', () => {
  const next = numbers(7);
  const records = Array.from({ length: 6000 }, () => [rows(next), rows(next)] as const);
  let missing = 0;
  let yes = 0;
  for (let round = 0; round < 150; round += 1) {
    const condition = all(someTest(next), someTest(next), someTest(next));
    if (satisfiable(condition, where).kind !== 'yes') continue;
    yes += 1;
    if (!records.some(([row, prior]) => holds(condition, row, prior))) missing += 1;
  }
  expect(yes).toBeGreaterThan(60);
  // Records hold only the listed texts and numbers; a text that starts with "b" but is none of them is out of their reach.
  expect(missing / yes).toBeLessThan(0.08);
});
