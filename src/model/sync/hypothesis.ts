import { rememberFor } from '../remember.ts';
import { spread } from '../spread.ts';
import type { ColumnType, ComparedColumn } from './column.ts';
import type { Example } from './comparison.ts';
import { partingOf } from './parting.ts';
import type { ComparisonView, RowPair, SeenRow } from './view.ts';

/** `notation`: both mean the same value; `wrong`: a value is lost or false; `expected`: it is meant to be so, and worth knowing. */
export type Effect = 'notation' | 'wrong' | 'expected';

/** A parameter of a hypothesis, plain JSON: it travels to worker threads and into the report. */
export type Detail = Readonly<Record<string, unknown>>;

/**
 * A fault that would have made one value out of the other. It is tried on a sample, held against pairs of unrelated rows, and what
 * stands is counted on all pairs (the second scan). Pure.
 */
export interface PairsHypothesis<Params extends Detail = Detail> {
  readonly kind: 'pairs';
  readonly effect: Effect;
  /** Encodings and the like: exact and irreversible, so that fewer than 20 pairs name it. */
  readonly evenFew?: true;
  /** `explains` reads columns besides the one it is asked about. */
  readonly wholeRow?: true;
  /** `propose` reads the ranks of records, which are counted meanwhile: it is asked last. */
  readonly ranked?: true;
  /** What is worth trying: the columns with each set of parameters, the likeliest first; at most a handful a column. */
  readonly propose: (
    view: ComparisonView,
  ) => readonly { readonly columns: readonly number[]; readonly params: Params }[];
  /** Whether the fault makes this difference of this column. */
  readonly explains: (pair: RowPair, column: number, params: Params, columns: readonly ComparedColumn[]) => boolean;
  /**
   * Unrelated rows show nothing of it (a constant stands in every row; a default where a value was): the test against chance is
   * `propose`'s own.
   */
  readonly ownChance?: true;
  /** It tells when both sides were changed, not what made the value: the pairs still count as stale or as conflict. */
  readonly aged?: true;
}

/**
 * What sets the rows apart that are missing (or extra, repeated, changed) from those that are present. `holds` is counted over both;
 * the engine tests the difference (Fisher, p < 1e-6 after Bonferroni) and the shares, never a bare share. Pure.
 */
export interface RowsHypothesis<Params extends Detail = Detail> {
  readonly kind: 'rows';
  readonly effect: Effect;
  readonly population: 'missing' | 'extra' | 'changed' | 'repeated-left' | 'repeated-right';
  readonly propose: (view: ComparisonView) => readonly { readonly params: Params }[];
  /** `row` is of the side that the population is of (changed: the left one, with its pair). */
  readonly holds: (row: SeenRow, params: Params, view: ComparisonView, pair?: RowPair) => boolean;
  /** What share of the present rows may meet the condition at most; default 0.02. */
  readonly presentAtMost?: number;
  /** Present rows cannot meet it by its nature (their counterpart is there): the test is `propose`'s own. */
  readonly ownChance?: true;
  /** Fewer than 20 rows name it. */
  readonly evenFew?: true;
  /** The parts of the key of the record that stands in the way of this one. */
  readonly holder?: (row: SeenRow, params: Params, view: ComparisonView) => readonly string[] | undefined;
}

/** What the columns and the sources themselves tell, not the values of pairs. */
export interface FoundFact<Params extends Detail = Detail> {
  /** `about`: what it affects, for a person, where it is about no compared column. */
  readonly params: Params & { readonly about: string };
  /** Compared columns that it is about. */
  readonly columns: readonly number[];
  /** Records that bear it out, of those that were looked at. */
  readonly n: number;
  readonly of: number;
  readonly examples: readonly Example[];
}

/** A fault of the mapping or of a source. It is found or it is not: `find` demands exact evidence by itself. Pure. */
export interface FactsHypothesis<Params extends Detail = Detail> {
  readonly kind: 'facts';
  readonly effect: Effect;
  readonly find: (view: ComparisonView) => readonly FoundFact<Params>[];
}

export type Hypothesis = PairsHypothesis | RowsHypothesis | FactsHypothesis;

/** One value on each side of one column. */
export interface ValuePair {
  readonly left: string;
  readonly right: string;
}

/** A hundred hypotheses ask the same of the pairs of a view: they are gone through once. */
const differingOf = rememberFor((pairs: ComparisonView['pairs']) => {
  const found: { readonly pairs: RowPair[]; readonly values: ValuePair[] }[] = [];
  for (const pair of pairs) {
    for (let column = 0; column < pair.left.length; column += 1) {
      const [left, right] = [pair.left[column] ?? '', pair.right[column] ?? ''];
      if (left === right) continue;
      while (found.length <= column) found.push({ pairs: [], values: [] });
      const places = found[column];
      places?.pairs.push(pair);
      places?.values.push({ left, right });
    }
  }
  return found;
});

