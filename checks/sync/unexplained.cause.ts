import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ComparisonFact } from '../../src/model/sync/comparison.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { orderIn } from '../../src/reason/rows/positions.ts';

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

/** Most of the missing records stand one after another: where, and what to look for there. */
const stretchWords = ({ stretch, counts: { missing }, left, right }: ComparisonFact): Text | undefined => {
  if (!stretch) return undefined;
  const { n, toTheEnd, ends, order } = stretch;
  const words = orderIn({ order });
  const which =
    n === missing
      ? { en: `all ${grouped(n)} missing records`, ja: `不足レコード 全 ${grouped(n)} 件` }
      : {
          en: `${grouped(n)} of the ${grouped(missing)} missing records`,
          ja: `不足レコード ${grouped(missing)} 件のうち ${grouped(n)} 件`,
        };
  const [first, last] = ends.map(({ key }) => key);
  const span =
    first === undefined || last === undefined
      ? { en: '', ja: '' }
      : { en: `, from [${first}] to [${last}]`, ja: `[${first}] から [${last}] まで` };
  const end = toTheEnd
    ? {
        en: `Nothing comes after them: either ${right.name} ends there, or they were added since.`,
        ja: `その後ろにはレコードがないため、${right.name} がそこで途切れているか、後から追加されたレコードです。`,
      }
    : {
        en: `Before and after them the records are on both sides: look in the log of the job for what happened there.`,
        ja: `前後のレコードは両側にあるため、その位置で何が起きたかを同期処理のログで確認してください。`,
      };
  return {
    en: `They are no random ones: in ${left.name} ${which.en} follow one another in the order of ${words.en}${span.en}. ${end.en}`,
    ja: `位置には偏りがあり、${left.name} では、${which.ja}が${words.ja}順で${span.ja}連続しています。${end.ja}`,
  };
};

/** What sets most of the extra records apart: where to look for a condition. */
const segmentWords = ({ segment, left }: ComparisonFact): Text | undefined => {
  if (!segment) return undefined;
  const { column, value, share } = segment;
  const has = `${column} = ${value}`;
  const [en, ja] =
    share.n === share.of
      ? [`all ${grouped(share.of)}`, `全 ${grouped(share.of)} 件`]
      : [`${grouped(share.n)} of ${grouped(share.of)}`, `${grouped(share.of)} 件中 ${grouped(share.n)} 件`];
  return {
    en: `They are no random ones: ${en} extra records have ${has}, and hardly any record on both sides has it. Look whether ${left.name} is filtered by it, or read by a user who does not see these.`,
    ja: `値には偏りがあり、余分なレコード ${ja}が ${has} で、両側にあるレコードにはこの値がほとんどありません。${left.name} がこの条件で絞り込まれていないか、読み取ったユーザーに閲覧権限があるかを確認してください。`,
  };
};

