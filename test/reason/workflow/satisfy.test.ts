import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../../src/model/workflow/condition.ts';
import type { Schema } from '../../../src/model/workflow/schema.ts';
import type { Format } from '../../../src/model/workflow/workflow.ts';
import { alwaysTrue, implies, satisfiable } from '../../../src/reason/workflow/condition/satisfy.ts';
import type { Filled } from '../../../src/reason/workflow/condition/where.ts';
import {
  all,
  any,
  choices,
  field,
  is,
  not,
  now,
  objectWith,
  opaque,
  path,
  place,
  schemaWith,
  today,
  workflowOf,
} from './building.ts';

const deal = schemaWith(
  objectWith(
    'Deal',
    field('stage', 'picklist', { ...choices('Open', 'Won', 'Lost'), required: true }),
    field('rank', 'picklist', choices('A', 'B')),
    field('kind', 'picklist', { choices: [{ value: 'X', active: true }] }),
    field('amount', 'number'),
    field('count', 'integer'),
    field('due', 'date'),
    field('seen', 'datetime'),
    field('vip', 'boolean'),
    field('name', 'text'),
    field('other', 'text'),
    field('cost', 'number'),
    field('tags', 'multipicklist', choices('P', 'Q')),
    field('contacts', 'references', { to: ['Contact'] }),
    field('account', 'reference', { to: ['Account'] }),
  ),
  objectWith('Contact', field('email', 'email')),
  objectWith('Account', field('city', 'text')),
);

const where = (format: Format = 'NY', schema: Schema = deal) => ({ workflow: workflowOf(format), schema });
const nothing: Schema = { complete: false };

describe('what nothing can satisfy', () => {
  const never: readonly [string, Condition, Format?, Schema?][] = [
    ['above and below', all(is('amount', 'gt', 100), is('amount', 'lt', 50))],
    ['without a schema too', all(is('amount', 'gt', 100), is('amount', 'lt', 50)), 'HS', nothing],
    ['no whole number between', all(is('count', 'gt', 5), is('count', 'lt', 6))],
    ['two values at once', all(is('stage', 'eq', 'Won'), is('stage', 'eq', 'Lost'))],
    ['lists without a common value', all(is('stage', 'in', ['Won']), is('stage', 'in', ['Lost', 'Open']))],
    ['every choice denied', all(is('stage', 'notIn', ['Open', 'Won', 'Lost']), is('stage', 'notEmpty'))],
    ['a value and empty', all(is('name', 'eq', 'x'), is('name', 'empty'))],
    ['more than and empty', all(is('amount', 'gt', 3), is('amount', 'empty'))],
    ['empty and not empty', all(is('name', 'empty'), is('name', 'notEmpty'))],
    ['yes and no', all(is('vip', 'eq', true), is('vip', 'eq', false))],
    ['starts in two ways', all(is('name', 'startsWith', 'A'), is('name', 'startsWith', 'B'))],
    ['contains what it may not', all(is('name', 'contains', 'abc'), is('name', 'notContains', 'b'))],
    ['a value that does not start so', all(is('name', 'eq', 'abc'), is('name', 'startsWith', 'b'))],
    ['an empty list', is('stage', 'in', [])],
    ['dates', all(is('due', 'lt', '2027-01-01'), is('due', 'ge', '2027-01-01'))],
    ['before and after today', all(is('due', 'lt', today()), is('due', 'gt', today(7)))],
    ['no day between today and tomorrow', all(is('due', 'gt', today()), is('due', 'lt', today(1)))],
    ['the same months from today', all(is('seen', 'lt', today(1, 'month')), is('seen', 'ge', today(1, 'month')))],
    ['before now and an hour after', all(is('seen', 'lt', now()), is('seen', 'gt', now(1)))],
    [
      'above and below another field',
      all(
        is('amount', 'gt', { kind: 'path', path: path('cost'), place }),
        is('amount', 'lt', { kind: 'path', path: path('cost'), place }),
      ),
    ],
    ['less than itself', is('amount', 'lt', { kind: 'path', path: path('amount'), place })],
    [
      'equal to a field with another value',
      all(
        is('name', 'eq', { kind: 'path', path: path('other'), place }),
        is('name', 'eq', 'x'),
        is('other', 'eq', 'y'),
      ),
    ],
    ['changed and not changed', all(is('stage', 'changed'), is('stage', 'notChanged'))],
    ['changed to what it was', all(is('stage', 'changedTo', 'Won'), is('stage', 'was', 'Won'))],
    ['changed to one, is another', all(is('stage', 'changedTo', 'Won'), is('stage', 'eq', 'Lost'))],
    ['changed, but the same before', all(is('amount', 'changed'), is('amount', 'eq', 5), is('prior.amount', 'eq', 5))],
    ['both a choice and not', all(is('tags', 'includes', ['P']), is('tags', 'excludes', ['P', 'Q']))],
    [
      'each alternative fails',
      all(any(is('stage', 'eq', 'Won'), is('stage', 'eq', 'Lost')), is('stage', 'eq', 'Open')),
    ],
    ['a denied alternative', all(not(any(is('amount', 'lt', 5), is('amount', 'ge', 5))), is('amount', 'notEmpty'))],
    ['case does not matter in Salesforce', all(is('name', 'eq', 'x'), is('name', 'ne', 'X')), 'SF'],
    ['beside something unknown', all(opaque, is('amount', 'gt', 9), is('amount', 'lt', 5))],
  ];
  test.each(never)('%s', (_, condition, format = 'NY', schema = deal) => {
    expect(satisfiable(condition, where(format, schema)).kind).toBe('no');
  });
});

