import type { ColumnRole } from '../model/sync/column.ts';
import type { Side } from '../model/sync/side.ts';
import type { SeenRow } from '../model/sync/view.ts';
import type { Address, Joined } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';

/** Of how many rows on one side ranks are needed at most; beyond it nobody is wiser. */
const mostRanked = 120_000;

type Order = 'key' | 'updated' | 'created';

/** The orders of a side that there are, with the compared column of each. */
export const ordersOf = ({ columns }: ColumnMapping): readonly { readonly order: Order; readonly at: number }[] => {
  const keys = columns.filter(({ key }) => key);
  const ofRole = (role: ColumnRole) => columns.find((one) => one.role === role)?.at;
  const all: readonly { readonly order: Order; readonly at: number | undefined }[] = [
    // A key of several columns has no order of its own.
    { order: 'key', at: keys.length === 1 ? keys[0]?.at : undefined },
    { order: 'updated', at: ofRole('updated-at') },
    { order: 'created', at: ofRole('created-at') },
  ];
  return all.flatMap(({ order, at }) => (at === undefined ? [] : [{ order, at }]));
};

/** The places of one record. */
export type Ranked = Pick<SeenRow, 'ranks' | 'tie'>;

export const unranked: Ranked = { ranks: {} };

/** Exact places of these records among all of their side, in every order that there is. One pass over the side. */
export const ranksOf = async (
  joined: Joined,
  { positions, ...mapping }: ColumnMapping,
  side: Side,
  addresses: readonly Address[],
): Promise<readonly Ranked[]> => {
  const orders = ordersOf({ positions, ...mapping }).flatMap(({ order, at }) => {
    const position = positions[side][at];
    return position === undefined ? [] : [{ order, position }];
  });
  const asked = addresses.slice(0, mostRanked);
  const places = await joined.places(
    side,
    asked,
    orders.map(({ position }) => position),
  );
  return asked.map((_, index): Ranked => {
    const file = places.file[index] ?? -1;
    const ranks: Partial<Record<'file' | Order, number>> = file < 0 ? {} : { file };
    let tie: number | undefined;
    for (const [which, { order }] of orders.entries()) {
      const place = places.orders[which];
      if (!place) continue;
      ranks[order] = place.rank[index] ?? 0;
      if (order === 'updated') tie = place.tie[index];
    }
    return { ranks, ...(tie === undefined ? {} : { tie }) };
  });
};
