import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ColumnType } from '../../src/model/sync/column.ts';
import { differingIn, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import { flagOf } from '../../src/reason/rows/flags.ts';
import { isMaskOf } from '../../src/reason/rows/masks.ts';
import { both } from '../auth/words.ts';
import { openColumns, sides } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide } from './either-side.ts';
import { textOf } from './value-words.ts';

interface Masked extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  /** What the masked records have in common and the others do not. */
  readonly flag?: { readonly column: string; readonly value: string };
}

const personal: readonly ColumnType[] = ['name', 'company', 'email', 'phone', 'address', 'postcode', 'date', 'text'];

const flagIn = (detail: Readonly<Record<string, unknown>>): string | undefined => {
  const { flag } = detail;
  return typeof flag === 'object' && flag !== null && 'column' in flag && 'value' in flag
    ? `${textOf(flag.column)} = ${textOf(flag.value)}`
    : undefined;
};

export const anonymised = defineSyncCause({
  id: 'sync.anonymised',
  title: both('Personal data is masked on one side', '片側で個人情報がマスクされています'),
  about: both(
    'Names, addresses or telephone numbers stand on one side only as ***, as a hash or as a word such as 退会. That is how the data of people who left or withdrew their consent is erased, and how copies for tests are made. It is meant to be so as long as only the right records are masked and nothing writes the masks back.',
    '氏名、住所、電話番号などが、片側では *** やハッシュ値、「退会」などの語に置き換えられています。退会者や同意を撤回した人のデータ消去、テスト用の複製でよく行われる処理です。対象のレコードだけがマスクされ、マスクした値が元のシステムに書き戻されない限り、想定どおりの状態です。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Masked>({
      effect: 'expected',
      // A mask fits any row; that its form is that of a mask is the evidence.
      ownChance: true,
      propose: (view) =>
        sides.flatMap((side) => {
          const columns = openColumns(view).filter(({ type }) => personal.includes(type));
          const masked = columns.filter(({ at, type }) =>
            differingIn(view, at).some(({ left, right }) =>
              side === 'right' ? isMaskOf(left, right, type) : isMaskOf(right, left, type),
            ),
          );
          if (masked.length === 0) return [];
          const about = masked.map(({ at }) => at);
          const flag = flagOf(
            view,
            (pair) =>
              masked.some(({ at, type }) => {
                const { from, to } = madeIn(pair, at, side);
                return isMaskOf(from, to, type);
              }),
            { without: about },
          );
          return [{ columns: about, params: { side, ...(flag ? { flag } : {}) } }];
        }),
      explains: (pair, at, { side }, columns) => {
        const { from, to } = madeIn(pair, at, side);
        return isMaskOf(from, to, columns[at]?.type ?? 'text');
      },
    }),
  ],
  because: (told) => {
    const [example, flag] = [exampleOf(told), flagIn(told.main.detail)];
    return both(
      `${told.columns}: ${told.share.en} of the differences are masked in ${faultySide(told)} and readable in ${otherSide(told)}.${flag === undefined ? ' No column tells why just these records.' : ` They are the records with ${flag}.`}${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${faultySide(told)} ではマスクされ、${otherSide(told)} では読める状態です。${flag === undefined ? 'なぜこのレコードなのかを示す列は見当たりません。' : `いずれも ${flag} のレコードです。`}${example.ja}`,
    );
  },
  steps: (told) => {
    const flag = flagIn(told.main.detail);
    return [
      flag === undefined
        ? both(
            'Find out what masked them: an erasure of personal data, or a copy made for tests. A copy for tests should not be compared with production.',
            'マスクされた理由（個人情報の消去、テスト用の複製など）を確認します。テスト用の複製は本番と比較しないようにします。',
          )
        : both(
            `Leave the records with ${flag} out of the comparison by a filter, and check that no record besides them is masked.`,
            `${flag} のレコードを filter で比較から外し、それ以外のレコードがマスクされていないことを確認します。`,
          ),
      both(
        `Where these people asked for erasure, ${otherSide(told)} has to erase their data as well.`,
        `本人から消去の依頼があった場合は、${otherSide(told)} 側のデータも消去する必要があります。`,
      ),
      both(
        `Make sure that no sync writes the masks of ${faultySide(told)} over the readable values.`,
        `${faultySide(told)} のマスクした値が、同期で元の値を上書きしないようにします。`,
      ),
    ];
  },
});
