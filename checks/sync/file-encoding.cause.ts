import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ComparisonFact } from '../../src/model/sync/comparison.ts';
import { type Detail, factsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { SourceFacts } from '../../src/model/sync/source.ts';
import { both } from '../auth/words.ts';
import { refusedRecords } from './refused-records.ts';
import { runAgain, textOf } from './value-words.ts';

interface Declared extends Readonly<Record<string, unknown>> {
  readonly side: 'left' | 'right';
  readonly declared: string;
  readonly found: string;
  readonly about: string;
}

const sideOf = ({ side }: Detail, fact: ComparisonFact): SourceFacts => (side === 'left' ? fact.left : fact.right);

/** The encoding in which all of the file is valid, where that is known. */
const wholeAs = (detail: Detail, fact: ComparisonFact): string | undefined =>
  sideOf(detail, fact).notes.find(({ id }) => id === 'undecodable')?.encoding;

export const fileEncoding = defineSyncCause({
  id: 'sync.file-encoding',
  title: both('The file is read in the wrong encoding', 'ファイルの文字コードの指定が誤っています'),
  about: both(
    'The configuration states one encoding and the bytes of the file are another: UTF-8 is expected and Excel or an old system wrote Shift_JIS, or the other way round. Records with Japanese in them cannot be read, and count as rejected or missing; names of columns may be lost as well.',
    '設定で指定した文字コードと、実際のファイルの文字コードが異なります。UTF-8 のつもりのファイルを Excel や古いシステムが Shift_JIS で保存した場合などです。日本語を含むレコードが読めず、読み取り不可や不足として数えられます。列名が読めなくなることもあります。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    factsHypothesis<Declared>({
      effect: 'wrong',
      find: (view) =>
        (['left', 'right'] as const).flatMap((side) => {
          const { notes, encoding = '', name } = view.sources[side];
          const found = notes.find(({ id }) => id === 'undecodable')?.encoding;
          if (found === undefined) return [];
          const n = view.counts.rejected[side];
          return [
            {
              params: { side, declared: encoding, found, about: name },
              columns: [],
              n,
              of: n + view.counts[side],
              examples: [],
            },
          ];
        }),
    }),
    ...refusedRecords('invalid-encoding'),
  ],
  because: ({ main: { detail }, fact, share }) => {
    const { name, encoding = '' } = sideOf(detail, fact);
    const part =
      wholeAs(detail, fact) === undefined
        ? both(
            ': a part of the file was written in another encoding, and cannot be read.',
            'ため読み取れません。ファイルの一部が別の文字コードで書かれています。',
          )
        : both(', and cannot be read.', 'ため読み取れません。');
    if (detail.refused === true)
      return both(
        `Of the records that seem to be on one side only, ${share.en} are in ${name} as well, under the same keys, with bytes that are not ${encoding === '' ? 'valid there' : `valid ${encoding}`}${part.en}`,
        `片側にしかないように見えるレコード ${share.ja}は、同じキーで ${name} にもあります。ただし、${encoding === '' ? '' : `${encoding} として`}不正なバイトを含む${part.ja}`,
      );
    return both(
      `${name} is read as ${textOf(detail.declared)} and breaks its rules; as ${textOf(detail.found)} all of what was looked at is valid. Not readable as records: ${share.en}.`,
      `${name} を ${textOf(detail.declared)} として読むと不正なバイトがあり、${textOf(detail.found)} としてはすべて正しく読めます。レコードとして読めなかったもの: ${share.ja}。`,
    );
  },
  steps: ({ main: { detail }, fact }) => {
    const found = wholeAs(detail, fact);
    return [
      found === undefined
        ? both(
            'Find what writes these records in another encoding (the report names their lines), and let it write UTF-8 as the rest.',
            'これらのレコードを別の文字コードで書いている処理を探し（行番号はレポートにあります）、ほかと同じ UTF-8 で書き出します。',
          )
        : both(
            `State encoding: ${found} for this side in the configuration, or leave encoding out: it is then found by itself.`,
            `設定ファイルで、この側に encoding: ${found} を指定します。encoding を省くと自動で判別します。`,
          ),
      both(
        'Tell the import of the target the same encoding, or let the export write UTF-8.',
        '連携先の取り込みでも同じ文字コードを指定するか、エクスポートを UTF-8 にします。',
      ),
      runAgain,
    ];
  },
});
