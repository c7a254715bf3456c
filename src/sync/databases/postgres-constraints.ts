import type { SourceColumn } from '../../model/sync/column.ts';
import type { Alike, TableConstraint } from '../../model/sync/constraint.ts';
import { isOfOptions } from './check-options.ts';

type Ask = (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

const namesOf = (numbers: string, table: string): string =>
  `(SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(${numbers}) WITH ORDINALITY u(k, n)
    JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = u.k)`;

// What older servers do not have yet (NULLS NOT DISTINCT, NOT ENFORCED) is asked of the row as JSON, where it is absent.
const indexes = `SELECT c.relname, ${namesOf('i.indkey[0:i.indnkeyatts - 1]', 'i.indrelid')},
    i.indpred IS NULL AND i.indexprs IS NULL AND NOT i.indisexclusion
      AND coalesce(to_jsonb(i)->>'indnullsnotdistinct', 'false') = 'false', i.indisprimary
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = $1::oid AND (i.indisunique OR i.indisexclusion) AND i.indisvalid ORDER BY c.relname`;

const enforced = "coalesce(to_jsonb(k)->>'conenforced', 'true') = 'true'";

const references = `SELECT k.conname, ${namesOf('k.conkey', 'k.conrelid')}, quote_ident(n.nspname) || '.' || quote_ident(c.relname),
    ${namesOf('k.confkey', 'k.confrelid')}, k.confrelid = k.conrelid
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.conrelid = $1::oid AND k.contype = 'f' AND ${enforced} ORDER BY k.conname`;

const checks = `SELECT k.conname, pg_get_constraintdef(k.oid), NULL FROM pg_constraint k
  WHERE k.conrelid = $1::oid AND k.contype = 'c' AND ${enforced}
  UNION ALL
  SELECT k.conname, pg_get_constraintdef(k.oid), a.attname FROM pg_attribute a JOIN pg_constraint k ON k.contypid = a.atttypid
  WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped AND k.contype = 'c' AND ${enforced}
  ORDER BY 1`;

const listOf = (text: string | null | undefined): readonly string[] => {
  const parsed: unknown = text ? JSON.parse(text) : [];
  return Array.isArray(parsed) ? parsed.map(String) : [];
};

/** What a table of PostgreSQL asks besides types, lengths and lists; `ask` binds its object identifier. */
export const postgresConstraints = async (
  ask: Ask,
  columns: readonly SourceColumn[],
): Promise<readonly TableConstraint[]> => {
  const noCase = new Set(columns.flatMap(({ name, declared }) => (declared === 'citext' ? [name] : [])));
  const alikeOf = (names: readonly string[]): { readonly alike?: readonly Alike[] } =>
    names.some((name) => noCase.has(name))
      ? { alike: names.map((name) => (noCase.has(name) ? { case: true } : {})) }
      : {};
  const unique = (await ask(indexes)).map(([name, list, plain, primary]): TableConstraint => {
    const names = listOf(list);
    return plain === 't' && names.length > 0
      ? {
          kind: 'unique',
          name: name ?? '',
          columns: names,
          ...alikeOf(names),
          ...(primary === 't' ? { primary: true } : {}),
        }
      : { kind: 'other', name: name ?? '' };
  });
  const foreign = (await ask(references)).map(
    ([name, own, table, to, self]): TableConstraint => ({
      kind: 'reference',
      name: name ?? '',
      columns: listOf(own),
      table: table ?? '',
      to: listOf(to),
      ...(self === 't' ? { self: true } : {}),
    }),
  );
  const utf8 = columns.map(({ name }) => name);
  const conditions = (await ask(checks)).flatMap(([name, condition, value]): readonly TableConstraint[] =>
    isOfOptions(condition ?? '', columns)
      ? []
      : [
          {
            kind: 'check',
            name: name ?? '',
            condition: condition ?? '',
            dialect: 'postgresql',
            ...(value ? { value } : {}),
            utf8,
          },
        ],
  );
  return [...unique, ...foreign, ...conditions];
};
