import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { type DoubledType, doubledTypes, isDouble } from '../../src/reason/rows/doubled-types.ts';
import { matchesAmong } from '../../src/reason/rows/matches.ts';
import { oncePerView } from '../../src/reason/rows/memo.ts';
import { inSegment, isRecordType, type Segment, segments, segmentWords } from '../../src/reason/rows/stump.ts';
import { missingTwins } from '../../src/reason/rows/twins.ts';

/** Types all records of which lack, and are there as records of their own: e-mail, telephone or the other values say so. */
const divergedTypes = oncePerView((view): readonly Segment[] => {
  const types = segments(view, 'left', isRecordType, { deep: false });
  if (types.length === 0) return [];
  const twins = new Set(missingTwins(view).values());
  return types.filter((segment) => {
    const rows = view.missing.filter((row) => inSegment(view, 'left', row, segment));
    const there = rows.filter((row) => twins.has(row) || matchesAmong(view, 'extra', row));
    return there.length >= 20 && there.length >= (0.5 * rows.length * view.extra.length) / view.counts.extra;
  });
});

export const recordTypeDiverged = defineSyncCause({
  id: 'sync.record-type-diverged',
  title: {
    en: 'One record type is kept under other keys on the other side',
    ja: '特定のレコードタイプが連携先では別のレコードになっています',
  },
  about: {
    en: 'One side holds as one record what the other holds as two (a person account is an account and a contact), or under the id of the other object. The records of that type exist on both sides, but no key joins them.',
    ja: '一方では 1 件のレコードが、他方では 2 件（個人取引先は取引先と取引先責任者）に分かれていたり、別オブジェクトの ID で保存されたりしています。両側に存在していても、キーでは結び付きません。',
  },
  owner: 'crm-admin',
  unless: ['sync.key-format', 'sync.key-15-vs-18'],
  atOnce: ['missing', 'extra'],
  hypotheses: [
    rowsHypothesis<Segment>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) => divergedTypes(view).map((params) => ({ params })),
      holds: (row, params, view) => inSegment(view, 'left', row, params),
    }),
    rowsHypothesis<Segment>({
      effect: 'wrong',
      population: 'extra',
      propose: (view) => divergedTypes(view).map((params) => ({ params })),
      holds: (row, params, view) => {
        const twin = missingTwins(view).get(row);
        return twin ? inSegment(view, 'left', twin, params) : matchesAmong(view, 'missing', row);
      },
    }),
    rowsHypothesis<DoubledType>({
      effect: 'wrong',
      population: 'extra',
      propose: (view) => doubledTypes(view, isRecordType).map((params) => ({ params })),
      holds: (row, params, view) => isDouble(view, row, params),
    }),
  ],
  because: ({ main: { detail }, explained, share, shareOf }) => {
    if (detail.doubled === true)
      return {
        en: `${share.en} extra records have the values of a record that is on both sides, and an id of another form; each of these has ${segmentWords(detail)}, nearly every record of that type has such a second one, and no other type has. The other side keeps one as two (account and contact).`,
        ja: `余分なレコード ${share.ja}は、両側にあるレコードと値が同じで、ID の形式だけが異なります。元のレコードはいずれも ${segmentWords(detail)} で、このタイプのほぼ全件に 2 件目があり、ほかのタイプにはありません。連携先では 1 件が 2 件（取引先と取引先責任者など）に分かれています。`,
      };
    const missing = explained.find(({ population }) => population === 'missing');
    const extra = explained.find(({ population }) => population === 'extra');
    const [ours, theirs] = [missing && shareOf(missing), extra && shareOf(extra)];
    return {
      en: `${ours?.en ?? share.en} missing records have ${segmentWords(detail)}, and no record of that type is joined; but extra records with the same e-mail, telephone or other values are on the other side${theirs ? ` (${theirs.en})` : ''}. The type is kept there under other keys.`,
      ja: `不足レコード ${ours?.ja ?? share.ja}が ${segmentWords(detail)} で、このタイプは 1 件も結び付いていません。一方、同じメールアドレスや電話番号などの値を持つレコードが連携先に余分として存在します${theirs ? `（${theirs.ja}）` : ''}。連携先では別のキーで保存されています。`,
    };
  },
  steps: ({ main: { detail } }) => [
    {
      en: `State in the mapping how ${segmentWords(detail)} is kept on the other side: which object and which id.`,
      ja: `${segmentWords(detail)} を連携先のどのオブジェクト・どの ID に対応させるかを、マッピングに定めます。`,
    },
    {
      en: 'Store the id of the CRM in a field of its own on the other side, and use it as the key of this comparison.',
      ja: '連携先に CRM の ID を保存する項目を設け、この比較のキーに使います。',
    },
    { en: 'Compare each type by itself with `filter`.', ja: '`filter` を使い、タイプごとに比較します。' },
  ],
});
