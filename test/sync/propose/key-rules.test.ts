import { describe, expect, test } from '@jest/globals';
import { keyForm } from '../../../src/reason/rows/key-forms.ts';
import { coarseKey } from '../../../src/sync/propose/key-rules.ts';

const asRules = {
  text: keyForm(['trim', 'id15', 'width', 'lower', 'letters-digits', 'zeros']),
  digits: keyForm(['width', 'digits', 'zeros']),
};

describe('the coarse form of a key is that of its rules, also where these are passed over', () => {
  test.each([
    '1',
    '0',
    '00120',
    'a0012',
    'C-0012',
    ' c0012 ',
    '0-0',
    'ＡＢ１２',
    '顧客12',
    'user@example.co.jp',
    '003A000000abcDE',
    '003A000000abcDEIAY',
    'abcdefghijklmno',
    'é1',
    '---',
  ])('%s', (key) => {
    const formed = (form: 'text' | 'digits') => coarseKey(['', key], [{ at: 1 }], form);
    expect([formed('text'), formed('digits')]).toEqual(
      [asRules.text(key), asRules.digits(key)].map((one) => one || undefined),
    );
  });

  test('of several parts stands in their order, and blank is none', () => {
    const looks = [{ at: 1 }, { at: 0 }];
    expect(coarseKey(['A-1', 'b'], looks, 'text')).toBe('b\u0000a1');
    expect(coarseKey(['', ''], looks, 'text')).toBeUndefined();
    expect(coarseKey(['', ''], looks.slice(1), 'text')).toBeUndefined();
  });
});
