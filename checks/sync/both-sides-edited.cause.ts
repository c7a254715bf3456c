import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ComparedColumn } from '../../src/model/sync/column.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import {
  type AgeColumns,
  ageColumnsOf,
  agedPairs,
  carriedColumns,
  isFilledIn,
  updatedOn,
} from '../../src/reason/rows/ages.ts';
import { lastCopied, tellsZone } from '../../src/reason/rows/copied.ts';
import { utcWords } from '../../src/reason/rows/moments.ts';
import { equalUnder } from '../../src/reason/values/normal-rules.ts';
import { both } from '../auth/words.ts';
import { exampleOf } from './either-side.ts';
import { runAgain } from './value-words.ts';

interface Edited extends AgeColumns {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Whether the times tell their zone. */
  readonly utc: boolean;
}

const fewest = 20;
/** Copied times may lose a part of a second. */
const slack = 1000;

const isConflict = (left: number, right: number, since: number): boolean =>
  left > since && right > since && Math.abs(left - right) > slack;

/** The last sync on the clock of the records: of one whose zone nobody tells it is at least the last that was copied. */
const lastSyncOf = (view: ComparisonView): number | undefined => {
  const { lastSync } = view.times;
  return lastSync === undefined || tellsZone(view) ? lastSync : Math.max(lastSync, lastCopied(view)?.last ?? lastSync);
};

const mostSeen = 500;

/** Something that people fill in says another thing, and not the same in another notation. */
const saysAnother = ({ left, right }: RowPair, columns: readonly ComparedColumn[]): boolean =>
  columns.some((column) => {
    const [one, other] = [left[column.at] ?? '', right[column.at] ?? ''];
    return one !== other && isFilledIn(column) && equalUnder(one, other, column.type) === undefined;
  });

export const bothSidesEdited = defineSyncCause({
  id: 'sync.both-sides-edited',
  title: both('Both sides were changed since the last sync', '前回の同期以降に、両側で変更されています'),
  about: both(
    'The same record was edited in both systems before the sync could carry either change across. No time tells which of the two is right: each side knows something that the other does not. A sync that takes the later one loses the other edit without a trace.',
    '前回の同期の後、同じレコードが両方のシステムで別々に編集されています。どちらが正しいかは更新日時では決まりません。後から更新された側を採用する同期では、もう一方の編集が跡形もなく失われます。',
  ),
  owner: 'crm-admin',
  severity: 'warning',
  unless: ['sync.stale-overwrites-newer', 'sync.workflow-rewrites', 'sync.sync-loop'],
  hypotheses: [
    pairsHypothesis<Edited>({
      effect: 'wrong',
      wholeRow: true,
      aged: true,
      // People may write anything: that both wrote since is the test.
      ownChance: true,
      propose: (view) => {
        const ages = ageColumnsOf(view);
        const since = lastSyncOf(view);
        if (!ages || since === undefined) return [];
        const rows = agedPairs(view).filter(({ left, right }) => isConflict(left, right, since));
        const seen = rows.filter((_, at) => at % Math.ceil(rows.length / mostSeen) === 0);
        const other = seen.filter(({ pair }) => saysAnother(pair, view.columns)).length;
        // Where most of them agree, something has copied them since.
        return other >= fewest && other >= 0.8 * seen.length
          ? [{ columns: carriedColumns(view), params: { ...ages, since, utc: tellsZone(view) } }]
          : [];
      },
      explains: (pair, _, { since, ...ages }) => {
        const [left, right] = [updatedOn(pair, 'left', ages), updatedOn(pair, 'right', ages)];
        return left !== undefined && right !== undefined && isConflict(left, right, since);
      },
    }),
  ],
  because: (told) => {
    const example = exampleOf(told);
    const since = utcWords(told.main.detail.since, told.main.detail.utc);
    return both(
      `${told.share.en} differences are in records that both sides changed after the last sync, at ${since.en}, each at another time and to another value.${example.en}`,
      `差異 ${told.share.ja}は、前回の同期の日時 ${since.ja}より後に両側で別々に変更されたレコードにあります。${example.ja}`,
    );
  },
  steps: () => [
    both(
      'Have a person decide on these records before the next sync; --output-dir writes them into a file of their own.',
      '次回の同期の前に、該当レコードを人が確認して決めます。--output-dir を付けると、専用のファイルに書き出します。',
    ),
    both(
      'State for each field which system it belongs to, and let the sync write it in that direction only.',
      '項目ごとに、どちらのシステムを正とするかを決め、同期はその方向だけに書き込むようにします。',
    ),
    both(
      'Where both have to write, shorten the interval and let the sync compare field by field with what it wrote last.',
      '両側で編集する必要がある項目は、同期の間隔を短くし、前回書き込んだ値と項目単位で比較するようにします。',
    ),
    runAgain,
  ],
});
