import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ColumnType } from '../../src/model/sync/column.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

/** Values of these have a form, which says how long they are; a length says nothing of its own. */
const formed: readonly ColumnType[] = [
  'phone',
  'postcode',
  'email',
  'date',
  'timestamp',
  'number',
  'amount',
  'boolean',
  'id',
];

/** Nobody makes a column shorter than this, unless the target says that it did. */
const shortest = 10;

const lengthOf = (value: string): number => {
  let n = 0;
  for (const _ of value) n += 1;
  return n;
};

const isLonger = (value: string, length: number): boolean => value.length > length && lengthOf(value) > length;

export const lengthRejected = defineSyncCause({
  id: 'sync.length-rejected',
  title: {
    en: 'Records with a value longer than the target allows are refused',
    ja: '文字数の上限を超えるレコードが拒否されています',
  },
  about: {
    en: 'A column of the target is shorter than that of the CRM. Records with a longer value are refused as a whole, though only one value is too long.',
    ja: '連携先の項目の文字数上限が CRM より短く、上限を超える値を 1 つでも含むレコードは、レコードごと拒否されます。',
  },
  owner: 'crm-admin',
  unless: [
    'sync.column-shift',
    'sync.file-encoding',
    'sync.test-data',
    'sync.filter-excludes',
    'sync.permission-scope',
    'sync.soft-delete-hidden',
  ],
  hypotheses: [
    rowsHypothesis<{ column: number; name: string; length: number }>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.002,
      propose: (view) =>
        view.columns.flatMap(({ at, key, left, type, rightSource }) => {
          if (key || view.present.length === 0) return [];
          let longest = 0;
          for (const { pair } of view.present) {
            const value = pair.left[at] ?? '';
            // A character has one or two code units.
            if (value.length > longest) longest = Math.max(longest, lengthOf(value));
          }
          const stated = rightSource.maxLength;
          // What the target says of itself stands, where the data do not contradict it.
          const length = stated !== undefined && stated >= longest ? stated : longest;
          if (stated === undefined && (longest < shortest || formed.includes(type))) return [];
          const over = view.missing.filter(({ values }) => isLonger(values[at] ?? '', length)).length;
          return over < 20 ? [] : [{ params: { column: at, name: left, length } }];
        }),
      holds: ({ values }, { column, length }) => isLonger(values[column] ?? '', length),
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `${share.en} missing records have more than ${numberIn(detail.length)} characters in ${String(detail.name)}, and no record that long is on the other side: the target refuses them.`,
    ja: `不足レコード ${share.ja}は ${String(detail.name)} が ${numberIn(detail.length)} 文字を超えています。連携先にはそれより長い値のレコードが 1 件もなく、文字数超過で拒否されています。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Widen ${String(detail.name)} on the target to the length that the CRM allows.`,
      ja: `連携先の ${String(detail.name)} の上限を、CRM 側の上限に合わせて広げます。`,
    },
    {
      en: 'If it cannot be widened: agree on how it is cut, and let the job cut it and say so.',
      ja: '広げられない場合は、切り詰め方を決めてジョブで切り詰め、記録を残します。',
    },
    { en: 'Send the refused records again.', ja: '拒否されたレコードを再送します。' },
  ],
});
