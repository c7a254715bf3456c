/** The SQL that corrections are written in. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite';

const control = /[\x00-\x1f\x7f]/;

const doubled = (text: string): string => text.replaceAll("'", "''");

const escapedSign = (sign: string): string =>
  sign === '\\' ? '\\\\' : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text in quotes, on one line: what a client could take for a command of its own at the start of a line cannot stand there. */
const literals: Readonly<Record<SqlDialect, (text: string) => string>> = {
  // E'' means the same whatever standard_conforming_strings is.
  postgresql: (text) =>
    control.test(text) || text.includes('\\')
      ? `E'${doubled(text).replace(/[\x00-\x1f\x7f\\]/g, escapedSign)}'`
      : `'${doubled(text)}'`,
  // A backslash is one or an escape, as sql_mode has it: bytes are the same in both.
  mysql: (text) =>
    control.test(text) || text.includes('\\')
      ? `CONVERT(X'${Buffer.from(text, 'utf8').toString('hex').toUpperCase()}' USING utf8mb4)`
      : `'${doubled(text)}'`,
  sqlite: (text) => {
    if (!control.test(text)) return `'${doubled(text)}'`;
    const parts = text.split(/([\x00-\x1f\x7f])/).filter((part) => part !== '');
    return `(${parts.map((part) => (control.test(part) ? `char(${part.charCodeAt(0)})` : `'${doubled(part)}'`)).join(' || ')})`;
  },
};

export const textLiteral = (text: string, dialect: SqlDialect): string => literals[dialect](text);

/** A name in the quotes of the dialect. */
export const nameIn = (name: string, dialect: SqlDialect): string =>
  dialect === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
