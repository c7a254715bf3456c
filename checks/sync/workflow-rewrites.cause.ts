import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { opposite, type Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';
import {
  type AgeColumns,
  ageColumnsOf,
  agedPairs,
  carriedColumns,
  differsMoreIn,
  shortly,
  updatedOn,
} from '../../src/reason/rows/ages.ts';
import { type Flag, flagOf } from '../../src/reason/rows/flags.ts';
import { quantile } from '../../src/reason/rows/modes.ts';
import { both } from '../auth/words.ts';
import { sides } from './column-values.ts';
import { exampleOf, faultySide, otherSide } from './either-side.ts';
import { numberOf, runAgain, textOf } from './value-words.ts';
import { type WrittenOver, writtenOver } from './written-over.ts';

interface Rewritten extends AgeColumns {
  /** The side that was written last. */
  readonly side: Side;
  /** How long after the other side, in milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly by: Flag;
  /** Where the column of the one who changed it is compared. */
  readonly byAt?: number;
}

const fewest = 20;
const latest = 15 * 60_000;
const tight = 30_000;

const modifierNames =
  /modif|(?:updated|changed|edited).?by|last.?(?:user|editor)|更新者|変更者|更新ユーザー|最終更新者/i;

const laterBy = (pair: RowPair, side: Side, ages: AgeColumns): number | undefined => {
  const [own, other] = [updatedOn(pair, side, ages), updatedOn(pair, opposite(side), ages)];
  return own === undefined || other === undefined ? undefined : own - other;
};

/** Columns that an update takes along, but for those that differ as often in the other records: a fault of its own is in them. */
const touchedColumns = (
  view: ComparisonView,
  isRewritten: (pair: RowPair) => boolean,
  updated: number,
): readonly number[] => {
  const pairs = view.present.map(({ pair }) => pair);
  const rewritten = pairs.filter(isRewritten);
  const others = pairs.filter((pair) => !isRewritten(pair));
  return carriedColumns(view).filter((at) => at === updated || differsMoreIn(rewritten, others, at));
};

const decide: readonly Text[] = [
  both(
    'Decide which of the two is right: exclude records that the integration user writes from the automation, or leave these columns out of the sync.',
    'どちらの値が正しいかを決めます。連携用ユーザーによる書き込みを自動処理の対象外にするか、該当する列を同期の対象から外します。',
  ),
  both(
    'Where the automation is right, copy its value back before the next run.',
    '自動処理の値が正しい場合は、次回の同期の前に元のシステムへ反映します。',
  ),
  runAgain,
];

const rewrittenText = (told: Told): Text => {
  const { by, from, to } = told.main.detail;
  const who = typeof by === 'object' && by !== null && 'value' in by ? textOf(by.value) : '';
  const [least, most] = [shortly(numberOf(from)), shortly(numberOf(to))];
  const example = exampleOf(told);
  return both(
    `${told.share.en} differences are in records that ${faultySide(told)} changed ${least.en} to ${most.en} after ${otherSide(told)}, always by "${who}"; records that agree were hardly ever changed by it.${example.en}`,
    `差異 ${told.share.ja}は、${otherSide(told)} の更新から ${least.ja}〜${most.ja}後に ${faultySide(told)} 側で「${who}」が変更したレコードにあります。一致しているレコードには、この変更はほとんどありません。${example.ja}`,
  );
};

const isWrittenOver = (detail: Told['main']['detail']): detail is WrittenOver => 'text' in detail;

const columnOf = (told: Told, { at }: WrittenOver): string => told.field(at)?.left ?? told.columns;

const overText = (told: Told, detail: WrittenOver): Text => {
  const { text, how, values, gap, flag } = detail;
  const [column, example] = [columnOf(told, detail), exampleOf(told)];
  const [side, other] = [faultySide(told), otherSide(told)];
  const what =
    how === 'set'
      ? both(
          `${column} is "${text}" in ${side} over ${values} different values of ${other}`,
          `${other} の ${values} 種類の値が、${side} の ${column} では「${text}」に置き換わっています`,
        )
      : both(
          `"${text}" was added to ${column} in ${side}, to ${values} different values of ${other}`,
          `${other} の ${values} 種類の値に、${side} の ${column} では「${text}」が書き足されています`,
        );
  const [least, most] = [shortly(gap?.from ?? 0), shortly(gap?.to ?? 0)];
  const when = gap
    ? both(
        ` These records were changed there ${least.en} to ${most.en} after ${otherSide(told)}.`,
        `これらのレコードは、${otherSide(told)} の更新から ${least.ja}〜${most.ja}後に変更されています。`,
      )
    : both('', '');
  const where = flag
    ? both(
        ` Nearly all of them have ${flag.column} = ${flag.value}, and hardly any other record does.`,
        `そのほぼすべてが ${flag.column} = ${flag.value} で、ほかのレコードにはほとんどありません。`,
      )
    : both('', '');
  return both(
    `In ${told.share.en} differences ${what.en}, while the same values arrive in other records: no mapping does that, a workflow, a trigger or a bulk change in ${side} does.${when.en}${where.en}${example.en}`,
    `差異 ${told.share.ja}では、${what.ja}。同じ値がほかのレコードには正しく届いているため、対応付けの誤りではなく、ワークフロー、トリガー、一括更新などによる書き換えです。${when.ja}${where.ja}${example.ja}`,
  );
};

const overSteps = (told: Told, detail: WrittenOver): readonly Text[] => [
  both(
    `Look in ${faultySide(told)} for an automation that writes "${detail.text}" to ${columnOf(told, detail)}, and for who changed it last in the history of an example.`,
    `${faultySide(told)} で、${columnOf(told, detail)} に「${detail.text}」を書き込む自動処理を探します。例に挙げたレコードの変更履歴で、最後に書き換えたユーザーも確認します。`,
  ),
  ...decide,
];

export const workflowRewrites = defineSyncCause({
  id: 'sync.workflow-rewrites',
  title: both('An automation changes the records after the sync', '同期の後に自動処理がレコードを書き換えています'),
  about: both(
    'The sync writes the right value, and a workflow, trigger or flow of the target writes another one, mostly within seconds: it assigns an owner, sets a stage, stamps a text. Writing the value again does not help, the automation runs again.',
    '同期では正しい値が書き込まれますが、その後（多くは数秒のうちに）連携先のワークフロー、トリガー、フローが別の値に書き換えています（担当者の割り当て、ステージの設定、決まった文の追記など）。値を書き直しても、自動処理がまた動くため元に戻りません。',
  ),
  owner: 'crm-admin',
  unless: [
    'sync.stale-overwrites-newer',
    'sync.anonymised',
    'sync.default-injected',
    'sync.company-legal-form',
    'sync.picklist-unmapped',
    'sync.owner-unmapped',
    'sync.column-constant',
  ],
  hypotheses: [
    pairsHypothesis<Rewritten>({
      effect: 'wrong',
      wholeRow: true,
      // An automation may write anything: who wrote and when is the test.
      ownChance: true,
      propose: (view) => {
        const ages = ageColumnsOf(view);
        if (!ages) return [];
        return sides.flatMap((side) => {
          const sign = side === 'right' ? 1 : -1;
          const gaps = agedPairs(view).flatMap(({ left, right, other }) => {
            const gap = sign * (right - left);
            return other && gap > 0 && gap <= latest ? [gap] : [];
          });
          if (gaps.length < fewest) return [];
          const [low, high] = [quantile(gaps, 0.05), quantile(gaps, 0.95)];
          // People take their time, each another one.
          if (quantile(gaps, 0.75) - quantile(gaps, 0.25) > tight || high > 10 * tight) return [];
          const [from, to] = [Math.max(1, low - tight / 3), high + tight / 3];
          const isRewritten = (pair: RowPair): boolean => {
            const gap = laterBy(pair, side, ages);
            return (
              gap !== undefined && gap >= from && gap <= to && carried.some((at) => pair.left[at] !== pair.right[at])
            );
          };
          const carried = carriedColumns(view).filter((at) => at !== ages.updated);
          const by = flagOf(view, isRewritten, { sides: [side], fits: (name) => modifierNames.test(name) });
          if (!by) return [];
          const byAt = view.columns.find((column) => column[side] === by.column)?.at;
          const params = { ...ages, side, from, to, by, ...(byAt === undefined ? {} : { byAt }) };
          return [{ columns: touchedColumns(view, isRewritten, ages.updated), params }];
        });
      },
      explains: (pair, _, { side, from, to, by, byAt, ...ages }) => {
        const gap = laterBy(pair, side, ages);
        if (gap === undefined || gap < from || gap > to) return false;
        return byAt === undefined || pair[side][byAt] === by.value;
      },
    }),
    writtenOver,
  ],
  because: (told) => (isWrittenOver(told.main.detail) ? overText(told, told.main.detail) : rewrittenText(told)),
  steps: (told) => {
    if (isWrittenOver(told.main.detail)) return overSteps(told, told.main.detail);
    const { by } = told.main.detail;
    const who = typeof by === 'object' && by !== null && 'value' in by ? textOf(by.value) : '';
    return [
      both(
        `Find the automation of ${faultySide(told)} that runs as "${who}" when a record is written, and look at what it does to ${told.columns}.`,
        `${faultySide(told)} で、レコードの保存時に「${who}」として動く自動処理を探し、${told.columns} に何をしているか確認します。`,
      ),
      ...decide,
    ];
  },
});
