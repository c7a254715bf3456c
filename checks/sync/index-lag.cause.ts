import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type RowsHypothesis, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { opposite } from '../../src/model/sync/side.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { bornRole, inWords, timeOf } from '../../src/reason/rows/moments.ts';
import { both } from '../auth/words.ts';

/** The side that was searched and did not have the records yet. */
interface Lagging extends Readonly<Record<string, unknown>> {
  readonly side: 'left' | 'right';
  /** The oldest of them were made at this time, and the side was read at that. Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Search indexes of CRMs are behind by seconds or minutes. */
const longest = 15 * 60_000;
const ownIds = /^(?:id|hs_object_id|record[_ ]?id|[a-z]+id)$/i;

/** The CRM gave the key out itself: a record with it exists there, whether a search finds it or not. */
const givesOutKey = ({ config }: ComparisonView, side: 'left' | 'right'): boolean => {
  const [name, ...more] = config.key[side];
  return config[side].kind === 'crm' && name !== undefined && more.length === 0 && ownIds.test(name);
};

const justMade = (population: 'missing' | 'extra'): RowsHypothesis => {
  const side = population === 'missing' ? 'right' : 'left';
  const other = opposite(side);
  return rowsHypothesis<Lagging>({
    effect: 'expected',
    population,
    propose: (view) => {
      const role = bornRole(view);
      const to = (side === 'left' ? view.times.leftAt : view.times.rightAt) ?? view.times.now;
      if (role !== 'created-at' || !givesOutKey(view, side)) return [];
      const [low, high] = [to - longest, to];
      const times = view[population].flatMap((row) => {
        const time = timeOf(view, row, role, other);
        return time !== undefined && time > low && time <= high ? [time] : [];
      });
      const from = times.reduce((least, time) => Math.min(least, time), high);
      return times.length === 0 ? [] : [{ params: { side, from, to } }];
    },
    holds: (row, { from, to }, view) => {
      const time = timeOf(view, row, 'created-at', other);
      return time !== undefined && time >= from && time <= to;
    },
  });
};

export const indexLag = defineSyncCause({
  id: 'sync.index-lag',
  title: both('The CRM does not find its newest records yet', 'CRM の検索に最新のレコードがまだ現れていません'),
  about: both(
    'Search interfaces of CRMs answer from an index that is seconds or minutes behind the records themselves. A record that was just created is found by its id and not yet by a search. It is not missing, it was asked for too early.',
    'CRM の検索 API は、実際のレコードより数秒から数分遅れて更新される索引から結果を返します。作成直後のレコードは ID では取得できても、検索にはまだ現れません。欠けているのではなく、確認が早すぎただけです。',
  ),
  owner: 'crm-admin',
  hypotheses: [justMade('extra'), justMade('missing')],
  because: ({ main: { detail }, fact, share }) => {
    const name = detail.side === 'left' ? fact.left.name : fact.right.name;
    return both(
      `${share.en} records that ${name} did not return were created between ${inWords(detail.from)} and the reading at ${inWords(detail.to)} (UTC), and have an id that ${name} itself gave out: they exist there, its search does not show them yet.`,
      `${name} から返されなかったレコード ${share.ja}は、${inWords(detail.from)} から取得時刻 ${inWords(detail.to)}（UTC）までの間に作成され、${name} 自身が発行した ID を持っています。レコードは存在し、検索にまだ現れていないだけです。`,
    );
  },
  steps: ({ main: { detail } }) => [
    both(
      'Nothing needs to be repaired: compare again in a quarter of an hour, and these records are found.',
      '修正は不要です。15 分ほど後に比べ直し、これらのレコードが見つかることを確認します。',
    ),
    both(
      'Let the sync read a record that it has just written by its id, and let "search, then create" use an upsert by a unique property: a search that comes too early makes duplicates.',
      '書き込んだ直後のレコードは ID で取得するようにします。「検索して、なければ作成」の処理は、一意の項目による upsert に変えます。検索が早すぎると重複が作られるためです。',
    ),
    both(
      `Where whole comparisons are made on a schedule, leave out records that are newer than a quarter of an hour (here: after ${inWords(detail.from)} UTC).`,
      `定期的に全件を比較する場合は、15 分以内に作成されたレコード（今回は ${inWords(detail.from)} UTC 以降）を除きます。`,
    ),
  ],
});
