import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { SideField } from '../../src/reason/rows/fields.ts';
import { inSegment, type Segment, segments, segmentWords } from '../../src/reason/rows/stump.ts';

const originNames = /created.?by|creator|source|origin|channel|作成者|登録者|流入|経路|登録元/i;

const isOrigin = ({ name, role }: SideField): boolean =>
  role === 'created-by' || (role === undefined && originNames.test(name));

export const extraOwnRecords = defineSyncCause({
  id: 'sync.extra-own-records',
  title: { en: 'The other side has records of its own', ja: '連携先で独自に作成されたレコードがあります' },
  about: {
    en: 'These records were not made by the sync but by users, forms or imports of the other side. If the sync goes one way only, they are meant to be there and nowhere else.',
    ja: '同期ではなく、連携先のユーザー、フォーム、インポートで作成されたレコードです。同期が一方向であれば、連携先だけにあるのが正しい状態です。',
  },
  owner: 'crm-admin',
  unless: ['sync.record-type-diverged', 'sync.duplicate-on-retry', 'sync.test-data', 'sync.key-format'],
  hypotheses: [
    rowsHypothesis<Segment>({
      effect: 'expected',
      population: 'extra',
      propose: (view) => segments(view, 'right', isOrigin, { deep: false }).map((params) => ({ params })),
      holds: (row, params, view) => inSegment(view, 'right', row, params),
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `${share.en} extra records have ${segmentWords(detail)}, and (nearly) no record that both sides have: they were made on the other side, not by the sync.`,
    ja: `余分なレコード ${share.ja}は ${segmentWords(detail)} で、両側にあるレコードにはほぼありません。同期ではなく連携先で作成されたレコードです。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: 'Decide whether such records are to come into the CRM; if so, set up the sync in that direction.',
      ja: 'これらのレコードを CRM にも取り込むか決めます。取り込む場合は逆方向の同期を設定します。',
    },
    {
      en: `If not: leave them out of the comparison with a \`filter\` on ${String(detail.column)}.`,
      ja: `取り込まない場合は、\`filter\` で ${String(detail.column)} を条件に比較から除外します。`,
    },
  ],
});
