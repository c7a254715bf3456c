import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, SeenRow } from '../../src/model/sync/view.ts';
import { timeOf } from '../../src/reason/rows/moments.ts';
import { untilNextRun } from '../../src/reason/rows/runs.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

const seconds = [2, 5, 10, 30, 60, 120];

const isWithin = (view: ComparisonView, row: SeenRow, within: number): boolean => {
  const time = timeOf(view, row, 'updated-at') ?? timeOf(view, row, 'created-at');
  const left = time === undefined ? undefined : untilNextRun(view, time);
  return left !== undefined && left <= 1000 * within;
};

export const cursorBoundaryLost = defineSyncCause({
  id: 'sync.cursor-boundary-lost',
  title: {
    en: 'Records changed just before a run are lost',
    ja: '同期の開始直前に更新されたレコードが抜けています',
  },
  about: {
    en: 'The job remembers the time of its start and next time asks for what is newer. A record saved in the last seconds before is not visible yet (its transaction or the search index comes later), and the next run does not look back.',
    ja: 'ジョブは開始時刻を記録し、次回はそれより新しいレコードを取得します。開始直前の数秒に保存されたレコードは、トランザクションや検索インデックスの反映が遅れてまだ見えず、次回の実行でも対象になりません。',
  },
  owner: 'crm-admin',
  hypotheses: [
    rowsHypothesis<{ seconds: number }>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.1,
      propose: (view) => {
        if (view.times.runs.length < 5 || view.present.length === 0) return [];
        return seconds
          .filter((within) => {
            const share = view.missing.filter((row) => isWithin(view, row, within)).length / view.missing.length;
            const usual = view.present.filter(({ left }) => isWithin(view, left, within)).length / view.present.length;
            return share >= 0.2 && share >= 5 * usual;
          })
          .map((within) => ({ params: { seconds: within } }));
      },
      holds: (row, params, view) => isWithin(view, row, params.seconds),
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `Of the missing records, ${share.en} were changed within ${numberIn(detail.seconds)} seconds before a run of the job began; other records hardly ever. The run did not see them yet, and the next one asked only for newer ones.`,
    ja: `不足レコード ${share.ja}は、ジョブ開始前の ${numberIn(detail.seconds)} 秒以内に更新されています。ほかのレコードではほとんど見られません。その回ではまだ見えず、次の回ではより新しいものだけが取得されています。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Let every run look back: ask for records updated since the last start minus ${numberIn(Math.max(300, 5 * Number(detail.seconds)))} seconds, and write by upsert.`,
      ja: `毎回、前回の開始時刻より ${numberIn(Math.max(300, 5 * Number(detail.seconds)))} 秒前から取得し、upsert で書き込みます。`,
    },
    {
      en: 'Take the greatest update time of the records read as the next start, not the clock of the job.',
      ja: '次回の起点には、ジョブの時計ではなく、取得したレコードの最大の更新日時を使います。',
    },
    { en: 'Copy the missing records by a full run.', ja: '不足しているレコードは全件の再同期で補います。' },
  ],
});
