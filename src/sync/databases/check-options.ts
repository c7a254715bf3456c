const value = /'((?:[^']|'')*)'/g;
/** `'new'`, `'new'::text`, `('new'::character varying)::text`, `_utf8mb4'new'` */
const one = /\(?(?:_[a-z0-9]+)?'(?:[^']|'')*'(?:::[a-z ]+\)?)*/.source;
const list = new RegExp(`^${one}(?:, ?${one})*$`);

/** `CHECK ((stage = ANY (ARRAY['new'::text, 'won'::text])))` of PostgreSQL, `stage` in ('new','won') of MySQL; the column and the list. */
const forms = [
  /^CHECK \(\(\(?"?((?:[^"()]|"")+)"?\)?(?:::text)? = ANY \(\(?ARRAY\[(.+?)\]\)?(?:::text\[\])?\)\)\)$/,
  /^\(?`((?:[^`]|``)+)` in \((.+?)\)\)?$/i,
];

/** The values that a condition on one column alone allows; undefined where it asks anything else. */
export const optionsOfCheck = (condition: string, column: string): readonly string[] | undefined => {
  for (const form of forms) {
    const [, name, values = ''] = form.exec(condition.replaceAll("\\'", "'")) ?? [];
    if (name?.replaceAll('""', '"').replaceAll('``', '`') !== column || !list.test(values)) continue;
    return [...values.matchAll(value)].map(([, text = '']) => text.replaceAll("''", "'"));
  }
  return undefined;
};

/** What the first condition that lists values for a column allows. */
export const allowedBy = (checks: readonly string[] | undefined, column: string): readonly string[] | undefined =>
  checks?.map((check) => optionsOfCheck(check, column)).find((options) => options !== undefined);

/** Whether a condition is told by the options of one of these columns already. */
export const isOfOptions = (condition: string, columns: readonly { readonly name: string }[]): boolean =>
  columns.some(({ name }) => optionsOfCheck(condition, name) !== undefined);

type Ask = (sql: string) => Promise<{ readonly rows: readonly (readonly unknown[])[] }>;

/** A condition by the name that the database has for it. */
export interface NamedCheck {
  readonly name: string;
  readonly condition: string;
}

/**
 * The conditions of a table of MariaDB or MySQL, asked with its schema and name. MariaDB tells the table of each, and is asked for that one
 * alone, as it opens every table that it is asked about; older servers have none.
 */
export const checksOf = async (ask: Ask): Promise<readonly NamedCheck[]> => {
  const mariadb = `SELECT CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ? AND TABLE_NAME = ?`;
  const mysql = `SELECT c.CONSTRAINT_NAME, c.CHECK_CLAUSE FROM information_schema.TABLE_CONSTRAINTS t JOIN information_schema.CHECK_CONSTRAINTS c
     ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME
     WHERE t.TABLE_SCHEMA = ? AND t.TABLE_NAME = ? AND t.CONSTRAINT_TYPE = 'CHECK' AND t.ENFORCED = 'YES'`;
  const answer = await ask(mariadb).catch(() => ask(mysql).catch(() => undefined));
  return (answer?.rows ?? []).map(([name, condition]) => ({ name: String(name), condition: String(condition) }));
};
