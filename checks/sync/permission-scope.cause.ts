import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { inSegment, isScope, type Segment, segments, segmentWords } from '../../src/reason/rows/stump.ts';

export const permissionScope = defineSyncCause({
  id: 'sync.permission-scope',
  title: {
    en: 'The integration user does not see the records of an owner, branch or record type',
    ja: '連携用ユーザーの権限では一部の所有者・拠点・レコードタイプが見えていません',
  },
  about: {
    en: 'A CRM returns only what the user of the integration may see, and gives no error for the rest. When a new owner, branch, territory or record type is not shared with that user, all its records are missing.',
    ja: 'CRM は連携用ユーザーに見えるレコードだけを返し、見えないレコードについてはエラーを出しません。新しい所有者、拠点、テリトリー、レコードタイプが共有されていないと、そのレコードがすべて抜けます。',
  },
  owner: 'crm-admin',
  unless: ['sync.record-type-diverged', 'sync.validation-rejected', 'sync.test-data', 'sync.soft-delete-hidden'],
  hypotheses: [
    rowsHypothesis<Segment>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) => segments(view, 'left', isScope).map((params) => ({ params })),
      holds: (row, params, view, pair) => inSegment(view, 'left', row, params, pair),
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
    }. A column like this decides in most systems who may see a record: most likely the integration user does not see these.`,
    ja: `不足レコード ${share.ja}が ${segmentWords(detail)} で、この値のレコードはほぼ 1 件も同期されていません${
      explained.length > 1
        ? `（${explained
            .slice(1, 6)
            .map((one) => segmentWords(one.detail))
            .join('、')} も同様です）`
        : ''
    }。多くのシステムで閲覧権限を左右する項目のため、連携用ユーザーから見えていない可能性が高いです。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Log in as the integration user and look for a record with ${segmentWords(detail)}; an administrator sees it.`,
      ja: `連携用ユーザーでログインし、${segmentWords(detail)} のレコードが表示されるか確認します（管理者には表示されます）。`,
    },
    {
      en: 'Give that user the permission to see all records of this object (role, sharing rule, territory, record type).',
      ja: 'このオブジェクトの全レコードを参照できる権限（ロール、共有ルール、テリトリー、レコードタイプ）を連携用ユーザーに付与します。',
    },
    {
      en: 'If the user sees them: look for a condition on this column in the job.',
      ja: '表示される場合は、ジョブの抽出条件にこの項目がないか確認します。',
    },
    { en: 'Run a full sync once.', ja: '全件の再同期を 1 回行います。' },
  ],
});
