import { hashOf, joinedText } from '../databases/dialect.ts';
import type { Joined, Places } from '../joined.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { type Asking, Broken, inChunks, listed, number } from './asking.ts';
import { given, type Hashed } from './hashed.ts';

/** Each list of records is another pass of their database over all of its table: of more records nobody asks. */
const mostLists = 4;

/** What is said of records that nobody has counted. */
export const unknownPlaces = (records: number): Places => ({ ...inNoFile(records), unknown: true });

const inNoFile = (records: number): Places => ({ file: new Float64Array(records).fill(-1), orders: [] });

/** Numbers by size where all of the records have such, else texts by their bytes, as it is where all rows are here (engine/rank.ts). */
const orderOf = (text: string, { dialect }: Hashed['table'], values: readonly string[]): string => {
  const bytes = dialect.byteExpression(text);
  return values.every((value) => /^\d{1,15}$/.test(value)) ? `length(${text}), ${bytes}` : bytes;
};

const name = (what: 'r' | 't', order: number): string => `crm_doctor_${what}${order}`;

/** The place of each record of a table, by the hash of its key. */
const rankedSql = (hashed: Hashed, orders: readonly string[]): string => {
  const { table, keyHash } = hashed;
  const columns = orders.flatMap((order, at) => [
    `rank() OVER (ORDER BY ${order}) - 1 AS ${name('r', at)}`,
    `count(*) OVER (PARTITION BY ${order}) AS ${name('t', at)}`,
  ]);
  return `(SELECT ${keyHash} AS ${given.key}, ${columns.join(', ')} FROM ${table.from}${table.where.sql}) AS ranked`;
};

/**
 * Exact places of these records among all of their table, as its database counts them; it has no order of its own besides those of its
 * columns. Unknown where that knows no window functions (ClickHouse before 21.9, MySQL before 8), or will not spend so much on it.
 */
export const placesInDatabase = async (
  hashed: Hashed,
  {
    read,
    mapping,
    asking,
  }: { readonly read: Joined['read']; readonly mapping: ColumnMapping; readonly asking: Asking },
  [side, addresses, positions]: Parameters<Joined['places']>,
): Promise<Places> => {
  const { table } = hashed;
  const texts = positions.flatMap((position) => {
    const column = table.columns[position];
    return (column && table.dialect.canonicalExpression(column)) ?? [];
  });
  if (texts.length === 0 || texts.length < positions.length || addresses.length > mostLists * listed)
    return unknownPlaces(addresses.length);
  const records = await read(side, addresses);
  const keys = mapping.columns.filter(({ key }) => key).map(({ at }) => mapping.positions[side][at] ?? -1);
  const hashes = records.map((record) => String(hashOf(joinedText(keys.map((at) => record[at] ?? '')))));
  const ranked = rankedSql(
    hashed,
    texts.map((text, at) =>
      orderOf(
        text,
        table,
        records.map((record) => record[positions[at] ?? -1] ?? ''),
      ),
    ),
  );
  const outs = [given.key, ...texts.flatMap((_, at) => [name('r', at), name('t', at)])];
  const found = new Map<string, readonly number[]>();
  for (const part of inChunks([...new Set(hashes)], listed)) {
    const sql = `SELECT ${outs.join(', ')} FROM ${ranked} WHERE ${given.key} IN (${part.join(', ')})`;
    const rows = await asking.ask(side, sql, outs.map(number)).catch((error: unknown) => {
      if (error instanceof Broken) return undefined;
      throw error;
    });
    if (!rows) return unknownPlaces(addresses.length);
    for (const [key = '', ...places] of rows) found.set(key, places.map(Number));
  }
  const of = (at: number): Float64Array => Float64Array.from(hashes, (hash) => found.get(hash)?.[at] ?? 0);
  return {
    ...inNoFile(addresses.length),
    orders: texts.map((_, at) => ({ rank: of(2 * at), tie: of(2 * at + 1) })),
  };
};
