import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { type Decimal, decimalOf, type Rounding, rounded, sameDecimal, toNumber } from '../../src/reason/decimals.ts';
import { isRatherStep } from '../../src/reason/rows/counts.ts';
import { numberOf, sidesOf, textOf, writeAgain } from './value-words.ts';

type Round = { readonly places: number; readonly how: Rounding; readonly side: 'left' | 'right' };

/** Of rules that bear out the same pairs, the one that is met most. */
const hows: readonly Rounding[] = ['half-up', 'truncate', 'floor', 'ceil', 'half-even', 'half-down'];
/** Places of the decimal point, and tens to thousands. */
const places = [0, 2, 1, 3, 4, 6, -1, -2, -3];

/** What may be one number and what it was rounded to, the finer one first. */
const finerFirst = (pair: ValuePair, side: Round['side']): readonly [Decimal, Decimal] | undefined => {
  const fine = decimalOf(side === 'right' ? pair.left : pair.right);
  const coarse = fine && decimalOf(side === 'right' ? pair.right : pair.left);
  // Equal numbers in two notations are another matter.
  if (!fine || !coarse || sameDecimal(fine, coarse)) return undefined;
  // The tail of a binary number is no value that someone rounded.
  const digits = fine.units.toString().length;
  const [a, b] = [toNumber(fine), toNumber(coarse)];
  return digits >= 14 && Math.abs(a - b) <= Math.abs(a) * 2 ** -24 ? undefined : [fine, coarse];
};

/** How far a number may be moved by rounding at these places: what was moved further is not worth exact arithmetic. */
const mayBeRounded = (by: number, { places: at }: Round): boolean => by <= 1.001 * 10 ** -at;

const isRounded = ([fine, coarse]: readonly [Decimal, Decimal], { places: at, how }: Round): boolean =>
  sameDecimal(rounded(fine, at, how), coarse);

/** How many units of the last place on each side are looked at for numbers that were corrected, not rounded. */
const neighbourhood = 10;

/**
 * Whether round numbers are met next to the finer ones rather than anywhere around them.
 * Corrected amounts are often round as well, but they lie as often some units away: nobody rounded those.
 */
const standsOut = (numbers: readonly (readonly [Decimal, Decimal])[], round: Round): boolean => {
  const unit = 10 ** -round.places;
  const near = numbers.filter(([fine, coarse]) => {
    const by = Math.abs(toNumber(fine) - toNumber(coarse));
    return by <= neighbourhood * unit && sameDecimal(rounded(coarse, round.places, 'truncate'), coarse);
  });
  return near.filter((pair) => isRounded(pair, round)).length * 2 >= near.length;
};

const bears = (pair: ValuePair, params: Round): boolean => {
  const numbers = finerFirst(pair, params.side);
  return numbers !== undefined && isRounded(numbers, params);
};

const names: Readonly<Record<string, { readonly en: string; readonly ja: string }>> = {
  floor: { en: 'rounded down', ja: '切り下げ' },
  truncate: { en: 'cut off', ja: '切り捨て' },
  ceil: { en: 'rounded up', ja: '切り上げ' },
  'half-up': { en: 'rounded half up', ja: '四捨五入' },
  'half-even': { en: "rounded half to even (banker's rounding)", ja: '偶数への丸め（銀行丸め）' },
  'half-down': { en: 'rounded half down', ja: '五捨六入' },
};

/** To what was rounded: decimals, whole numbers, or tens and more. */
const unitOf = (places: number): Text => {
  if (places === 0) return { en: 'whole numbers', ja: '整数' };
  if (places < 0) return { en: `units of ${grouped(10 ** -places)}`, ja: ` ${grouped(10 ** -places)} の単位` };
  return { en: places === 1 ? '1 decimal place' : `${places} decimal places`, ja: `小数 ${places} 桁` };
};

const stepsForPlaces = (columns: string): readonly Text[] => [
  {
    en: `Give ${columns} the same number of decimal places on both sides, or round in one place only and by one rule.`,
    ja: `${columns} の小数桁数を両側で揃えるか、丸めを 1 か所、1 つの方式だけで行います。`,
  },
  {
    en: 'Where fewer places are meant, state a tolerance for the field in the configuration.',
    ja: '桁数の違いが意図したものなら、設定ファイルの該当項目に tolerance を指定します。',
  },
];

const stepsForWhole = (columns: string, unit: Text): readonly Text[] => [
  {
    en: `Find the step that rounds ${columns} to ${unit.en} (a field type, a formula, an export format), and let it pass the number as it is.`,
    ja: `${columns} を${unit.ja}に丸めている処理（項目の型、計算式、出力形式など）を探し、丸めずにそのまま渡すように直します。`,
  },
  {
    en: 'Where the rounding is meant, state a tolerance for the field in the configuration.',
    ja: '丸めが意図したものなら、設定ファイルの該当項目に tolerance を指定します。',
  },
];

export const rounding = defineSyncCause({
  id: 'sync.rounding',
  title: { en: 'Numbers are rounded on one side', ja: '片方で数値が丸められています' },
  about: {
    en: 'One side keeps fewer places than the other and rounds, cuts or rounds up what is left over. Single values differ by less than one unit of the last place; sums drift apart by the number of records. Two systems that round halves differently disagree only at exactly half.',
    ja: '片方の小数桁数が少なく、端数を四捨五入、切り捨て、切り上げしています。1 件ずつの差は最小桁の 1 単位未満ですが、合計は件数に応じてずれます。端数処理の方式だけが異なる場合は、ちょうど半分の値だけが食い違います。',
  },
  owner: 'crm-admin',
  hypotheses: [
    valueHypothesis<Round>({
      effect: 'wrong',
      types: ['number', 'amount'],
      propose: (pairs) =>
        (['right', 'left'] as const).flatMap((side) => {
          const numbers = pairs.flatMap((pair) => {
            const found = finerFirst(pair, side);
            if (!found) return [];
            const [a, b] = [toNumber(found[0]), toNumber(found[1])];
            return [{ numbers: found, by: Math.abs(a - b) - 1e-12 * Math.abs(b) }];
          });
          const tried = places
            .flatMap((at) => hows.map((how): Round => ({ places: at, how, side })))
            .map((params) => ({
              params,
              n: numbers.filter((one) => mayBeRounded(one.by, params) && isRounded(one.numbers, params)).length,
            }))
            .toSorted((a, b) => b.n - a.n);
          const [best] = tried;
          const all = numbers.map((one) => one.numbers);
          const stands = best !== undefined && best.n > 0 && !isRatherStep(pairs, best.n);
          return stands && standsOut(all, best.params) ? [best.params] : [];
        }),
      explains: bears,
    }),
  ],
  because: ({ main, columns, share }) => {
    const sides = sidesOf(main.detail.side);
    const how = names[textOf(main.detail.how)] ?? { en: '', ja: '' };
    const unit = unitOf(numberOf(main.detail.places));
    return {
      en: `${columns}: the ${sides.made.en} side is the ${sides.from.en} one ${how.en} to ${unit.en} in ${share.en} differing pairs.`,
      ja: `${columns}: ${sides.made.ja}は、${sides.from.ja}を${unit.ja}に丸めた値です（${how.ja}）。該当する差異: ${share.ja}。`,
    };
  },
  steps: ({ main, columns }) => {
    const at = numberOf(main.detail.places);
    return [...(at > 0 ? stepsForPlaces(columns) : stepsForWhole(columns, unitOf(at))), writeAgain(columns)];
  },
});
