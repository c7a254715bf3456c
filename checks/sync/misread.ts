import { rememberFor } from '../../src/model/remember.ts';
import type { SyncCause, Told } from '../../src/model/sync/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { isGarbled, type Misreading, mayBeGarbled, plainAscii } from '../../src/reason/encoding/garbled.ts';
import { both } from '../auth/words.ts';
import { eitherSide, exampleOf, faultySide, type Made, otherSide } from './either-side.ts';

const nameOf = (chain: readonly Misreading[]): string =>
  chain.map(({ written, read }) => `${written} > ${read}`).join(' > ');

/** How many values that could be garbled are looked at before a misreading is dropped. */
const looked = 300;

/** Half a dozen causes ask for the values that could have come from any misreading. */
const likelyIn = rememberFor((made: readonly Made[]): readonly Made[] =>
  made
    .filter(({ from, to }) => !(plainAscii(from) || plainAscii(to)))
    .slice(0, looked)
    .filter(({ from, to }) => mayBeGarbled(from, to)),
);

/** Values that went through one of the misreadings: exact, so a single one names it. */
export const misreadAs = (...chains: readonly (readonly Misreading[])[]): SyncCause['hypotheses'] => {
  const byName = new Map(chains.map((chain) => [nameOf(chain), chain]));
  return [
    eitherSide<{ readonly chain: string }>({
      effect: 'wrong',
      evenFew: true,
      signs: [/[^\0-~]/],
      propose: (made) => {
        const likely = likelyIn(made);
        return [...byName].flatMap(([chain, steps]) =>
          likely.some(({ from, to }) => isGarbled(from, to, steps)) ? [{ chain }] : [],
        );
      },
      explains: ({ from, to }, { chain }) => isGarbled(from, to, byName.get(chain) ?? []),
    }),
  ];
};

const charsets: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  cp932: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  gbk: 'GBK',
  latin1: 'Latin-1',
};

/** The charset that the text was written in, the one it was read as, and whether that befell it twice. */
export const misreadingOf = ({
  main,
}: Told): { readonly written: string; readonly read: string; readonly twice: boolean } => {
  const [written = '', read = '', ...again] = String(main.detail.chain).split(' > ');
  return { written: charsets[written] ?? written, read: charsets[read] ?? read, twice: again.length > 0 };
};

export const becauseMisread = (told: Told): Text => {
  const { written, read, twice } = misreadingOf(told);
  const example = exampleOf(told);
  const times = twice ? both(' (twice)', '（2 回）') : both('', ' ');
  return both(
    `In ${told.columns}, ${told.share.en} of the differences are text that was written as ${written} and read as ${read}${times.en}: put through the same mistake, the values of ${otherSide(told)} become those of ${faultySide(told)}, character by character.${example.en}`,
    `${told.columns} の差異 ${told.share.ja}は、${written} で書かれた文字列を ${read}${times.ja}として読んだことによる文字化けです。${otherSide(told)} の値に同じ誤りを加えると、${faultySide(told)} の値と 1 文字も違わず一致します。${example.ja}`,
  );
};

export const stepsMisread =
  (charset: string, where: Text) =>
  (told: Told): readonly Text[] => [
    both(
      `Read the data as ${charset} on its way to ${faultySide(told)}: ${where.en}`,
      `${faultySide(told)} に渡す処理で、データを ${charset} として読むように直します。${where.ja}`,
    ),
    both(
      `Then write the affected records again from ${otherSide(told)}; do not repair them by replacing single characters.`,
      `その後、該当するレコードを ${otherSide(told)} から書き直します。文字を 1 つずつ置き換えて直さないでください。`,
    ),
    both(
      'Run the comparison again: none of these differences may be left.',
      '比較をもう一度実行し、この差異が 0 件になることを確かめます。',
    ),
  ];
