import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { both } from '../auth/words.ts';
import { exampleOf } from './either-side.ts';

const separators = /[\s\u3000・,、]+/u;
const longest = 200;

/** Whether the joined value is the parts in turned order: the last before the first, or all of them backwards. */
const turned = (parts: readonly string[], joined: string): boolean => {
  if (parts.length < 2 || parts.length > 4 || parts.join('') === joined) return false;
  const ways = parts.slice(1).map((_, at) => [...parts.slice(at + 1), ...parts.slice(0, at + 1)]);
  return [...ways, parts.toReversed()].some((way) => way.join('') === joined);
};

const partsOf = (value: string): readonly string[] => value.split(separators).filter((part) => part !== '');

export const nameOrder = defineSyncCause({
  id: 'sync.name-order',
  title: both('Family and given names are in the other order', '姓と名の順序が逆になっています'),
  about: both(
    'One side writes the family name first, as in Japan, and the other the given name. Mostly the fields first name and last name were taken for the first and the second word of the name.',
    '一方は日本式に姓を先に、もう一方は名を先に書いています。First Name と Last Name を「1 番目の語」「2 番目の語」と取り違えた場合によく起こります。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    valueHypothesis({
      effect: 'wrong',
      types: ['name', 'text'],
      explains: ({ left, right }) => {
        if (left.length > longest || right.length > longest) return false;
        const [a, b] = [partsOf(left), partsOf(right)];
        return turned(a, b.join('')) || turned(b, a.join(''));
      },
    }),
  ],
  because: (told) => {
    const example = exampleOf(told);
    return both(
      `In ${told.columns}, ${told.share.en} of the differences have the same words in turned order.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、同じ語の順序だけが逆になっています。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      `In the mapping of ${told.columns}, join family name and given name by their fields (Last Name first for Japanese), never by the position of words.`,
      `${told.columns} の対応付けでは、語の位置ではなく姓（Last Name）と名（First Name）の項目から組み立てます。日本語では姓を先にします。`,
    ),
    both('Check the kana of the names as well.', 'フリガナの順序も確認します。'),
  ],
});
