/** Which database a condition was read from: words and texts mean other things in each. */
export type ConditionDialect = 'postgresql' | 'mysql' | 'sqlite';

export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  /** In quotes: a name and never a word of SQL. */
  | { readonly kind: 'name'; readonly text: string }
  /** A word of SQL or a name, as it is written. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

/** A condition, or a part of one, whose meaning is not known for certain: it is told by name and nothing is held against it. */
export class NotUnderstood extends Error {}

type Form = readonly [Token['kind'] | 'space', RegExp];

const escapedText: Form = ['text', /(?:[eEnN]|_[a-z0-9]+ ?)?'(?:[^'\\]|''|\\[\s\S])*'/y];
/** PostgreSQL has an escape only in `E'…'`. */
const plainTexts: readonly Form[] = [
  ['text', /[eE]'(?:[^'\\]|''|\\[\s\S])*'/y],
  ['text', /[nN]?'(?:[^']|'')*'/y],
];

const others: readonly Form[] = [
  ['space', /\s+/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /"(?:[^"]|"")*"|`(?:[^`]|``)*`/y],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['sign', /::|<=|>=|<>|!=|!?~~?\*?|\|\||[!=<>+\-*/(),.[\]]/y],
];

const unescaped = (text: string, dialect: ConditionDialect, escapes: boolean): string => {
  const plain = text.replaceAll("''", "'");
  if (!escapes) return plain;
  return plain.replace(/\\([\s\S])/g, (whole, sign: string) => {
    // Before these a backslash stays, for LIKE.
    if (dialect === 'mysql' && (sign === '%' || sign === '_')) return whole;
    if (/[a-zA-Z0-9]/.test(sign)) throw new NotUnderstood(whole);
    return sign;
  });
};

const tokenOf = (kind: Token['kind'], text: string, dialect: ConditionDialect): Token => {
  if (kind === 'name') {
    const quote = text.charAt(0);
    return { kind, text: text.slice(1, -1).replaceAll(quote + quote, quote) };
  }
  if (kind !== 'text') return { kind, text };
  const begin = text.indexOf("'");
  const escapes = dialect === 'mysql' || /^e/i.test(text);
  return { kind, text: unescaped(text.slice(begin + 1, -1), dialect, escapes) };
};

const longest = 10_000;

/** The parts of a condition; throws `NotUnderstood` at a sign that none of them begins with. */
export const tokensOf = (condition: string, dialect: ConditionDialect): readonly Token[] => {
  if (condition.length > longest) throw new NotUnderstood('too long');
  // MySQL writes the quotes of its texts with a backslash before them.
  const source = dialect === 'mysql' && /_[a-z0-9]+\\'/.test(condition) ? condition.replaceAll("\\'", "'") : condition;
  const found: Token[] = [];
  let at = 0;
  while (at < source.length) {
    let end = at;
    for (const [kind, form] of dialect === 'mysql' ? [escapedText, ...others] : [...plainTexts, ...others]) {
      form.lastIndex = at;
      const text = form.exec(source)?.[0];
      if (text === undefined) continue;
      if (kind !== 'space') found.push(tokenOf(kind, text, dialect));
      end = at + text.length;
      break;
    }
    if (end === at) throw new NotUnderstood(source.slice(at, at + 20));
    at = end;
  }
  return found;
};
