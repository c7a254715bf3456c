import type { SyncCause } from '../../model/sync/cause.ts';
import type { Detail, RowsHypothesis } from '../../model/sync/hypothesis.ts';
import type { ComparisonView, RowPair, SeenRow } from '../../model/sync/view.ts';
import { fisherAtLeast } from '../../reason/rows/statistics.ts';

/** A hypothesis about whole rows that the samples bear out. */
export interface StandingRows {
  readonly kind: 'rows';
  readonly cause: SyncCause;
  readonly hypothesis: RowsHypothesis;
  readonly params: Detail;
  readonly explained: readonly SeenRow[];
  readonly present: { readonly n: number; readonly of: number };
}

/** Fewer differences than this name nothing: they may be anything (CAUSES-SYNC, guards). */
const fewest = 20;
const leastShare = 0.01;
const mostChance = 1e-6;
/** Of the rows of a symptom so many may be those of a deeper cause: what is left of it then comes from that one as well, at its edges. */
const mostOfDeeper = 0.4;

type Population = RowsHypothesis['population'];
type Asked = readonly [SeenRow, RowPair?];

/** Whether something differs between the records of a pair. */
export const isChanged = ({ columns }: Pick<ComparisonView, 'columns'>, { left, right }: RowPair): boolean =>
  left !== right && columns.some(({ at }) => left[at] !== right[at]);

/** The rows that a hypothesis is about, and those that they are held against. */
interface Groups {
  readonly population: readonly Asked[];
  readonly around: readonly Asked[];
}

const makeGroups = (view: ComparisonView, population: Population): Groups => {
  const alone = (rows: readonly SeenRow[]): readonly Asked[] => rows.map((row) => [row]);
  const present = (side: 'left' | 'right'): readonly Asked[] => view.present.map((one) => [one[side], one.pair]);
  switch (population) {
    case 'missing':
      return { population: alone(view.missing), around: present('left') };
    case 'extra':
      return { population: alone(view.extra), around: present('right') };
    case 'changed': {
      const all = view.present.map(({ pair, left }) => ({
        asked: [left, pair] as const,
        changed: isChanged(view, pair),
      }));
      return {
        population: all.filter(({ changed }) => changed).map(({ asked }) => asked),
        around: all.filter(({ changed }) => !changed).map(({ asked }) => asked),
      };
    }
    case 'repeated-left':
      return { population: alone(view.repeated.left.flat()), around: present('left') };
    case 'repeated-right':
      return { population: alone(view.repeated.right.flat()), around: present('right') };
  }
};

/** Dozens of hypotheses ask about the same few populations. */
const groupsOf = (view: ComparisonView): ((population: Population) => Groups) => {
  const known = new Map<Population, Groups>();
  return (population) => {
    const found = known.get(population) ?? makeGroups(view, population);
    known.set(population, found);
    return found;
  };
};

/** These are told by rows of their own side alone. */
const isOfOneSide = (population: Population): boolean => population.startsWith('repeated');

type Held = Pick<StandingRows, 'cause' | 'hypothesis'> & { readonly held: ReadonlySet<SeenRow> };

/** Whether so many of its rows are those of a deeper cause that what that one leaves is no other one. */
const isScrapOf = ({ cause, hypothesis, held }: Held, deeper: readonly Held[]): boolean =>
  deeper.some((other) => {
    if (other.hypothesis.population !== hypothesis.population || !cause.unless?.includes(other.cause.id)) return false;
    let both = 0;
    for (const row of held) if (other.held.has(row)) both += 1;
    return both > mostOfDeeper * held.size;
  });

/**
 * What sets the rows of a population apart from the rows that are present, never a bare share. `strangers`: most of these are not the same
 * records on both sides, so that others are held against none of them.
 */
export const standingRows = (
  view: ComparisonView,
  causes: readonly SyncCause[],
  { strangers = false }: { readonly strangers?: boolean } = {},
): readonly StandingRows[] => {
  const sidesOf = groupsOf(view);
  const tried = causes.flatMap((cause) =>
    cause.hypotheses.flatMap((hypothesis) => {
      if (hypothesis.kind !== 'rows' || (strangers && !isOfOneSide(hypothesis.population))) return [];
      const { population, around } = sidesOf(hypothesis.population);
      if (population.length === 0) return [];
      return hypothesis.propose(view).flatMap(({ params }) => {
        const held = new Set(
          population.flatMap(([row, pair]) => (hypothesis.holds(row, params, view, pair) ? [row] : [])),
        );
        if (held.size < (hypothesis.evenFew ? 1 : fewest)) return [];
        const n = hypothesis.ownChance
          ? 0
          : around.filter(([row, pair]) => hypothesis.holds(row, params, view, pair)).length;
        return [{ cause, hypothesis, params, held, of: population.length, present: { n, of: around.length } }];
      });
    }),
  );
  type Row = (typeof tried)[number];
  const taken = new Map<string, Set<SeenRow>>();
  const standing: StandingRows[] = [];
  const left = [...tried];
  const openOf = ({ held, hypothesis }: Row): readonly SeenRow[] => {
    const gone = taken.get(hypothesis.population);
    return gone ? [...held].filter((row) => !gone.has(row)) : [...held];
  };
  const deeper: Row[] = [];
  const scoreOf = (one: Row, n: number): number => {
    const { hypothesis, of, present } = one;
    // What is known already does not make the rest of it too little to be told.
    const rest = of - (taken.get(hypothesis.population)?.size ?? 0);
    if (n < (hypothesis.evenFew ? 1 : fewest) || n < leastShare * rest) return 0;
    const presentShare = present.of === 0 ? 0 : present.n / present.of;
    if (presentShare > (hypothesis.presentAtMost ?? 0.02) || isScrapOf(one, deeper)) return 0;
    if (!hypothesis.ownChance) {
      const p = fisherAtLeast(n, of - n, present.n, present.of - present.n) * tried.length;
      if (!(p < mostChance)) return 0;
    }
    return n / of - presentShare;
  };
  while (left.length > 0) {
    const scored = left
      .map((one) => ({ one, open: openOf(one) }))
      .map(({ one, open }) => ({ one, open, score: scoreOf(one, open.length) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score);
    const best = scored.find(
      ({ one, open }) =>
        !scored.some(
          ({ one: other }) =>
            other.hypothesis.population === one.hypothesis.population &&
            one.cause.unless?.includes(other.cause.id) &&
            open.filter((row) => other.held.has(row)).length >= 0.9 * open.length,
        ),
    );
    if (!best) break;
    const { one, open } = best;
    const { cause, hypothesis, params, present } = one;
    standing.push({ kind: 'rows', cause, hypothesis, params, explained: open, present });
    const gone = taken.get(hypothesis.population) ?? new Set();
    for (const row of open) gone.add(row);
    taken.set(hypothesis.population, gone);
    deeper.push(one);
    left.splice(left.indexOf(one), 1);
  }
  return standing;
};
