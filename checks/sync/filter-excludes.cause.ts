import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Text } from '../../src/model/text.ts';
import { type Bound, isBeyond, numberBounds } from '../../src/reason/rows/bounds.ts';
import { inWords } from '../../src/reason/rows/moments.ts';
import { isBefore, type Since, sinceMoments } from '../../src/reason/rows/since.ts';
import { inSegment, isCategory, type Segment, segments, segmentWords } from '../../src/reason/rows/stump.ts';

/** `stage = 失注`, `created_at < 2026-04-01 00:00:00 (UTC)`, or `amount >= 1000000`. */
const conditionWords = (detail: Readonly<Record<string, unknown>>): string => {
  const { column, since, which, bound } = detail;
  if (typeof since === 'number') return `${String(column)} < ${inWords(since)} (UTC)`;
  if (typeof bound === 'number') return `${String(column)} ${which === 'below' ? '<' : '>='} ${bound}`;
  return segmentWords(detail);
};

/** Where such a condition may stand. */
const whereToLook = ({ column, since, which, bound }: Readonly<Record<string, unknown>>): Text => {
  if (typeof since === 'number')
    return {
      en: `Look for a condition on ${String(column)} in the job, its query, and the list or report that it reads: a start day, "the last so many days", or a job that began there and never read everything once.`,
      ja: `ジョブ、その検索条件、読み取り元のリストやレポートに、${String(column)} の条件がないか確認します（開始日、「過去 N 日間」、初回の全件同期をせずに始めた差分同期など）。`,
    };
  if (typeof bound === 'number' && which === 'at-least')
    return {
      en: `Look for a condition on ${String(column)} in the job, its query, and the list or report that it reads, and whether the column of the target has room for such numbers: its log then speaks of an overflow or of "out of range".`,
      ja: `ジョブ、その検索条件、読み取り元のリストやレポートに、${String(column)} の条件がないか確認します。連携先の列の桁数が足りない場合もあり、そのときはログに桁あふれ（overflow、out of range）が残ります。`,
    };
  return {
    en: `Look for a condition on ${String(column)} in the job, its query, and the list or report that it reads.`,
    ja: `ジョブ、その検索条件、読み取り元のリストやレポートに、${String(column)} の条件がないか確認します。`,
  };
};

export const filterExcludes = defineSyncCause({
  id: 'sync.filter-excludes',
  title: { en: 'A filter leaves out one kind of records', ja: '抽出条件により特定のレコードが除外されています' },
  about: {
    en: 'The job, the list view or the saved search behind it has a condition (status, stage, list, created or updated since a day) and copies only what meets it. Every record with the other value, or from before that day, is missing, and all others are there. It may be meant so.',
    ja: 'ジョブや、その元になるリストビュー・保存済み検索に抽出条件（状態、フェーズ、リスト、ある日以降の作成・更新など）があり、条件に合うレコードだけが同期されています。特定の値、またはその日より前のレコードがすべて欠け、ほかは揃います。意図した設定の場合もあります。',
  },
  owner: 'crm-admin',
  severity: 'warning',
  unless: [
    'sync.validation-rejected',
    'sync.soft-delete-hidden',
    'sync.test-data',
    // What is older than a moment is what comes after the newest so many, or the first pages, as well.
    'sync.result-window-cap',
    'sync.page-lost',
    'sync.export-truncated',
    'sync.permission-scope',
    'sync.record-type-diverged',
    'sync.key-format',
  ],
  hypotheses: [
    rowsHypothesis<Segment>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) => segments(view, 'left', isCategory).map((params) => ({ params })),
      holds: (row, params, view, pair) => inSegment(view, 'left', row, params, pair),
    }),
    rowsHypothesis<Since>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) => sinceMoments(view).map((params) => ({ params })),
      holds: (row, params, view) => isBefore(view, row, params),
    }),
    rowsHypothesis<Bound>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.002,
      propose: (view) => numberBounds(view).map((params) => ({ params })),
      holds: (row, params, view) => isBeyond(view, row, params),
    }),
  ],
  because: ({ main: { detail }, explained, share }) => {
    const more = explained.slice(1, 6).map((one) => conditionWords(one.detail));
    const also =
      more.length > 0
        ? { en: `; the same is so for ${more.join(', ')}`, ja: `（${more.join('、')} も同様です）` }
        : { en: '', ja: '' };
    if (typeof detail.since === 'number') {
      const without = detail.empty === true ? { en: ' or none at all', ja: '（または空欄）' } : { en: '', ja: '' };
      return {
        en: `${share.en} missing records have ${conditionWords(detail)}${without.en}, and (nearly) no record like that was copied${also.en}. Newer ones are there: only what is newer than that moment is asked for.`,
        ja: `不足レコード ${share.ja}が ${conditionWords(detail)}${without.ja} で、それに当たるレコードはほぼ 1 件も同期されていません${also.ja}。新しいものは揃っており、この日時以降だけが抽出されています。`,
      };
    }
    return {
      en: `${share.en} missing records have ${conditionWords(detail)}, and (nearly) no record with it was copied${also.en}. Other records are there: a condition leaves these out.`,
      ja: `不足レコード ${share.ja}が ${conditionWords(detail)} で、この値のレコードはほぼ 1 件も同期されていません${also.ja}。ほかのレコードは揃っており、抽出条件で除外されています。`,
    };
  },
  steps: ({ main: { detail } }) => [
    whereToLook(detail),
    {
      en: 'If these records are to be copied: take the condition out and run a full sync once.',
      ja: '同期すべきレコードであれば、条件を外して全件の再同期を行います。',
    },
    {
      en: 'If they are left out on purpose: state the same condition as `filter` of this comparison, so that it counts only what should be there.',
      ja: '意図した除外であれば、この比較の `filter` に同じ条件を指定し、対象のレコードだけを比べます。',
    },
  ],
});
