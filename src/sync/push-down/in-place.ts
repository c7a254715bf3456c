import type { SourceColumn } from '../../model/sync/column.ts';
import { clickhouseDialect, clickhouseKind } from '../databases/clickhouse-dialect.ts';
import type { ValueKind } from '../databases/kinds.ts';
import { mysqlKind } from '../databases/mysql-dialect.ts';
import { postgresKind } from '../databases/postgres-dialect.ts';

/** The systems whose tables ClickHouse reads where they are. */
export type Foreign = 'postgres' | 'mysql';

const kindOf = (engine: Foreign, { declared = '', options }: SourceColumn): ValueKind => {
  if (engine === 'mysql') return mysqlKind(declared);
  // An enumeration has a name of its own.
  return options ? 'choice' : postgresKind(declared);
};

/** What ClickHouse can hold of it without a loss, as the column of that type and name. */
const expressionOf = (engine: Foreign, column: SourceColumn, there: SourceColumn): string | undefined => {
  const { declared = '' } = column;
  const foreign = clickhouseKind(there.declared ?? '');
  const canonical = clickhouseDialect.canonicalExpression(there);
  const name = clickhouseDialect.quoted(there.name);
  const only = (...kinds: readonly ValueKind[]): string | undefined =>
    kinds.includes(foreign) ? canonical : undefined;
  // Of numbers that are padded to a width, the one has the zeros and the other one has not.
  if (/zerofill/i.test(declared)) return undefined;
  switch (kindOf(engine, column)) {
    case 'text':
      // The text of an interval depends on a setting of each session.
      return /^(?:interval|time)/.test(declared) ? undefined : only('text');
    case 'choice':
      return only('text', 'choice');
    case 'padded':
      // It comes with the spaces that fill it up, which PostgreSQL does not count as part of its text.
      return foreign === 'text' && canonical ? `replaceRegexpOne(${canonical}, ' +$', '')` : undefined;
    case 'integer':
      return only('integer');
    case 'boolean': {
      if (/^bit/i.test(declared)) return undefined;
      if (foreign !== 'integer') return only('boolean');
      const number = `assumeNotNull(${name})`;
      return `multiIf(isNull(${name}), '', ${number} = 0, 'false', ${number} = 1, 'true', toString(${number}))`;
    }
    case 'decimal':
      // One without a scale is cut at one that ClickHouse chooses.
      return /\(\d+(?:, ?\d+)?\)/.test(declared) ? only('decimal') : undefined;
    case 'single':
    case 'float':
      // Numbers that MySQL sends as text are read with a wrong last digit.
      return engine === 'mysql' ? undefined : only('single', 'float');
    default:
      // Dates outside of its range become its first day, and times are read in a zone that its version and settings choose.
      return undefined;
  }
};

/** The canonical texts of the columns, where ClickHouse comes to the same ones as the database itself; by name. */
export const textsInPlace = (
  engine: Foreign,
  columns: readonly SourceColumn[],
  there: readonly SourceColumn[],
): ReadonlyMap<string, string> => {
  const types = new Map(there.map((column) => [column.name, column]));
  return new Map(
    columns.flatMap((column) => {
      const found = types.get(column.name);
      // NULL becomes 0 or an empty text where a type has no place for it, but a required column has none.
      const text = found && expressionOf(engine, column, found);
      return text === undefined ? [] : [[column.name, text] as const];
    }),
  );
};
