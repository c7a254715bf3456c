import type { SourceRow } from '../../model/sync/source.ts';
import type { RecordFilter } from '../../model/sync/subject.ts';

export type Keep =
  | { readonly kind: 'keep'; readonly keep: (row: SourceRow) => boolean }
  | { readonly kind: 'unknown'; readonly column: string };

/** Which records belong to a side, by the canonical text of their values: the same in every engine. */
export const keptBy = (filter: RecordFilter | undefined, names: readonly string[]): Keep => {
  const rules: { readonly at: number; readonly values: ReadonlySet<string>; readonly wanted: boolean }[] = [];
  for (const [column, rule] of Object.entries(filter ?? {})) {
    const at = names.indexOf(column);
    if (at < 0) return { kind: 'unknown', column };
    const values = 'not' in rule ? rule.not : rule;
    rules.push({ at, values: new Set(values), wanted: !('not' in rule) });
  }
  return {
    kind: 'keep',
    keep: (row) => rules.every(({ at, values, wanted }) => values.has(row[at] ?? '') === wanted),
  };
};
