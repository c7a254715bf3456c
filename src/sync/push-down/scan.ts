import type { ComparedColumn, SourceColumn } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { besideSql, name, present } from './beside.ts';
import type { PushedTable } from './pushed.ts';

/** Questions about both sides beside each other; each reads both tables once. */
export interface Scan {
  /** Those that are compared. */
  readonly columns: readonly ComparedColumn[];
  readonly hasNfkc: boolean;
  /** What came over until now. */
  readonly transferredBytes: () => number;
  /**
   * One row of aggregates, by their expressions; whoever asks takes them in that order. `named`: what they call by a name, written once,
   * as a server refuses long questions (`max_query_size`, 256 KiB if nobody says otherwise).
   */
  readonly aggregates: (expressions: readonly string[], named?: ReadonlyMap<string, string>) => Promise<() => string>;
  readonly rows: (select: string, behind: string, names: readonly string[]) => Promise<readonly SourceRow[]>;
}

const text = (column: string): SourceColumn => ({ name: column, declared: 'String' });

/** The texts of a column on both sides. */
export const l = (at: number): string => name('l', at);
export const r = (at: number): string => name('r', at);
export const differs = (at: number): string => `(${present} AND ${l(at)} != ${r(at)})`;

/** An aggregate of at most so many texts, which no sign of a text can break. */
export const someOf = (most: number, value: string, condition: string): string =>
  `arrayStringConcat(arrayMap(x -> concat('x', hex(x)), groupArrayIf(${most})(${value}, ${condition})), ',')`;
export const textsOf = (answer: string): readonly string[] =>
  answer === '' ? [] : answer.split(',').map((one) => Buffer.from(one.slice(1), 'hex').toString('utf8'));

/** A key of several columns, for a person. */
export const shownKey = (key: string): string => key.split('\u001f').join(' / ');

/** Undefined: a column has no text there. */
export const scanOf = async (
  tables: Readonly<Record<'left' | 'right', PushedTable>>,
  mapping: ColumnMapping,
  signal: AbortSignal,
): Promise<Scan | undefined> => {
  const joined = besideSql(tables, mapping);
  if (joined === undefined) return undefined;
  let transferred = 0;
  const ask = async (sql: string, names: readonly string[]): Promise<readonly SourceRow[]> => {
    const rows: SourceRow[] = [];
    for await (const batch of tables.left.read({ sql, columns: names.map(text) }, signal))
      for (const row of batch) {
        rows.push(row);
        for (const value of row) transferred += Buffer.byteLength(value);
      }
    return rows;
  };
  const [nfkc] = await ask("SELECT toString(count()) AS n FROM system.functions WHERE name = 'normalizeUTF8NFKC'", [
    'n',
  ]);
  return {
    columns: mapping.columns.filter(({ key }) => !key),
    hasNfkc: nfkc?.[0] === '1',
    transferredBytes: () => transferred,
    aggregates: async (expressions, named = new Map()) => {
      const names = expressions.map((_, at) => name('o', at));
      const outs = expressions.map((one, at) => `toString(${one}) AS ${names[at]}`);
      const inner = [...named].map(([own, sql]) => `, ${sql} AS ${own}`).join('');
      const from = inner === '' ? joined : `SELECT *${inner} FROM (${joined})`;
      const [row = []] = await ask(`SELECT ${outs.join(', ')} FROM (${from})`, names);
      let next = 0;
      return () => {
        next += 1;
        return row[next - 1] ?? '';
      };
    },
    rows: (select, behind, names) => ask(`SELECT ${select} FROM (${joined}) ${behind}`, names),
  };
};