/** What no cause explains: it is stated, always last, and never hidden. It has no hypothesis; the comparison itself counts it. */
export const unexplained = defineSyncCause({
  id: 'sync.unexplained',
  title: { en: 'Differences without a common cause', ja: '共通の原因が見つからない差異' },
  about: {
    en: 'What is left when every known cause has been tried: single edits by people, or a fault that this program does not know. A few of them are normal between two systems in use. Many of them are worth a look at the examples, column by column.',
    ja: '既知の原因をすべて試したあとに残った差異です。担当者による個別の編集か、本プログラムがまだ知らない不具合です。稼働中のシステム間では、少数あるのが普通です。多い場合は、列ごとの例を確認してください。',
  },
  owner: 'user',
  severity: 'info',
  hypotheses: [],
  because: ({ fact }) => {
    const { pairs, missing, extra } = fact.unexplained;
    const parts = {
      en: [
        ...(pairs > 0 ? [`${grouped(pairs)} changed`] : []),
        ...(missing > 0 ? [`${grouped(missing)} missing`] : []),
        ...(extra > 0 ? [`${grouped(extra)} extra`] : []),
      ],
      ja: [
        ...(pairs > 0 ? [`内容が異なる ${grouped(pairs)} 件`] : []),
        ...(missing > 0 ? [`不足 ${grouped(missing)} 件`] : []),
        ...(extra > 0 ? [`余分 ${grouped(extra)} 件`] : []),
      ],
    };
    const { counts } = fact;
    if (missing + extra > 0 && (counts.left === 0) !== (counts.right === 0)) {
      const side = counts.left === 0 ? { en: 'left', ja: '左' } : { en: 'right', ja: '右' };
      return {
        en: `The ${side.en} side holds no record at all: ${parts.en.join(', ')}. Look whether its export ran to its end.`,
        ja: `${side.ja}側にレコードが 1 件もありません: ${parts.ja.join('、')}。エクスポートが最後まで実行されたか確認してください。`,
      };
    }
    if (hasOtherKeys(fact)) {
      const least = grouped(Math.min(counts.left, counts.right));
      return {
        en: `Hardly any key is on both sides (${grouped(counts.matched)} of ${least}), so records could not be brought together: ${parts.en.join(', ')}. Either each side counts its records by itself, or they hold different records.`,
        ja: `両側に共通するキーがほとんどなく（${least} 件中 ${grouped(counts.matched)} 件）、レコードを対応付けられません: ${parts.ja.join('、')}。両側がそれぞれ独自の ID を付けているか、別々のレコードを持っています。`,
      };
    }
    if (standsApart(fact)) {
      return {
        en: `No known cause explains these records: ${parts.en.join(', ')}. Hardly any key is on both sides, so there is nothing to hold them against: bring the keys together first, then compare again.`,
        ja: `次のレコードは、既知のどの原因でも説明できません: ${parts.ja.join('、')}。両側に共通するキーがほとんどなく、比較の基準がありません。先にキーを揃え、もう一度比較してください。`,
      };
    }
    const refused = counts.rejected.left + counts.rejected.right;
    if (fact.cut) {
      return {
        en: `No known cause explains these records: ${parts.en.join(', ')}. A side could not be read to its end, so not every cause could be tried: repair what cannot be read first.`,
        ja: `次のレコードは、既知のどの原因でも説明できません: ${parts.ja.join('、')}。片側を最後まで読み取れないため、一部の原因は確認できていません。先に読み取れない部分を直してください。`,
      };
    }
    // What was refused may be the very records that seem to be missing.
    if (missing + extra > 0 && refused > 0) {
      return {
        en: `No known cause explains these records: ${parts.en.join(', ')}. Not all of the sides could be read (${grouped(refused)} records were refused), so some of these may be there after all: repair what cannot be read first.`,
        ja: `次のレコードは、既知のどの原因でも説明できません: ${parts.ja.join('、')}。読み取れない部分がある（形式不正 ${grouped(refused)} 件）ため、実際には存在するレコードが含まれている可能性があります。先に読み取れない部分を直してください。`,
      };
    }
    if (Math.max(pairs, missing, extra) < fewest) {
      return {
        en: `No known cause was named for these records: ${parts.en.join(', ')}. Fewer than ${fewest} of a kind may be anything, so most causes are not named of them: look at the examples yourself.`,
        ja: `次のレコードには、原因を特定していません: ${parts.ja.join('、')}。同じ種類の差異が ${fewest} 件に満たない場合は、偶然と区別できないため、ほとんどの原因を判定しません。例を見てご判断ください。`,
      };
    }
    const seen = [stretchWords(fact), segmentWords(fact)].filter((text) => text !== undefined);
    if (seen.length > 0) {
      return {
        en: `No known cause explains these records: ${parts.en.join(', ')}. ${seen.map(({ en }) => en).join(' ')}`,
        ja: `次のレコードは、既知のどの原因でも説明できません: ${parts.ja.join('、')}。${seen.map(({ ja }) => ja).join('')}`,
      };
    }
    return {
      en: `No known cause explains these records: ${parts.en.join(', ')}. No pattern beyond what chance would bring was found in values, position or time.`,
      ja: `次のレコードは、既知のどの原因でも説明できません: ${parts.ja.join('、')}。値、位置、時刻のいずれにも、偶然を超える規則性は見つかりませんでした。`,
    };
  },
  steps: ({ fact }) => {
    const most = fact.fields
      .filter(({ unexplained: open }) => open > 0)
      .toSorted((a, b) => b.unexplained - a.unexplained);
    const names = most.slice(0, 3).map(({ left, unexplained: open }) => `${left} (${grouped(open)})`);
    return [
      ...(hasOtherKeys(fact)
        ? [
            {
              en: 'Look for the column in which one side keeps the id of the other, and compare by it (--key ID=CRM_ID). Where there is none, compare by what tells records apart on both, such as the e-mail address.',
              ja: '一方の側が他方の ID を保持している列を探し、その列で比較してください（--key ID=CRM_ID）。ない場合は、メールアドレスなど、両側でレコードを区別できる列をキーにします。',
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
