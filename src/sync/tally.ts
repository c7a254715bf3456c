import type { ColumnType, ComparedColumn } from '../model/sync/column.ts';
import type { ChangedClasses, Example, FieldDifference } from '../model/sync/comparison.ts';
import type { RowPair } from '../model/sync/view.ts';
import type { PairVerdict } from './diagnose/explain.ts';

const mostExamples = 3;

/** The rule under which two values are equal, `several` where it takes more than one, undefined where they are not. */
export type EqualUnder = (left: string, right: string, type: ColumnType) => string | undefined;

export interface TallyParts {
  readonly columns: readonly ComparedColumn[];
  readonly equalUnder: EqualUnder;
  readonly printable: (text: string, most?: number) => string;
  /** Milliseconds since 1970, of a value of the updated-at column; undefined where it is none. */
  readonly momentOf: (value: string, side: 'left' | 'right') => number | undefined;
  /** Milliseconds since 1970. */
  readonly lastSync?: number;
}

/** Counts the classes of all changed pairs and what each column shows, pair by pair. */
export const tally = ({ columns, equalUnder, printable, momentOf, lastSync }: TallyParts) => {
  const differ = columns.map(() => 0);
  const unexplained = columns.map(() => 0);
  const rules = columns.map(() => new Map<string, number>());
  const examples: Example[][] = columns.map(() => []);
  const classes = { underRule: 0, explained: 0, stale: 0, conflict: 0, unexplained: 0 };
  let openPairs = 0;
  const updated = columns.find(({ role }) => role === 'updated-at')?.at;

  const keyOf = ({ left }: RowPair): string =>
    columns
      .filter(({ key }) => key)
      .map(({ at }) => printable(left[at] ?? '', 120))
      .join(' / ');

  /** Of a pair that differs and that nothing explains, who changed it since the last sync. */
  const agedAs = (pair: RowPair): 'stale' | 'conflict' | 'unexplained' => {
    if (updated === undefined || lastSync === undefined) return 'unexplained';
    const [left, right] = [momentOf(pair.left[updated] ?? '', 'left'), momentOf(pair.right[updated] ?? '', 'right')];
    if (left === undefined || right === undefined) return 'unexplained';
    if (left > lastSync && right > lastSync) return 'conflict';
    return left > lastSync || right > lastSync ? 'stale' : 'unexplained';
  };

  /** Explained by a cause; one that tells only when both sides were changed leaves the pair with its age. */
  const explainedAs = (pair: RowPair, verdict: PairVerdict): 'stale' | 'conflict' | 'explained' => {
    const age = verdict.some(({ by }) => by?.aged) ? agedAs(pair) : 'unexplained';
    return age === 'unexplained' ? 'explained' : age;
  };

  /**
   * The class of a pair, and its first column that neither a cause explains nor a rule makes equal; `seen` is told of each column and of
   * the rule under which its values are equal.
   */
  const classed = (
    pair: RowPair,
    verdict: PairVerdict,
    seen: (pair: RowPair, column: number, rule: string | undefined, open: boolean) => void,
  ): { readonly of: keyof ChangedClasses; readonly open?: number | undefined } => {
    let onlyRules = true;
    let firstOpen: number | undefined;
    for (const { column, by } of verdict) {
      const [left, right] = [pair.left[column] ?? '', pair.right[column] ?? ''];
      const rule = by?.effect === 'wrong' ? undefined : equalUnder(left, right, columns[column]?.type ?? 'text');
      const open = by === undefined && rule === undefined;
      if (rule === undefined && by?.effect !== 'notation') onlyRules = false;
      if (open) firstOpen ??= column;
      seen(pair, column, rule, open);
    }
    if (onlyRules) return { of: 'underRule' };
    return firstOpen === undefined ? { of: explainedAs(pair, verdict) } : { of: agedAs(pair), open: firstOpen };
  };

  const count = (pair: RowPair, column: number, rule: string | undefined, open: boolean): void => {
    differ[column] = (differ[column] ?? 0) + 1;
    const counts = rules[column];
    if (rule !== undefined && counts) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    if (open) unexplained[column] = (unexplained[column] ?? 0) + 1;
    const kept = examples[column];
    if (!kept || kept.length >= mostExamples) return;
    const [left, right] = [pair.left[column] ?? '', pair.right[column] ?? ''];
    kept.push({ key: keyOf(pair), left: printable(left, 120), right: printable(right, 120) });
  };

  /** Counts a pair; its first column that neither a cause explains nor a rule makes equal. */
  const visit = (pair: RowPair, verdict: PairVerdict): number | undefined => {
    const { of, open } = classed(pair, verdict, count);
    classes[of] += 1;
    if (open !== undefined) openPairs += 1;
    return open;
  };

  /** The same, not counted. */
  const classOf = (pair: RowPair, verdict: PairVerdict): keyof ChangedClasses => classed(pair, verdict, () => {}).of;

  /** What `visit` gives, not counted. */
  const openIn = (pair: RowPair, verdict: PairVerdict): number | undefined => classed(pair, verdict, () => {}).open;

  return {
    visit,
    classOf,
    openIn,
    classes: (): ChangedClasses => ({ ...classes }),
    /** Pairs with a value that neither a cause explains nor a rule makes equal. */
    openPairs: (): number => openPairs,
    fields: (): readonly FieldDifference[] =>
      columns.map(({ at, left, right, type, role }) => ({
        left,
        right,
        type,
        ...(role === undefined ? {} : { role }),
        differ: differ[at] ?? 0,
        equalUnder: [...(rules[at] ?? [])].map(([rule, n]) => ({ rule, n })).toSorted((a, b) => b.n - a.n),
        unexplained: unexplained[at] ?? 0,
        examples: examples[at] ?? [],
      })),
  };
};
