import type { ComparisonFact } from '../../src/model/sync/comparison.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { partsLeft } from './rest-words.ts';
import { joinsStrangers } from './strangers.ts';

/** Of fewer differences nothing is named (CAUSES-SYNC, guards), unless it is exact and irreversible. */
const fewest = 20;

/** Of the smaller side's keys so few are on the other that the columns hardly mean the same. */
const mostAlike = 0.05;

/** Whether both sides could be read and hardly a record was brought together with another. */
const standsApart = ({ counts, cut }: ComparisonFact): boolean => {
  const least = Math.min(counts.left, counts.right);
  const whole = cut === undefined && counts.rejected.left + counts.rejected.right === 0;
  // Of a few records none has to be on both sides: one in five is no sign.
  const few = least > 0 && least < fewest;
  return whole && (few ? counts.matched === 0 : least >= fewest && counts.matched <= mostAlike * least);
};

/** Whether that is so because their keys are others, in no way that is known. */
const hasOtherKeys = (fact: ComparisonFact): boolean => {
  const { counts, unexplained: open } = fact;
  return standsApart(fact) && open.missing >= 0.5 * counts.left && open.extra >= 0.5 * counts.right;
};

/** How the sides stand to each other, where that keeps causes from being tried or named. */
export interface Situation {
  readonly kind: 'empty-side' | 'other-keys' | 'strangers' | 'apart' | 'not-read' | 'few';
  readonly says: Text;
}

export const situationOf = (fact: ComparisonFact): Situation | undefined => {
  const { counts } = fact;
  const { pairs, missing, extra } = fact.unexplained;
  const left = partsLeft(fact);
  const refused = counts.rejected.left + counts.rejected.right;
  if (refused === 0 && missing + extra > 0 && (counts.left === 0) !== (counts.right === 0)) {
    const side = counts.left === 0 ? { en: 'left', ja: '左' } : { en: 'right', ja: '右' };
    return {
      kind: 'empty-side',
      says: {
        en: `The ${side.en} side holds no record at all: ${left.en}. Look whether its export ran to its end.`,
        ja: `${side.ja}側にレコードが 1 件もありません: ${left.ja}。エクスポートが最後まで実行されたか確認してください。`,
      },
    };
  }
  if (hasOtherKeys(fact)) {
    const least = grouped(Math.min(counts.left, counts.right));
    return {
      kind: 'other-keys',
      says: {
        en: `Hardly any key is on both sides (${grouped(counts.matched)} of ${least}), so records could not be brought together: ${left.en}. Either each side counts its records by itself, or they hold different records.`,
        ja: `両側に共通するキーがほとんどなく（${least} 件中 ${grouped(counts.matched)} 件）、レコードを対応付けられません: ${left.ja}。両側がそれぞれ独自の ID を付けているか、別々のレコードを持っています。`,
      },
    };
  }
  if (joinsStrangers(fact) && missing + extra > 0) {
    return {
      kind: 'strangers',
      says: {
        en: `Of these records nothing is told: ${left.en}. Most of the keys that are on both sides mean different records (sync.key-collision), so there is nothing to hold these against: bring the keys together first, then compare again.`,
        ja: `次のレコードの原因は判定していません: ${left.ja}。両側にあるキーの大半が別々のレコードを指しているため（sync.key-collision）、比較の基準がありません。先にキーを揃え、もう一度比較してください。`,
      },
    };
  }
  if (standsApart(fact)) {
    return {
      kind: 'apart',
      says: {
        en: `No known cause explains these records: ${left.en}. Hardly any key is on both sides, so there is nothing to hold them against: bring the keys together first, then compare again.`,
        ja: `次のレコードは、既知のどの原因でも説明できません: ${left.ja}。両側に共通するキーがほとんどなく、比較の基準がありません。先にキーを揃え、もう一度比較してください。`,
      },
    };
  }
  if (fact.cut) {
    return {
      kind: 'not-read',
      says: {
        en: `No known cause explains these records: ${left.en}. A side could not be read to its end, so not every cause could be tried: repair what cannot be read first.`,
        ja: `次のレコードは、既知のどの原因でも説明できません: ${left.ja}。片側を最後まで読み取れないため、一部の原因は確認できていません。先に読み取れない部分を直してください。`,
      },
    };
  }
  // What was refused may be the very records that seem to be missing.
  if (missing + extra > 0 && refused > 0) {
    return {
      kind: 'not-read',
      says: {
        en: `No known cause explains these records: ${left.en}. Not all of the sides could be read (${grouped(refused)} records were refused), so some of these may be there after all: repair what cannot be read first.`,
        ja: `次のレコードは、既知のどの原因でも説明できません: ${left.ja}。読み取れない部分がある（形式不正 ${grouped(refused)} 件）ため、実際には存在するレコードが含まれている可能性があります。先に読み取れない部分を直してください。`,
      },
    };
  }
  if (Math.max(pairs, missing, extra) < fewest) {
    return {
      kind: 'few',
      says: {
        en: `No cause was named for these records: ${left.en}. Of fewer than ${fewest} of a kind most causes are not named, as they may be anything: look at the examples yourself.`,
        ja: `次の差異には、原因を特定していません: ${left.ja}。同じ種類の差異が ${fewest} 件に満たない場合は、偶然と区別できないため、ほとんどの原因を判定しません。例を見てご判断ください。`,
      },
    };
  }
  return undefined;
};
