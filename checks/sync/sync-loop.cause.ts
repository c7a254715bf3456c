import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import {
  type AgeColumns,
  type Aged,
  ageColumnsOf,
  agedPairs,
  faultyColumns,
  inMinutes,
  saysOther,
  updatedOn,
} from '../../src/reason/rows/ages.ts';
import { tellsZone } from '../../src/reason/rows/copied.ts';
import { quantile } from '../../src/reason/rows/modes.ts';
import { inWords, lastingWords, utcWords } from '../../src/reason/rows/moments.ts';
import { both } from '../auth/words.ts';
import { exampleOf } from './either-side.ts';
import { runAgain } from './value-words.ts';

interface Looped extends AgeColumns {
  /** When the last run began, by its log, or when the first of all these records was written. Milliseconds since 1970. */
  readonly since: number;
  /** Without a log: when the last of them was written, and whether the times tell their zone. */
  readonly until?: number;
  readonly utc: boolean;
  /** Of the records that are on both sides, how many it wrote on both. */
  readonly written: number;
  readonly of: number;
  /** Columns in which something else is wrong. */
  readonly besides: readonly number[];
}

const fewest = 100;
/** What people change between two runs is a small part of everything. */
const nearly = 0.9;
const slack = 5000;
const day = 86_400_000;
/** No single run takes longer. */
const longestRun = day / 2;

interface Run {
  readonly since: number;
  /** Records that were made before this are old. */
  readonly before: number;
  readonly until?: number;
}

/** Without a log: the stretch of time, short and the newest of all, in which nearly all records were written on both sides. */
const writtenAtOnce = (rows: readonly Aged[]): Run | undefined => {
  const [left, right] = [rows.map((row) => row.left), rows.map((row) => row.right)];
  // A few that nobody wrote since are before it, and of a slip of the pen it is not made longer.
  const first = Math.min(...[left, right].map((times) => quantile(times, 0.04)));
  const until = Math.max(...[left, right].map((times) => quantile(times, 0.99)));
  const since = first - 0.1 * (until - first);
  const lasting = until - since;
  return lasting <= longestRun ? { since, until, before: since - Math.max(day, 3 * lasting) } : undefined;
};

const lastRunOf = (view: ComparisonView, rows: readonly Aged[]): Run | undefined => {
  const starts = view.times.runs.map(({ start }) => start).toSorted((a, b) => a - b);
  const [since, before] = [starts.at(-1), starts.at(-3)];
  return since === undefined || before === undefined ? writtenAtOnce(rows) : { since, before };
};

export const syncLoop = defineSyncCause({
  id: 'sync.sync-loop',
  title: both('The sync answers its own changes', '同期が自分の変更に反応し続けています'),
  about: both(
    'Each run writes the records of both sides though no value has changed: what it wrote on one side looks to it like a new change to carry back. The update times of both sides rise with every run, nobody can tell real changes by them any more, API quotas are used up, and automations and mails go off each time.',
    '値が変わっていないのに、実行のたびに両側のレコードが書き込まれています。片側への書き込みが、もう片側へ反映すべき新しい変更とみなされるためです。両側の更新日時が毎回進み、本当の変更を見分けられなくなるほか、API の上限を消費し、自動処理やメール通知も毎回動きます。',
  ),
  owner: 'crm-admin',
  severity: 'warning',
  unless: ['sync.timezone-offset', 'sync.time-precision'],
  hypotheses: [
    pairsHypothesis<Looped>({
      effect: 'wrong',
      wholeRow: true,
      // The times are any times: that both sides of nearly everything were written by the last run is the test.
      ownChance: true,
      propose: (view) => {
        const ages = ageColumnsOf(view);
        const rows = agedPairs(view);
        const run = ages && rows.length >= fewest ? lastRunOf(view, rows) : undefined;
        if (!ages || !run) return [];
        const { since, before, until } = run;
        const written = rows.filter(({ left, right }) => left >= since - slack && right >= since - slack);
        const moved = written.filter(({ left, right }) => left !== right);
        // Made long ago, or the first load of everything would look the same.
        const old = written.filter(({ leftCreated, left }) => (leftCreated ?? left) < before);
        // Nobody changes as much by hand between two runs: what is wrong in these columns says nothing of who wrote.
        const besides = faultyColumns(view, written);
        const same = written.filter(({ pair }) => !saysOther(pair, view.columns, besides));
        const speaks =
          written.length >= nearly * rows.length &&
          // Without seconds most of both are of one minute; of what was copied with its time, all of them are.
          moved.length >= (inMinutes.left(view) && inMinutes.right(view) ? 0.1 : 0.5) * written.length &&
          old.length >= nearly * written.length &&
          same.length >= nearly * written.length;
        if (!speaks) return [];
        const counted = { written: written.length, of: rows.length, besides };
        const known = { since, utc: tellsZone(view), ...(until === undefined ? {} : { until }) };
        return [{ columns: [ages.updated], params: { ...ages, ...known, ...counted } }];
      },
      explains: (pair, _, { since, besides, ...ages }, columns) => {
        const [left, right] = [updatedOn(pair, 'left', ages), updatedOn(pair, 'right', ages)];
        return (
          left !== undefined &&
          right !== undefined &&
          left >= since - slack &&
          right >= since - slack &&
          !saysOther(pair, columns, besides)
        );
      },
    }),
  ],
  because: (told) => {
    const { since, until, utc, written, of } = told.main.detail;
    const example = exampleOf(told);
    if (typeof until === 'number') {
      const [from, lasting] = [utcWords(since, utc), lastingWords(until - Number(since))];
      return both(
        `${String(written)} of ${String(of)} records were written on both sides within ${lasting.en} from ${from.en} on, although they were made long before and their values agree: ${told.share.en} differences of ${told.columns} come from that. It was the last that happened to them. A single run that wrote everything, such as a migration, looks the same; a log of the job (--log) or a second comparison tells them apart.${example.en}`,
        `${String(of)} 件中 ${String(written)} 件のレコードが、${from.ja}から ${lasting.ja}の間に両側で書き込まれていますが、いずれも以前からあるレコードで、値は一致しています。${told.columns} の差異 ${told.share.ja}はこのためです。その後の更新はほとんどありません。移行などで一度だけ全件を書き込んだ場合も同じ状態になります。ジョブのログ（--log）か、次回の実行後の再比較で見分けられます。${example.ja}`,
      );
    }
    return both(
      `${String(written)} of ${String(of)} records were written on both sides since the last run began (${inWords(since)} UTC), although they were made long before and their values agree: ${told.share.en} differences of ${told.columns} come from that.${example.en}`,
      `前回の実行開始（${inWords(since)} UTC）以降、${String(of)} 件中 ${String(written)} 件のレコードが両側で書き込まれていますが、いずれも以前からあるレコードで、値は一致しています。${told.columns} の差異 ${told.share.ja}はこのためです。${example.ja}`,
    );
  },
  steps: () => [
    both(
      'Let the sync ignore changes that its own user made (for instance: updated by is not the integration user).',
      '連携用ユーザー自身による変更を、同期の対象から外します（例: 更新者が連携用ユーザー以外のレコードだけを取得）。',
    ),
    both(
      'Let it write only where a value differs, and keep a hash of what it wrote last for each record.',
      '値が異なる場合だけ書き込み、前回書き込んだ内容のハッシュ値をレコードごとに保存して比較します。',
    ),
    both(
      'After two further runs, the update times of records that nobody touched must stand still.',
      'その後 2 回実行し、誰も触れていないレコードの更新日時が変わらないことを確認します。',
    ),
    runAgain,
  ],
});
