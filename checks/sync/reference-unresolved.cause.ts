import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { type Unresolved, unresolvedIn } from '../../src/reason/rows/parents.ts';
import { both } from '../auth/words.ts';
import { openColumns, sides } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide, type Side } from './either-side.ts';
import { numberOf, runAgain } from './value-words.ts';

interface Orphaned extends Unresolved {
  readonly side: Side;
}

export const referenceUnresolved = defineSyncCause({
  id: 'sync.reference-unresolved',
  title: both(
    'Links are empty because the linked record came later',
    '参照先のレコードが後から作成されたため、参照項目が空です',
  ),
  about: both(
    'A record names another one: its account, its manager, its parent. When it was copied, that other record was not on this side yet, the lookup found nothing, and the field was left empty. It stays empty when the other record arrives, because nobody looks again.',
    'レコードには取引先、上長、親レコードなど、ほかのレコードを指す項目があります。同期した時点で参照先がまだ連携先になかったため、検索しても見つからず、空のまま保存されています。後から参照先が届いても、再検索されないため空のままです。',
  ),
  owner: 'crm-admin',
  unless: ['sync.column-not-mapped', 'sync.picklist-unmapped', 'sync.owner-unmapped'],
  hypotheses: [
    pairsHypothesis<Orphaned>({
      effect: 'wrong',
      // A blank fits any row: that its parent came later is the test.
      ownChance: true,
      propose: (view) =>
        openColumns(view)
          .filter(({ type, role }) => role === undefined && (type === 'reference' || type === 'id' || type === 'text'))
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
  ],
  because: (told) => {
    const { by, n, of } = told.main.detail;
    const example = exampleOf(told);
    const seen =
      by === 'parent'
        ? both(
            `in ${numberOf(n)} of ${numberOf(of)} that could be checked the record they name was created after them, and where it was there before, the link is filled`,
            `確認できた ${numberOf(of)} 件中 ${numberOf(n)} 件では、参照先のほうが後に作成されています。参照先が先にあったレコードでは、値が入っています`,
          )
        : both(
            `in ${numberOf(n)} of ${numberOf(of)} that could be checked they are older than every record whose link to the same one is filled, each from another moment on`,
            `確認できた ${numberOf(of)} 件中 ${numberOf(n)} 件は、同じ参照先を持つほかのレコード（値あり）のどれよりも古く、境目の時点は参照先ごとに異なります`,
          );
    return both(
      `${told.columns}: ${told.share.en} of the differences are empty in ${faultySide(told)} and filled in ${otherSide(told)}; ${seen.en}.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} に値があるのに ${faultySide(told)} では空です。${seen.ja}。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      'Load parents before their children (accounts, then contacts, then deals), and within one list those without a parent first.',
      '親を先に取り込みます（取引先、取引先責任者、商談の順）。同じ一覧の中では、親を持たないレコードを先にします。',
    ),
    both(
      `Add a second pass that fills ${told.columns} where it is empty, or queue a record again when its lookup finds nothing, in place of saving a blank.`,
      `${told.columns} が空のレコードを埋める 2 回目の処理を追加します。または、参照先が見つからないレコードは空で保存せず、後で再処理します。`,
    ),
    both(
      `Fill the existing ones once from ${otherSide(told)}: their parents are there by now.`,
      `既存のレコードは、${otherSide(told)} の値から一度埋め直します。参照先はすでに届いています。`,
    ),
    runAgain,
  ],
});
