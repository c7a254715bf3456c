import type { Example, Explained } from '../../model/sync/comparison.ts';
import type { Effect } from '../../model/sync/hypothesis.ts';
import type { ComparisonView, RowPair, SeenRow } from '../../model/sync/view.ts';
import { wilson } from '../../reason/rows/statistics.ts';
import { isChanged, type StandingRows } from './stand-rows.ts';
import type { StandingPairs } from './try-pairs.ts';

const mostExamples = 3;

/** Every character that a terminal or a page could take for more than text is written out, and long ones are cut. */
const shown = (value: string, printable: (text: string, most?: number) => string): string => printable(value, 120);

const share = (n: number, of: number) => ({ n, of, ...wilson(n, of) });

/** What one pair came to, column by column: which standing hypothesis explains it, or -1, and its effect. */
export type Verdict = readonly {
  readonly column: number;
  readonly by: number;
  readonly effect?: Effect;
  readonly aged?: true;
}[];

/** Counts what stands on one pair after another, in bounded memory: the second scan. */
export const counter = (
  standing: readonly StandingPairs[],
  view: Pick<ComparisonView, 'columns'>,
  printable: (text: string, most?: number) => string,
) => {
  const { columns } = view;
  const n = standing.map(() => 0);
  const ofColumn = standing.map(({ columns: about }) => about.map(() => 0));
  const rowsNowEqual = standing.map(() => 0);
  const examples: Example[][] = standing.map(() => []);
  const differ = columns.map(() => 0);
  const unexplained = columns.map(() => 0);
  let openPairs = 0;
  const keyOf = ({ left }: RowPair): string =>
    columns
      .filter(({ key }) => key)
      .map(({ at }) => shown(left[at] ?? '', printable))
      .join(' / ');
  /** By column: what may explain it, in the order in which it stands, and where the column is among those that it is about. */
  const asked = columns.map(({ at }) =>
    standing.flatMap(({ hypothesis, columns: about, params }, by) => {
      const place = about.indexOf(at);
      const { effect, aged } = hypothesis;
      const answer = { column: at, by, effect, ...(aged ? { aged } : {}) };
      return place < 0 ? [] : [{ hypothesis, params, place, answer }];
    }),
  );
  const unanswered = columns.map(({ at }) => ({ column: at, by: -1 }));
  const keep = (by: number, pair: RowPair, column: number): void => {
    const kept = examples[by];
    if (!kept || kept.length >= mostExamples) return;
    kept.push({
      key: keyOf(pair),
      left: shown(pair.left[column] ?? '', printable),
      right: shown(pair.right[column] ?? '', printable),
    });
  };
  // A million pairs go through here: what is told of one is made of parts that are there already.
  const visit = (pair: RowPair): Verdict => {
    const verdict: Verdict[number][] = [];
    let [all, first] = [true, -1];
    for (let at = 0; at < columns.length; at += 1) {
      if ((pair.left[at] ?? '') === (pair.right[at] ?? '')) continue;
      differ[at] = (differ[at] ?? 0) + 1;
      const found = asked[at]?.find(({ hypothesis, params }) => hypothesis.explains(pair, at, params, columns));
      const answer = found?.answer ?? unanswered[at];
      if (!answer) continue;
      if (verdict.length === 0) first = answer.by;
      else if (answer.by !== first) all = false;
      verdict.push(answer);
      if (!found) {
        unexplained[at] = (unexplained[at] ?? 0) + 1;
        continue;
      }
      const { by } = answer;
      n[by] = (n[by] ?? 0) + 1;
      const counts = ofColumn[by];
      if (counts) counts[found.place] = (counts[found.place] ?? 0) + 1;
      keep(by, pair, at);
    }
    if (verdict.some(({ by }) => by === -1)) openPairs += 1;
    if (all && first !== -1) rowsNowEqual[first] = (rowsNowEqual[first] ?? 0) + 1;
    return verdict;
  };
  const explained = (): readonly Explained[] =>
    standing.map(({ cause, hypothesis, columns: about, params, chance }, at) => {
      const before = about.reduce((total, column) => total + (differ[column] ?? 0), 0);
      const count = n[at] ?? 0;
      return {
        cause: cause.id,
        effect: hypothesis.effect,
        population: 'pairs',
        columns: about,
        detail: params,
        perColumn: ofColumn[at] ?? [],
        share: share(count, before),
        chance,
        examples: examples[at] ?? [],
        proof: { kind: 'transform', before, after: before - count, rowsNowEqual: rowsNowEqual[at] ?? 0 },
      };
    });
  return { visit, explained, unexplained: () => ({ pairs: openPairs, byColumn: [...unexplained] }) };
};

/** Rows that stand, as the report tells them: counted on the rows of the view, and how many there are besides is said. */
export const explainedRows = (
  standing: readonly StandingRows[],
  view: ComparisonView,
  printable: (text: string, most?: number) => string,
): readonly Explained[] => {
  const keyOf = ({ values }: SeenRow): string =>
    view.columns
      .filter(({ key }) => key)
      .map(({ at }) => shown(values[at] ?? '', printable))
      .join(' / ');
  const { counts } = view;
  const of = {
    missing: view.missing.length,
    extra: view.extra.length,
    changed: view.present.filter(({ pair }) => isChanged(view, pair)).length,
    'repeated-left': view.repeated.left.flat().length,
    'repeated-right': view.repeated.right.flat().length,
  };
  const inAll = {
    missing: counts.missing,
    extra: counts.extra,
    changed: counts.changed,
    'repeated-left': counts.repeated.left.rows,
    'repeated-right': counts.repeated.right.rows,
  };
  return standing.map(({ cause, hypothesis, params, explained, present }) => {
    const { population, effect } = hypothesis;
    return {
      cause: cause.id,
      effect,
      population,
      columns: [],
      detail: params,
      share: share(explained.length, of[population]),
      ...(inAll[population] > of[population] ? { sampledFrom: inAll[population] } : {}),
      chance: present.of === 0 ? 0 : present.n / present.of,
      examples: explained.slice(0, mostExamples).map((row) => ({ key: keyOf(row) })),
      proof: { kind: 'condition', rows: explained.length, present: share(present.n, present.of) },
    };
  });
};
