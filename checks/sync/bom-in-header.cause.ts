import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { factsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { withoutMark } from '../../src/reason/rows/same-columns.ts';
import { both } from '../auth/words.ts';
import { runAgain, textOf } from './value-words.ts';

interface Marked extends Readonly<Record<string, unknown>> {
  readonly side: 'left' | 'right';
  /** The name that was meant. */
  readonly name: string;
  readonly about: string;
}

export const bomInHeader = defineSyncCause({
  id: 'sync.bom-in-header',
  title: both('The first column has an invisible mark in its name', '1 列目の名前に見えない文字（BOM）が付いています'),
  about: both(
    'A file in UTF-8 from Excel begins with a byte order mark. A program that does not know it takes it for the first letter of the first column. The name looks right and is not: nothing is found under it, and where it is the key, no record is found at all.',
    'Excel で保存した UTF-8 のファイルは、先頭に BOM が付きます。BOM に対応していないプログラムは、これを 1 列目の名前の一部とみなします。見た目は正しい名前でも別の名前になるため列が見つからず、それがキーの列なら、どのレコードも見つかりません。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    factsHypothesis<Marked>({
      effect: 'wrong',
      find: (view) =>
        (['left', 'right'] as const).flatMap((side) =>
          view.unmapped[side].flatMap(({ column, ofPresent }) => {
            const name = withoutMark(column.name);
            if (name === undefined || name === '') return [];
            const n = ofPresent.filter((value) => value !== '').length;
            return [{ params: { side, name, about: name }, columns: [], n, of: ofPresent.length, examples: [] }];
          }),
        ),
    }),
  ],
  because: ({ main: { detail }, fact, share }) => {
    const source = detail.side === 'left' ? fact.left.name : fact.right.name;
    const name = textOf(detail.name);
    return both(
      `A column of ${source} is called ${name} with a byte order mark (U+FEFF) before it, so it is not compared although it has a value in ${share.en} records.`,
      `${source} の列 ${name} は、名前の前に BOM（U+FEFF）が付いています。レコード ${share.ja}に値がありますが、別の名前とみなされるため比較されていません。`,
    );
  },
  steps: ({ main: { detail }, fact }) => {
    const source = detail.side === 'left' ? fact.left.name : fact.right.name;
    const name = textOf(detail.name);
    return [
      both(
        'Let the program that reads the file strip the mark (utf-8-sig in Python, bom: true in csv-parse), or let the export write UTF-8 without it.',
        'ファイルを読むプログラムで BOM を取り除くか（Python は utf-8-sig、csv-parse は bom: true）、BOM なしの UTF-8 で書き出します。',
      ),
      both(
        `Rename the column in ${source} to ${name}; type the name anew, as a copy takes the mark along.`,
        `${source} の列名を ${name} に変更します。コピーすると BOM も残るため、名前は入力し直します。`,
      ),
      runAgain,
    ];
  },
});
