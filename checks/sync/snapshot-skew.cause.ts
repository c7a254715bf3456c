import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import {
  type AgeColumns,
  ageColumnsOf,
  agedPairs,
  carriedColumns,
  shortly,
  updatedOn,
} from '../../src/reason/rows/ages.ts';
import { bornRole, inWords, timeOf } from '../../src/reason/rows/moments.ts';
import { readLater } from '../../src/reason/rows/read-later.ts';
import { both } from '../auth/words.ts';
import { exampleOf } from './either-side.ts';
import { numberOf } from './value-words.ts';

/** The side that was read later, and the time between the two readings. */
interface Between extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly from: number;
  readonly to: number;
  /** By what that is known: when the sides were written or read, or where their records end. */
  readonly by: 'read' | 'records';
}

const fewest = 20;
const longest = 40 * 86_400_000;

const byReading = ({ times: { leftAt, rightAt } }: ComparisonView): readonly Between[] => {
  if (leftAt === undefined || rightAt === undefined || leftAt === rightAt) return [];
  const [from, to] = [Math.min(leftAt, rightAt), Math.max(leftAt, rightAt)];
  return [{ side: leftAt > rightAt ? 'left' : 'right', from, to, by: 'read' }];
};

const byRecords = (view: ComparisonView): readonly Between[] => {
  const later = readLater(view);
  return later ? [{ ...later, side: 'right', by: 'records' }] : [];
};

/** Sides that lie too far apart were not meant to be of one time. */
const betweenOf = (view: ComparisonView): readonly Between[] =>
  [...byReading(view), ...byRecords(view)].filter(({ from, to }) => to - from <= longest);

const isInside = (time: number | undefined, { from, to }: Between): boolean =>
  time !== undefined && time > from && time <= to;

const changedBetween = (pair: RowPair, params: Between, ages: AgeColumns): boolean =>
  isInside(updatedOn(pair, params.side, ages), params);

/** Rows that came to the side that was read later after the other had been read. */
const cameLater = (population: 'missing' | 'extra') =>
  rowsHypothesis<Between>({
    effect: 'expected',
    population,
    propose: (view) => {
      const newer = population === 'missing' ? 'left' : 'right';
      return betweenOf(view).flatMap((params) => (params.side === newer ? [{ params }] : []));
    },
    holds: (row, params, view) => {
      const role = bornRole(view);
      return role !== undefined && isInside(timeOf(view, row, role, params.side), params);
    },
  });

export const snapshotSkew = defineSyncCause({
  id: 'sync.snapshot-skew',
  title: both('The two sides were read at different times', '両側のデータの取得時刻が異なります'),
  about: both(
    'One export is older than the other, and what was created or changed in between can only be in the newer one. Nothing is wrong with the sync: the two pictures were taken at different moments.',
    '片方のエクスポートがもう片方より古く、その間に作成・変更されたレコードは新しいほうにしか反映されていません。同期の不具合ではなく、別々の時点のデータを比べているためです。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Between & AgeColumns>({
      effect: 'expected',
      wholeRow: true,
      // What was changed in between may be anything: that it is just the records of this window is the test.
      ownChance: true,
      propose: (view) => {
        const ages = ageColumnsOf(view);
        if (!ages) return [];
        return betweenOf(view).flatMap((between) => {
          const rows = agedPairs(view).filter(({ [between.side]: time }) => isInside(time, between));
          const changed = rows.filter(({ pair: { left, right } }) =>
            carriedColumns(view).some((at) => left[at] !== right[at]),
          );
          // A side that was read before a change cannot know of it; what only shows another time is no change.
          const told = between.by === 'read' || changed.filter(({ other }) => other).length >= 0.5 * changed.length;
          return told && changed.length >= fewest && changed.length >= 0.95 * rows.length
            ? [{ columns: carriedColumns(view), params: { ...ages, ...between } }]
            : [];
        });
      },
      explains: (pair, _, params) => changedBetween(pair, params, params),
    }),
    cameLater('missing'),
    cameLater('extra'),
  ],
  because: (told) => {
    const { main, fact, share } = told;
    const { from, to, side } = main.detail;
    const [newer, older] = side === 'left' ? [fact.left.name, fact.right.name] : [fact.right.name, fact.left.name];
    const apart = shortly(numberOf(to) - numberOf(from));
    const example = exampleOf(told);
    if (main.detail.by === 'records')
      return both(
        `The newest record of ${older} is of ${inWords(from)}, and ${newer} goes on until ${inWords(to)}, ${apart.en} later; ${share.en} ${main.population === 'pairs' ? 'differences are in records that were changed' : `records that only ${newer} has were created`} in between. ${older} was written before ${newer}, or nothing was entered there any more; when both were exported, their systems know.${main.population === 'pairs' ? example.en : ''}`,
        `${older} の最新のレコードは ${inWords(from)}、${newer} はその ${apart.ja}後の ${inWords(to)} まで続いています。${main.population === 'pairs' ? `差異 ${share.ja}は、その間に変更されたレコードにあります` : `${newer} だけにあるレコード ${share.ja}は、その間に作成されたものです`}。${older} のほうが先に出力されたか、その後は入力がなかったかのどちらかです。出力した日時は、それぞれのシステムで確認できます。${main.population === 'pairs' ? example.ja : ''}`,
      );
    return main.population === 'pairs'
      ? both(
          `${older} was read at ${inWords(from)} and ${newer} ${apart.en} later, at ${inWords(to)} (UTC); ${share.en} differences are in records that were changed in between.${example.en}`,
          `${older} は ${inWords(from)}、${newer} はその ${apart.ja}後の ${inWords(to)}（UTC）に取得されています。差異 ${share.ja}は、その間に変更されたレコードにあります。${example.ja}`,
        )
      : both(
          `${older} was read at ${inWords(from)} and ${newer} ${apart.en} later, at ${inWords(to)} (UTC); ${share.en} records that only ${newer} has were created in between.`,
          `${older} は ${inWords(from)}、${newer} はその ${apart.ja}後の ${inWords(to)}（UTC）に取得されています。${newer} だけにあるレコード ${share.ja}は、その間に作成されたものです。`,
        );
  },
  steps: ({ main: { detail } }) => [
    both(
      `Export both sides for one moment and compare again, or leave out by a filter what was changed after ${inWords(detail.from)} (UTC).`,
      `両側を同じ時点でエクスポートし直して比較するか、${inWords(detail.from)}（UTC）より後に変更されたレコードを filter で除きます。`,
    ),
    both(
      'These records need no repair; look at the other differences first.',
      'これらのレコードの修正は不要です。ほかの差異を先に確認してください。',
    ),
  ],
});
