import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, SeenRow } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';
import { lastingWords, timeOf } from '../../src/reason/rows/moments.ts';
import { runFor } from '../../src/reason/rows/runs.ts';
import { numberIn } from '../../src/reason/rows/said.ts';
import { isInTail, lostTails, type Tails } from '../../src/reason/rows/tails.ts';

/** `06:30` of the clock of UTC, of the first stretch of a day. */
const clockOf = (ms: number): string => new Date(ms).toISOString().slice(11, 16);

/** What the times alone tell, and what they do not. */
const tailWords = (detail: Readonly<Record<string, unknown>>, share: Text): Text => {
  const every = lastingWords(Number(detail.everyMs));
  const from = clockOf(Number(detail.beginsAt));
  const n = numberIn(detail.stretches);
  const copied =
    typeof detail.copied === 'number'
      ? {
          en: ` Each time about ${numberIn(detail.copied)} records had come over: a limit by number.`,
          ja: `どの区間でも約 ${numberIn(detail.copied)} 件まで同期されており、件数の上限によるものとみられます。`,
        }
      : { en: '', ja: '' };
  return {
    en: `Of the missing records, ${share.en} are the newest of a stretch of ${every.en} (counted from ${from} UTC): in ${n} of these stretches everything is missing from some moment on, each time another one, and the next stretch begins whole. So runs look that stop before their end, as at a rate limit; an outage begins and ends anywhere.${copied.en}`,
    ja: `不足レコード ${share.ja}は、${every.ja}ごとの区間（UTC ${from} 起点）の末尾に当たります。${n} 区間で、毎回異なる時点から後がすべて抜け、次の区間の先頭からまた揃っています。呼び出し制限などで実行が途中で終わる場合の特徴で、停止障害なら開始・終了の時刻はまちまちになります。${copied.ja}`,
  };
};

const phases = [0.25, 0.5, 0.75, 0.9];

const isLate = (view: ComparisonView, row: SeenRow, after: number): boolean => {
  const time = timeOf(view, row, 'updated-at') ?? timeOf(view, row, 'created-at');
  const found = time === undefined ? undefined : runFor(view, time);
  return found?.run.throttled === true && found.phase >= after;
};

export const rateLimitPartial = defineSyncCause({
  id: 'sync.rate-limit-partial',
  title: {
    en: 'Runs end before everything is copied (a rate limit or another limit)',
    ja: '同期の実行が途中で終わっています（API の呼び出し制限などの上限）',
  },
  about: {
    en: 'The CRM answered "too many requests" (HTTP 429) in the middle of a run, and the job ended there without resuming; a quota of a day or a time limit of the job does the same. The last records of such runs are missing.',
    ja: '同期の途中で CRM が「リクエスト過多」（HTTP 429）を返し、ジョブが再開せずに終わっています。1 日の上限やジョブ自身の時間制限でも同じことが起きます。その回の後半のレコードが抜けています。',
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
    rowsHypothesis<Tails>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.2,
      propose: (view) => {
        const tails = view.times.runs.length > 0 ? undefined : lostTails(view);
        return tails ? [{ params: tails }] : [];
      },
      holds: (row, _, view) => isInTail(view, row),
    }),
  ],
  because: ({ main: { detail }, share }) => {
    if (typeof detail.everyMs === 'number') return tailWords(detail, share);
    return {
      en: `Of the missing records, ${share.en} belong to the end of the ${numberIn(detail.runs)} runs that met a rate limit (429) by their log; what came earlier in those runs is present.`,
      ja: `不足レコード ${share.ja}は、ログに 429（呼び出し制限）が残る ${numberIn(detail.runs)} 回の実行の後半に当たります。同じ回の前半のレコードは同期されています。`,
    };
  },
  steps: ({ main: { detail } }) => [
    ...(typeof detail.everyMs === 'number'
      ? [
          {
            en: 'Give the log of the job with --log: it tells whether these runs met a rate limit (429), the quota of a day, or a time limit of their own. The times of the records show only that they ended early.',
            ja: 'ジョブのログを --log で指定します。呼び出し制限（429）、1 日の上限、ジョブ自身の時間制限のどれによるものかはログからわかります。レコードの日時からわかるのは、途中で終わっていることだけです。',
          },
        ]
      : []),
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
