import type { SourceColumn } from '../../model/sync/column.ts';
import type { Looked, LookUp, SourceFailure, SourceRow } from '../../model/sync/source.ts';
import { decimalText } from './canonical.ts';
import type { Engine, Session, Shape } from './reading.ts';
import { selectOf } from './reading.ts';

/** How values of a type are written where an index is to find them. */
interface Written {
  readonly is: RegExp;
  /** Whether they stand in the statement itself, as numbers do. */
  readonly inPlace: boolean;
}

const whole: Written = { is: /^-?\d{1,18}$/, inPlace: true };
const decimal: Written = { is: /^-?\d{1,30}(?:\.\d{1,30})?$/, inPlace: true };
const day: Written = { is: /^\d{4}-\d\d-\d\d$/, inPlace: false };
const uuid: Written = { is: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, inPlace: false };
const text: Written = { is: /^[^\0]{1,4000}$/s, inPlace: false };

/** By the declared type; others are compared in ways that no text of ours can be written in. */
const writtenAs: readonly (readonly [RegExp, Written])[] = [
  [/^(?:tiny|small|medium|big)?int(?:eger|[248])?\b(?!.*\[\])/, whole],
  [/^(?:numeric|decimal)\b(?!.*\[\])/, decimal],
  [/^date$/, day],
  [/^uuid$/, uuid],
  [/^(?:n?varchar|character|char|bpchar|citext|name|(?:tiny|medium|long)?text|enum)\b(?!.*\[\])/, text],
];

const formOf = ({ declared = '', options }: SourceColumn): Written | undefined =>
  // An enum of PostgreSQL is called by its own name.
  writtenAs.find(([type]) => type.test(declared.toLowerCase()))?.[1] ?? (options ? text : undefined);

const holds = ({ options }: SourceColumn, form: Written, value: string): boolean =>
  form.is.test(value) && (!options || options.includes(value));

/** So many values stand in one statement. */
const mostValues = 1_000;

type Asked = readonly { readonly column: SourceColumn; readonly form: Written }[];

/** `a IN (…)`, or `(a, b) IN ((…), …)` of several columns. */
const conditionOf = (asked: Asked, values: readonly (readonly string[])[], { id, dialect }: Engine) => {
  const bound: string[] = [];
  const one = (value: string, form: Written | undefined): string => {
    if (form?.inPlace) return decimalText(value);
    bound.push(value);
    return id === 'postgresql' ? `$${bound.length}` : '?';
  };
  const names = asked.map(({ column }) => dialect.quoted(column.name)).join(', ');
  const several = asked.length > 1;
  const list = values.map((parts) => {
    const written = parts.map((part, at) => one(part, asked[at]?.form)).join(', ');
    return several ? `(${written})` : written;
  });
  const rows = several && id === 'sqlite' ? `VALUES ${list.join(', ')}` : list.join(', ');
  return { sql: `${several ? `(${names})` : names} IN (${rows})`, values: bound };
};

/** Values are looked up in the table of a side, and in those that it refers to. */
export const lookUpOf = ({
  engine,
  session,
  shape,
  explained,
}: {
  readonly engine: Engine;
  readonly session: Session;
  readonly shape: Shape;
  readonly explained: (error: unknown, after: number) => SourceFailure;
}): LookUp => {
  const shapes = new Map<string, Promise<Shape>>();
  const shapeOf = (table: string): Promise<Shape> => {
    const known = shapes.get(table) ?? session.table(table);
    shapes.set(table, known);
    return known;
  };
  const looked: LookUp = async ({ table, columns, with: more, values }, signal): Promise<Looked> => {
    const there = table === undefined ? shape : await shapeOf(table);
    const found = [...columns, ...more].map((name) => there.columns.find((column) => column.name === name));
    const missing = [...columns, ...more].find((_, at) => !found[at]);
    if (missing !== undefined) return { kind: 'no-answer', says: missing };
    const all = found.filter((column) => column !== undefined);
    const asked = all.slice(0, columns.length).flatMap((column) => {
      const form = formOf(column);
      return form ? [{ column, form }] : [];
    });
    if (asked.length < columns.length)
      return { kind: 'no-answer', says: all.find((column) => !formOf(column))?.declared ?? '' };
    const possible = values.filter((parts) =>
      asked.every(({ column, form }, at) => holds(column, form, parts[at] ?? '')),
    );
    const rows: SourceRow[] = [];
    const most = Math.floor(mostValues / columns.length);
    for (let at = 0; at < possible.length; at += most) {
      const condition = conditionOf(asked, possible.slice(at, at + most), engine);
      const sql = `${selectOf(all, there.from, engine.dialect)} WHERE ${condition.sql}`;
      for await (const batch of session.read({ sql, values: condition.values, columns: all }, signal))
        rows.push(...batch);
    }
    return { kind: 'looked', rows };
  };
  return async (wanted, signal) => {
    try {
      const work = () => looked(wanted, signal);
      return await (session.attempt ? session.attempt(work) : work());
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = explained(error, 0);
      return { kind: 'no-answer', says: 'says' in failure && failure.says ? failure.says : failure.what };
    }
  };
};
