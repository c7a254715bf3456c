import type { SourceColumn } from '../../model/sync/column.ts';
import type { Alike, TableConstraint } from '../../model/sync/constraint.ts';

type Ask = (sql: string) => readonly (readonly unknown[])[];

const indexes = `SELECT l.name, i.name, i.coll, l.partial, l.origin FROM pragma_index_list(?) l, pragma_index_xinfo(l.name) i
  WHERE l."unique" = 1 AND i."key" = 1 ORDER BY l.name, i.seqno`;

const references = `SELECT id, "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq`;

/** As it was written where the column was declared, in any letter case. */
const alikeOf = (collation: unknown): Alike => {
  const name = String(collation).toUpperCase();
  if (name === 'NOCASE') return { case: true };
  return name === 'RTRIM' ? { blanks: true } : {};
};

const unquoted = (name: string): string => name.trim().replace(/^["'`[]|["'`\]]$/g, '');

/** The index behind a constraint has a name that nobody gave it: what the CREATE statement calls it, or else what it asks. */
const uniqueName = (index: string, columns: readonly string[], create: string): string => {
  if (!index.startsWith('sqlite_autoindex_')) return index;
  const list = columns.join(', ');
  for (const [, name = '', asked = ''] of create.matchAll(
    /\bconstraint\s+(\S{1,100})\s+unique\s*\(([^()]{1,1000})\)/gi,
  )) {
    if (asked.split(',').map(unquoted).join(', ').toLowerCase() === list.toLowerCase()) return unquoted(name);
  }
  return `UNIQUE (${list})`;
};

const grouped = (rows: readonly (readonly unknown[])[]): ReadonlyMap<string, readonly (readonly unknown[])[]> => {
  const found = new Map<string, (readonly unknown[])[]>();
  for (const row of rows) found.set(String(row[0]), [...(found.get(String(row[0])) ?? []), row]);
  return found;
};

const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\//y;

/** The conditions of a table as its CREATE statement has them, which is the only place where SQLite tells them. */
export const checksIn = (create: string): readonly { readonly name: string; readonly condition: string }[] => {
  const found: { readonly name: string; readonly condition: string }[] = [];
  let [at, depth, name] = [0, 0, ''];
  let begin: { readonly at: number; readonly depth: number; readonly name: string } | undefined;
  while (at < create.length) {
    quoted.lastIndex = at;
    const skipped = quoted.exec(create)?.[0];
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const [word] = /^[\p{L}_][\p{L}\p{N}_$]*/u.exec(create.slice(at, at + 200)) ?? [];
    const rest = create.slice(at, at + 400);
    if (word?.toLowerCase() === 'constraint') name = /^constraint\s+["'`[]?([^"'`\]\s]+)/i.exec(rest)?.[1] ?? '';
    const check = word && !begin ? /^check\s*\(/i.exec(rest)?.[0] : undefined;
    if (check !== undefined) {
      begin = { at: at + check.length, depth, name };
      name = '';
    }
    const sign = create[at];
    if (check !== undefined || sign === '(') depth += 1;
    if (sign === ')') {
      depth -= 1;
      if (begin?.depth === depth) {
        const condition = create.slice(begin.at, at).trim();
        found.push({ name: begin.name === '' ? condition.slice(0, 60) : begin.name, condition });
        begin = undefined;
      }
    }
    at += check?.length ?? word?.length ?? 1;
  }
  return found;
};

/** What a table of SQLite asks besides; `ask` binds its name. */
export const sqliteConstraints = (
  ask: Ask,
  columns: readonly SourceColumn[],
  own: string,
): readonly TableConstraint[] => {
  const [[statement] = []] = ask("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?");
  const create = typeof statement === 'string' ? statement : '';
  const unique = [...grouped(ask(indexes))].map(([index, rows]): TableConstraint => {
    const asked = rows.map(([, column]) => String(column));
    const name = uniqueName(index, asked, create);
    if (rows.some(([, column, , partial]) => typeof column !== 'string' || partial === 1))
      return { kind: 'other', name };
    const alike = rows.map(([, , collation]) => alikeOf(collation));
    const told = alike.some((one) => one.case || one.blanks) ? { alike } : {};
    const primary = rows[0]?.[4] === 'pk' ? { primary: true as const } : {};
    return { kind: 'unique', name, columns: asked, ...told, ...primary };
  });
  const foreign = [...grouped(ask(references))].map(([id, rows]): TableConstraint => {
    const table = String(rows[0]?.[2] ?? '');
    // Without a name it is the key of the other table, which is then told by nobody.
    const isTold = rows.every(([, , , to]) => typeof to === 'string');
    const name = `REFERENCES ${table}${id === '0' ? '' : ` (${id})`}`;
    return isTold
      ? {
          kind: 'reference',
          name,
          columns: rows.map(([, from]) => String(from)),
          table,
          to: rows.map(([, , , to]) => String(to)),
          ...(table.toLowerCase() === own.toLowerCase() ? { self: true } : {}),
        }
      : { kind: 'other', name };
  });
  const utf8 = columns.map(({ name }) => name);
  const conditions = checksIn(create).map(
    ({ name, condition }): TableConstraint => ({ kind: 'check', name, condition, dialect: 'sqlite', utf8 }),
  );
  return [...unique, ...foreign, ...conditions];
};
