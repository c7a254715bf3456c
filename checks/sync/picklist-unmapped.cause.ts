import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import type { ComparedColumn } from '../../src/model/sync/column.ts';
import type { Text } from '../../src/model/text.ts';
import { isLookup } from '../../src/reason/rows/parents.ts';
import { both } from '../auth/words.ts';
import { apartText } from './apart-words.ts';
import { type ChoicesCut, choicesCut, isChoicesCut } from './choices-cut.ts';
import { type ChoicesLost, choicesLost, isChoicesLost } from './choices-lost.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { isPartly, lostValuesIn, type PartlyUnmapped } from './partly-unmapped.ts';
import { valuesText } from './values-text.ts';

const mostNumbers = 30;

/** Options are stored as numbers by many systems; a side that names other records has more of them. */
const mayHoldOptions = (column: ComparedColumn, different: number): boolean => {
  const { type, role } = column;
  if (role === 'owner' || isLookup(column, different)) return false;
  return type === 'picklist' || type === 'text' || (type === 'number' && different <= mostNumbers);
};

const partlyText = (told: Told, { values, fallback, apart }: PartlyUnmapped): Text => {
  const example = exampleOf(told);
  const lost =
    fallback === '' ? both('are empty', '空になった') : both(`became "${fallback}"`, `「${fallback}」になった`);
  const where = apartText(apart, lost);
  return both(
    `In ${told.columns}, a part of the records with ${valuesText(values).en} in ${otherSide(told)} ${lost.en} in ${faultySide(told)}: ${told.share.en} of the differences. ${where.en}. The other values arrive.${example.en}`,
    `${told.columns} では、${otherSide(told)} が${valuesText(values).ja}のレコードの一部が、${faultySide(told)} で${fallback === '' ? '空' : `「${fallback}」`}になっています（差異 ${told.share.ja}）。${where.ja}。ほかの値は正しく届いています。${example.ja}`,
  );
};

const askWhen = ({ values, apart }: PartlyUnmapped): Text =>
  apart.kind === 'segment'
    ? both(
        `Look at which options records with ${apart.column} = ${apart.value} may have (record type, dependent list, layout): ${valuesText(values).en} is not among them.`,
        `${apart.column} = ${apart.value} のレコードで選べる値を確認します（レコードタイプ、連動する選択リスト、レイアウトなど）。${valuesText(values).ja}がその中にありません。`,
      )
    : both(
        `Find what changed in the options or in the value mapping at that moment: ${valuesText(values).en} was renamed, retired or added.`,
        `その時点で選択肢や値の対応表に何があったかを調べます（${valuesText(values).ja}の名称変更、廃止、追加など）。`,
      );

const lostOf = ({ main: { detail } }: Told): unknown => (isChoicesLost(detail) ? detail.choices : detail.values);

const choicesText = (told: Told, { choices }: ChoicesLost): Text => {
  const example = exampleOf(told);
  return both(
    `In ${told.columns}, ${valuesText(choices).en} of ${otherSide(told)} is in no set of choices in ${faultySide(told)}, while the other choices of the same records arrive: ${told.share.en} of the differences.${example.en}`,
    `${told.columns} では、${otherSide(told)} で選ばれている${valuesText(choices).ja}が、${faultySide(told)} ではどのレコードにもありません。同じレコードのほかの選択肢は届いています（差異 ${told.share.ja}）。${example.ja}`,
  );
};

const cutText = (told: Told, { end }: ChoicesCut): Text => {
  const example = exampleOf(told);
  const which = end === 'first' ? both('first', '先頭') : both('last', '末尾');
  return both(
    `In ${told.columns}, ${otherSide(told)} has several choices and ${faultySide(told)} always the ${which.en} of them alone: ${told.share.en} of the differences.${example.en}`,
    `${told.columns} では、${otherSide(told)} で複数の選択肢が選ばれているのに、${faultySide(told)} にはその${which.ja}の 1 つだけが入っています（差異 ${told.share.ja}）。${example.ja}`,
  );
};

const cutSteps = (told: Told): readonly Text[] => [
  both(
    `Make ${told.columns} in ${faultySide(told)} a field of several choices. If it is one already, let the mapping hand over the whole list, joined with the separator that ${faultySide(told)} expects, and not one element of it.`,
    `${faultySide(told)} の ${told.columns} を、複数選択の項目にします。すでに複数選択であれば、一覧の 1 要素だけでなく、${faultySide(told)} が求める区切りで連結した全体を渡すように対応付けを直します。`,
  ),
  both(
    `Write these records again from ${otherSide(told)}: the other choices are only there.`,
    `該当するレコードを ${otherSide(told)} から書き直します。ほかの選択肢はそちらにしか残っていません。`,
  ),
];

const mapSteps = (told: Told): readonly Text[] => [
  ...(isPartly(told.main.detail) ? [askWhen(told.main.detail)] : []),
  both(
    `Add ${valuesText(lostOf(told)).en} to the options of ${faultySide(told)} and to the value mapping of the sync.`,
    `${valuesText(lostOf(told)).ja}を ${faultySide(told)} の選択肢と、連携の値の対応表に追加します。`,
  ),
  both(
    'Let the sync fail, or report, a value it does not know instead of writing the default.',
    '未知の値は既定値にせず、エラーまたは通知になるようにします。',
  ),
  both(
    `Write these records again from ${otherSide(told)}.`,
    `該当するレコードを ${otherSide(told)} から書き直します。`,
  ),
];

export const picklistUnmapped = defineSyncCause({
  id: 'sync.picklist-unmapped',
  title: both('A picklist value has no counterpart on the other side', '選択リストの値に対応する値がありません'),
  about: both(
    'One or more values of a picklist are not in the value mapping of the sync, mostly because they were added later. Records with such a value get the default, or nothing. All other values arrive. Of several choices only one arrives where the field on the other side takes a single one.',
    '選択リストの一部の値が、連携の値の対応表にありません。多くは後から追加された値です。その値のレコードには既定値が入るか、空になります。ほかの値は正しく届きます。相手側の項目が 1 つしか選べない場合は、複数の選択肢のうち 1 つだけが届きます。',
  ),
  owner: 'crm-admin',
  unless: ['sync.column-not-mapped', 'sync.column-constant', 'sync.reference-unresolved'],
  hypotheses: [...lostValuesIn(mayHoldOptions), choicesLost, choicesCut],
  because: (told) => {
    if (isPartly(told.main.detail)) return partlyText(told, told.main.detail);
    if (isChoicesLost(told.main.detail)) return choicesText(told, told.main.detail);
    if (isChoicesCut(told.main.detail)) return cutText(told, told.main.detail);
    const { values, fallback } = told.main.detail;
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, every record with ${valuesText(values).en} in ${otherSide(told)} ${fallback === '' ? 'is empty' : `has "${fallback}"`} in ${faultySide(told)}, while the other values arrive: ${told.share.en} of the differences.${example.en}`,
      `${told.columns} では、${otherSide(told)} が${valuesText(values).ja}のレコードがすべて、${faultySide(told)} で${fallback === '' ? '空' : `「${fallback}」`}になっています。ほかの値は正しく届いています（差異 ${told.share.ja}）。${example.ja}`,
    );
  },
  steps: (told) => (isChoicesCut(told.main.detail) ? cutSteps(told) : mapSteps(told)),
});
