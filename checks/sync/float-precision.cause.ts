import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { decimalOf, sameDecimal, toNumber } from '../../src/reason/decimals.ts';
import { sidesOf, writeAgain } from './value-words.ts';

type Float = { readonly bits: 32 | 64; readonly side: 'left' | 'right' };

const digitsOf = (units: bigint): number => (units < 0n ? -units : units).toString().replace(/0+$/, '').length;

const bears = (pair: ValuePair, { bits, side }: Float): boolean => {
  const meant = decimalOf(side === 'right' ? pair.left : pair.right);
  const stored = decimalOf(side === 'right' ? pair.right : pair.left);
  if (!meant || !stored || sameDecimal(meant, stored)) return false;
  const [a, b] = [toNumber(meant), toNumber(stored)];
  if (bits === 64) {
    // Tails such as 0.30000000000000004, and long integers that lost their last digits.
    return (digitsOf(stored.units) >= 15 || digitsOf(meant.units) >= 16) && Math.abs(a - b) <= Math.abs(a) * 2 ** -50;
  }
  // Written out in full (19.989999771118164), or in the seven to nine digits that a single-precision number has.
  const digits = digitsOf(stored.units);
  return (
    Math.fround(a) === Math.fround(b) &&
    (b === Math.fround(a) || (digits >= 6 && digits <= 9 && digitsOf(meant.units) < 14))
  );
};

export const floatPrecision = defineSyncCause({
  id: 'sync.float-precision',
  title: {
    en: 'Numbers went through binary floating point and lost digits',
    ja: '浮動小数点数を経由して数値の桁が失われています',
  },
  about: {
    en: 'A column or a program on the way keeps numbers as FLOAT. Single precision has about seven digits: 123456.789 becomes 123456.79, and 19.99 becomes 19.989999771118164. Money does not belong there.',
    ja: '列または途中のプログラムが数値を FLOAT 型で扱っています。単精度は約 7 桁しかなく、123456.789 は 123456.79 に、19.99 は 19.989999771118164 になります。金額に使う型ではありません。',
  },
  owner: 'crm-admin',
  unless: ['sync.rounding', 'sync.amount-scale', 'sync.amount-tax'],
  hypotheses: [
    valueHypothesis<Float>({
      effect: 'wrong',
      types: ['number', 'amount', 'text'],
      propose: () =>
        ([32, 64] as const).flatMap((bits) => [{ bits, side: 'right' } as const, { bits, side: 'left' } as const]),
      explains: bears,
    }),
  ],
  because: ({ main, columns, share }) => {
    const { bits, side } = main.detail;
    const sides = sidesOf(side);
    const single = bits === 32;
    return {
      en: `${columns}: the ${sides.made.en} side is the ${sides.from.en} one as a ${single ? 'single' : 'double'}-precision number in ${share.en} differing pairs.`,
      ja: `${columns}: ${sides.made.ja}は、${sides.from.ja}を${single ? '単精度（FLOAT）' : '倍精度（DOUBLE）'}にした値です。該当する差異: ${share.ja}。`,
    };
  },
  steps: ({ columns }) => [
    {
      en: `Change the type of ${columns} to DECIMAL (such as DECIMAL(18,2)) on that side, and pass numbers as text or decimals on the way.`,
      ja: `該当する側の ${columns} の型を DECIMAL（DECIMAL(18,2) など）に変更し、途中の処理でも文字列または十進数で受け渡します。`,
    },
    writeAgain(columns),
  ],
});