/** The values of the pairs of the sample in which this column differs. */
export const differingIn = ({ pairs }: Pick<ComparisonView, 'pairs'>, column: number): readonly ValuePair[] =>
  differingOf(pairs)[column]?.values ?? [];

/** The same pairs whole. */
export const differingPairs = ({ pairs }: Pick<ComparisonView, 'pairs'>, column: number): readonly RowPair[] =>
  differingOf(pairs)[column]?.pairs ?? [];

/** The same, at most so many; one list for all who ask for as many. */
const spreadOf = rememberFor((_: readonly ValuePair[]) => new Map<number, readonly ValuePair[]>());

const someOf = (pairs: readonly ValuePair[], most: number): readonly ValuePair[] => {
  const known = spreadOf(pairs);
  const before = known.get(most);
  if (before) return before;
  const some = spread(pairs, most);
  known.set(most, some);
  return some;
};

/** Of a sign that takes two code units. */
const isHalf = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

/** Each sign that stands where the values of some of these pairs part. */
const signsOf = rememberFor((pairs: readonly ValuePair[]): { readonly all: string } => {
  const met = new Uint8Array(0x10000);
  const pairsOfUnits = new Set<string>();
  let all = '';
  for (const { left, right } of pairs) {
    const parting = partingOf(left, right);
    for (let at = 0; at < parting.length; at += 1) {
      const code = parting.charCodeAt(at);
      if (isHalf(code)) {
        pairsOfUnits.add(parting.slice(at, at + 2));
        at += 1;
      } else if (met[code] === 0) {
        met[code] = 1;
        all += parting[at];
      }
    }
  }
  return { all: all + [...pairsOfUnits].join('') };
});

/** A hypothesis about the values of one column at a time; `propose` defaults to one try without parameters. */
export const valueHypothesis = <Params extends Detail = Record<string, never>>({
  types,
  signs,
  propose,
  explains,
  ...rest
}: Pick<PairsHypothesis<Params>, 'effect' | 'evenFew'> & {
  /** Columns of these types only; absent: all. */
  readonly types?: readonly ColumnType[];
  /** One of these signs stands where two values part that it explains (`partingOf`): columns without any are not looked at. */
  readonly signs?: readonly RegExp[];
  /**
   * At most 500 differing pairs of the column are handed over, from all of the sample (2,000 where few name it): a fault of one in a
   * hundred, the least that may stand, is not among them in one of 150 cases, one of two in a hundred in one of 24,000.
   */
  readonly propose?: (pairs: readonly ValuePair[], column: ComparedColumn) => readonly Params[];
  readonly explains: (pair: ValuePair, params: Params, column: ComparedColumn) => boolean;
}): PairsHypothesis =>
  pairsHypothesis<Params>({
    ...rest,
    propose: (view) =>
      view.columns
        .filter(({ at, type, key }) => !key && (view.differing[at] ?? 0) > 0 && (types?.includes(type) ?? true))
        .flatMap((column) => {
          const pairs = someOf(differingIn(view, column.at), rest.evenFew ? 2000 : 500);
          if (pairs.length === 0) return [];
          if (signs && !signs.some((sign) => sign.test(signsOf(pairs).all))) return [];
          // Without parameters of its own there is one try.
          const found = propose ? propose(pairs, column) : [{} as Params];
          return found.map((params) => ({ columns: [column.at], params }));
        }),
    explains: ({ left, right }, at, params, columns) => {
      const column = columns[at];
      return column !== undefined && explains({ left: left[at] ?? '', right: right[at] ?? '' }, params, column);
    },
  });

/** `pairs` (methods are bivariant, so that lists may hold any of them). */
export const pairsHypothesis = <Params extends Detail>(
  hypothesis: Omit<PairsHypothesis<Params>, 'kind'>,
): PairsHypothesis => ({ kind: 'pairs', ...hypothesis }) as PairsHypothesis<Params> as unknown as PairsHypothesis;

export const rowsHypothesis = <Params extends Detail>(
  hypothesis: Omit<RowsHypothesis<Params>, 'kind'>,
): RowsHypothesis => ({ kind: 'rows', ...hypothesis }) as RowsHypothesis<Params> as unknown as RowsHypothesis;

export const factsHypothesis = <Params extends Detail>(
  hypothesis: Omit<FactsHypothesis<Params>, 'kind'>,
): FactsHypothesis => ({ kind: 'facts', ...hypothesis });
