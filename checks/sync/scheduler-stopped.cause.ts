import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import {
  behind,
  isNewerThan,
  knownUntil,
  lacksWhatChanged,
  lastCopied,
  tellsZone,
} from '../../src/reason/rows/copied.ts';
import { lastingWords, utcWords } from '../../src/reason/rows/moments.ts';
import { changedSince } from './changed-since.ts';

interface Stopped extends Readonly<Record<string, unknown>> {
  readonly from: number;
  /** Up to when the left side is known to have had newer ones. */
  readonly until: number;
  /** Whether the times tell their zone. */
  readonly utc: boolean;
}

const stoppedAt = (view: ComparisonView): readonly Stopped[] => {
  const copied = lastCopied(view);
  if (!copied) return [];
  const { last, apart } = copied;
  const { lag, isWaiting } = behind(view, last);
  // A pause of the usual length is no standstill.
  return lag > 0 && !isWaiting && lag > 10 * apart && !lacksWhatChanged(view, last)
    ? [{ from: last, until: knownUntil(view), utc: tellsZone(view) }]
    : [];
};

export const schedulerStopped = defineSyncCause({
  id: 'sync.scheduler-stopped',
  title: { en: 'The sync has not run since a certain time', ja: 'ある時点から同期が動いていません' },
  about: {
    en: 'The scheduled job stopped: its host was restarted, its token expired, a deployment switched it off. Everything before that moment is there, and nothing after it.',
    ja: '定期実行のジョブが止まっています。サーバーの再起動、トークンの期限切れ、デプロイ時の無効化などが原因です。その時点より前のレコードは揃い、後のレコードは 1 件もありません。',
  },
  owner: 'crm-admin',
  unless: ['sync.result-window-cap', 'sync.export-truncated', 'sync.interval-lag', 'sync.snapshot-skew'],
  hypotheses: [
    rowsHypothesis<Stopped>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.05,
      propose: (view) => stoppedAt(view).map((params) => ({ params })),
      holds: (row, { from }, view) => isNewerThan(view, row, from),
    }),
    changedSince<Stopped>('wrong', stoppedAt),
  ],
  because: ({ main: { detail, population }, share }) => {
    const from = utcWords(detail.from, detail.utc);
    const lasting = lastingWords(Number(detail.until) - Number(detail.from));
    return population === 'missing'
      ? {
          en: `Of the missing records, ${share.en} are newer than ${from.en}, and nothing newer than that was copied: the sync has stood still for at least ${lasting.en}.`,
          ja: `不足レコード ${share.ja}は ${from.ja}より新しく、それより新しい変更は 1 件も同期されていません。同期は少なくとも ${lasting.ja}の間止まっています。`,
        }
      : {
          en: `Of the differences, ${share.en} are in records that were changed after ${from.en}; no change after that has come over, for at least ${lasting.en}.`,
          ja: `差異 ${share.ja}は ${from.ja}より後に変更されたレコードにあり、それより後の変更は、少なくとも ${lasting.ja}の間 1 件も届いていません。`,
        };
  },
  steps: ({ main: { detail }, fact }) => {
    const from = utcWords(detail.from, detail.utc);
    return [
      // An export of then looks the same as a job that has brought nothing since.
      {
        en: `Make sure first that ${fact.right.name} was not read at ${from.en} itself: a copy that is older than ${fact.left.name} lacks the same records. Read both sides again at one time, or give the log of the job with --log.`,
        ja: `まず、${fact.right.name} が ${from.ja}ごろに出力されたものでないか確認します。${fact.left.name} より古い時点のデータでも、同じレコードが不足します。両側を同じ時点で取得し直すか、ジョブのログを --log で指定します。`,
      },
      {
        en: `Look into the log of the job and its scheduler at ${from.en}: expired token, error, host restarted, schedule switched off.`,
        ja: `${from.ja}前後のジョブとスケジューラーのログを確認します（トークン期限切れ、エラー、再起動、スケジュールの無効化など）。`,
      },
      { en: 'Start the job again.', ja: 'ジョブを再開します。' },
      {
        en: `Fill up from ${from.en} on, with a margin of a day.`,
        ja: `${from.ja}以降の分を、1 日ほど余裕を持たせて再同期します。`,
      },
      {
        en: 'Set an alert that tells when no run has succeeded for two intervals.',
        ja: '実行間隔の 2 倍の時間、成功した実行がない場合に通知する監視を設定します。',
      },
    ];
  },
});
