import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { opposite, type Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import {
  type AgeColumns,
  ageColumnsOf,
  agedPairs,
  carriedColumns,
  isFilledIn,
  updatedOn,
} from '../../src/reason/rows/ages.ts';
import { both } from '../auth/words.ts';
import { sides } from './column-values.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { runAgain, textOf } from './value-words.ts';

interface Stale extends AgeColumns {
  /** The side that was written later and has the older values. */
  readonly side: Side;
  /** What tells that they are older: a number of the version, or a column that keeps what was there before. */
  readonly by: 'version' | 'previous';
  readonly column: string;
  /** Where that column is compared. */
  readonly at?: number;
}

const fewest = 20;
const nearly = 0.9;
/** Of a record one previous value is kept, at times another one. */
const fewestMoved = 3;
const mostly = 0.6;
/** `Version__c` is how Salesforce names the fields of its users, `リビジョン` a column of kintone. */
const versionNames =
  /(?:^|[_\s-])(?:row.?)?(?:version|revision|rev|ver)(?:$|[_\s-](?:no|number)$|__c$)|版数|バージョン|リビジョン/i;

const writtenLater = (pair: RowPair, side: Side, ages: AgeColumns): boolean => {
  if (ages.leftZone === ages.rightZone && pair.left[ages.updated] === pair.right[ages.updated]) return false;
  const [own, other] = [updatedOn(pair, side, ages), updatedOn(pair, opposite(side), ages)];
  return own !== undefined && other !== undefined && own > other;
};

const versionOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;

const isOlderVersion = (pair: RowPair, at: number, side: Side): boolean => {
  const [own, other] = [versionOf(pair[side][at]), versionOf(pair[opposite(side)][at])];
  return own !== undefined && other !== undefined && own < other;
};

type Proposal = { readonly columns: readonly number[]; readonly params: Stale };

const byVersion = (view: ComparisonView, side: Side, ages: AgeColumns): readonly Proposal[] => {
  const rows = agedPairs(view).filter(({ other, pair }) => other && writtenLater(pair, side, ages));
  if (rows.length < fewest) return [];
  return view.columns
    .filter((column) => isFilledIn(column) && versionNames.test(column[side]))
    .flatMap(({ at, [side]: column }) => {
      const n = rows.filter(({ pair }) => isOlderVersion(pair, at, side)).length;
      const newer = rows.filter(({ pair }) => isOlderVersion(pair, at, opposite(side))).length;
      // Beside them are those that somebody changed on this side later on, of any version.
      return n >= Math.max(fewest, mostly * rows.length) && newer <= (1 - nearly) * n
        ? [{ columns: carriedColumns(view), params: { ...ages, side, by: 'version' as const, column, at } }]
        : [];
    });
};

/**
 * Whether the values of a column went on to the next one, or changed places with it: what the older side has in the column that would keep
 * the previous value stands in another one of the newer side, too. A previous value stands nowhere else.
 */
const hasMoved = (
  rows: readonly RowPair[],
  { columns }: Pick<ComparisonView, 'columns'>,
  { side, at }: { readonly side: Side; readonly at: number },
): boolean => {
  const open = columns.filter(({ key }) => !key).map((column) => column.at);
  const elsewhere = (pair: RowPair, from: number): boolean => {
    const [value, newer] = [pair[side][from] ?? '', pair[opposite(side)]];
    return value !== '' && open.some((to) => to !== from && newer[to] === value);
  };
  const moved = rows.filter((pair) => {
    const value = pair[side][at] ?? '';
    // An older version does not hold its own value as the previous one.
    if (value !== '' && (value === pair[opposite(side)][at] || elsewhere(pair, at))) return true;
    // What went out at the end of the record stands nowhere any more; what stood before it has moved as well.
    return open.filter((from) => pair.left[from] !== pair.right[from] && elsewhere(pair, from)).length >= fewestMoved;
  });
  return moved.length >= 0.5 * rows.length;
};

/** A column of the newer side that keeps what another column held before. */
const byPrevious = (view: ComparisonView, side: Side, ages: AgeColumns): readonly Proposal[] => {
  const newer = opposite(side);
  const rows = view.pairs
    .map((pair, row) => ({ pair, row }))
    .filter(({ pair }) => writtenLater(pair, side, ages))
    .slice(0, 5000);
  if (rows.length < fewest) return [];
  const kept = [
    ...view.columns.filter(isFilledIn).map(({ at, [newer]: name }) => ({
      name,
      at,
      values: rows.map(({ pair }) => pair[newer][at] ?? ''),
    })),
    ...view.unmapped[newer].map(({ column: { name }, ofPairs }) => ({
      name,
      at: undefined,
      values: rows.map(({ row }) => ofPairs[row] ?? ''),
    })),
  ];
  return view.columns.filter(isFilledIn).flatMap((column) => {
    const differing = rows.flatMap(({ pair }, index) =>
      pair.left[column.at] === pair.right[column.at] ? [] : [{ found: pair[side][column.at] ?? '', index }],
    );
    const filled = differing.filter(({ found }) => found !== '');
    if (filled.length < fewest) return [];
    return kept.flatMap(({ name, at, values }) => {
      if (at === column.at) return [];
      const bearing = filled.filter(({ found, index }) => values[index] === found);
      const n = bearing.length;
      if (n < nearly * filled.length) return [];
      const pairs = bearing.flatMap(({ index }) => rows[index]?.pair ?? []);
      if (at !== undefined && hasMoved(pairs, view, { side, at })) return [];
      // A column of few values agrees with any other now and then.
      const turned = filled.filter(
        ({ found, index }) => values[(index + 7 + (values.length >> 1)) % values.length] === found,
      ).length;
      return turned < 0.5 * n
        ? [
            {
              columns: [column.at, ages.updated],
              params: { ...ages, side, by: 'previous' as const, column: name, ...(at === undefined ? {} : { at }) },
            },
          ]
        : [];
    });
  });
};

export const staleOverwritesNewer = defineSyncCause({
  id: 'sync.stale-overwrites-newer',
  title: both('An older version was written over a newer one', '古い内容が新しい内容を上書きしています'),
  about: both(
    'One side holds values that the other had before, and yet it was written later. A job that was slow, was repeated or ran beside another one wrote what it had read before the change. The time says newest and the value is old, so that the next comparison by time believes the wrong side.',
    '一方が、もう一方の以前の値を持っているのに、更新日時は後になっています。遅れた処理、再実行、並行した処理が、変更前に読み取った内容を後から書き込んだためです。日時は新しいのに値は古いため、更新日時だけで判断すると誤った側を正しいとみなします。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Stale>({
      effect: 'wrong',
      wholeRow: true,
      // The values are any values: that they are older and were written later is the test.
      ownChance: true,
      propose: (view) => {
        const ages = ageColumnsOf(view);
        return ages
          ? sides.flatMap((side) => [...byVersion(view, side, ages), ...byPrevious(view, side, ages)]).slice(0, 10)
          : [];
      },
      explains: (pair, column, { side, by, at, ...ages }) => {
        if (!writtenLater(pair, side, ages)) return false;
        if (at === undefined) return true;
        if (by === 'version') return isOlderVersion(pair, at, side);
        return column === ages.updated || pair[side][column] === pair[opposite(side)][at];
      },
    }),
  ],
  because: (told) => {
    const { by, column } = told.main.detail;
    const [example, name] = [exampleOf(told), textOf(column)];
    const how =
      by === 'version'
        ? both(`has a lower number in ${name}`, `${name} の番号は小さくなっています`)
        : both(
            `has the value that ${otherSide(told)} keeps as the previous one in ${name}`,
            `値は ${otherSide(told)} が変更前の値として ${name} に残しているものと一致します`,
          );
    return both(
      `${told.columns}: in ${told.share.en} of the differences ${faultySide(told)} was written later than ${otherSide(told)} and ${how.en}: it is the older version.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}では、${faultySide(told)} のほうが後に書き込まれていますが、${how.ja}。古い内容です。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Do not trust the update time here: restore ${told.columns} from ${otherSide(told)}.`,
      `この件では更新日時を根拠にせず、${told.columns} を ${otherSide(told)} の値に戻します。`,
    ),
    both(
      'Let the job compare before it writes: write only where the version or update time of the target is not newer than what was read (If-Match, If-Unmodified-Since, a condition in the UPDATE).',
      '書き込む前に比較するようにします。連携先のバージョンや更新日時が読み取り時より新しくない場合だけ書き込みます（If-Match、If-Unmodified-Since、UPDATE の条件など）。',
    ),
    both(
      'Let only one run work at a time, and drop what waits in a queue for a record that was read again since.',
      '同時に複数の処理が動かないようにし、再取得済みのレコードについてはキューに残った古い要求を破棄します。',
    ),
    runAgain,
  ],
});
