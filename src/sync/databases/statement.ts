/** How an SQL dialect writes texts, names in quotes and comments; all that counts for reading a query is where they end. */
export interface Lexis {
  /** The quotes in which a backslash escapes what follows it. */
  readonly backslash: string;
  /** `E'…'` with escapes, and `$tag$…$tag$`. */
  readonly escapeTexts?: true;
  readonly dollars?: true;
  /** `#` begins a comment, and `--` does only before a space. */
  readonly hash?: true;
  readonly dashesNeedSpace?: true;
}

/** Words that change something, wherever they stand in a query that begins with SELECT or WITH. */
const writing: ReadonlySet<string> = new Set(
  'insert update delete merge drop alter create truncate grant revoke into copy attach detach vacuum'.split(' '),
);

const isWord = (char: string): boolean => /[\p{L}\p{N}_]/u.test(char);

/** Where a text or a name in quotes ends that begins at `at`; undefined where it does not. */
const endOfQuoted = (query: string, at: number, escapes: boolean): number | undefined => {
  const quote = query.charAt(at);
  let end = at + 1;
  while (end < query.length && query[end] !== quote) end += escapes && query[end] === '\\' ? 2 : 1;
  return end < query.length ? end + 1 : undefined;
};

/** Where a comment ends that begins at `at`; undefined where it does not, or where the dialects are not of one mind about it. */
const endOfBlock = (query: string, at: number): number | undefined => {
  // MySQL and MariaDB run what stands in such a comment.
  if (query[at + 2] === '!' || query.startsWith('/*M!', at)) return undefined;
  const end = query.indexOf('*/', at + 2);
  if (end < 0) return undefined;
  // PostgreSQL counts comments in comments, others do not.
  const inner = query.indexOf('/*', at + 2);
  return inner >= 0 && inner < end ? undefined : end + 2;
};

const beginsLineComment = (query: string, at: number, lexis: Lexis): boolean =>
  query.startsWith('--', at)
    ? !lexis.dashesNeedSpace || at + 2 >= query.length || query.charCodeAt(at + 2) <= 32
    : query[at] === '#' && lexis.hash === true;

/** The query without its texts, names in quotes and comments; undefined where one of them does not end. */
const bare = (query: string, lexis: Lexis): string | undefined => {
  let out = '';
  let at = 0;
  while (at < query.length) {
    const char = query.charAt(at);
    let end: number | undefined = at + 1;
    let kept = char;
    if (beginsLineComment(query, at, lexis)) {
      const line = query.indexOf('\n', at);
      end = line < 0 ? query.length : line;
      kept = ' ';
    } else if (query.startsWith('/*', at)) {
      end = endOfBlock(query, at);
      kept = ' ';
    } else if (char === "'" || char === '"' || char === '`') {
      const isEscape =
        lexis.escapeTexts && char === "'" && /(?:^|[^\p{L}\p{N}_])e$/iu.test(query.slice(Math.max(0, at - 3), at));
      end = endOfQuoted(query, at, isEscape === true || lexis.backslash.includes(char));
      kept = ' ';
    } else if (char === '$' && lexis.dollars && !isWord(query.charAt(at - 1))) {
      const tag = /^\$[A-Za-z_]{0,30}\$/.exec(query.slice(at, at + 34))?.[0];
      if (tag !== undefined) {
        const close = query.indexOf(tag, at + tag.length);
        end = close < 0 ? undefined : close + tag.length;
        kept = ' ';
      }
    }
    if (end === undefined) return undefined;
    out += kept;
    at = end;
  }
  return out;
};

/** Locks that a SELECT can take: others would wait for us. */
const locks = (words: readonly string[]): boolean =>
  words.some((word, at) => {
    const next = words[at + 1] ?? '';
    return word === 'for' ? ['share', 'key', 'no'].includes(next) : word === 'lock' && next === 'in';
  });

export type CheckedQuery =
  | { readonly kind: 'reads'; readonly query: string }
  | { readonly kind: 'refused'; readonly says: string };

/** One SELECT (or WITH … SELECT) that changes nothing; the read only transaction is the second wall. */
export const checkedQuery = (query: string, lexis: Lexis): CheckedQuery => {
  const trimmed = query.trim().replace(/;$/, '');
  const text = bare(trimmed, lexis);
  if (text === undefined)
    return { kind: 'refused', says: 'a text or comment in the query does not end, or can be read in several ways' };
  if (text.includes(';')) return { kind: 'refused', says: 'several statements; one SELECT is allowed' };
  const words = text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  if (words[0] !== 'select' && words[0] !== 'with')
    return { kind: 'refused', says: 'the query does not begin with SELECT or WITH' };
  if (locks(words)) return { kind: 'refused', says: 'the query takes locks' };
  const wrong = words.find((word) => writing.has(word));
  return wrong === undefined
    ? { kind: 'reads', query: trimmed }
    : { kind: 'refused', says: `the query has the word ${wrong.toUpperCase()}; a name like that belongs in quotes` };
};

/** `schema.table` in its parts; a dot inside double quotes or backquotes belongs to the name. */
export const nameParts = (name: string): readonly string[] =>
  (name.match(/"(?:[^"]|"")*"|`(?:[^`]|``)*`|[^.]+/g) ?? []).map((part) => {
    const quote = part.charAt(0);
    return /^["`]$/.test(quote) && part.endsWith(quote) && part.length > 1
      ? part.slice(1, -1).replaceAll(quote + quote, quote)
      : part;
  });

/** A name as it has to be typed, so that a dot in it does not part it. */
export const typedName = (...parts: readonly string[]): string =>
  parts.map((part) => (/[."`]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part)).join('.');

/** The tables of just this name although there is a dot in it: `a.b` without quotes is the table b of the schema a. */
export const quotedHint = (wanted: string, tables: readonly string[]): readonly string[] =>
  wanted.includes('.')
    ? tables.filter((table) => table.toLowerCase() === wanted.toLowerCase()).map((table) => typedName(table))
    : [];
