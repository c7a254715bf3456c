import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, SeenRow } from '../../src/model/sync/view.ts';
import { timeOf } from '../../src/reason/rows/moments.ts';
import { runFor } from '../../src/reason/rows/runs.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

const phases = [0.25, 0.5, 0.75, 0.9];

const isLate = (view: ComparisonView, row: SeenRow, after: number): boolean => {
  const time = timeOf(view, row, 'updated-at') ?? timeOf(view, row, 'created-at');
  const found = time === undefined ? undefined : runFor(view, time);
  return found?.run.throttled === true && found.phase >= after;
};

export const rateLimitPartial = defineSyncCause({
  id: 'sync.rate-limit-partial',
  title: {
    en: 'Runs that met a rate limit copied only a part',
    ja: 'API の呼び出し制限により、同期が途中までになっています',
  },
  about: {
    en: 'The CRM answered "too many requests" (HTTP 429) in the middle of a run, and the job ended there without resuming. The last records of such runs are missing.',
    ja: '同期の途中で CRM が「リクエスト過多」（HTTP 429）を返し、ジョブが再開せずに終わっています。その回の後半のレコードが抜けています。',
  },
  owner: 'crm-admin',
  hypotheses: [
    rowsHypothesis<{ after: number; runs: number }>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.2,
      propose: (view) => {
        const throttled = view.times.runs.filter((run) => run.throttled).length;
        if (throttled === 0 || view.present.length === 0) return [];
        return phases
          .filter((after) => {
            const lost = view.missing.filter((row) => isLate(view, row, after)).length / view.missing.length;
            const usual = view.present.filter(({ left }) => isLate(view, left, after)).length / view.present.length;
            return lost >= 0.2 && lost >= 5 * usual;
          })
          .map((after) => ({ params: { after, runs: throttled } }));
      },
      holds: (row, { after }, view) => isLate(view, row, after),
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `Of the missing records, ${share.en} belong to the end of the ${numberIn(detail.runs)} runs that met a rate limit (429) by their log; what came earlier in those runs is present.`,
    ja: `不足レコード ${share.ja}は、ログに 429（呼び出し制限）が残る ${numberIn(detail.runs)} 回の実行の後半に当たります。同じ回の前半のレコードは同期されています。`,
  }),
  steps: () => [
    {
      en: 'Let the job wait as long as Retry-After says, or with growing pauses, and go on at the record where it stopped.',
      ja: 'Retry-After の時間（なければ間隔を延ばしながら）待機し、止まったレコードから再開するようにします。',
    },
    {
      en: 'Ask for larger pages or use the bulk interface, and move the run to a quiet hour.',
      ja: '1 ページの件数を増やすか Bulk API を使い、実行時刻を空いている時間帯に移します。',
    },
    {
      en: 'Record the start of the next run only when a run has come to its end; then copy the missing records by a full run.',
      ja: '次回の起点は、最後まで完了した場合にだけ更新します。不足分は全件の再同期で補います。',
    },
  ],
});
