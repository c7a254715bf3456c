import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { editsAllowed, retries } from '../../src/reason/rows/retries.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

const populations = ['extra', 'repeated-right'] as const;

export const duplicateOnRetry = defineSyncCause({
  id: 'sync.duplicate-on-retry',
  title: { en: 'Repeated requests have made records twice', ja: '再試行によりレコードが二重に作成されています' },
  about: {
    en: 'A request to create a record was carried out, but its answer came too late or got lost. The job took that for a failure and sent it again, and the target made a second record.',
    ja: 'レコードの作成は成功したのに、応答が遅れたか失われています。ジョブが失敗とみなして再送し、連携先に 2 件目が作成されています。',
  },
  owner: 'crm-admin',
  // One record that is kept as two is no second request.
  unless: ['sync.record-type-diverged'],
  hypotheses: populations.map((population) =>
    rowsHypothesis<{ seconds: number; edits: number }>({
      effect: 'wrong',
      population,
      propose: (view) => {
        const rows = population === 'extra' ? view.extra : view.repeated.right.flat();
        const gaps = rows.flatMap((row) => retries(view).get(row) ?? []).toSorted((a, b) => a - b);
        const middle = gaps[Math.floor(gaps.length / 2)];
        return gaps.length < 20 || middle === undefined
          ? []
          : [{ params: { seconds: Math.round(middle / 1000), edits: editsAllowed(view) } }];
      },
      holds: (row, _, view) => retries(view).has(row),
    }),
  ),
  because: ({ main: { detail, population }, share }) => {
    const but =
      detail.edits === 0
        ? { en: '', ja: '' }
        : {
            en: ` (or all but ${numberIn(detail.edits)}, which may have been edited since)`,
            ja: `（後から編集されたとみられる ${numberIn(detail.edits)} 項目までの違いを含む）`,
          };
    const of =
      population === 'extra'
        ? { en: 'extra records', ja: '余分なレコード' }
        : { en: 'records with a repeated key', ja: 'キーが重複するレコード' };
    if (detail.seconds === 0)
      return {
        en: `${share.en} ${of.en} equal another record of that side in every compared value but the key, with nothing between them that tells the time: a request was sent again, or one import was run twice.`,
        ja: `${of.ja} ${share.ja}は、キー以外の比較したすべての項目が、同じ側の別のレコードと同じです。要求が再送されたか、同じ取り込みが 2 回実行されています（作成日時の差からは判別できません）。`,
      };
    return {
      en: `${share.en} ${of.en} equal another record in every compared value${but.en} and were made within an hour of it (half of them within ${numberIn(detail.seconds)} seconds): the same request, sent again.`,
      ja: `${of.ja} ${share.ja}は、比較したすべての項目が別のレコードと同じで${but.ja}、作成日時の差が 1 時間以内です（中央値 ${numberIn(detail.seconds)} 秒）。同じ要求が再送されています。`,
    };
  },
  steps: () => [
    {
      en: 'Write by upsert on an external id that is unique in the target, or send an idempotency key.',
      ja: '連携先で一意の外部 ID による upsert で書き込むか、冪等キー（Idempotency-Key）を送ります。',
    },
    {
      en: 'Raise the timeout of the job above the slowest answer of the target, and look a record up before sending it again.',
      ja: 'ジョブのタイムアウトを連携先の最長応答時間より長くし、再送の前に登録済みか確認します。',
    },
    {
      en: 'Merge the copies on the target; keep the one that the CRM knows.',
      ja: '連携先の重複を統合し、CRM 側で把握しているレコードを残します。',
    },
  ],
});
