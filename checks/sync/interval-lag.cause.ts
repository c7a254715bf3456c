import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { asOf, inWords, lastCopied, lastingWords, timeOf, waitingSince } from '../../src/reason/rows/moments.ts';

export const intervalLag = defineSyncCause({
  id: 'sync.interval-lag',
  title: { en: 'The newest records wait for the next run', ja: '最新のレコードは次回の同期待ちです' },
  about: {
    en: 'A job that runs every so often is behind by up to one interval. Records that are younger than that are not lost: they come with the next run.',
    ja: '一定間隔で動くジョブは、最大で 1 回分の間隔だけ遅れます。それより新しいレコードは抜けているのではなく、次回の実行で同期されます。',
  },
  owner: 'crm-admin',
  unless: ['sync.snapshot-skew', 'sync.index-lag'],
  hypotheses: [
    rowsHypothesis<{ from: number; intervalMs: number }>({
      effect: 'expected',
      population: 'missing',
      presentAtMost: 0.05,
      propose: (view) => {
        const from = waitingSince(view);
        const { intervalMs } = view.times;
        if (from === undefined || intervalMs === undefined) return [];
        const lag = asOf(view) - from;
        return lag > 0 && lag <= 2 * intervalMs ? [{ params: { from, intervalMs } }] : [];
      },
      holds: (row, { from }, view) => {
        const copied = lastCopied(view);
        const time = copied && timeOf(view, row, copied.role);
        return time !== undefined && time > from;
      },
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `Of the missing records, ${share.en} are newer than the last record that was copied (${inWords(detail.from)} UTC), which is within the interval of the job (${lastingWords(Number(detail.intervalMs)).en}). They come with the next run.`,
    ja: `不足レコード ${share.ja}は、最後に同期されたレコード（${inWords(detail.from)} UTC）より新しく、ジョブの実行間隔（${lastingWords(Number(detail.intervalMs)).ja}）の範囲内です。次回の実行で同期されます。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Nothing needs to be repaired. Compare again after the next run, or only records older than ${inWords(detail.from)} (UTC).`,
      ja: `修正は不要です。次回の実行後に比べ直すか、${inWords(detail.from)}（UTC）より前のレコードだけを比較します。`,
    },
  ],
});
