import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import type { ComparedColumn } from '../../src/model/sync/column.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { apartText } from './apart-words.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { isPartly, lostValuesIn, type PartlyUnmapped } from './partly-unmapped.ts';
import { valuesText } from './values-text.ts';

const isOwner = ({ role }: ComparedColumn): boolean => role === 'owner';

const partlyText = (told: Told, { values, fallback, apart }: PartlyUnmapped): Text => {
  const example = exampleOf(told);
  const lost =
    fallback === ''
      ? both('have no owner', '担当者なしの')
      : both(`went to "${fallback}"`, `「${fallback}」の担当になった`);
  const where = apartText(apart, lost);
  return both(
    `In ${told.columns}, a part of the records of ${valuesText(values).en} in ${otherSide(told)} ${lost.en} in ${faultySide(told)}: ${told.share.en} of the differences. ${where.en}. Other owners arrive.${example.en}`,
    `${told.columns} では、${otherSide(told)} で${valuesText(values).ja}が担当するレコードの一部が、${faultySide(told)} で${fallback === '' ? '担当者なし' : `「${fallback}」の担当`}になっています（差異 ${told.share.ja}）。${where.ja}。ほかの担当者は正しく届いています。${example.ja}`,
  );
};

const askWhen = ({ values, apart }: PartlyUnmapped): Text =>
  apart.kind === 'segment'
    ? both(
        `Look at how records with ${apart.column} = ${apart.value} are mapped: the user of ${valuesText(values).en} is not known there.`,
        `${apart.column} = ${apart.value} のレコードの対応付けを確認します。そこでは${valuesText(values).ja}に対応するユーザーが見つかっていません。`,
      )
    : both(
        `Find what happened to the user of ${valuesText(values).en} at that moment: deactivated, renamed, or moved to another licence or team.`,
        `その時点で${valuesText(values).ja}のユーザーに何があったかを調べます（無効化、名前やメールアドレスの変更、ライセンスや所属の変更など）。`,
      );

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
  hypotheses: lostValuesIn(isOwner),
  because: (told) => {
    if (isPartly(told.main.detail)) return partlyText(told, told.main.detail);
    const { values, fallback } = told.main.detail;
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, every record of ${valuesText(values).en} in ${otherSide(told)} ${fallback === '' ? 'has no owner' : `belongs to "${fallback}"`} in ${faultySide(told)}, while other owners arrive: ${told.share.en} of the differences.${example.en}`,
      `${told.columns} では、${otherSide(told)} で${valuesText(values).ja}が担当するレコードがすべて、${faultySide(told)} では${fallback === '' ? '担当者なし' : `「${fallback}」の担当`}になっています。ほかの担当者は正しく届いています（差異 ${told.share.ja}）。${example.ja}`,
    );
  },
  steps: (told) => [
    ...(isPartly(told.main.detail) ? [askWhen(told.main.detail)] : []),
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
