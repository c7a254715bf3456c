import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { decimalOf, type Rounding, rounded, sameDecimal, times, toNumber } from '../../src/reason/decimals.ts';
import { isRatherStep } from '../../src/reason/rows/counts.ts';
import { numberOf, sidesOf, textOf, writeAgain } from './value-words.ts';

/** The rates of consumption tax in Japan since October 2019, in percent. */
const rates = [10, 8] as const;
const hows = ['floor', 'half-up', 'ceil'] as const satisfies readonly Rounding[];

type Tax = {
  readonly rate: number;
  readonly gross: 'left' | 'right';
  readonly how: (typeof hows)[number];
  readonly places: number;
};

const bears = (pair: ValuePair, { rate, gross, how, places }: Tax): boolean => {
  const net = decimalOf(gross === 'right' ? pair.left : pair.right);
  const whole = decimalOf(gross === 'right' ? pair.right : pair.left);
  if (!net || !whole || net.units === 0n) return false;
  const added = rounded(times(net, BigInt(100 + rate), 2), places, how);
  return !sameDecimal(added, net) && sameDecimal(added, whole);
};

interface Numbers {
  readonly pair: ValuePair;
  readonly left: number;
  readonly right: number;
}

const numbersIn = (pairs: readonly ValuePair[]): readonly Numbers[] =>
  pairs.flatMap((pair) => {
    const [left, right] = [decimalOf(pair.left), decimalOf(pair.right)];
    return left && right ? [{ pair, left: toNumber(left), right: toNumber(right) }] : [];
  });

/** Whether it may be the tax, however it is rounded: by less than a unit. Most differences are nothing of the kind. */
const isNear = ({ left, right }: Numbers, { rate, gross }: Pick<Tax, 'rate' | 'gross'>): boolean => {
  const [net, whole] = gross === 'right' ? [left, right] : [right, left];
  const taxed = (net * (100 + rate)) / 100;
  return Math.abs(whole - taxed) <= 1.01 + 1e-9 * Math.abs(taxed);
};

const howNames: Readonly<Record<string, { readonly en: string; readonly ja: string }>> = {
  floor: { en: 'rounded down', ja: '切り捨て' },
  'half-up': { en: 'rounded half up', ja: '四捨五入' },
  ceil: { en: 'rounded up', ja: '切り上げ' },
};

export const amountTax = defineSyncCause({
  id: 'sync.amount-tax',
  title: { en: 'One side has amounts with tax, the other without', ja: '税込金額と税抜金額が混ざっています' },
  about: {
    en: 'A field with the net amount was mapped to one with the gross amount, or the reverse. Every amount is off by the consumption tax: 10 %, or 8 % for food and newspapers. Sums of both systems will never agree, and invoices may be wrong.',
    ja: '税抜金額の項目が税込金額の項目に対応付けられています（またはその逆）。どの金額も消費税分（10 %、飲食料品や新聞は 8 %）だけずれます。両システムの合計は一致せず、請求額を誤るおそれもあります。',
  },
  owner: 'crm-admin',
  hypotheses: [
    valueHypothesis<Tax>({
      effect: 'wrong',
      types: ['amount', 'number'],
      propose: (pairs) => {
        const numbers = numbersIn(pairs);
        return rates.flatMap((rate) =>
          (['right', 'left'] as const).flatMap((gross) => {
            const near = numbers.filter((one) => isNear(one, { rate, gross }));
            const best = [0, 2]
              .flatMap((places) => hows.map((how): Tax => ({ rate, gross, how, places })))
              .map((params) => ({ params, n: near.filter(({ pair }) => bears(pair, params)).length }))
              .toSorted((a, b) => b.n - a.n)[0];
            return best && best.n > 0 && !isRatherStep(pairs, best.n) ? [best.params] : [];
          }),
        );
      },
      explains: bears,
    }),
  ],
  because: ({ main, columns, share }) => {
    const { rate, gross } = main.detail;
    const sides = sidesOf(gross);
    const how = howNames[textOf(main.detail.how)] ?? { en: '', ja: '' };
    return {
      en: `${columns}: the ${sides.made.en} side is the ${sides.from.en} one plus ${numberOf(rate)} % (${how.en}) in ${share.en} differing pairs.`,
      ja: `${columns}: ${sides.made.ja}は、${sides.from.ja}に ${numberOf(rate)} % を加えた金額です（端数は${how.ja}）。該当する差異: ${share.ja}。`,
    };
  },
  steps: ({ columns }) => [
    {
      en: `Decide whether ${columns} is meant with tax or without, and map net to net and gross to gross; where one of them is missing, add the field.`,
      ja: `${columns} を税込と税抜のどちらにするか決め、税抜は税抜、税込は税込に対応付けます。片方がない場合は項目を追加します。`,
    },
    {
      en: 'Pass the rate of tax as a field of its own: with two rates it cannot be reckoned back.',
      ja: '税率も別の項目として渡します。税率が 2 種類あると、金額だけから逆算できません。',
    },
    writeAgain(columns),
  ],
});
