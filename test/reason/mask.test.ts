import { expect, test } from '@jest/globals';
import { masked } from '../../src/reason/mask.ts';

test('notation stays, the person does not', () => {
  expect(masked('Taro.Sato@example.co.jp')).toBe('Aaaa.Aaaa@aaaaaaa.aa.aa');
  expect(masked('03-1234-5678')).toBe('99-9999-9999');
  expect(masked('０３－１２３４')).toBe('９９－９９９９');
  expect(masked('佐藤 たろう ﾀﾛｳ タロウ')).toBe('字字 あああ ｱｱｱ アアア');
  expect(masked('a\\u{200b}b\\x07')).toBe('a\\u{200b}a\\x07');
  expect(masked('𠮷é😀')).toBe('字xx');
});
