import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import type { ComparedColumn } from '../../src/model/sync/column.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { opposite, type Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { behindPairs } from '../../src/reason/rows/ages.ts';
import { changedPresent } from '../../src/reason/rows/changed-present.ts';
import { inWords } from '../../src/reason/rows/moments.ts';
import { fisherAtLeast } from '../../src/reason/rows/statistics.ts';
import { both } from '../auth/words.ts';
import { openColumns, sides } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide } from './either-side.ts';
import { textOf } from './value-words.ts';

interface Blanked extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  /** RFC 3339 */
  readonly since: string;
  /** Whether the other side being newer says that this one was not written since. */
  readonly behind: boolean;
  /** The column of the updated-at. */
  readonly updated: number;
}

const looked = 20_000;

/** To so many blanks of a side that was overwritten, at most so many of the other. */
const mostFilled = 0.3;

/** Of the values that both sides have, so many are equal where they are of one record. */
const leastAlike = 0.25;

/** Two records under one key (key-collision) have hardly a value in common: what one of them lacks was not taken from it. */
const isOneRecord = ({ left, right }: RowPair, columns: readonly ComparedColumn[]): boolean => {
  let [equal, n] = [0, 0];
  for (const { at, key } of columns) {
    if (key || !left[at] || !right[at]) continue;
    n += 1;
    if (left[at] === right[at]) equal += 1;
  }
  return equal >= leastAlike * n;
};

interface Written {
  readonly blank: boolean;
  readonly time: number;
}

/** From when on the blanks are: none of them is in a record that was last written before, and those are filled. */
const sinceOf = (view: ComparisonView, column: number, side: Side, updated: number): string | undefined => {
  const other = opposite(side);
  const present = view.present.slice(0, looked);
  // Most columns have no blanks at all: times are read for those that do.
  const some = changedPresent(view).reduce(
    (n, { pair }) => n + (pair[side][column] === '' && pair[other][column] !== '' ? 1 : 0),
    0,
  );
  if (some < 20) return undefined;
  // What people choose anew is at times nothing, and about as often something where there was nothing.
  const filled = present.reduce(
    (n, { pair }) => n + (pair[side][column] !== '' && pair[other][column] === '' ? 1 : 0),
    0,
  );
  if (filled > mostFilled * some) return undefined;
  // A side that was not written since the value came was never told of it: nothing was overwritten.
  const behind = behindPairs[side](view);
  const rows = present.flatMap(({ pair }) => {
    const { from, to } = madeIn(pair, column, side);
    const time = Date.parse(pair[side][updated] ?? '');
    const counts = from !== '' && Number.isFinite(time) && isOneRecord(pair, view.columns);
    return counts && !(to === '' && behind.has(pair)) ? [{ blank: to === '', time }] : [];
  });
  const blanks = rows.filter(({ blank }) => blank).toSorted((a, b) => a.time - b.time);
  if (blanks.length < 20) return undefined;
  // A few blanks may have been made by hand at any time.
  const moments = [0, 0.001, 0.003, 0.01].flatMap((share) => blanks[Math.floor(share * blanks.length)]?.time ?? []);
  for (const since of moments) {
    if (isSince(rows, blanks.length, since)) return new Date(since).toISOString();
  }
  return undefined;
};

const isSince = (rows: readonly Written[], blanks: number, since: number): boolean => {
  const after = rows.filter(({ time }) => time >= since);
  const before = rows.length - after.length;
  const blankAfter = after.filter(({ blank }) => blank).length;
  const blankBefore = blanks - blankAfter;
  if (before < 20 || blankBefore > 0.01 * before) return false;
  // The first blank chose the moment: every row could have been it.
  const p = fisherAtLeast(blankAfter, after.length - blankAfter, blankBefore, before - blankBefore) * rows.length;
  return p < 1e-6;
};

/** As a person reads it. */
const sinceIn = ({ main }: Told): string => inWords(Date.parse(textOf(main.detail.since)));

export const blankOverwrites = defineSyncCause({
  id: 'sync.blank-overwrites',
  title: both('Values are overwritten with blanks', '値が空で上書きされています'),
  about: both(
    'Since some moment the sync sends this field empty in its updates and clears what was there. Records that it has not touched since then still have their value. Most often a field left a form, a query or a mapping, and the flow writes every field whether it has a value or not.',
    'ある時点から、連携の更新がこの項目を空で送り、元の値を消しています。それ以降に更新されていないレコードには値が残っています。項目がフォーム、クエリー、対応付けから外れ、値の有無に関係なく全項目を書き込んでいる場合によく起こります。',
  ),
  owner: 'crm-admin',
  unless: ['sync.column-not-mapped', 'sync.picklist-unmapped', 'sync.owner-unmapped', 'sync.reference-unresolved'],
  hypotheses: [
    pairsHypothesis<Blanked>({
      effect: 'wrong',
      wholeRow: true,
      // A blank fits any row: its coupling to the time of the update is the test.
      ownChance: true,
      propose: (view) => {
        const updated = view.columns.find(({ role }) => role === 'updated-at');
        if (!updated) return [];
        return openColumns(view).flatMap(({ at }) =>
          sides.flatMap((side) => {
            const since = sinceOf(view, at, side, updated.at);
            const behind = behindPairs[side](view).size > 0;
            return since === undefined ? [] : [{ columns: [at], params: { side, since, behind, updated: updated.at } }];
          }),
        );
      },
      explains: (pair, column, { side, since, updated, behind }, columns) => {
        const { from, to } = madeIn(pair, column, side);
        const time = Date.parse(pair[side][updated] ?? '');
        if (from === '' || to !== '' || !(time >= Date.parse(since)) || !isOneRecord(pair, columns)) return false;
        return !behind || !(Date.parse(pair[opposite(side)][updated] ?? '') > time);
      },
    }),
  ],
  because: (told) => {
    const since = sinceIn(told);
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differences are empty in ${faultySide(told)} and filled in ${otherSide(told)}, and only in records that were updated since ${since} (UTC); older ones still have their value.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} に値があるのに ${faultySide(told)} では空です。${since}（UTC）以降に更新されたレコードだけで起きており、それより前のレコードには値が残っています。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Let the flow leave out fields without a value when it updates ${faultySide(told)} (for instance "skip empty", or no null in the request).`,
      `${faultySide(told)} を更新するときに、値のない項目を送らないようにします（「空の値をスキップ」を有効にする、リクエストに null を入れないなど）。`,
    ),
    both(
      `Find what changed in the sync about ${sinceIn(told)} (UTC): a field removed from a form, query or mapping.`,
      `${sinceIn(told)}（UTC）ごろに連携で変わったもの（フォーム、クエリー、対応付けから外した項目）を調べます。`,
    ),
    both(`Restore the values from ${otherSide(told)}.`, `値を ${otherSide(told)} から戻します。`),
  ],
});
