import type { SourceColumn } from '../../model/sync/column.ts';
import { clickhouseDialect } from '../databases/clickhouse-dialect.ts';
import { mysqlKind, sessionlessMysql } from '../databases/mysql-dialect.ts';
import { textSettings } from '../databases/postgres-dialect.ts';
import type { Foreign } from './in-place.ts';
import type { PushedTable } from './pushed.ts';

/** What the other database is asked, in its own SQL, and what ClickHouse makes of the answer. */
interface Passed {
  readonly sql: string;
  /** The canonical texts in ClickHouse by name; of columns that are not there, the other database writes none. */
  readonly texts: ReadonlyMap<string, string>;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** It is worked out before the first row, and for this statement alone; so the texts are those of a session of ours. */
const inOurSession = Object.entries(textSettings)
  .map(([setting, value], at) => `set_config(${literal(setting)}, ${literal(value)}, true) AS crm_doctor_${at}`)
  .join(', ');

/** How the text is asked for there, and made of what comes. */
interface Column {
  readonly there: string;
  readonly here: (came: string) => string;
}

const columnOf = (engine: Foreign, { dialect }: Pick<PushedTable, 'dialect'>, column: SourceColumn) => {
  const here = (came: string): string => came;
  if (engine === 'postgres') {
    const there = dialect.canonicalExpression(column);
    return there === undefined ? undefined : { there, here };
  }
  if (mysqlKind(column.declared ?? '') === 'single') {
    // The server knows no shortest text of it: it comes as a double, which is exact, and is made a single again.
    const there = sessionlessMysql.canonicalExpression({ ...column, declared: 'double' }) ?? "''";
    const single = clickhouseDialect.canonicalExpression({ name: 'crm_doctor_v', declared: 'Float32' }) ?? "''";
    return {
      there,
      here: (came: string): string =>
        `if(${came} = '', '', ${single.replaceAll('`crm_doctor_v`', `toFloat32(toFloat64OrZero(${came}))`)})`,
    };
  }
  const there = sessionlessMysql.canonicalExpression(column);
  return there === undefined ? undefined : { there, here };
};

/**
 * The statement by which the other database writes the canonical texts itself, so that they are its own whatever its types hold
 * (dates before Christ, `infinity`, NaN, decimals without a scale), whatever the settings of the session in which ClickHouse asks.
 */
export const passedQuery = (
  engine: Foreign,
  native: Pick<PushedTable, 'dialect' | 'from'>,
  columns: readonly SourceColumn[],
): Passed => {
  const texts = new Map<string, string>();
  const selected: string[] = [];
  for (const [at, column] of columns.entries()) {
    const found: Column | undefined = columnOf(engine, native, column);
    if (!found) continue;
    const name = `crm_doctor_c${at}`;
    selected.push(`${found.there} AS ${name}`);
    // It is never NULL, which ClickHouse cannot tell.
    texts.set(column.name, found.here(`assumeNotNull(${clickhouseDialect.quoted(name)})`));
  }
  const list = selected.length === 0 ? '1' : selected.join(', ');
  const sql =
    engine === 'postgres'
      ? `WITH crm_doctor_s AS MATERIALIZED (SELECT ${inOurSession}) SELECT ${list} FROM crm_doctor_s CROSS JOIN ${native.from}`
      : // A session may be given fewer rows than all, but where a statement says how many.
        `SELECT ${list} FROM ${native.from} LIMIT ${2n ** 64n - 1n}`;
  return { sql, texts };
};