describe('what something may satisfy', () => {
  const sometimes: readonly [string, 'yes' | 'unknown', Condition, Format?, Schema?][] = [
    ['touching bounds', 'yes', all(is('amount', 'ge', 5), is('amount', 'le', 5))],
    ['numbers between whole ones', 'yes', all(is('amount', 'gt', 5), is('amount', 'lt', 6))],
    ['neither of two choices', 'yes', all(is('stage', 'ne', 'Won'), is('stage', 'ne', 'Lost'))],
    ['every choice denied leaves empty', 'yes', is('rank', 'notIn', ['A', 'B'])],
    ['an open list has other values', 'yes', all(is('kind', 'ne', 'X'), is('kind', 'notEmpty'))],
    ['the denial of a comparison holds for empty', 'yes', all(not(is('amount', 'lt', 5)), not(is('amount', 'ge', 5)))],
    ['case matters in native YAML', 'yes', all(is('name', 'eq', 'x'), is('name', 'ne', 'X'))],
    ['case may matter elsewhere', 'unknown', all(is('name', 'eq', 'x'), is('name', 'ne', 'X')), 'SU'],
    ['one of several records each', 'unknown', all(is('contacts.email', 'eq', 'a'), is('contacts.email', 'eq', 'b'))],
    [
      'a relation that may lead to many',
      'unknown',
      all(is('lines.name', 'eq', 'a'), is('lines.name', 'eq', 'b')),
      'OD',
      nothing,
    ],
    ['two choices at once', 'yes', all(is('tags', 'includes', ['P']), is('tags', 'includes', ['Q']))],
    ['equality on a multiple choice', 'unknown', all(is('tags', 'eq', 'P'), is('tags', 'eq', 'Q'))],
    ['a day that may be any hour', 'unknown', all(is('seen', 'le', '2027-01-01'), is('seen', 'gt', '2027-01-01'))],
    ['a number or a text, who knows', 'unknown', all(is('x', 'eq', '5'), is('x', 'gt', 7)), 'HS', nothing],
    ['0 is empty in PHP', 'unknown', all(is('amount', 'lt', 5), is('amount', 'empty')), 'SU'],
    ['a month is 28 to 31 days', 'unknown', all(is('due', 'gt', today(30)), is('due', 'lt', today(1, 'month')))],
    ['changed from one to another', 'yes', all(is('stage', 'changedTo', 'Won'), is('stage', 'was', 'Open'))],
    ['a mistyped choice is not our business', 'yes', is('stage', 'eq', 'Wonn')],
    ['something unknown', 'unknown', opaque],
    ['the empty text', 'unknown', all(is('name', 'eq', ''), is('name', 'notEmpty'))],
    [
      'two fields that differ',
      'yes',
      all(
        is('name', 'ne', { kind: 'path', path: path('other'), place }),
        is('name', 'eq', 'a'),
        is('other', 'eq', 'b'),
      ),
    ],
  ];
  test.each(sometimes)('%s', (_, kind, condition, format = 'NY', schema = deal) => {
    expect(satisfiable(condition, where(format, schema)).kind).toBe(kind);
  });
});

