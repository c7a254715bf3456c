import type { Example, Explained } from '../../model/sync/comparison.ts';
import type { ComparisonView, RowPair, SeenRow } from '../../model/sync/view.ts';
import { wilson } from '../../reason/rows/statistics.ts';
import { explainer, type PairVerdict } from './explain.ts';
import { isChanged, type StandingRows } from './stand-rows.ts';
import type { StandingPairs } from './try-pairs.ts';

const mostExamples = 3;

/** Every character that a terminal or a page could take for more than text is written out, and long ones are cut. */
const shown = (value: string, printable: (text: string, most?: number) => string): string => printable(value, 120);

const share = (n: number, of: number) => ({ n, of, ...wilson(n, of) });

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
  const keyOf = ({ left }: RowPair): string =>
    columns
      .filter(({ key }) => key)
      .map(({ at }) => shown(left[at] ?? '', printable))
      .join(' / ');
  const explain = explainer(standing, columns);
  const keep = (by: number, pair: RowPair, column: number): void => {
    const kept = examples[by];
    if (!kept || kept.length >= mostExamples) return;
    kept.push({
      key: keyOf(pair),
      left: shown(pair.left[column] ?? '', printable),
      right: shown(pair.right[column] ?? '', printable),
    });
  };
  const visit = (pair: RowPair): PairVerdict => {
    const verdict = explain(pair);
    const [first] = verdict;
    let all = true;
    for (const one of verdict) {
      const { column, which } = one;
      differ[column] = (differ[column] ?? 0) + 1;
      if (which !== first?.which) all = false;
      if (!one.by) continue;
      n[which] = (n[which] ?? 0) + 1;
      const counts = ofColumn[which];
      if (counts) counts[one.place] = (counts[one.place] ?? 0) + 1;
      keep(which, pair, column);
    }
    if (all && first?.by) rowsNowEqual[first.which] = (rowsNowEqual[first.which] ?? 0) + 1;
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
  return {
    visit,
    judge: (pair: RowPair): PairVerdict => explain(pair),
    explained,
  };
};

/** Rows that stand, as the report tells them: counted on the rows of the view, and how many there are besides is said. */
export const explainedRows = (
  standing: readonly StandingRows[],
  view: ComparisonView,
  printable: (text: string, most?: number) => string,
): readonly Explained[] => {
  const keyText = (parts: readonly string[]): string => parts.map((part) => shown(part, printable)).join(' / ');
  const keys = view.columns.filter(({ key }) => key).map(({ at }) => at);
  const exampleOf = (row: SeenRow, { hypothesis, params }: StandingRows): Example => {
    const holder = hypothesis.holder?.(row, params, view);
    return { key: keyText(keys.map((at) => row.values[at] ?? '')), ...(holder ? { holder: keyText(holder) } : {}) };
  };
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
  return standing.map((one) => {
    const { cause, hypothesis, params, explained, present } = one;
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
      examples: explained.slice(0, mostExamples).map((row) => exampleOf(row, one)),
      proof: { kind: 'condition', rows: explained.length, present: share(present.n, present.of) },
    };
  });
};
