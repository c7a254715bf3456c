import { expect, test } from '@jest/globals';
import type { Condition } from '../../../src/model/workflow/condition.ts';
import type { Assignment } from '../../../src/model/workflow/step.ts';
import { holdsAfter } from '../../../src/reason/workflow/condition/after-write.ts';
import {
  all,
  choices,
  field,
  is,
  objectWith,
  opaque,
  path,
  place,
  schemaWith,
  value,
  type Written,
  workflowOf,
} from './building.ts';

const schema = schemaWith(
  objectWith(
    'Deal',
    field('stage', 'picklist', choices('Open', 'Won', 'Lost')),
    field('amount', 'number'),
    field('note', 'text'),
    field('done', 'boolean'),
  ),
);
const where = { workflow: workflowOf('NY'), schema };
const set = (written: Readonly<Record<string, Written>>): readonly Assignment[] =>
  Object.entries(written).map(([name, what]) => ({ field: { name, place }, value: value(what), place }));
const computed: Written = { kind: 'formula', language: 'salesforce', text: 'X', reads: [], place };

const table: readonly [string, 'yes' | 'no' | 'unknown', Condition, readonly Assignment[]][] = [
  [
    'a flag that the condition excludes',
    'no',
    all(is('stage', 'eq', 'Won'), is('done', 'ne', true)),
    set({ done: true }),
  ],
  ['nothing about what is written', 'yes', is('stage', 'eq', 'Won'), set({ note: 'x' })],
  ['a guard by change', 'no', is('stage', 'changedTo', 'Won'), set({ note: 'x' })],
  ['a guard by change of what is written', 'yes', is('note', 'changed'), set({ note: 'x' })],
  ['the value that it already has', 'no', is('note', 'eq', 'x'), set({ note: 'x' })],
  ['another value of the same choice', 'no', is('stage', 'eq', 'Open'), set({ stage: 'Won' })],
  ['one of several values', 'yes', is('stage', 'in', ['Open', 'Won']), set({ stage: 'Won' })],
  ['a computed value', 'unknown', is('amount', 'gt', 5), set({ amount: computed })],
  [
    'a computed value, guarded by another field',
    'no',
    all(is('amount', 'gt', 5), is('done', 'changed')),
    set({ amount: computed }),
  ],
  [
    'the value before',
    'no',
    all(is('done', 'ne', true), is('stage', 'was', 'Lost'), is('stage', 'ne', 'Lost')),
    set({ done: true }),
  ],
  [
    'a copy of another field',
    'yes',
    is('note', 'notEmpty'),
    set({ note: { kind: 'path', path: path('stage'), place } }),
  ],
  ['something unknown', 'unknown', all(opaque, is('done', 'ne', true)), set({ note: 'x' })],
];

test.each(table)('%s', (_, answer, condition, written) => {
  expect(holdsAfter({ before: condition, condition, set: written, more: false, where, onlyIfChanged: true })).toBe(
    answer,
  );
});

test('what is written beside may be anything', () => {
  const condition = all(is('stage', 'eq', 'Open'), is('done', 'ne', true));
  expect(
    holdsAfter({ before: condition, condition, set: set({ done: true }), more: true, where, onlyIfChanged: true }),
  ).toBe('no');
  expect(
    holdsAfter({ before: condition, condition, set: set({ note: 'x' }), more: true, where, onlyIfChanged: true }),
  ).toBe('yes');
});