test('the clash names the fewest tests', () => {
  const first = is('amount', 'gt', 100);
  const other = is('amount', 'lt', 50);
  const found = satisfiable(all(is('stage', 'eq', 'Won'), first, is('amount', 'notEmpty'), other), where());
  expect(found).toEqual({
    kind: 'no',
    clashes: [
      [
        { test: first, holds: true },
        { test: other, holds: true },
      ],
    ],
  });
});

describe('always true', () => {
  const table: readonly [string, 'yes' | 'no' | 'unknown', Condition, Filled?][] = [
    ['not one or not the other', 'yes', any(is('stage', 'ne', 'Won'), is('stage', 'ne', 'Lost'))],
    ['below or not below leaves empty', 'no', any(is('amount', 'lt', 5), is('amount', 'ge', 5))],
    ['with empty', 'yes', any(is('amount', 'lt', 5), is('amount', 'ge', 5), is('amount', 'empty'))],
    ['every choice, required', 'yes', is('stage', 'in', ['Open', 'Won', 'Lost']), 'required'],
    ['every choice, may be empty', 'no', is('rank', 'in', ['A', 'B']), 'required'],
    ['changed or not', 'yes', any(is('name', 'changed'), is('name', 'notChanged'))],
    ['something unknown', 'unknown', opaque],
  ];
  test.each(table)('%s', (_, answer, condition, filled = 'none') => {
    expect(alwaysTrue(condition, { ...where(), filled })).toBe(answer);
  });
});

test.each([
  ['narrower bound', is('amount', 'gt', 30), is('amount', 'gt', 10), 'yes'],
  ['wider bound', is('amount', 'gt', 10), is('amount', 'gt', 30), 'no'],
  ['one of the list', is('stage', 'eq', 'Won'), is('stage', 'in', ['Won', 'Lost']), 'yes'],
  ['a longer start', is('name', 'startsWith', 'abc'), is('name', 'startsWith', 'ab'), 'yes'],
  ['more tests', all(is('vip', 'eq', true), is('amount', 'gt', 3)), is('vip', 'eq', true), 'yes'],
] as const)('implies: %s', (_, one, other, answer) => {
  expect(implies(one, other, where())).toBe(answer);
});

describe('bounds', () => {
  const never = any(all(is('z', 'eq', 'p'), is('z', 'eq', 'q')), all(is('z', 'eq', 'r'), is('z', 'eq', 's')));
  const pairs = (other: (at: number) => string): readonly Condition[] =>
    Array.from({ length: 20 }, (__, at) => any(is(`a${at}`, 'eq', 'x'), is(other(at), 'ne', 'y')));
  test('too many alternatives are given up', () => {
    const many = all(...pairs((at) => `a${at + 1}`), any(never, is('a0', 'eq', 'z')), is('a20', 'eq', 'y'));
    expect(satisfiable(many, where('NY', nothing)).kind).toBe('unknown');
  });
  test('alternatives that have nothing in common do not multiply', () => {
    const many = all(...pairs((at) => `b${at}`), never);
    expect(satisfiable(many, where('NY', nothing)).kind).toBe('no');
  });
  test('long lists of values cost no alternatives', () => {
    const long = any(...Array.from({ length: 2000 }, (__, at) => is('name', 'eq', `v${at}`)));
    expect(satisfiable(all(long, is('name', 'eq', 'w')), where()).kind).toBe('no');
  });
  test('very many demands on one field are left out after some, which only makes "never" rarer', () => {
    const many = Array.from({ length: 4000 }, (__, at) => is('name', 'ne', `v${at}`));
    expect(satisfiable(all(...many, is('name', 'eq', 'v1')), where()).kind).toBe('unknown');
    expect(satisfiable(all(is('name', 'eq', 'v1'), ...many), where()).kind).toBe('no');
  });
  test('deep nesting is not followed', () => {
    let deep: Condition = is('amount', 'gt', 5);
    for (let depth = 0; depth < 5000; depth += 1) deep = not(deep);
    expect(satisfiable(deep, where()).kind).toBe('unknown');
  });
});
