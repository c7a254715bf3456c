import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { asOf, inWords, lastCopied, lastingWords, timeOf } from '../../src/reason/rows/moments.ts';

const day = 86_400_000;

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
    rowsHypothesis<{ from: number; until: number }>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.05,
      propose: (view) => {
        const copied = lastCopied(view);
        if (!copied) return [];
        const { last, apart } = copied;
        const until = asOf(view);
        // A pause of the usual length is no standstill; without a stated interval a day and twenty usual gaps.
        const { intervalMs } = view.times;
        const patience = Math.max(20 * apart, intervalMs === undefined ? day : 2 * intervalMs);
        return until - last > patience ? [{ params: { from: last, until } }] : [];
      },
      holds: (row, { from }, view) => {
        const copied = lastCopied(view);
        const time = copied && timeOf(view, row, copied.role);
        return time !== undefined && time > from;
      },
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `Of the missing records, ${share.en} are newer than ${inWords(detail.from)} (UTC), and no record newer than that was copied: the sync has stood still for ${lastingWords(Number(detail.until) - Number(detail.from)).en}.`,
    ja: `不足レコード ${share.ja}は ${inWords(detail.from)}（UTC）より新しく、それより新しいレコードは 1 件も同期されていません。同期は ${lastingWords(Number(detail.until) - Number(detail.from)).ja}の間止まっています。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Look into the log of the job and its scheduler at ${inWords(detail.from)} (UTC): expired token, error, host restarted, schedule switched off.`,
      ja: `${inWords(detail.from)}（UTC）前後のジョブとスケジューラーのログを確認します（トークン期限切れ、エラー、再起動、スケジュールの無効化など）。`,
    },
    { en: 'Start the job again.', ja: 'ジョブを再開します。' },
    {
      en: `Fill up from ${inWords(detail.from)} (UTC) on, with a margin of a day.`,
      ja: `${inWords(detail.from)}（UTC）以降の分を、1 日ほど余裕を持たせて再同期します。`,
    },
    {
      en: 'Set an alert that tells when no run has succeeded for two intervals.',
      ja: '実行間隔の 2 倍の時間、成功した実行がない場合に通知する監視を設定します。',
    },
  ],
});
