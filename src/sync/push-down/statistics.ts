import type { SourceColumn } from '../../model/sync/column.ts';
import type { Example, Explained } from '../../model/sync/comparison.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import type { ComparisonCounts } from '../../model/sync/view.ts';
import { wilson } from '../../reason/rows/statistics.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { besideSql, name, present } from './beside.ts';
import { constantForm, cutForm, type Form, plainForms, secondsOf, shiftForm } from './forms.ts';
import type { PushedTable } from './pushed.ts';

type Side = 'left' | 'right';

/** What one ClickHouse finds in two tables without a row of them coming over, but for some examples. */
export interface InCluster {
  readonly counts: ComparisonCounts;
  /** By compared column: in how many pairs it differs, and how many of these no form explains. */
  readonly differing: readonly number[];
  readonly unexplained: readonly number[];
  readonly explained: readonly Explained[];
  readonly examples: readonly (readonly Example[])[];
  /** Pairs all of whose differences are of notation; all explained and not only of notation; the others. */
  readonly classes: { readonly underRule: number; readonly explained: number; readonly unexplained: number };
  readonly missing: readonly Example[];
  readonly extra: readonly Example[];
  /** Whether the server knows NFKC. */
  readonly hasNfkc: boolean;
  readonly transferredBytes: number;
}

const fewest = 20;
const leastShare = 0.01;
const mostExamples = 10;
/** Values of different records, by which it is told what chance would do as well. */
const unrelatedPairs = 200;
const widestMinutes = 14 * 60;
/** Of the values that a cut would have met, so many may be whole: edited by hand since. */
const mostWhole = 0.02;

const text = (name: string): SourceColumn => ({ name, declared: 'String' });

/** How often the form would make the value of another record out of this one. */
const chanceOf = ({ holds }: Form, pairs: readonly Required<Example>[]): number => {
  if (!holds || pairs.length < 2) return 0;
  const n = pairs.filter(({ left }, at) => holds(left, pairs[(at + 1) % pairs.length]?.right ?? '')).length;
  return n / pairs.length;
};

/**
 * Compares two tables by what the cluster itself can tell: exact counts, per-column statistics, and which forms (blanks, case, width,
 * numbers, a shift of time, a cut, a constant) undo how many differences, counted over all pairs. Undefined: a column has no text there.
 */
