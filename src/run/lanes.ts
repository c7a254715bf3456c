/** What is to be done, and which places it needs, each of them as often as it stands there. */
export interface Errand<Item> {
  readonly item: Item;
  readonly places: readonly string[];
}

interface Lane<Item> {
  readonly places: readonly string[];
  readonly waiting: Item[];
  next: number;
}

/**
 * Does each errand once: as many side by side as every place allows, and never more than `most`. Errands to the same places
 * are done in their order; a place that is slow keeps nobody waiting who does not need it.
 */
export const inLanes = async <Item>(
  errands: readonly Errand<Item>[],
  { perPlace, most }: { readonly perPlace: number; readonly most: number },
  act: (item: Item) => Promise<void>,
): Promise<void> => {
  const lanes = new Map<string, Lane<Item>>();
  for (const { item, places } of errands) {
    const key = places.join('\n');
    const lane = lanes.get(key) ?? { places, waiting: [], next: 0 };
    lane.waiting.push(item);
    lanes.set(key, lane);
  }
  const taken = new Map<string, number>();
  const count = (places: readonly string[], by: 1 | -1): void => {
    for (const place of places) taken.set(place, (taken.get(place) ?? 0) + by);
  };
  const needs = (places: readonly string[], place: string): number => places.filter((one) => one === place).length;
  // Who needs more than there is goes alone.
  const isFree = ({ places }: Lane<Item>): boolean =>
    places.every((place) => {
      const now = taken.get(place) ?? 0;
      return now === 0 || now + needs(places, place) <= perPlace;
    });
  let open = [...lanes.values()];
  let running = 0;
  await new Promise<void>((resolve, reject) => {
    let failed = false;
    const go = (): void => {
      if (failed) return;
      for (let moved = true; moved && running < most; ) {
        moved = false;
        for (const lane of open) {
          if (running >= most || lane.next >= lane.waiting.length || !isFree(lane)) continue;
          const item = lane.waiting[lane.next];
          lane.next += 1;
          if (item === undefined) continue;
          moved = true;
          running += 1;
          count(lane.places, 1);
          act(item).then(
            () => {
              running -= 1;
              count(lane.places, -1);
              go();
            },
            (error: unknown) => {
              failed = true;
              reject(error);
            },
          );
        }
      }
      open = open.filter(({ next, waiting }) => next < waiting.length);
      if (running === 0 && open.length === 0) resolve();
    };
    go();
  });
};
