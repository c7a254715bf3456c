import type { SyncCause, Told } from '../../src/model/sync/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { isGarbled, type Misreading, plainAscii } from '../../src/reason/encoding/garbled.ts';
import { both } from '../auth/words.ts';
import { eitherSide, exampleOf, faultySide, otherSide } from './either-side.ts';

const nameOf = (chain: readonly Misreading[]): string =>
  chain.map(({ written, read }) => `${written} > ${read}`).join(' > ');

/** How many values that could be garbled are looked at before a misreading is dropped. */
const looked = 300;

/** Values that went through one of the misreadings: exact, so a single one names it. */
export const misreadAs = (...chains: readonly (readonly Misreading[])[]): SyncCause['hypotheses'] => {
  const byName = new Map(chains.map((chain) => [nameOf(chain), chain]));
  return [
    eitherSide<{ readonly chain: string }>({
      effect: 'wrong',
      evenFew: true,
      propose: (made) => {
        const able = made.filter(({ from, to }) => !(plainAscii(from) || plainAscii(to))).slice(0, looked);
        return [...byName].flatMap(([chain, steps]) =>
          able.some(({ from, to }) => isGarbled(from, to, steps)) ? [{ chain }] : [],
        );
      },
      explains: ({ from, to }, { chain }) => isGarbled(from, to, byName.get(chain) ?? []),
    }),
  ];
};

export const becauseMisread =
  (written: string, read: string | Text) =>
  (told: Told): Text => {
    const example = exampleOf(told);
    const as = typeof read === 'string' ? both(read, read) : read;
    return both(
      `In ${told.columns}, ${told.share.en} of the differences are text that was written as ${written} and read as ${as.en}: put through the same mistake, the values of ${otherSide(told)} become those of ${faultySide(told)}, character by character.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、${written} で書かれた文字列を ${as.ja} として読んだことによる文字化けです。${otherSide(told)} の値に同じ誤りを加えると、${faultySide(told)} の値と 1 文字も違わず一致します。${example.ja}`,
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