export const compareInCluster = async (
  tables: Readonly<Record<Side, PushedTable>>,
  mapping: ColumnMapping,
  signal: AbortSignal,
): Promise<InCluster | undefined> => {
  const joined = besideSql(tables, mapping);
  if (joined === undefined) return undefined;
  let transferredBytes = 0;
  const rowsOf = async (sql: string, names: readonly string[]): Promise<readonly SourceRow[]> => {
    const rows: SourceRow[] = [];
    for await (const batch of tables.left.read({ sql, columns: names.map(text) }, signal))
      for (const row of batch) {
        rows.push(row);
        for (const value of row) transferredBytes += Buffer.byteLength(value);
      }
    return rows;
  };
  /** One row of aggregates, by their expressions. */
  const numbers = async (expressions: readonly string[]): Promise<readonly string[]> => {
    const names = expressions.map((_, at) => name('o', at));
    const outs = expressions.map((one, at) => `toString(${one}) AS ${names[at]}`);
    const [row = []] = await rowsOf(`SELECT ${outs.join(', ')} FROM (${joined})`, names);
    return row;
  };
  const taking = (row: readonly string[]) => {
    let next = 0;
    return (): string => {
      next += 1;
      return row[next - 1] ?? '';
    };
  };

  const [nfkc] = await rowsOf("SELECT toString(count()) AS n FROM system.functions WHERE name = 'normalizeUTF8NFKC'", [
    'n',
  ]);
  const hasNfkc = nfkc?.[0] === '1';
  const columns = mapping.columns.filter(({ key }) => !key);
  const [l, r] = [(at: number) => name('l', at), (at: number) => name('r', at)];
  const differs = (at: number): string => `(${present} AND ${l(at)} != ${r(at)})`;
  const anyDiffers = columns.length === 0 ? '0' : columns.map(({ at }) => `${l(at)} != ${r(at)}`).join(' OR ');

  // First scan: what each column is like.
  const isTime = (at: number): boolean => ['timestamp', 'date'].includes(mapping.columns[at]?.type ?? '');
  const first = taking(
    await numbers([
      'sum(crm_doctor_a)',
      'sum(crm_doctor_b)',
      `countIf(${present})`,
      'countIf(crm_doctor_b = 0)',
      'countIf(crm_doctor_a = 0)',
      `countIf(${present} AND (${anyDiffers}))`,
      ...columns.flatMap((column) => {
        const { at } = column;
        const [left, right] = [l(at), r(at)];
        return [
          `countIf(${differs(at)})`,
          `uniqIf(${left}, ${present})`,
          `uniqIf(${right}, ${present})`,
          `anyIf(${left}, ${present})`,
          `anyIf(${right}, ${present})`,
          `maxIf(lengthUTF8(${left}), ${present})`,
          `maxIf(lengthUTF8(${right}), ${present})`,
          // The commonest difference of time.
          isTime(at)
            ? `topKIf(1)(toInt64(${secondsOf(right)}) - toInt64(${secondsOf(left)}), ${differs(at)} AND ${secondsOf(left)} > 0 AND ${secondsOf(right)} > 0)`
            : "''",
          ...plainForms(column, hasNfkc).map(({ sql }) => `countIf(${differs(at)} AND ${sql(left, right)})`),
        ];
      }),
    ]),
  );
  const [rowsLeft, rowsRight, matched, missing, extra, changed] = Array.from({ length: 6 }, () => Number(first()));
  const differing = mapping.columns.map(() => 0);
  const tried = columns.map((column) => {
    const { at } = column;
    const n = Number(first());
    differing[at] = n;
    const [uniqLeft, uniqRight] = [Number(first()), Number(first())];
    const [anyLeft, anyRight] = [first(), first()];
    const [longLeft, longRight] = [Number(first()), Number(first())];
    const [shift] = /-?\d+/.exec(first()) ?? [];
    const isMany = (some: number): boolean => some >= fewest && some >= leastShare * n;
    const plain = plainForms(column, hasNfkc).filter(() => isMany(Number(first())));
    const minutes = shift === undefined ? 0 : Number(shift) / 60;
    const isOffset = minutes !== 0 && minutes % 15 === 0 && Math.abs(minutes) <= widestMinutes;
    const isText = !['number', 'amount', 'date', 'timestamp', 'boolean'].includes(column.type);
    const forms: readonly Form[] = [
      ...plain,
      ...(isOffset ? [shiftForm(minutes)] : []),
      ...(isText && uniqRight > 1 && longLeft > longRight ? [cutForm('right', longRight)] : []),
      ...(isText && uniqLeft > 1 && longRight > longLeft ? [cutForm('left', longLeft)] : []),
      ...(uniqRight === 1 && uniqLeft >= 3 && anyRight !== ''
        ? [constantForm('right', anyRight, matched ?? 0, uniqLeft)]
        : []),
      ...(uniqLeft === 1 && uniqRight >= 3 && anyLeft !== ''
        ? [constantForm('left', anyLeft, matched ?? 0, uniqRight)]
        : []),
    ];
    return { column, forms: n === 0 ? [] : forms };
  });

  // Of a cut every longer value has met it; one that has not is against it.
  const wholeOf = ({ detail }: Form, at: number): string => {
    const [from, to] = detail.side === 'right' ? [l(at), r(at)] : [r(at), l(at)];
    const [limit] = [Number(detail.limit)];
    return `countIf(${present} AND lengthUTF8(${from}) > ${limit} AND NOT startsWith(${from}, ${to}))`;
  };
  /** Taken in turn: a difference is explained by the first form that undoes it. */
  const only = (forms: readonly Form[], which: number, at: number): string =>
    [
      ...forms.slice(0, which).map(({ sql }) => `NOT ${sql(l(at), r(at))}`),
      forms[which]?.sql(l(at), r(at)) ?? '0',
    ].join(' AND ');
  const held = taking(
    await numbers([
      '1',
      ...tried.flatMap(({ column: { at }, forms }) =>
        forms.flatMap((form, which) => [
          `countIf(${differs(at)} AND ${only(forms, which, at)})`,
          form.cause === 'sync.text-truncated-chars' ? wholeOf(form, at) : '0',
        ]),
      ),
    ]),
  );
  held();
  // Values of different records, to see what chance does as well; the first of them are the examples.
  const shownKey = (key: string): string => key.split('\u001f').join(' / ');
  const samples: (readonly Required<Example>[])[] = mapping.columns.map(() => []);
  for (const { at } of columns) {
    if ((differing[at] ?? 0) === 0) continue;
    const sql = `SELECT crm_doctor_k AS k, ${l(at)} AS a, ${r(at)} AS b FROM (${joined}) WHERE ${differs(at)} LIMIT ${unrelatedPairs}`;
    const rows = await rowsOf(sql, ['k', 'a', 'b']);
    samples[at] = rows.map(([k = '', left = '', right = '']) => ({ key: shownKey(k), left, right }));
  }
  const standing = tried.map(({ column, forms }) => {
    const n = differing[column.at] ?? 0;
    const kept = forms.filter((form) => {
      const [some, whole] = [Number(held()), Number(held())];
      if (some < fewest || some < leastShare * n || whole > mostWhole * some) return false;
      // What unrelated records show as often says nothing.
      return chanceOf(form, samples[column.at] ?? []) < 0.5 * (some / Math.max(1, n));
    });
    return { column, forms: kept };
  });

  // Second scan: every form that stands is undone, over all pairs.
  const isUndone = (at: number, forms: readonly Form[]): string =>
    forms.length === 0 ? '0' : forms.map(({ sql }) => sql(l(at), r(at))).join(' OR ');
  const allBy = (choose: (form: Form) => boolean): string =>
    standing
      .map(({ column: { at }, forms }) => `(${l(at)} = ${r(at)} OR ${isUndone(at, forms.filter(choose))})`)
      .join(' AND ') || '0';
  const scanned = standing.flatMap(({ column, forms }) => forms.map((form, which) => ({ column, forms, form, which })));
  const second = taking(
    await numbers([
      `countIf(${present} AND (${anyDiffers}) AND ${allBy(({ effect }) => effect === 'notation')})`,
      `countIf(${present} AND (${anyDiffers}) AND ${allBy(() => true)})`,
      ...standing.map(({ column: { at }, forms }) => `countIf(${differs(at)} AND NOT (${isUndone(at, forms)}))`),
      ...scanned.flatMap(({ column: { at }, forms, which }) => {
        const holds = `${differs(at)} AND ${only(forms, which, at)}`;
        // Pairs that differ in nothing else.
        const alone = columns.filter((one) => one.at !== at).map((one) => `${l(one.at)} = ${r(one.at)}`);
        return [
          `countIf(${holds})`,
          `countIf(${[holds, ...alone].join(' AND ')})`,
          `anyIf(crm_doctor_k, ${holds})`,
          `anyIf(${l(at)}, ${holds})`,
          `anyIf(${r(at)}, ${holds})`,
        ];
      }),
    ]),
  );
  const [underRule, allExplained] = [Number(second()), Number(second())];
  const unexplained = mapping.columns.map(() => 0);
  for (const { column } of standing) unexplained[column.at] = Number(second());
  const explained = scanned.map(({ column: { at }, form }): Explained => {
    const [n, nowEqual] = [Number(second()), Number(second())];
    const example: Example = { key: shownKey(second()), left: second(), right: second() };
    const of = differing[at] ?? 0;
    return {
      ...{ cause: form.cause, effect: form.effect, population: 'pairs', columns: [at], detail: form.detail },
      perColumn: [n],
      share: { n, of, ...wilson(n, of) },
      chance: chanceOf(form, samples[at] ?? []),
      examples: [example],
      proof: { kind: 'transform', before: of, after: of - n, rowsNowEqual: nowEqual },
    };
  });

  const keysWhere = async (condition: string): Promise<readonly Example[]> =>
    (await rowsOf(`SELECT crm_doctor_k AS k FROM (${joined}) WHERE ${condition} LIMIT ${mostExamples}`, ['k'])).map(
      ([k = '']) => ({ key: shownKey(k) }),
    );
  const none = { keys: 0, rows: 0 };
  return {
    counts: {
      ...{ left: rowsLeft ?? 0, right: rowsRight ?? 0, matched: matched ?? 0, equal: (matched ?? 0) - (changed ?? 0) },
      ...{ changed: changed ?? 0, missing: missing ?? 0, extra: extra ?? 0 },
      repeated: { left: none, right: none },
      rejected: { left: 0, right: 0 },
    },
    differing,
    unexplained,
    explained: explained.toSorted((a, b) => b.share.n - a.share.n),
    examples: samples.map((some) => some.slice(0, 3)),
    classes: {
      underRule,
      explained: allExplained - underRule,
      unexplained: (changed ?? 0) - allExplained,
    },
    missing: (missing ?? 0) > 0 ? await keysWhere('crm_doctor_b = 0') : [],
    extra: (extra ?? 0) > 0 ? await keysWhere('crm_doctor_a = 0') : [],
    hasNfkc,
    transferredBytes,
  };
};
