import { describe, expect, test } from '@jest/globals';
import { jsonOf } from '../../src/world/crm-text.ts';

describe('numbers of an answer', () => {
  test('with more digits than a double holds are texts, all others numbers', () => {
    const text = `{"id":12345678901234567890,"list":[-98765432109876543.21,1e3,0.1],"safe":9007199254740991,
      "exact":0.30000000000000004,"text":"12345678901234567890","odd\\"12345678901234567890":1,"unsafe":9007199254740993}`;
    expect(jsonOf(text)).toEqual({
      id: '12345678901234567890',
      list: ['-98765432109876543.21', 1_000, 0.1],
      safe: 9_007_199_254_740_991,
      exact: 0.30000000000000004,
      text: '12345678901234567890',
      'odd"12345678901234567890': 1,
      unsafe: '9007199254740993',
    });
    expect(jsonOf('12345678901234567890')).toBe('12345678901234567890');
  });

  test('what is no JSON stays none, quickly', () => {
    expect(jsonOf(`{"a":12345678901234567890`)).toBeUndefined();
    expect(jsonOf(`["12345678901234567890`)).toBeUndefined();
    expect(jsonOf(`[${'"'.repeat(1_000_000)}12345678901234567890`)).toBeUndefined();
    expect(jsonOf(`[${'-'.repeat(1_000_000)}12345678901234567890]`)).toBeUndefined();
    expect(jsonOf(`[${'1'.repeat(1_000_000)}]`)).toEqual(['1'.repeat(1_000_000)]);
  });
});
