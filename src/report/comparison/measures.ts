import type { ComparisonReport } from '../../model/sync/report.ts';

/** The numbers of a comparison that a monitoring system draws. */
export const measuresOf = (comparison: ComparisonReport): Readonly<Record<string, number>> => {
  const { rows, equal, changed, classes, missing, extra, duplicates, rejected, unexplained } = comparison;
  return {
    left: rows.left,
    right: rows.right,
    equal,
    changed,
    equal_under_rule: classes.underRule,
    missing,
    extra,
    repeated_key: duplicates.left.rows + duplicates.right.rows,
    not_read: rejected.left + rejected.right,
    unexplained: unexplained.pairs + unexplained.missing + unexplained.extra,
  };
};

/** The comparison that a part of the checks is about. */
export const comparisonOfMailbox = (
  comparisons: readonly ComparisonReport[],
  mailbox: string,
): ComparisonReport | undefined =>
  comparisons.find(({ name }) => mailbox === (name === undefined ? 'sync' : `sync:${name}`));

/** Formats that stand in files, whose name is a path. */
const fileFormats = new Set(['csv', 'tsv', 'json', 'jsonl', 'parquet', 'xlsx', 'several']);

/** The path of a side that is a file. */
export const fileOf = ({ name, format }: ComparisonReport['left']): string | undefined =>
  fileFormats.has(format) ? name : undefined;
