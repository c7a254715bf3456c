/** How an SQL dialect writes texts; all that counts for reading a query is where they end. */
export interface Dialect {
  /** A backslash in a quoted text escapes what follows it. */
  readonly backslash: boolean;
}

/** Words that change something, wherever they stand in a query that begins with SELECT or WITH. */
const writing: ReadonlySet<string> = new Set(
  'insert update delete merge drop alter create truncate grant revoke into copy attach detach vacuum'.split(' '),
);

const isWord = (char: string): boolean => /[\p{L}\p{N}_]/u.test(char);

/** The query without its texts, names in quotes and comments; undefined where one of them does not end. */
const bare = (query: string, { backslash }: Dialect): string | undefined => {
  let out = '';
  let at = 0;
  while (at < query.length) {
    const char = query.charAt(at);
    if (query.startsWith('--', at)) {
      const end = query.indexOf('\n', at);
      at = end < 0 ? query.length : end;
    } else if (query.startsWith('/*', at)) {
      // MySQL runs what stands in `/*! */`.
      if (query[at + 2] === '!' || query.startsWith('/*M!', at)) return undefined;
      const end = query.indexOf('*/', at + 2);
      if (end < 0) return undefined;
      at = end + 2;
      out += ' ';
    } else if (char === "'" || char === '"' || char === '`') {
      const escapes = char === "'" && (backslash || /(?:^|[^\p{L}\p{N}_])e$/iu.test(out.slice(-2)));
      at += 1;
      while (at < query.length && query[at] !== char) at += escapes && query[at] === '\\' ? 2 : 1;
      if (at >= query.length) return undefined;
      at += 1;
      out += ' ';
    } else if (char === '$' && !isWord(query.charAt(at - 1))) {
      const tag = /^\$[A-Za-z_]{0,30}\$/.exec(query.slice(at, at + 34))?.[0];
      const end = tag === undefined ? -1 : query.indexOf(tag, at + tag.length);
      if (tag !== undefined && end < 0) return undefined;
      at = tag === undefined ? at + 1 : end + tag.length;
      out += ' ';
    } else {
      out += char;
      at += 1;
    }
  }
  return out;
};

export type CheckedQuery =
  | { readonly kind: 'reads'; readonly query: string }
  | { readonly kind: 'refused'; readonly says: string };

/** One SELECT (or WITH … SELECT) that changes nothing; the read only transaction is the second wall. */
export const checkedQuery = (query: string, dialect: Dialect): CheckedQuery => {
  const trimmed = query.trim().replace(/;$/, '');
  const text = bare(trimmed, dialect);
  if (text === undefined) return { kind: 'refused', says: 'a text or comment in the query does not end' };
  if (text.includes(';')) return { kind: 'refused', says: 'several statements; one SELECT is allowed' };
  const words = text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  if (words[0] !== 'select' && words[0] !== 'with')
    return { kind: 'refused', says: 'the query does not begin with SELECT or WITH' };
  const wrong = words.find((word) => writing.has(word));
  return wrong === undefined
    ? { kind: 'reads', query: trimmed }
    : { kind: 'refused', says: `the query has the word ${wrong.toUpperCase()}; a name like that belongs in quotes` };
};

/** A name in double quotes, as standard SQL has it. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `schema.table` in its parts; a dot inside double quotes belongs to the name. */
export const nameParts = (name: string): readonly string[] =>
  (name.match(/"(?:[^"]|"")*"|[^.]+/g) ?? []).map((part) =>
    part.startsWith('"') && part.endsWith('"') && part.length > 1 ? part.slice(1, -1).replaceAll('""', '"') : part,
  );
