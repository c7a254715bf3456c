import { zoneOffset } from '../../reason/zone-offsets.ts';

const minute = 60_000;

/** What a clock on the wall of the zone shows, in milliseconds since 1970 as if it stood in UTC. */
export const wallOf = (at: number, zone: string): number => at + zoneOffset(zone, at) * minute;

/**
 * The moments at which the wall shows a time: none where the clocks are put forward over it, two where they are put back.
 * No zone changes its clocks twice within a day.
 */
const momentsOf = (wall: number, zone: string): readonly number[] => {
  const offsets = new Set([wall - 86_400_000, wall + 86_400_000].map((near) => zoneOffset(zone, near)));
  return [...offsets]
    .map((offset) => wall - offset * minute)
    .filter((at) => wallOf(at, zone) === wall)
    .toSorted((one, other) => one - other);
};

/** The first moment at which the wall shows this time or, where it is skipped, a later one. */
export const firstMoment = (wall: number, zone: string): number => {
  const [first] = momentsOf(wall, zone);
  return first ?? changeAt(wall, zone);
};

/** The last moment at which the wall shows this time or, where it is skipped, the moment of the change. */
export const lastMoment = (wall: number, zone: string): number => momentsOf(wall, zone).at(-1) ?? changeAt(wall, zone);

/** When the clocks are put forward over a time; the change stands on a whole minute. */
const changeAt = (wall: number, zone: string): number => {
  let [before, after] = [wall - 2 * 86_400_000, wall + 2 * 86_400_000];
  while (after - before > minute) {
    const middle = Math.floor((before + after) / (2 * minute)) * minute;
    if (wallOf(middle, zone) < wall) before = middle;
    else after = middle;
  }
  return after;
};
