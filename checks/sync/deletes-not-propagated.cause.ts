import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, SeenRow } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';
import { spreadOf, wasGivenOut } from '../../src/reason/rows/key-sequence.ts';
import { mergedRows } from '../../src/reason/rows/merged.ts';
import { type NamedKeys, namedKeys, wasNamed } from '../../src/reason/rows/named-keys.ts';
import { numberIn } from '../../src/reason/rows/said.ts';
import { inSegment, isCategory, isScope, segments } from '../../src/reason/rows/stump.ts';

/** Fewer than this may have a value by chance that other extra records have throughout. */
const fewestOfKind = 20;

/** Whether these extra records are of kinds or places that nobody else has; others, of own records beside them, do not count. */
const hasKinds = (view: ComparisonView, rows: readonly SeenRow[]): boolean => {
  const kinds = segments(view, 'right', (field) => isCategory(field) || isScope(field), { deep: false });
  return kinds.some((kind) => rows.filter((row) => inSegment(view, 'right', row, kind)).length >= fewestOfKind);
};

/** Of keys that are not counted up, what the CRM still says of them. */
const namedWords = (detail: Readonly<Record<string, unknown>>, share: Text, left: string): Text => {
  const [column, named] = [String(detail.column), numberIn(detail.named)];
  const usual = `${(100 * Number(detail.usual)).toFixed(0)} %`;
  return detail.all === true
    ? {
        en: `${named} extra records are named in ${column} by records of ${left}, which has none of them: it had them once. It names them about as often as records that it still has (${usual} of these), so that of the extra ones (${share.en}) nearly every one was deleted there, and the deletion did not come across.`,
        ja: `余分なレコードのうち ${named} 件は、${left} のレコードの ${column} から参照されていますが、${left} には存在しません。以前は存在していたことになります。現存するレコード（${usual} が参照されている）と同じ程度に参照されているため、余分なレコード（${share.ja}）のほぼすべてが CRM で削除され、その削除が連携先に反映されていません。`,
      }
    : {
        en: `${share.en} extra records are named in ${column} by records of ${left}, which has none of them: it had them once. They were deleted there, and the deletion did not come across.`,
        ja: `余分なレコード ${share.ja}は、${left} のレコードの ${column} から参照されていますが、${left} には存在しません。CRM で削除され、その削除が連携先に反映されていません。`,
      };
};

export const deletesNotPropagated = defineSyncCause({
  id: 'sync.deletes-not-propagated',
  title: {
    en: 'Records that were deleted in the CRM are still on the other side',
    ja: 'CRM で削除されたレコードが連携先に残っています',
  },
  about: {
    en: 'The job asks for new and changed records. A deleted one is neither, so that the other side never hears of it and keeps it: mails go to people who asked to be removed.',
    ja: 'ジョブは新規・更新のレコードだけを取得しています。削除はどちらにも当たらないため連携先に伝わらず、削除を依頼した人へメールが送られるなどの問題につながります。',
  },
  owner: 'crm-admin',
  unless: [
    'sync.index-lag',
    // What was made after the left side had been written was not deleted there.
    'sync.snapshot-skew',
    'sync.merge-loser-kept',
    'sync.duplicate-on-retry',
    'sync.duplicate-person',
    'sync.extra-own-records',
    'sync.test-data',
    'sync.key-format',
    'sync.record-type-diverged',
    // The other side has marked them itself.
    'sync.soft-delete-hidden',
  ],
  hypotheses: [
    rowsHypothesis<{ by: 'key-range' }>({
      effect: 'wrong',
      population: 'extra',
      // A present row has a key in the range as well. That a key of the CRM's own count is no longer there is the evidence.
      ownChance: true,
      propose: (view) => {
        const gone = view.extra.filter((row) => wasGivenOut(view, row) && !mergedRows(view).has(row));
        const count = (gone.length / Math.max(1, view.extra.length)) * view.counts.extra;
        // More deleted than kept, or some of one kind or place: then the left side was not read as a whole.
        const partial =
          gone.length < 20 || count > view.counts.matched || spreadOf(view, gone) < 8 || hasKinds(view, gone);
        return partial ? [] : [{ params: { by: 'key-range' } }];
      },
      // Of those that were merged more is known.
      holds: (row, _, view) => wasGivenOut(view, row) && !mergedRows(view).has(row),
    }),
    rowsHypothesis<NamedKeys>({
      effect: 'wrong',
      population: 'extra',
      // A present row has a counterpart: that the CRM itself names a key that it does not have is the evidence.
      ownChance: true,
      propose: (view) => {
        const named = namedKeys(view);
        const rows = view.extra.filter((row) => named && wasNamed(view, row, named));
        return named && rows.length <= view.counts.matched && !hasKinds(view, rows) ? [{ params: named }] : [];
      },
      holds: (row, named, view) => wasNamed(view, row, named),
    }),
  ],
  because: ({ main: { detail }, share, fact }) => {
    if (typeof detail.column === 'string') return namedWords(detail, share, fact.left.name);
    return {
      en: `${share.en} extra records have a key from the range that the CRM has given out, spread over all of it, and the CRM has no such record any more: they were deleted there, and the deletion did not come across.`,
      ja: `余分なレコード ${share.ja}のキーは CRM が発番した範囲の全体に散らばっていますが、CRM にはもう存在しません。CRM での削除が連携先に反映されていません。`,
    };
  },
  steps: () => [
    {
      en: 'Look up a few of them in the recycle bin of the CRM, then delete or archive them on the other side.',
      ja: '数件を CRM のゴミ箱で確認したうえで、連携先でも削除またはアーカイブします。',
    },
    {
      en: 'Let the job read deletions as well (getDeleted, archived=true, deletion webhooks), or compare the lists of keys once a day.',
      ja: 'ジョブで削除の情報（getDeleted、archived=true、削除 Webhook など）も取得するか、1 日 1 回キーの一覧を照合します。',
    },
  ],
});
