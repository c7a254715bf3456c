import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { injectedInto } from './injected.ts';
import { isNullToken } from './null-tokens.ts';

export const defaultInjected = defineSyncCause({
  id: 'sync.default-injected',
  title: both('A default was written where there is no value', '値がないところに既定値が書き込まれています'),
  about: both(
    'The field is required on one side, or has a default there, so records without a value got one and the same valid value. It looks like real data and makes reports wrong: nobody can tell the guessed values from the known ones.',
    '一方でこの項目が必須であるか既定値を持つため、値のないレコードにも同じ正しい形の値が入りました。本物のデータに見えるため集計が狂い、実際の値と区別できなくなります。',
  ),
  owner: 'crm-admin',
  unless: ['sync.column-constant', 'sync.null-token', 'sync.picklist-unmapped', 'sync.owner-unmapped'],
  hypotheses: [injectedInto((value) => !isNullToken(value))],
  because: (told) => {
    const { value } = told.main.detail;
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differences are empty in ${otherSide(told)} and "${value}" in ${faultySide(told)}, while filled records have many values.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} が空で、${faultySide(told)} がすべて「${value}」です。値のあるレコードではほかの値も使われています。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Add an explicit value for "unknown" to ${told.columns} of ${faultySide(told)}, or make the field optional, and map empty to it.`,
      `${faultySide(told)} の ${told.columns} に「不明」を表す値を用意するか必須を外し、空の値をそれに対応付けます。`,
    ),
    both(
      `Remove the default from the field or the flow, and clear the records that got "${told.main.detail.value}" this way.`,
      `項目または連携フローの既定値を外し、これによって「${told.main.detail.value}」が入ったレコードを直します。`,
    ),
  ],
});
