import { describe, expect, test } from '@jest/globals';
import type { Condition, Operator } from '../../../src/model/workflow/condition.ts';
import type { Value } from '../../../src/model/workflow/value.ts';
import { writtenCondition, writtenFor, writtenParty, writtenValue } from '../../../src/reason/workflow/written.ts';

const place = { file: 'a.yaml', line: 1, column: 1 };
const literal = (value: string | number | boolean | null): Value => ({ kind: 'literal', value, place });
const field = (text: string): Value => ({
  kind: 'path',
  path: { root: { kind: 'record' }, segments: text.split('.'), text, place },
  place,
});
const is = (left: string, op: Operator, right?: Value): Condition => ({
  kind: 'test',
  left: field(left),
  op,
  ...(right ? { right } : {}),
  place,
});

describe('conditions are written in one line', () => {
  test.each<[string, Condition]>([
    ['amount > 100', is('amount', 'gt', literal(100))],
    ['stage changedTo Won', is('stage', 'changedTo', literal('Won'))],
    ['email empty', is('email', 'empty')],
    ["name = ''", is('name', 'eq', literal(''))],
    [
      'stage = Won and (a < 1 or b ≥ 2)',
      {
        kind: 'all',
        of: [
          is('stage', 'eq', literal('Won')),
          { kind: 'any', of: [is('a', 'lt', literal(1)), is('b', 'ge', literal(2))], place },
        ],
        place,
      },
    ],
    ['not (vip = true)', { kind: 'not', of: is('vip', 'eq', literal(true)), place }],
    ['true', { kind: 'all', of: [], place }],
    ['false', { kind: 'any', of: [], place }],
    ['stage in [Won, Lost]', is('stage', 'in', { kind: 'list', values: [literal('Won'), literal('Lost')], place })],
    [
      'dueDate < today-14d',
      is('dueDate', 'lt', { kind: 'moment', base: 'today', offset: { amount: -14, unit: 'day' }, place }),
    ],
  ])('%s', (text, condition) => {
    expect(writtenCondition(condition)).toBe(text);
  });

  test('a condition of any depth is cut', () => {
    let condition: Condition = is('a', 'eq', literal(1));
    for (let depth = 0; depth < 5000; depth += 1) condition = { kind: 'not', of: condition, place };
    expect(writtenCondition(condition)).toContain('…');
  });
});

test('a long text is one line and cut', () => {
  const text = writtenValue(literal(`a\nb${'x'.repeat(500)}`));
  expect(text).toMatch(/^a bx+…$/);
  expect(text).toHaveLength(120);
});

test('texts show their paths', () => {
  expect(writtenValue({ kind: 'text', parts: ['Won: ', field('record.name')], place })).toBe('Won: {{record.name}}');
});

test('parties are written as the native format writes them', () => {
  expect(writtenParty({ kind: 'queue', id: 'finance', place })).toBe('queue:finance');
  expect(writtenParty({ kind: 'owner', place })).toBe('owner');
});

test('keys and passwords are shown by nobody', () => {
  const key = ['xoxb', '123456789012', 'abcdefGHIJKL'].join('-');
  expect(writtenValue(literal(key))).toBe('•••');
  expect(writtenValue({ kind: 'text', parts: ['Bearer ', key], place })).toBe('•••');
  expect(writtenFor('apiToken', literal('a1b2c3d4e5f6g7h8'))).toBe('•••');
  expect(writtenFor('stage', literal('a1b2c3d4e5f6g7h8'))).toBe('a1b2c3d4e5f6g7h8');
  expect(writtenFor('token', literal('todo'))).toBe('todo');
});
