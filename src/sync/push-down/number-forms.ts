import type { ValuePair } from '../../model/sync/hypothesis.ts';
import { decimalOf, type Rounding, rounded, sameDecimal, times } from '../../reason/decimals.ts';
import { numberFormat } from '../../reason/values/number-format.normal.ts';
import { bound, type Form, folded, notation, onSide } from './forms.ts';

const yen = '(?:¥|￥)';

/** What is written as a number with its commas in their places; without zeros that say nothing. Empty for anything else. */
const numberText = (text: string): string =>
  bound('p', `replaceRegexpAll(${text}, '[ \\\\t　]', '')`, (bare) => {
    const valid = `match(${bare}, '^(?:[-+]?${yen}?|${yen}-)(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:[.][0-9]*)?(?:円|JPY)?$') AND match(${bare}, '[0-9]')`;
    const digits = `replaceRegexpAll(${bare}, '[^0-9.]', '')`;
    const short = `replaceRegexpOne(replaceRegexpOne(${digits}, '^0+', ''), '([.][0-9]*[1-9])0+$|[.]0*$', '\\\\1')`;
    const sign = `if(position(${bare}, '-') > 0, '-', '')`;
    return bound('s', short, (own) => `multiIf(NOT (${valid}), '', ${own} = '', '0', concat(${sign}, ${own}))`);
  });

const numberForm = (hasNfkc: boolean): Form =>
  notation(
    'sync.number-format',
    (left, right) => {
      const text = (value: string): string => numberText(folded(value, hasNfkc));
      return bound('a', text(left), (own) => `(${own} != '' AND ${own} = ${text(right)})`);
    },
    numberFormat.canonical,
  );

/** Ten thousandths as an integer; of a plain number of few places, so that no product below leaves 64 bits. */
const units = (text: string): string =>
  `toInt64OrZero(concat(extract(${text}, '^-?[0-9]+'), substring(concat(extract(${text}, '[.]([0-9]+)$'), '0000'), 1, 4)))`;
const isPlain = (text: string): string => `match(${text}, '^-?[0-9]{1,9}([.][0-9]{1,4})?$')`;
const place = 4;

/** The SQL of a quotient that is rounded to an integer. */
const roundings: Readonly<Record<'floor' | 'half-up' | 'ceil', (value: string, step: number) => string>> = {
  floor: (value, step) => `(intDiv(${value}, ${step}) - (${value} < intDiv(${value}, ${step}) * ${step}))`,
  'half-up': (value, step) =>
    `(intDiv(${value}, ${step}) + if(2 * abs(${value} - intDiv(${value}, ${step}) * ${step}) >= ${step}, if(${value} < 0, -1, 1), 0))`,
  ceil: (value, step) => `(intDiv(${value}, ${step}) + (${value} > intDiv(${value}, ${step}) * ${step}))`,
};

/** The rates of consumption tax in Japan since October 2019, in percent. */
const rates = [10, 8] as const;

const taxForms = (): readonly Form[] =>
  rates.flatMap((rate) =>
    (['right', 'left'] as const).flatMap((gross) =>
      [0, 2].flatMap((places) =>
        (['floor', 'half-up', 'ceil'] as const).map((how): Form => {
          // Both in hundredths of the units above.
          const step = 10 ** (place + 2 - places);
          const holds = (left: string, right: string): boolean => {
            const [net, whole] = onSide(gross, left, right).map(decimalOf);
            if (!net || !whole || net.units === 0n) return false;
            const added = rounded(times(net, BigInt(100 + rate), 2), places, how satisfies Rounding);
            return !sameDecimal(added, net) && sameDecimal(added, whole);
          };
          return {
            cause: 'sync.amount-tax',
            effect: 'wrong',
            detail: { rate, gross, how, places },
            group: `tax ${rate} ${gross}`,
            sql: (left, right) => {
              const [net, whole] = onSide(gross, left, right);
              const added = `${roundings[how](`(${units(net)} * ${100 + rate})`, step)} * ${step}`;
              return `(${isPlain(net)} AND ${isPlain(whole)} AND ${units(net)} != ${units(whole)} AND ${added} = ${units(whole)} * 100)`;
            },
            holds,
          };
        }),
      ),
    ),
  );

/** Right is left times ten to one of these powers; commoner ones first. */
const powers = [2, 3, 4, 1, 6, -2, -3, -4, -1, -6] as const;

const scaleForms = (): readonly Form[] =>
  powers.map((power): Form => {
    const by = 10 ** Math.abs(power);
    const holds = (left: string, right: string): boolean => {
      const pair: ValuePair = power > 0 ? { left, right } : { left: right, right: left };
      const [small, large] = [decimalOf(pair.left), decimalOf(pair.right)];
      return !!small && !!large && small.units !== 0n && sameDecimal(times(small, BigInt(by)), large);
    };
    return {
      cause: 'sync.amount-scale',
      effect: 'wrong',
      detail: { power },
      group: 'scale',
      sql: (left, right) => {
        const [small, large] = power > 0 ? [left, right] : [right, left];
        return `(${isPlain(small)} AND match(${large}, '^-?[0-9]{1,14}([.][0-9]{1,4})?$') AND ${units(small)} != 0 AND ${units(small)} * ${by} = ${units(large)})`;
      },
      holds,
    };
  });

/** Of columns of numbers. */
export const numberForms = (hasNfkc: boolean): readonly Form[] => [numberForm(hasNfkc), ...taxForms(), ...scaleForms()];
