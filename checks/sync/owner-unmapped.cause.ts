import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { unmappedIn } from './value-map.ts';
import { valuesText } from './values-text.ts';

export const ownerUnmapped = defineSyncCause({
  id: 'sync.owner-unmapped',
  title: both(
    'Owners without a user on the other side fall back to one user',
    '担当者に対応するユーザーがなく、別の 1 人に置き換わっています',
  ),
  about: both(
    'Some owners have no active user on the other side, for instance because they left or were never entered in the user mapping. Their records go to one default user, or to nobody. The records of all other owners are right.',
    '一部の担当者に対応する有効なユーザーが、もう一方にありません（退職した、ユーザーの対応表に登録されていないなど）。そのレコードは既定のユーザーの担当になるか、担当者なしになります。ほかの担当者のレコードは正しい状態です。',
  ),
  owner: 'crm-admin',
  unless: ['sync.column-not-mapped', 'sync.column-constant'],
  hypotheses: [unmappedIn(({ role }) => role === 'owner')],
  because: (told) => {
    const { values, fallback } = told.main.detail;
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, every record of ${valuesText(values).en} in ${otherSide(told)} ${fallback === '' ? 'has no owner' : `belongs to "${fallback}"`} in ${faultySide(told)}, while other owners arrive: ${told.share.en} of the differences.${example.en}`,
      `${told.columns} では、${otherSide(told)} で${valuesText(values).ja}が担当するレコードがすべて、${faultySide(told)} では${fallback === '' ? '担当者なし' : `「${fallback}」の担当`}になっています。ほかの担当者は正しく届いています（差異 ${told.share.ja}）。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `Add ${valuesText(told.main.detail.values).en} to the user mapping; give users who left a successor on purpose.`,
      `${valuesText(told.main.detail.values).ja}をユーザーの対応表に追加します。退職者には後任者を明示して割り当てます。`,
    ),
    both(
      `Check that these users exist in ${faultySide(told)} and are active.`,
      `該当するユーザーが ${faultySide(told)} に存在し、有効であることを確認します。`,
    ),
    both('Write the owner of these records again.', '該当するレコードの担当者を書き直します。'),
  ],
});
