import { describe, expect, test } from '@jest/globals';
import type { ColumnType, ComparedColumn } from '../../../src/model/sync/column.ts';
import { likenessOf } from '../../../src/sync/rules/likeness.ts';

const file = { kind: 'file', file: '/f', encoding: 'auto' } as const;
const config = { left: file, right: file, key: { left: ['id'], right: ['id'], rules: [] } };

const column = (left: ColumnType | undefined, right: ColumnType | undefined): ComparedColumn => ({
  at: 0,
  left: 'value',
  right: 'value',
  type: left ?? right ?? 'text',
  typeFrom: 'source',
  key: false,
  leftSource: { name: 'value', ...(left ? { type: left } : {}) },
  rightSource: { name: 'value', ...(right ? { type: right } : {}) },
});

describe('what a file writes of a column that the other side keeps as numbers or times', () => {
  test.each<[ColumnType, string, string, boolean]>([
    ['number', '529847.50', '529847.5', true],
    ['number', '1.00', '1', true],
    ['number', '-0.0', '0', true],
    ['number', '007.50', '7.5', false],
    ['number', '1.50', '1.05', false],
    ['number', '1,000.0', '1000', false],
    ['timestamp', '2026-11-27T09:00:00.830Z', '2026-11-27T09:00:00.83Z', true],
    ['timestamp', '2026-11-27 09:00:00+00', '2026-11-27T09:00:00Z', true],
    ['timestamp', '2026-11-27 09:00:00', '2026-11-27T09:00:00', true],
    ['timestamp', '2026-11-27 09:00:00', '2026-11-27T09:00:00Z', false],
    ['timestamp', '2026-11-27 09:00:00+09', '2026-11-27T09:00:00Z', false],
    ['text', '1.0', '1', false],
  ])('%s: %s and %s are equal: %s', (type, written, kept, equal) => {
    const told = equal ? { left: [written], right: [written] } : { left: [written], right: [kept] };
    const pair = { left: [written], right: [kept] };
    expect(likenessOf(config, [column(undefined, type)])?.settle(pair) ?? pair).toEqual(told);
    const turned = { left: [kept], right: [written] };
    const shown = equal ? { left: [kept], right: [kept] } : turned;
    expect(likenessOf(config, [column(type, undefined)])?.settle(turned) ?? turned).toEqual(shown);
  });

  test.each([
    [undefined, undefined],
    ['number', 'number'],
  ] as const)('%s beside %s is compared by its bytes, where it is', (left, right) => {
    expect(likenessOf(config, [column(left, right)])).toBeUndefined();
  });

  test.each([
    ['DOUBLE', '1.50', '1.5', true],
    ['decimal(12,2)', '1.50', '1.5', true],
    ['DATETIME', '2026-11-27 09:00:00.0', '2026-11-27T09:00:00', true],
    ['varchar(20)', '1.50', '1.5', false],
    ['jsonb', '{"b":1,  "a":[2]}', '{"a": [2], "b": 1}', true],
    ['text', '{"b":1}', '{"b": 1}', false],
  ])('of a source that names its types only, %s: %s and %s', (declared, written, kept, equal) => {
    const one = { ...column(undefined, undefined), rightSource: { name: 'value', declared } };
    expect(likenessOf(config, [one]) !== undefined).toBe(equal);
    const pair = likenessOf(config, [one])?.settle({ left: [written], right: [kept] });
    if (equal) expect(pair).toEqual({ left: [written], right: [written] });
  });

  test('yes and no are what a database exports, and what a CRM calls them is another notation', () => {
    const rightSource = { name: 'value', type: 'boolean', declared: 'boolean' } as const;
    const likeness = likenessOf(config, [{ ...column(undefined, 'boolean'), rightSource }]);
    for (const [written, kept] of [
      ['t', 'true'],
      ['0', 'false'],
    ] as const)
      expect(likeness?.settle({ left: [written], right: [kept] })).toEqual({ left: [written], right: [written] });
    expect(likeness?.settle({ left: ['t'], right: ['false'] })).toEqual({ left: ['t'], right: ['false'] });
    expect(likenessOf(config, [column(undefined, 'boolean')])).toBeUndefined();
  });

  test('a text of another database is compared by its bytes', () => {
    const typed = { name: 'value', declared: 'numeric', type: 'number' } as const;
    const one = { ...column('number', undefined), leftSource: typed, rightSource: { name: 'value', declared: 'text' } };
    expect(likenessOf(config, [one])).toBeUndefined();
  });
});
