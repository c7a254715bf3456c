import type { SourceColumn } from '../../model/sync/column.ts';
import type { Alike, TableConstraint } from '../../model/sync/constraint.ts';
import { isOfOptions, type NamedCheck } from './check-options.ts';

type Ask = (sql: string) => Promise<readonly (readonly string[])[]>;

const indexes = `SELECT INDEX_NAME, COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS
  WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0 ORDER BY INDEX_NAME, SEQ_IN_INDEX`;

const references = `SELECT CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME,
    REFERENCED_TABLE_SCHEMA = TABLE_SCHEMA AND REFERENCED_TABLE_NAME = TABLE_NAME
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY CONSTRAINT_NAME, ORDINAL_POSITION`;

/** What texts a collation holds for equal, by its name: `_bin` compares signs, `0900` and `nopad` keep blanks at the end. */
const alikeOf = (collation: string): Alike => ({
  ...(/_ci$/.test(collation) ? { case: true } : {}),
  ...(collation === '' || /0900|nopad/.test(collation) ? {} : { blanks: true }),
});

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

const byName = (rows: readonly (readonly string[])[]): ReadonlyMap<string, readonly (readonly string[])[]> => {
  const found = new Map<string, (readonly string[])[]>();
  for (const row of rows) {
    const [name = ''] = row;
    const known = found.get(name);
    if (known) known.push(row);
    else found.set(name, [row]);
  }
  return found;
};

/** What a table of MySQL or MariaDB asks besides types, lengths and lists; `ask` binds its schema and name. */
export const mysqlConstraints = async (
  ask: Ask,
  {
    columns,
    checks,
    collations,
  }: {
    readonly columns: readonly SourceColumn[];
    readonly checks: readonly NamedCheck[];
    readonly collations: ReadonlyMap<string, string>;
  },
): Promise<readonly TableConstraint[]> => {
  const unique = [...byName(await ask(indexes))].map(([name, rows]): TableConstraint => {
    // Of an expression there is no column, and of a prefix a length.
    if (rows.some(([, column, part]) => column === '' || part !== '')) return { kind: 'other', name };
    const names = rows.map(([, column = '']) => column);
    const alike = names.map((column) => alikeOf(collations.get(column) ?? ''));
    const told = alike.some((one) => one.case || one.blanks) ? { alike } : {};
    return { kind: 'unique', name, columns: names, ...told, ...(name === 'PRIMARY' ? { primary: true } : {}) };
  });
  const foreign = [...byName(await ask(references))].map(([name, rows]): TableConstraint => {
    const [, , schema = '', table = '', , self] = rows[0] ?? [];
    return {
      kind: 'reference',
      name,
      columns: rows.map(([, column = '']) => column),
      table: `${quoted(schema)}.${quoted(table)}`,
      to: rows.map(([, , , , column = '']) => column),
      ...(self === '1' ? { self: true } : {}),
      ignoresCase: true,
    };
  });
  const utf8 = columns.flatMap(({ name }) => (/^utf8/.test(collations.get(name) ?? '') ? [name] : []));
  const conditions = checks.flatMap(({ name, condition }): readonly TableConstraint[] =>
    isOfOptions(condition, columns) ? [] : [{ kind: 'check', name, condition, dialect: 'mysql', utf8 }],
  );
  return [...unique, ...foreign, ...conditions];
};
