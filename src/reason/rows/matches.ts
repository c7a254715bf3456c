import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

const ascii = /^[ -~]*$/;
/** Of ASCII the compatible form is itself. */
const compatible = (value: string): string => (ascii.test(value) ? value : value.normalize('NFKC'));

/** What identifies a person or company besides the key, made alike; undefined where it says too little. */
export const matchKey = (value: string, type: 'email' | 'phone'): string | undefined => {
  if (value.length > 320) return undefined;
  if (type === 'email') return value.includes('@') ? compatible(value).trim().toLowerCase() : undefined;
  const digits = compatible(value)
    .replace(/\D+/g, '')
    .replace(/^81(?=\d{9,10}$)/, '0');
  return digits.length >= 9 ? digits : undefined;
};

export interface MatchColumn {
  readonly at: number;
  readonly name: string;
  readonly type: 'email' | 'phone';
}

export const matchColumns = oncePerView(({ columns }): readonly MatchColumn[] =>
  columns.flatMap(({ at, left, type, key }) =>
    !key && (type === 'email' || type === 'phone') ? [{ at, name: left, type }] : [],
  ),
);

type Among = 'extra' | 'present-left' | 'present-right';

const rowsAmong = (view: ComparisonView, among: Among): readonly (readonly string[])[] => {
  if (among === 'extra') return view.extra.map(({ values }) => values);
  return view.present.map(({ pair }) => (among === 'present-left' ? pair.left : pair.right));
};

const tables = (among: Among) =>
  oncePerView((view): ReadonlyMap<number, ReadonlyMap<string, number>> => {
    const rows = rowsAmong(view, among);
    return new Map(
      matchColumns(view).map(({ at, type }) => {
        const counts = new Map<string, number>();
        for (const values of rows) {
          const match = matchKey(values[at] ?? '', type);
          if (match !== undefined) counts.set(match, (counts.get(match) ?? 0) + 1);
        }
        return [at, counts] as const;
      }),
    );
  });

const tableOf = {
  extra: tables('extra'),
  'present-left': tables('present-left'),
  'present-right': tables('present-right'),
};

/** How many of these rows have the same e-mail or telephone in this column. */
export const countAmong = (view: ComparisonView, among: Among, row: SeenRow, { at, type }: MatchColumn): number => {
  const match = matchKey(row.values[at] ?? '', type);
  return match === undefined ? 0 : (tableOf[among](view).get(at)?.get(match) ?? 0);
};

/** Whether one of these rows has the same e-mail or telephone; numbers that many share (a switchboard) do not count. */
export const matchesAmong = (view: ComparisonView, among: Among, row: SeenRow): boolean =>
  matchColumns(view).some((column) => {
    const n = countAmong(view, among, row, column);
    return n > 0 && n <= 3;
  });
