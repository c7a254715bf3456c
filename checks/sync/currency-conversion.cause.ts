import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ComparedColumn } from '../../src/model/sync/column.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { dateOf, momentOf } from '../../src/reason/moments.ts';
import { amountsOf, bearsRatio, ratioOf } from '../../src/reason/rows/amount-pairs.ts';
import { differingColumns, valuesAt } from '../../src/reason/rows/moment-pairs.ts';
import { textOf, writeAgain } from './value-words.ts';

/** Rates by the value of a column of the left side (its day, where it is a time); without a column there is one rate. */
interface Rates extends Readonly<Record<string, unknown>> {
  readonly by?: number;
  readonly name?: string;
  readonly rates: Readonly<Record<string, number>>;
}

const mostGroups = 400;
/** A group of fewer pairs would bear a ratio of its own by itself. */
const fewestOfGroup = 5;

/** Powers of ten are a unit, 1.1 and 1.08 a tax, and nearly 1 is rounding. */
const isOther = (ratio: number): boolean => {
  const power = Math.log10(ratio);
  return (
    Math.abs(power - Math.round(power)) < 0.002 ||
    [1.1, 1.08, 1 / 1.1, 1 / 1.08].some((tax) => Math.abs(ratio / tax - 1) < 0.002)
  );
};

const groupOf = (value: string, { type }: ComparedColumn): string => {
  if (type !== 'date' && type !== 'timestamp') return value;
  const moment = momentOf(value);
  return moment ? new Date(dateOf(moment)).toISOString().slice(0, 10) : value;
};

export const currencyConversion = defineSyncCause({
  id: 'sync.currency-conversion',
  title: { en: 'Amounts were converted into another currency', ja: '金額が別の通貨に換算されています' },
  about: {
    en: 'One side keeps amounts in the currency of the deal, the other in the currency of the company, converted at the rate of a day. The ratio is the same for all amounts of one currency or day and is no round number. Converting back later at another rate loses money on paper.',
    ja: '片方は取引の通貨のまま、もう片方は会社の通貨に、ある日のレートで換算して保存しています。比率は通貨または日付ごとに一定で、切りのよい数ではありません。後日別のレートで戻すと金額が変わってしまいます。',
  },
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Rates>({
      effect: 'wrong',
      wholeRow: true,
      propose: (view) =>
        differingColumns(view, ['amount', 'number']).flatMap(({ at }): { columns: number[]; params: Rates }[] => {
          const found = view.pairs.slice(0, 5000).flatMap((pair) => {
            const values = valuesAt(pair, at);
            const amounts = values.left === values.right ? undefined : amountsOf(values);
            return amounts ? [{ pair, amounts }] : [];
          });
          if (found.length < 20) return [];
          const one = ratioOf(found.map(({ amounts }) => amounts));
          if (one && one.n >= 20 && one.n >= 0.5 * found.length) {
            return isOther(one.ratio) ? [] : [{ columns: [at], params: { rates: { '': one.ratio } } }];
          }
          const grouped = view.columns
            .filter(({ key, type }) => !key && ['picklist', 'reference', 'text', 'date', 'timestamp'].includes(type))
            .flatMap((column) => {
              const groups = new Map<string, (typeof found)[number]['amounts'][]>();
              for (const { pair, amounts } of found) {
                const group = groupOf(pair.left[column.at] ?? '', column);
                const kept = groups.get(group);
                if (kept) kept.push(amounts);
                else groups.set(group, [amounts]);
                if (groups.size > mostGroups) return [];
              }
              const told = [...groups].flatMap(([group, amounts]) => {
                const best = amounts.length >= fewestOfGroup ? ratioOf(amounts) : undefined;
                return best && best.n >= fewestOfGroup && best.n >= 0.8 * amounts.length && !isOther(best.ratio)
                  ? [{ group, ...best }]
                  : [];
              });
              const n = told.reduce((sum, group) => sum + group.n, 0);
              const params: Rates = {
                by: column.at,
                name: column.left,
                rates: Object.fromEntries(told.map(({ group, ratio }) => [group, ratio])),
              };
              return n >= 20 && n >= 0.3 * found.length ? [{ n, params }] : [];
            })
            .toSorted((a, b) => b.n - a.n)[0];
          return grouped ? [{ columns: [at], params: grouped.params }] : [];
        }),
      explains: (pair, at, { by, rates }, columns) => {
        const column = by === undefined ? undefined : columns[by];
        const group = column ? groupOf(pair.left[column.at] ?? '', column) : '';
        const ratio = Object.hasOwn(rates, group) ? rates[group] : undefined;
        const amounts = amountsOf(valuesAt(pair, at));
        return ratio !== undefined && amounts !== undefined && bearsRatio(amounts, ratio);
      },
    }),
  ],
  because: ({ main, columns, share }) => {
    const { rates } = main.detail;
    const entries = Object.entries(typeof rates === 'object' && rates !== null ? rates : {});
    const shown = entries
      .slice(0, 3)
      .map(([group, rate]) => `${group === '' ? '' : `${group}: `}${Number(rate).toPrecision(6)}`)
      .join(', ');
    const name = textOf(main.detail.name);
    return {
      en: `${columns}: the right side is the left one times a rate${name ? ` by ${name}` : ''} (${shown}) in ${share.en} differing pairs.`,
      ja: `${columns}: 右側は左側に${name ? ` ${name} ごとの` : '一定の'}レートを掛けた金額です（${shown}）。該当する差異: ${share.ja}。`,
    };
  },
  steps: ({ columns }) => [
    {
      en: 'Pass the original amount together with its currency code (ISO 4217), and the converted amount with rate and day in fields of their own.',
      ja: '元の金額は通貨コード (ISO 4217) と一緒に渡し、換算後の金額はレートと日付とともに別の項目に入れます。',
    },
    {
      en: `Map ${columns} from the field in the same currency (many CRMs have one in the record's and one in the company's currency).`,
      ja: `${columns} は同じ通貨の項目同士で対応付けます（多くの CRM には、レコードの通貨と会社の通貨の 2 つの項目があります）。`,
    },
    writeAgain(columns),
  ],
});
