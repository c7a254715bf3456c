import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { inSegment, isCategory, type Segment, segments, segmentWords } from '../../src/reason/rows/stump.ts';

export const filterExcludes = defineSyncCause({
  id: 'sync.filter-excludes',
  title: { en: 'A filter leaves out one kind of records', ja: '抽出条件により特定のレコードが除外されています' },
  about: {
    en: 'The job, the list view or the saved search behind it has a condition (status, stage, list) and copies only what meets it. Every record with the other value is missing, and all others are there. It may be meant so.',
    ja: 'ジョブや、その元になるリストビュー・保存済み検索に抽出条件（状態、フェーズ、リストなど）があり、条件に合うレコードだけが同期されています。特定の値のレコードがすべて欠け、ほかは揃います。意図した設定の場合もあります。',
  },
  owner: 'crm-admin',
  severity: 'warning',
  unless: ['sync.validation-rejected', 'sync.soft-delete-hidden', 'sync.test-data'],
  hypotheses: [
    rowsHypothesis<Segment>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) => segments(view, 'left', isCategory).map((params) => ({ params })),
      holds: (row, params, view) => inSegment(view, 'left', row, params),
    }),
  ],
  because: ({ main: { detail }, explained, share }) => ({
    en: `${share.en} missing records have ${segmentWords(detail)}, and (nearly) no record with it was copied${
      explained.length > 1
        ? `; the same is so for ${explained
            .slice(1, 6)
            .map((one) => segmentWords(one.detail))
            .join(', ')}`
        : ''
    }. Other records are there: a condition leaves these out.`,
    ja: `不足レコード ${share.ja}が ${segmentWords(detail)} で、この値のレコードはほぼ 1 件も同期されていません${
      explained.length > 1
        ? `（${explained
            .slice(1, 6)
            .map((one) => segmentWords(one.detail))
            .join('、')} も同様です）`
        : ''
    }。ほかのレコードは揃っており、抽出条件で除外されています。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Look for a condition on ${String(detail.column)} in the job, its query, and the list or report that it reads.`,
      ja: `ジョブ、その検索条件、読み取り元のリストやレポートに、${String(detail.column)} の条件がないか確認します。`,
    },
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
