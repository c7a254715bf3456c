import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import type { ColumnType } from '../../src/model/sync/column.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { Text } from '../../src/model/text.ts';
import { type Unresolved, unresolvedIn } from '../../src/reason/rows/parents.ts';
import { both } from '../auth/words.ts';
import { openColumns, sides } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide } from './either-side.ts';
import { type IdsForNames, idsForNames, isIdsForNames } from './ids-for-names.ts';
import { numberOf, runAgain } from './value-words.ts';

interface Orphaned extends Unresolved {
  readonly side: Side;
}

const mayName: readonly ColumnType[] = ['reference', 'id', 'text', 'number', 'company'];

/** What was seen of the blank ones. */
const seenOf = ({ by, clock, n, of }: Told['main']['detail']): Text => {
  const [some, all] = [numberOf(n), numberOf(of)];
  if (by === 'whole') {
    return both(
      `in ${some} of ${all} that could be checked, all records that name the same one are empty as well, while the links to other records are filled`,
      `確認できた ${all} 件中 ${some} 件では、同じ参照先を持つレコードがすべて空です。ほかの参照先を持つレコードには、値が入っています`,
    );
  }
  if (by === 'parent') {
    return clock === 'key'
      ? both(
          `in ${some} of ${all} that could be checked the record they name has a later key than they have, and where its key is an earlier one, the link is filled`,
          `確認できた ${all} 件中 ${some} 件では、参照先のキーのほうが後の番号です。参照先の番号が先のレコードでは、値が入っています`,
        )
      : both(
          `in ${some} of ${all} that could be checked the record they name was created after them, and where it was there before, the link is filled`,
          `確認できた ${all} 件中 ${some} 件では、参照先のほうが後に作成されています。参照先が先にあったレコードでは、値が入っています`,
        );
  }
  return clock === 'key'
    ? both(
        `in ${some} of ${all} that could be checked their keys are before those of all records whose link to the same one is filled, each from another place on`,
        `確認できた ${all} 件中 ${some} 件のキーは、同じ参照先を持つほかのレコード（値あり）のどれよりも前の番号で、境目は参照先ごとに異なります`,
      )
    : both(
        `in ${some} of ${all} that could be checked they are older than every record whose link to the same one is filled, each from another moment on`,
        `確認できた ${all} 件中 ${some} 件は、同じ参照先を持つほかのレコード（値あり）のどれよりも古く、境目の時点は参照先ごとに異なります`,
      );
};

const idsText = (told: Told, { names }: IdsForNames): Text => {
  const example = exampleOf(told);
  return both(
    `${told.columns}: ${told.share.en} of the differences are an id in ${faultySide(told)} where ${otherSide(told)} has a name; each of ${names} names has an id of its own. The name was never looked up.${example.en}`,
    `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} では名前なのに、${faultySide(told)} では ID です。${names} 種類の名前に、それぞれ別の ID が対応しています。ID から名前への変換が行われていません。${example.ja}`,
  );
};

export const referenceUnresolved = defineSyncCause({
  id: 'sync.reference-unresolved',
  title: both('Links did not find the record that they name', '参照項目が参照先のレコードに結び付いていません'),
  about: both(
    'A record names another one: its account, its manager, its parent. When it was copied, that other record was not on this side yet, or the user of the sync could not see it: the lookup found nothing, and the field was left empty, or with a bare id where the name belongs. It stays so when the other record arrives, because nobody looks again.',
    'レコードには取引先、上長、親レコードなど、ほかのレコードを指す項目があります。同期した時点で参照先がまだ連携先になかったか、連携用ユーザーから見えなかったため、検索しても見つからず、空のまま、または名前の代わりに ID だけで保存されています。後から参照先が届いても、再検索されないためそのまま残ります。',
  ),
  owner: 'crm-admin',
  unless: ['sync.column-not-mapped', 'sync.owner-unmapped'],
  hypotheses: [
    pairsHypothesis<Orphaned>({
      effect: 'wrong',
      // A blank fits any row: that its parent came later is the test.
      ownChance: true,
      propose: (view) =>
        openColumns(view)
          .filter(({ type, role }) => role === undefined && mayName.includes(type))
          .flatMap((column) =>
            sides.flatMap((side) => {
              const found = unresolvedIn(view, column, side);
              return found ? [{ columns: [column.at], params: { ...found, side } }] : [];
            }),
          ),
      explains: (pair, column, { side }) => {
        const { from, to } = madeIn(pair, column, side);
        return from !== '' && to === '';
      },
    }),
    idsForNames,
  ],
  because: (told) => {
    if (isIdsForNames(told.main.detail)) return idsText(told, told.main.detail);
    const seen = seenOf(told.main.detail);
    const example = exampleOf(told);
    return both(
      `${told.columns}: ${told.share.en} of the differences are empty in ${faultySide(told)} and filled in ${otherSide(told)}; ${seen.en}.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} に値があるのに ${faultySide(told)} では空です。${seen.ja}。${example.ja}`,
    );
  },
  steps: (told) => [
    ...(isIdsForNames(told.main.detail)
      ? [
          both(
            `Let the step that writes ${told.columns} look the record up by its id and pass the name or key that ${faultySide(told)} expects there (for a lookup of kintone: the value of its key field).`,
            `${told.columns} に書き込む処理で、ID から参照先を検索し、${faultySide(told)} が求める名前またはキーを渡します（kintone のルックアップでは、コピー元のキー項目の値）。`,
          ),
        ]
      : []),
    both(
      'Load parents before their children (accounts, then contacts, then deals), and within one list those without a parent first.',
      '親を先に取り込みます（取引先、取引先責任者、商談の順）。同じ一覧の中では、親を持たないレコードを先にします。',
    ),
    both(
      `Add a second pass that fills ${told.columns} where it is empty, or queue a record again when its lookup finds nothing, in place of saving a blank.`,
      `${told.columns} が空のレコードを埋める 2 回目の処理を追加します。または、参照先が見つからないレコードは空で保存せず、後で再処理します。`,
    ),
    told.main.detail.by === 'whole'
      ? both(
          `Look up some of the records that are named in ${faultySide(told)}: load those that are not there, let the user of the sync see those that it does not see, then fill the links from ${otherSide(told)}.`,
          `空になった参照先のいくつかを ${faultySide(told)} で検索します。ないものは取り込み、連携用ユーザーに見えないものは見えるようにしたうえで、${otherSide(told)} の値から参照項目を埋めます。`,
        )
      : both(
          `Fill the existing ones once from ${otherSide(told)}: their parents are there by now.`,
          `既存のレコードは、${otherSide(told)} の値から一度埋め直します。参照先はすでに届いています。`,
        ),
    runAgain,
  ],
});
