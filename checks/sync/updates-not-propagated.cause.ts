import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import {
  type AgeColumns,
  type Aged,
  ageColumnsOf,
  agedPairs,
  carriedColumns,
  createdOn,
  differsMoreIn,
  faultyColumns,
  saysOther,
  updatedOn,
} from '../../src/reason/rows/ages.ts';
import { quantile } from '../../src/reason/rows/modes.ts';
import { inWords } from '../../src/reason/rows/moments.ts';
import { fisherAtLeast } from '../../src/reason/rows/statistics.ts';
import { both } from '../auth/words.ts';
import { runAgain } from './value-words.ts';

interface Frozen extends AgeColumns {
  /** The last time at which the job is known to have brought a new record. Milliseconds since 1970. */
  readonly until: number;
  /** How long after its creation a record may have been written for the last time and still count as never updated. Milliseconds. */
  readonly within: number;
}

/** Writing a new record may take several steps. */
const slack = 60_000;
const day = 86_400_000;
/** Of a creation that is kept as a day, the last hours of that day in any zone. */
const slackOfDay = 1.5 * day;
const fewest = 20;

/** Whether nearly all of these are days without a time. */
const areDays = (times: readonly number[]): boolean =>
  times.filter((time) => time % day === 0).length >= 0.95 * times.length;

export const updatesNotPropagated = defineSyncCause({
  id: 'sync.updates-not-propagated',
  title: both(
    'New records are copied, later changes are not',
    '新規レコードは同期され、その後の更新は同期されていません',
  ),
  about: both(
    'The other side has every record as it was when it was created there and never hears of what is changed afterwards. The job creates and does not update: the update branch of the flow is off or fails, the query asks for "created since" in place of "updated since", or the integration user may create and not edit.',
    '連携先のレコードが作成時点の内容のまま止まり、その後の変更が反映されていません。ジョブが新規作成だけを行い、更新をしていない状態です。フローの更新側の分岐が無効またはエラー、「更新日時」ではなく「作成日時」で取得している、連携用ユーザーに作成権限はあるが編集権限がない、などが原因です。',
  ),
  owner: 'crm-admin',
  unless: ['sync.snapshot-skew'],
  hypotheses: [
    pairsHypothesis<Frozen>({
      effect: 'wrong',
      wholeRow: true,
      // What an update would have changed may be anything: when both sides were written is the test.
      ownChance: true,
      propose: (view) => {
        const ages = ageColumnsOf(view);
        const rows = agedPairs(view).flatMap((row) =>
          row.rightCreated === undefined ? [] : [{ ...row, rightCreated: row.rightCreated }],
        );
        if (!ages || ages.created === undefined || rows.length < 100) return [];
        const within = areDays(rows.map(({ rightCreated }) => rightCreated)) ? slackOfDay : slack;
        const frozen = rows.filter(({ right, rightCreated }) => right <= rightCreated + within);
        if (frozen.length < 0.95 * rows.length) return [];
        const until = quantile(
          rows.map(({ rightCreated }) => rightCreated),
          0.99,
        );
        // A job that stands still, and a copy that was made in one go, bring nothing later either: only changes that came
        // before the last new records tell that new ones came and changes did not.
        const known = frozen.filter(({ left }) => left <= until);
        const changed = known.filter(({ left, right }) => left > right + slack);
        const same = known.filter(({ left, right }) => left <= right + slack);
        // What differs in records that nobody changed since has another reason.
        const besides = same.length < fewest ? [] : faultyColumns(view, same);
        const saysMore = ({ pair }: Aged): boolean => saysOther(pair, view.columns, besides);
        const other = changed.filter(saysMore).length;
        const otherSame = same.filter(saysMore).length;
        const [touched, others] = [changed, same].map((list) => list.map(({ pair }) => pair));
        const columns = carriedColumns(view).filter(
          (at) => !besides.includes(at) && (at === ages.updated || differsMoreIn(touched ?? [], others ?? [], at)),
        );
        if (other < fewest || changed.length < 0.5 * frozen.filter(({ left, right }) => left > right + slack).length)
          return [];
        if (same.length < fewest)
          return other < 0.5 * changed.length ? [] : [{ columns, params: { ...ages, until, within } }];
        const p = fisherAtLeast(other, changed.length - other, otherSame, same.length - otherSame);
        return p < 1e-6 && otherSame <= 0.1 * same.length && other >= 10 * (otherSame / same.length) * changed.length
          ? [{ columns, params: { ...ages, until, within } }]
          : [];
      },
      explains: (pair, _, { within, ...ages }) => {
        const [left, right] = [updatedOn(pair, 'left', ages), updatedOn(pair, 'right', ages)];
        const created = createdOn(pair, 'right', ages);
        if (left === undefined || right === undefined || created === undefined) return false;
        return right <= created + within && left > right + slack;
      },
    }),
  ],
  because: ({ main: { detail }, share }) =>
    both(
      `${share.en} differences are in records that the left side changed after they were copied, while the right side has not been written since it was created; new records came until ${inWords(detail.until)} (UTC), so the job was running.`,
      `差異 ${share.ja}は、同期後に左側で更新されたレコードにあり、右側は作成されてから一度も書き込まれていません。新規レコードは ${inWords(detail.until)}（UTC）まで届いているため、ジョブ自体は動いています。`,
    ),
  steps: () => [
    both(
      'Look at the update branch of the flow: is it switched on, does it find the record by its key, and what does its log say?',
      'フローの更新側の分岐を確認します（有効になっているか、キーでレコードを見つけられているか、ログにエラーがないか）。',
    ),
    both(
      'Let the query ask for records updated since the last run (updated_at, LastModifiedDate), not created since; write with an upsert by the external id.',
      '取得条件を作成日時ではなく更新日時（updated_at、LastModifiedDate）にし、外部 ID による upsert で書き込みます。',
    ),
    both(
      'Check that the integration user may edit records and not only create them.',
      '連携用ユーザーに、作成権限だけでなく編集権限があることを確認します。',
    ),
    both(
      'Then send all records once that were changed since they were copied.',
      'その後、同期後に更新されたレコードを一度すべて送り直します。',
    ),
    runAgain,
  ],
});
