import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ComparisonFact } from '../../src/model/sync/comparison.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { partsLeft, restSaid, stumpOfRest } from './rest-words.ts';

/** Of fewer differences nothing is named (CAUSES-SYNC, guards), unless it is exact and irreversible. */
const fewest = 20;

/** Of the smaller side's keys so few are on the other that the columns hardly mean the same. */
const mostAlike = 0.05;

/** Whether both sides could be read and hardly a record was brought together with another. */
const standsApart = ({ counts, cut }: ComparisonFact): boolean => {
  const least = Math.min(counts.left, counts.right);
  const whole = cut === undefined && counts.rejected.left + counts.rejected.right === 0;
  return whole && least >= fewest && counts.matched <= mostAlike * least;
};

/** Whether that is so because their keys are others, in no way that is known. */
const hasOtherKeys = (fact: ComparisonFact): boolean => {
  const { counts, unexplained: open } = fact;
  return standsApart(fact) && open.missing >= 0.5 * counts.left && open.extra >= 0.5 * counts.right;
};

/** How the sides stand to each other, where that keeps causes from being tried or named. */
const situationOf = (fact: ComparisonFact): Text | undefined => {
  const { counts } = fact;
  const { pairs, missing, extra } = fact.unexplained;
  const left = partsLeft(fact);
  const refused = counts.rejected.left + counts.rejected.right;
  if (refused === 0 && missing + extra > 0 && (counts.left === 0) !== (counts.right === 0)) {
    const side = counts.left === 0 ? { en: 'left', ja: '左' } : { en: 'right', ja: '右' };
    return {
      en: `The ${side.en} side holds no record at all: ${left.en}. Look whether its export ran to its end.`,
      ja: `${side.ja}側にレコードが 1 件もありません: ${left.ja}。エクスポートが最後まで実行されたか確認してください。`,
    };
  }
  if (hasOtherKeys(fact)) {
    const least = grouped(Math.min(counts.left, counts.right));
    return {
      en: `Hardly any key is on both sides (${grouped(counts.matched)} of ${least}), so records could not be brought together: ${left.en}. Either each side counts its records by itself, or they hold different records.`,
      ja: `両側に共通するキーがほとんどなく（${least} 件中 ${grouped(counts.matched)} 件）、レコードを対応付けられません: ${left.ja}。両側がそれぞれ独自の ID を付けているか、別々のレコードを持っています。`,
    };
  }
  if (standsApart(fact)) {
    return {
      en: `No known cause explains these records: ${left.en}. Hardly any key is on both sides, so there is nothing to hold them against: bring the keys together first, then compare again.`,
      ja: `次のレコードは、既知のどの原因でも説明できません: ${left.ja}。両側に共通するキーがほとんどなく、比較の基準がありません。先にキーを揃え、もう一度比較してください。`,
    };
  }
  if (fact.cut) {
    return {
      en: `No known cause explains these records: ${left.en}. A side could not be read to its end, so not every cause could be tried: repair what cannot be read first.`,
      ja: `次のレコードは、既知のどの原因でも説明できません: ${left.ja}。片側を最後まで読み取れないため、一部の原因は確認できていません。先に読み取れない部分を直してください。`,
    };
  }
  // What was refused may be the very records that seem to be missing.
  if (missing + extra > 0 && refused > 0) {
    return {
      en: `No known cause explains these records: ${left.en}. Not all of the sides could be read (${grouped(refused)} records were refused), so some of these may be there after all: repair what cannot be read first.`,
      ja: `次のレコードは、既知のどの原因でも説明できません: ${left.ja}。読み取れない部分がある（形式不正 ${grouped(refused)} 件）ため、実際には存在するレコードが含まれている可能性があります。先に読み取れない部分を直してください。`,
    };
  }
  if (Math.max(pairs, missing, extra) < fewest) {
    return {
      en: `No cause was named for ${left.en}. Fewer than ${fewest} of a kind may be anything, so most causes are not named of them: look at the examples yourself.`,
      ja: `次の差異には、原因を特定していません: ${left.ja}。同じ種類の差異が ${fewest} 件に満たない場合は、偶然と区別できないため、ほとんどの原因を判定しません。例を見てご判断ください。`,
    };
  }
  return undefined;
};

/** What no cause explains: it is stated, always last, and never hidden. It has no hypothesis; the comparison itself counts it. */
export const unexplained = defineSyncCause({
  id: 'sync.unexplained',
  title: { en: 'Differences without a known cause', ja: '既知の原因が見つからない差異' },
  about: {
    en: 'What is left when every known cause has been tried: single edits by people, or a fault that this program does not know. A few of them are normal between two systems in use. Many of them are worth a look at the examples, column by column.',
    ja: '既知の原因をすべて試したあとに残った差異です。担当者による個別の編集か、本プログラムがまだ知らない不具合です。稼働中のシステム間では、少数あるのが普通です。多い場合は、列ごとの例を確認してください。',
  },
  owner: 'user',
  severity: 'info',
  atOnce: ['changed', 'missing', 'extra'],
  hypotheses: [],
  because: ({ fact }) => situationOf(fact) ?? restSaid(fact),
  steps: ({ fact }) => {
    const most = fact.fields
      .filter(({ unexplained: open }) => open > 0)
      .toSorted((a, b) => b.unexplained - a.unexplained);
    const names = most.slice(0, 3).map(({ left, unexplained: open }) => `${left} (${grouped(open)})`);
    const stump = situationOf(fact) ? undefined : stumpOfRest(fact);
    return [
      ...(hasOtherKeys(fact)
        ? [
            {
              en: 'Look for the column in which one side keeps the id of the other, and compare by it (--key ID=CRM_ID). Where there is none, compare by what tells records apart on both, such as the e-mail address.',
              ja: '一方の側が他方の ID を保持している列を探し、その列で比較してください（--key ID=CRM_ID）。ない場合は、メールアドレスなど、両側でレコードを区別できる列をキーにします。',
            },
          ]
        : []),
      ...(stump
        ? [
            {
              en: `Look first at the records with ${stump.en}: what does the sync do otherwise with them (a mapping, a permission, an import of their own)?`,
              ja: `まず ${stump.ja} のレコードを確認してください。項目の対応、権限、別経路での取り込みなど、同期での扱いがほかと異なる点がないか調べます。`,
            },
          ]
        : []),
      ...(names.length === 0
        ? []
        : [
            {
              en: `Look at the examples of the columns with most of them: ${names.join(', ')}.`,
              ja: `件数の多い列の例を確認してください: ${names.join('、')}。`,
            },
          ]),
      {
        en: 'Decide record by record which side is right; --output-dir writes all of them into files.',
        ja: 'どちらの側が正しいか、レコードごとに判断してください。--output-dir を付けると、全件をファイルに書き出します。',
      },
    ];
  },
});
