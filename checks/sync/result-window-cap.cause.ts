import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { type InOrder, rankIn, rowsIn, variantsOf } from '../../src/reason/rows/as-read.ts';
import { type Order, orderIn, orders, presentUpTo } from '../../src/reason/rows/positions.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

/** Limits on the results of one query that APIs document: SOQL OFFSET 2,000, HubSpot search 10,000, Salesforce query locator 50,000 … */
const caps = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

interface Cap extends Readonly<Record<string, unknown>> {
  readonly order: Order;
  readonly asRead: boolean;
  readonly cap: number;
  readonly end: 'first' | 'last';
  /** How many places of the left side the result reaches over: more than the cap where others came or were left out among them. */
  readonly reach: number;
  /** A condition left out those others; or else they were updated since. */
  readonly filtered: boolean;
}

/** A cap that what is there ends at, if it ends at one. */
const capAt = (view: ComparisonView, inOrder: InOrder, end: Cap['end']): Cap | undefined => {
  const rows = rowsIn(view, inOrder);
  const { kept, there, slack } = presentUpTo(view, inOrder, end);
  const { matched } = view.counts;
  for (const cap of caps) {
    const found = { ...inOrder, cap, end };
    // Records that are missing among them may have come to their place later.
    const alike = there <= cap && kept >= cap - slack && kept - there <= 0.02 * cap + slack;
    // Others among them lack for reasons of their own: the last one stands at the cap itself.
    const mixed = kept <= cap && kept >= cap - slack && there >= 0.5 * kept;
    // Those that came since have pushed the last ones beyond it.
    if (cap < rows && (alike || mixed)) return { ...found, reach: alike ? Math.max(cap, kept) : cap, filtered: false };
    // The condition came first: exactly so many of what meets it are there, and they reach farther.
    const counted = matched <= cap && matched >= cap - Math.max(3, 0.001 * cap);
    if (counted && kept > cap && kept < rows && there >= 0.5 * kept && there >= matched - slack)
      return { ...found, reach: kept, filtered: true };
  }
  return undefined;
};

export const resultWindowCap = defineSyncCause({
  id: 'sync.result-window-cap',
  title: {
    en: 'Nothing comes after the largest result that a query may have',
    ja: '検索結果の上限件数より後のレコードが取得されていません',
  },
  about: {
    en: 'Many APIs return at most a fixed number of records for one query (2,000 by OFFSET in Salesforce, 10,000 in a HubSpot search) and then simply end. A job that takes the end of the list for the end of the data never sees the rest.',
    ja: '多くの API は 1 回の検索で返す件数に上限があり（Salesforce の OFFSET は 2,000 件、HubSpot の検索は 10,000 件など）、上限に達するとそこで終わります。ジョブがそれを全データの終わりとみなすと、残りのレコードは取得されません。',
  },
  owner: 'crm-admin',
  hypotheses: [
    rowsHypothesis<Cap>({
      effect: 'wrong',
      population: 'missing',
      // Records that were updated since have taken places before it.
      presentAtMost: 0.005,
      propose: (view) =>
        orders.flatMap((order) =>
          variantsOf(view, order).flatMap(({ asRead }) =>
            (['first', 'last'] as const).flatMap((end) => {
              const params = capAt(view, { order, asRead }, end);
              return params ? [{ params }] : [];
            }),
          ),
        ),
      holds: (row, { reach, end, ...inOrder }, view) => {
        const rank = rankIn(view, row, inOrder);
        if (rank === undefined) return false;
        return end === 'first' ? rank >= reach : rank < rowsIn(view, inOrder) - reach;
      },
    }),
  ],
  because: ({ main: { detail }, share, fact }) => {
    const [cap, order, newest] = [numberIn(detail.cap), orderIn(detail), detail.end === 'last'];
    const since = Number(detail.reach) - Number(detail.cap);
    if (detail.filtered === true) {
      const matched = numberIn(fact.counts.matched);
      return {
        en: `Of the missing records, ${share.en} come after the last that is there, counted from the ${newest ? 'newest' : 'first'} in the order of ${order.en}. ${matched} are there up to it: ${cap} is a limit of results for one query.`,
        ja: `不足レコード ${share.ja}は、${order.ja}順で${newest ? '新しい方から' : '先頭から'}数えて、連携先にある最後のレコードより後にあります。そこまでに連携されたのは ${matched} 件で、${cap} 件は 1 回の検索で取得できる上限です。`,
      };
    }
    const among =
      since > 0
        ? {
            en: ` (${numberIn(since)} more stand among them now, which came to their place since)`,
            ja: `（その後に加わった ${numberIn(since)} 件を除く）`,
          }
        : { en: '', ja: '' };
    return {
      en: `Of the missing records, ${share.en} come after the ${newest ? 'newest' : 'first'} ${cap} in the order of ${order.en}${among.en}, and none after that is present. ${cap} is a limit of results for one query.`,
      ja: `不足レコード ${share.ja}は、${order.ja}順で${newest ? '新しい方から' : '先頭から'} ${cap} 件${among.ja}より後にあり、それより後のレコードは 1 件も連携先にありません。${cap} 件は 1 回の検索で取得できる上限です。`,
    };
  },
  steps: ({ main: { detail } }) => [
    {
      en: `Split the query so that no part has more than ${numberIn(detail.cap)} results: by ranges of the id or of the creation time, each starting after the last record of the one before.`,
      ja: `1 回の結果が ${numberIn(detail.cap)} 件を超えないよう、ID や作成日時の範囲で検索を分割し、前回の最後のレコードより後から取得します。`,
    },
    {
      en: 'Or use the export or bulk interface of the CRM, which has no such limit.',
      ja: '上限のないエクスポート API（Bulk API など）を使う方法もあります。',
    },
    {
      en: 'Let the job fail when a query returns exactly its limit.',
      ja: '結果がちょうど上限件数だった場合は、ジョブをエラーにします。',
    },
  ],
});
