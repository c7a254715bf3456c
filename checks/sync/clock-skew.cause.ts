import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import {
  type AgeColumns,
  ageColumnsOf,
  agedPairs,
  inMinutes,
  saysOther,
  shortly,
  updatedOn,
} from '../../src/reason/rows/ages.ts';
import { quantile } from '../../src/reason/rows/modes.ts';
import { both } from '../auth/words.ts';
import { exampleOf } from './either-side.ts';
import { numberOf } from './value-words.ts';

interface Skewed extends AgeColumns {
  /** Right minus left, in milliseconds: the middle one, and where nearly all of them lie. */
  readonly by: number;
  readonly from: number;
  readonly to: number;
}

const fewest = 20;
const least = 2000;
const most = 10 * 60_000;
const narrow = 10_000;
const minute = 60_000;

export const clockSkew = defineSyncCause({
  id: 'sync.clock-skew',
  title: both('The clocks of the two systems are apart', '2 つのシステムの時計がずれています'),
  about: both(
    'The records agree in everything but their update time, and that is off by the same few seconds or minutes in all of them. Each system stamps with its own clock and one of them is wrong. A job that asks for "updated since the last run" by the clock of the other side skips or repeats what was changed in that gap.',
    'レコードの内容は一致し、更新日時だけがどれも同じ数秒から数分ずれています。それぞれのシステムが自分の時計で日時を記録し、片方の時計が狂っています。相手側の時計を基準に「前回以降に更新されたもの」を取得するジョブでは、ずれた時間の分だけ取りこぼしや二重取得が起こります。',
  ),
  owner: 'crm-admin',
  severity: 'warning',
  // What one run wrote on both sides is apart by as much as that takes.
  unless: ['sync.time-precision', 'sync.timezone-offset', 'sync.sync-loop'],
  hypotheses: [
    pairsHypothesis<Skewed>({
      effect: 'wrong',
      wholeRow: true,
      propose: (view) => {
        const ages = ageColumnsOf(view);
        if (!ages) return [];
        // Without seconds a copy of a moment ago is in the next minute now and then: those of the same minute count as well.
        const whole = inMinutes.left(view) && inMinutes.right(view);
        const gaps = agedPairs(view).flatMap(({ left, right, other }) =>
          other || (left === right && !whole) ? [] : [right - left],
        );
        if (gaps.length < fewest) return [];
        const span = inMinutes.left(view) || inMinutes.right(view) ? minute : narrow;
        const [low, by, high] = [quantile(gaps, 0.25), quantile(gaps, 0.5), quantile(gaps, 0.75)];
        if (Math.abs(by) < least || Math.abs(by) > most || high - low > span) return [];
        const [from, to] = [by - span, by + span];
        const near = gaps.filter((gap) => gap >= from && gap <= to);
        // The time that a copy takes begins at nothing and has stragglers; clocks that are apart never come near it.
        const nearest = quantile(
          near.map((gap) => Math.abs(gap)),
          0.02,
        );
        if (near.length < 0.8 * gaps.length || nearest < Math.abs(by) / 2) return [];
        return [{ columns: [ages.updated], params: { ...ages, by, from, to } }];
      },
      explains: (pair, _, { from, to, ...ages }, columns) => {
        const [left, right] = [updatedOn(pair, 'left', ages), updatedOn(pair, 'right', ages)];
        if (left === undefined || right === undefined || left === right) return false;
        const gap = right - left;
        return gap >= from && gap <= to && !saysOther(pair, columns);
      },
    }),
  ],
  because: (told) => {
    const { by, to } = told.main.detail;
    const gap = shortly(numberOf(by));
    const around = shortly(numberOf(to) - numberOf(by));
    const later = numberOf(by) > 0;
    const example = exampleOf(told);
    return both(
      `${told.columns}: in ${told.share.en} of the differences the right side is ${gap.en} (give or take ${around.en}) ${later ? 'later' : 'earlier'} and everything else is equal.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}では、右側が約 ${gap.ja}（前後 ${around.ja}以内）${later ? '遅く' : '早く'}、ほかの値はすべて一致します。${example.ja}`,
    );
  },
  steps: (told) => [
    both(
      'Compare the clocks of both servers with a time server (chronyc tracking, w32tm /query /status) and switch on NTP.',
      '両方のサーバーの時計を時刻サーバーと比べ（chronyc tracking、w32tm /query /status）、NTP による同期を有効にします。',
    ),
    both(
      'Let the job take its "since" from the times that the source itself returned, never from the clock of its own host, and overlap by a few minutes.',
      'ジョブの「前回以降」の基準には、自分のサーバーの時計ではなく取得元が返した日時を使い、数分重ねて取得します。',
    ),
    both(
      `Where the clocks cannot be corrected, state a tolerance for ${told.columns} (tolerance in the configuration).`,
      `時計を直せない場合は、${told.columns} に許容差（設定ファイルの tolerance）を指定します。`,
    ),
  ],
});
