import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { grouped } from '../../src/model/text.ts';
import {
  type Decimal,
  decimalOf,
  type Rounding,
  rounded,
  sameDecimal,
  times,
  toNumber,
} from '../../src/reason/decimals.ts';
import { modesOf } from '../../src/reason/rows/modes.ts';
import { numberOf, writeAgain } from './value-words.ts';

/** Right is left times ten to this power; `how`: and the places that fall off are rounded. */
type Scale = { readonly power: number; readonly how?: Rounding };

const powers = [2, 3, 4, 1, 6, 8, -2, -3, -4, -1, -6, -8];
const hows: readonly Rounding[] = ['truncate', 'half-up', 'ceil'];

const scaled = (value: Decimal, power: number): Decimal =>
  power >= 0 ? times(value, 10n ** BigInt(power)) : times(value, 1n, -power);

const bearsDecimals = (a: Decimal, b: Decimal, { power, how }: Scale): boolean => {
  const wanted = scaled(a, power);
  return sameDecimal(how ? rounded(wanted, 0, how) : wanted, b);
};

/** Two amounts, neither of them nothing. */
const decimalsIn = ({ left, right }: ValuePair): readonly [Decimal, Decimal] | undefined => {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  return a && b && a.units !== 0n && b.units !== 0n ? [a, b] : undefined;
};

/** With about what number each is. */
interface Amounts {
  readonly a: Decimal;
  readonly b: Decimal;
  readonly from: number;
  readonly to: number;
}

const amountsIn = (pair: ValuePair): Amounts | undefined => {
  const [a, b] = decimalsIn(pair) ?? [];
  return a && b && { a, b, from: toNumber(a), to: toNumber(b) };
};

/** Dozens of scales are tried: only what comes within one of the other number is worth exact arithmetic. */
const mayBear = ({ from, to }: Amounts, { power, how }: Scale): boolean =>
  Math.abs(from * 10 ** power - to) <= (how ? 1.001 : 0) + 1e-9 * Math.abs(to);

const bears = (pair: ValuePair, scale: Scale): boolean => {
  const [a, b] = decimalsIn(pair) ?? [];
  return a !== undefined && b !== undefined && bearsDecimals(a, b, scale);
};

/** What people write in: yen, thousands of yen, ten thousands. */
const unitOf: Readonly<Record<number, { readonly en: string; readonly ja: string }>> = {
  2: { en: 'cents against whole units', ja: 'セントなどの最小単位と通貨単位' },
  3: { en: 'thousands against single units', ja: '千円単位と円単位' },
  4: { en: 'ten thousands (man) against single units', ja: '万円単位と円単位' },
  6: { en: 'millions against single units', ja: '百万円単位と円単位' },
  8: { en: 'hundred millions (oku) against single units', ja: '億円単位と円単位' },
};

export const amountScale = defineSyncCause({
  id: 'sync.amount-scale',
  title: { en: 'Amounts are off by a power of ten', ja: '金額の桁がずれています（単位の違い）' },
  about: {
    en: 'One side counts in another unit than the other: yen against thousands or ten thousands of yen, or whole units against cents, which APIs of payment services use. All amounts are off by the same power of ten; a decimal comma read as a separator of thousands does the same.',
    ja: '円と千円・万円、あるいは通貨単位とセント（決済サービスの API など）のように、金額の単位が両側で異なります。すべての金額が同じ桁数だけずれます。小数点のカンマを桁区切りとして読んだ場合も同じです。',
  },
  owner: 'crm-admin',
  hypotheses: [
    valueHypothesis<Scale>({
      effect: 'wrong',
      types: ['number', 'amount'],
      propose: (pairs) => {
        const amounts = pairs.flatMap((pair) => amountsIn(pair) ?? []);
        const isBorne = (one: Amounts, scale: Scale): boolean =>
          mayBear(one, scale) && bearsDecimals(one.a, one.b, scale);
        const exact = modesOf(amounts.flatMap((one) => powers.filter((power) => isBorne(one, { power })))).slice(0, 2);
        const cut = hows
          .flatMap((how) => [-3, -4, -2, -6].map((power): Scale => ({ power, how })))
          .map((params) => ({ params, n: amounts.filter((one) => isBorne(one, params)).length }))
          .toSorted((a, b) => b.n - a.n)
          // A small amount cut to thousands may come from any number: only where most of them are borne out.
          .filter(({ n }) => n >= 0.3 * pairs.length)
          .slice(0, 1);
        return [...exact.map(({ value }): Scale => ({ power: value })), ...cut.map(({ params }) => params)];
      },
      explains: bears,
    }),
  ],
  because: ({ main, columns, share }) => {
    const power = numberOf(main.detail.power);
    const factor = grouped(10 ** Math.abs(power));
    const unit = unitOf[Math.abs(power)];
    return {
      en: `${columns}: the right side is the left one ${power > 0 ? 'times' : 'divided by'} ${factor}${unit ? ` (${unit.en})` : ''} in ${share.en} differing pairs.`,
      ja: `${columns}: 右側は左側の ${power > 0 ? factor : `1/${factor}`} 倍です${unit ? `（${unit.ja}）` : ''}。該当する差異: ${share.ja}。`,
    };
  },
  steps: ({ columns }) => [
    {
      en: `Look up the unit of ${columns} on both sides and convert in the mapping, in one place only.`,
      ja: `両側の ${columns} の単位を確認し、項目の対応付けの 1 か所だけで換算します。`,
    },
    {
      en: 'Put the unit into the name of the field (amount_jpy, amount_thousand_jpy), so that it is not guessed again.',
      ja: '単位を項目名に含め（金額_円、金額_千円 など）、次に推測しなくて済むようにします。',
    },
    writeAgain(columns),
  ],
});
