import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ComparedColumn } from '../../src/model/sync/column.ts';
import { differingIn, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { dateOf, momentOf } from '../../src/reason/moments.ts';
import { amountsOf, bearsRatio, ratioOf } from '../../src/reason/rows/amount-pairs.ts';
import { isRatherStep } from '../../src/reason/rows/counts.ts';
import { differingColumns, valuesAt } from '../../src/reason/rows/moment-pairs.ts';
import { textOf, writeAgain } from './value-words.ts';

/** Rates by the value of a column of the left side (its day, where it is a time); without a column there is one rate. */
interface Rates extends Readonly<Record<string, unknown>> {
  readonly by?: number;
  readonly span?: Span;
  /** The column of the currencies, where the rate is that of one and of a time. */
  readonly codes?: number;
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

const isTime = ({ type }: ComparedColumn): boolean => type === 'date' || type === 'timestamp';

/** How long a rate holds: so many signs of a date. */
const spans = { day: 10, month: 7, year: 4 } as const;
type Span = keyof typeof spans;

const groupOf = (value: string, column: ComparedColumn, span: Span): string => {
  if (!isTime(column)) return value;
  const moment = momentOf(value);
  if (moment && /^\d{4}-\d\d-\d\d/.test(value)) return value.slice(0, spans[span]);
  return moment ? new Date(dateOf(moment)).toISOString().slice(0, spans[span]) : value;
};

/** What amounts may be grouped by: a column, and for times how long a rate holds and the column of the currencies. */
interface Grouping {
  readonly by: ComparedColumn;
  readonly span: Span;
  readonly codes?: ComparedColumn;
}

const inGroup = ({ left }: RowPair, { by, span, codes }: Grouping): string => {
  const group = groupOf(left[by.at] ?? '', by, span);
  return codes ? `${group} ${left[codes.at] ?? ''}` : group;
};

/** Columns of which nearly all values are codes as JPY and USD. */
const codeColumns = (view: ComparisonView, pairs: readonly RowPair[]): readonly ComparedColumn[] =>
  view.columns.filter(({ at, key }) => {
    const values = pairs.slice(0, 300).map(({ left }) => left[at] ?? '');
    return (
      !key && values.length > 0 && values.filter((value) => /^[A-Z]{3}$/.test(value)).length >= 0.9 * values.length
    );
  });

/** Those of the fewest groups first. */
const groupings = (view: ComparisonView, pairs: readonly RowPair[]): readonly Grouping[] => {
  const open = view.columns.filter(
    ({ key, type }) => !key && ['picklist', 'reference', 'text', 'date', 'timestamp'].includes(type),
  );
  const codes = codeColumns(view, pairs);
  const over = (span: Span): readonly Grouping[] => open.filter(isTime).map((by) => ({ by, span }));
  const ofEach = (span: Span): readonly Grouping[] =>
    over(span).flatMap((one) => codes.map((column) => ({ ...one, codes: column })));
  return [
    ...open.flatMap((by): readonly Grouping[] => (isTime(by) ? [] : [{ by, span: 'day' }])),
    ...over('year'),
    ...ofEach('year'),
    ...over('month'),
    ...ofEach('month'),
    ...over('day'),
  ];
};

/** The first that explains nearly as much as the best: with more groups a little more is always explained. */
const simplest = <One extends { readonly n: number }>(found: readonly One[]): One | undefined => {
  const most = found.reduce((max, { n }) => Math.max(max, n), 0);
  return found.find(({ n }) => n >= 0.97 * most);
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
          const all = differingIn(view, at);
          const one = ratioOf(found.map(({ amounts }) => amounts));
          if (one && one.n >= 20 && one.n >= 0.5 * found.length) {
            return isOther(one.ratio) || isRatherStep(all, one.n)
              ? []
              : [{ columns: [at], params: { rates: { '': one.ratio } } }];
          }
          const tried = groupings(
            view,
            found.map(({ pair }) => pair),
          ).flatMap((grouping) => {
            const groups = new Map<string, (typeof found)[number]['amounts'][]>();
            for (const { pair, amounts } of found) {
              const group = inGroup(pair, grouping);
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
              by: grouping.by.at,
              span: grouping.span,
              ...(grouping.codes ? { codes: grouping.codes.at } : {}),
              name: grouping.codes ? `${grouping.by.left} + ${grouping.codes.left}` : grouping.by.left,
              rates: Object.fromEntries(told.map(({ group, ratio }) => [group, ratio])),
            };
            return n >= 20 && n >= 0.3 * found.length ? [{ n, params }] : [];
          });
          const grouped = simplest(tried);
          return grouped && !isRatherStep(all, grouped.n) ? [{ columns: [at], params: grouped.params }] : [];
        }),
      explains: (pair, at, { by, span = 'day', codes, rates }, columns) => {
        const [column, code] = [by, codes].map((one) => (one === undefined ? undefined : columns[one]));
        const group = column ? inGroup(pair, { by: column, span, ...(code ? { codes: code } : {}) }) : '';
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
      ja: '元の金額は通貨コード（ISO 4217）と一緒に渡し、換算後の金額はレートと日付とともに別の項目に入れます。',
    },
    {
      en: `Map ${columns} from the field in the same currency (many CRMs have one in the record's and one in the company's currency).`,
      ja: `${columns} は同じ通貨の項目同士で対応付けます（多くの CRM には、レコードの通貨と会社の通貨の 2 つの項目があります）。`,
    },
    writeAgain(columns),
  ],
});
