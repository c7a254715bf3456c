import type { SourceColumn } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import type { RecordFilter } from '../../model/sync/subject.ts';
import type { Condition, SqlDialect } from './dialect.ts';

interface Rule {
  readonly at: number;
  readonly values: readonly string[];
  /** Whether a record has one of the values, or none of them. */
  readonly wanted: boolean;
}

export type Filter =
  | { readonly kind: 'rules'; readonly rules: readonly Rule[] }
  | { readonly kind: 'unknown'; readonly column: string };

export const filterOf = (filter: RecordFilter | undefined, names: readonly string[]): Filter => {
  const rules: Rule[] = [];
  for (const [column, rule] of Object.entries(filter ?? {})) {
    const at = names.indexOf(column);
    if (at < 0) return { kind: 'unknown', column };
    const values = 'not' in rule ? rule.not : rule;
    rules.push({ at, values, wanted: !('not' in rule) });
  }
  return { kind: 'rules', rules };
};

/** Which records belong to a side, by the canonical text of their values: the same in every engine. */
export const keptBy = (rules: readonly Rule[]): ((row: SourceRow) => boolean) => {
  const sets = rules.map(({ at, values, wanted }) => ({ at, values: new Set(values), wanted }));
  return (row) => sets.every(({ at, values, wanted }) => values.has(row[at] ?? '') === wanted);
};

export interface Pushed {
  /** Begins with ` WHERE `, or is empty. */
  readonly where: Condition;
  /** What is left for Node. */
  readonly rest: readonly Rule[];
}

/** The part of a filter that the database itself can hold its records against. */
export const pushedDown = (rules: readonly Rule[], columns: readonly SourceColumn[], dialect: SqlDialect): Pushed => {
  const conditions: string[] = [];
  const bound: string[] = [];
  const rest: Rule[] = [];
  for (const rule of rules) {
    const column = columns[rule.at];
    const text = column && dialect.canonicalExpression(column);
    if (text === undefined) rest.push(rule);
    else if (rule.values.length === 0) conditions.push(rule.wanted ? '1 = 0' : '1 = 1');
    else {
      const { sql, values } = dialect.isOneOf(text, rule.values, bound.length + 1);
      conditions.push(rule.wanted ? sql : `NOT (${sql})`);
      bound.push(...values);
    }
  }
  const sql = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return { where: { sql, values: bound }, rest };
};
