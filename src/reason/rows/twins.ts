import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

/** So many values that hardly two records share have to be the same. */
const fewestEqual = 2;
const fewestFilled = 20;
/** So many columns tell who it is. */
const mostColumns = 6;
/** A value of more records than this is a habit of the data. */
const mostHolders = 3;

/** Columns that tell records apart, but for keys and what a system writes of itself. */
const tellingColumns = oncePerView(({ columns, missing, present }): readonly number[] =>
  columns
    .filter(({ key, role }) => !key && role !== 'created-at' && role !== 'updated-at')
    .flatMap(({ at }) => {
      const seen = [
        ...missing.slice(0, 1000).map((row) => row.values),
        ...present.slice(0, 1000).map(({ pair }) => pair.left),
      ];
      const filled = seen.map((one) => one[at] ?? '').filter((value) => value !== '');
      const different = new Set(filled).size;
      return filled.length >= fewestFilled && different >= 0.3 * filled.length ? [{ at, different }] : [];
    })
    .toSorted((a, b) => b.different - a.different)
    .slice(0, mostColumns)
    .map(({ at }) => at),
);

/** Finds by values alone, whatever the key is, the record of a list that another one is a copy of. */
const finderOf = <Row>(
  rows: readonly Row[],
  valuesOf: (row: Row) => readonly string[],
  { telling, asked }: { readonly telling: readonly number[]; readonly asked: readonly SeenRow[] },
): ((values: readonly string[]) => Row | undefined) => {
  const index = new Map<number, Map<string, Row[]>>();
  for (const at of telling) {
    const byValue = new Map<string, Row[]>();
    const wanted = new Set(asked.map(({ values }) => values[at] ?? ''));
    for (const row of rows) {
      const value = valuesOf(row)[at] ?? '';
      if (value === '' || !wanted.has(value)) continue;
      const holders = byValue.get(value);
      if (holders) holders.push(row);
      else byValue.set(value, [row]);
    }
    index.set(at, byValue);
  }
  return (values) => {
    const equal = new Map<Row, number>();
    for (const [at, byValue] of index) {
      const holders = byValue.get(values[at] ?? '') ?? [];
      if (holders.length <= mostHolders) for (const row of holders) equal.set(row, (equal.get(row) ?? 0) + 1);
    }
    const [best] = [...equal].toSorted((a, b) => b[1] - a[1]);
    return best && best[1] >= fewestEqual ? best[0] : undefined;
  };
};

const twinsAmong = <Row>(
  view: ComparisonView,
  rows: readonly Row[],
  valuesOf: (row: Row) => readonly string[],
): ReadonlyMap<SeenRow, Row> => {
  if (view.extra.length === 0 || rows.length === 0) return new Map();
  const find = finderOf(rows, valuesOf, { telling: tellingColumns(view), asked: view.extra });
  return new Map(
    view.extra.flatMap((row) => {
      const twin = find(row.values);
      return twin === undefined ? [] : [[row, twin] as const];
    }),
  );
};

/** By extra record, the missing one that has the same values under another key. */
export const missingTwins = oncePerView((view) => twinsAmong(view, view.missing, ({ values }) => values));

/** By extra record, the present one of which it is a copy. */
export const presentTwins = oncePerView((view) => twinsAmong(view, view.present, ({ pair }) => pair.right));
