import { describe, expect, test } from '@jest/globals';
import { bare, saidOfStep, stepOf } from './read.ts';

const logged = (written: string): unknown => {
  const step = stepOf(`log: ${written}`);
  return step.kind === 'log' ? bare(step.text) : undefined;
};

const path = (root: unknown, segments: readonly string[], text: string) => ({
  kind: 'path',
  path: { root, segments, text },
});
const record = { kind: 'record' };
const day = (amount: number) => ({ amount, unit: 'day' });

describe('values', () => {
  test.each<[string, unknown]>([
    ['x', { kind: 'literal', value: 'x' }],
    ['5', { kind: 'literal', value: 5 }],
    ['true', { kind: 'literal', value: true }],
    ['"5"', { kind: 'literal', value: '5' }],
    ['2027-01-31', { kind: 'literal', value: '2027-01-31' }],
    ["'{{record.account.name}}'", path(record, ['account', 'name'], 'record.account.name')],
    ["'{{ record.name }}'", path(record, ['name'], 'record.name')],
    ["' {{record.name}} '", path(record, ['name'], 'record.name')],
    ["'{{prior.name}}'", path({ kind: 'prior' }, ['name'], 'prior.name')],
    ["'{{user.email}}'", path({ kind: 'user' }, ['email'], 'user.email')],
    ["'{{input.a}}'", path({ kind: 'input' }, ['a'], 'input.a')],
    ["'{{var.a}}'", path({ kind: 'variable', name: 'a' }, [], 'var.a')],
    ["'{{error.message}}'", path({ kind: 'error' }, ['message'], 'error.message')],
    ["'{{1}}'", path({ kind: 'step', step: '1' }, [], '1')],
    ["'{{name}}'", path({ kind: 'undefined', name: 'name' }, [], 'name')],
    ["'{{deal.name}}'", path({ kind: 'undefined', name: 'deal' }, ['name'], 'deal.name')],
    ["'{{now}}'", { kind: 'moment', base: 'now' }],
    ["'{{today+7d}}'", { kind: 'moment', base: 'today', offset: day(7) }],
    ["'{{today - 14d}}'", { kind: 'moment', base: 'today', offset: day(-14) }],
    ["'{{now+90min}}'", { kind: 'moment', base: 'now', offset: { amount: 90, unit: 'minute' } }],
    ["'{{today+1month}}'", { kind: 'moment', base: 'today', offset: { amount: 1, unit: 'month' } }],
    ["'Won: {{record.name}}!'", { kind: 'text', parts: ['Won: ', path(record, ['name'], 'record.name'), '!'] }],
    [
      "'{{record.a}}{{{record.b}}}'",
      { kind: 'text', parts: [path(record, ['a'], 'record.a'), path(record, ['b'], 'record.b')], raw: [1] },
    ],
    ["'{{{record.a}}}'", { kind: 'text', parts: [path(record, ['a'], 'record.a')], raw: [0] }],
    ["'until {{today+7d}}'", { kind: 'text', parts: ['until ', { kind: 'moment', base: 'today', offset: day(7) }] }],
    ["'a {{ b'", { kind: 'literal', value: 'a {{ b' }],
    ["'a }} {b} {{{{c}}}}'", expect.anything()],
    [
      "['{{record.a}}', x]",
      { kind: 'list', values: [path(record, ['a'], 'record.a'), { kind: 'literal', value: 'x' }] },
    ],
    [
      "{ a: '{{record.a}}', b: [{ c: 'x {{record.d}}' }] }",
      {
        kind: 'opaque',
        text: '{…}',
        reads: [
          { root: record, segments: ['a'], text: 'record.a' },
          { root: record, segments: ['d'], text: 'record.d' },
        ],
      },
    ],
  ])('%s', (written, expected) => {
    expect(logged(written)).toEqual(expected);
  });
});

describe('what is no path is told where it stands', () => {
  test.each([
    ["log: '{{record.a + 1}}'", ['parse-value 1:11']],
    ["log: 'x {{upper(record.a)}}'", ['parse-value 1:13']],
    ["log: '{{}}'", ['parse-value 1:9']],
    ["log: '{{today+7}}'", ['parse-value 1:11']],
    ["log: '{{record..a}}'", ['parse-value 1:11']],
    ['log: {{record.a}}', ['parse-value 1:8']],
  ])('%s', (step, problems) => {
    expect(saidOfStep(step)).toEqual(problems);
  });
});

describe('the place of a path in a text', () => {
  test.each([
    ["log: '{{record.name}}'", 1, 11, 22],
    ["log: 'x {{record.name}}'", 1, 13, 24],
    ["log: '{{record.nam}} {{record.name}}'", 1, 26, 37],
    ["log: '{{record.name}} {{ record.name }}'", 1, 11, 22],
    ['log: |\n  one\n  two {{record.name}}', 3, 11, 22],
    ["log: 'it''s {{record.name}}'", 1, 17, 28],
    ['log: "é \\u00e9 {{record.name}}"', 1, 20, 31],
    ['log: >-\n  {{{record.name}}}', 2, 8, 19],
  ])('%j', (written, line, column, endColumn) => {
    const step = stepOf(written.replace(/\n/g, '\n  '));
    const value = step.kind === 'log' ? step.text : undefined;
    const parts = value?.kind === 'text' ? value.parts : [value];
    const found = parts.find(
      (part) => typeof part === 'object' && part.kind === 'path' && part.path.text === 'record.name',
    );
    if (typeof found !== 'object') throw new Error('no such path');
    const { place } = found;
    expect({ line: place.line - 4, column: place.column - 2, endColumn: (place.endColumn ?? 0) - 2 }).toEqual({
      line,
      column,
      endColumn,
    });
  });
});
