import type { Point } from '../../../src/model/measure.ts';

const hourMs = 3_600_000;

/** mulberry32: the same numbers on every machine. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Of mean 0 and deviation 1. */
export const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** How a mailbox of the limit 1000 fills, and how it is looked at. */
export interface Kind {
  /** Deviation of a single figure. */
  readonly noise: number;
  /** Mail comes in bursts of so many days' growth; 0: evenly. */
  readonly burst: number;
  readonly weekend: boolean;
  /** Share of looks that were left out. */
  readonly gaps: number;
  /** Share of figures that are far off. */
  readonly wild: number;
  /** The mailbox is cleaned somewhere in the first half. */
  readonly cleaned: boolean;
}

export const limit = 1000;

/** Figures up to a moment at which the limit is not reached, and when it is; nothing where that does not come about. */
export const filling = (
  kind: Kind,
  random: () => number,
): { readonly points: readonly Point[]; readonly fullAt: number } | undefined => {
  const hours = 24 * (10 + Math.floor(random() * 80));
  const rate = 1 + random() * 12;
  const every = [24, 24, 12, 6, 2][Math.floor(random() * 5)] ?? 24;
  const cleanedAt = kind.cleaned ? Math.floor(hours * (0.2 + 0.3 * random())) : -1;
  const points: Point[] = [];
  let value = 50 + random() * 300;
  for (let hour = 0; hour < 2000 * 24; hour += 1) {
    const pace = kind.weekend ? (Math.floor(hour / 24) % 7 < 5 ? 1.35 : 0.125) : 1;
    const burst = random() < 1 / (24 * kind.burst) ? rate * kind.burst * -Math.log(1 - random()) : 0;
    if (hour === cleanedAt) value = Math.max(10, value * (0.1 + 0.3 * random()));
    value += (kind.burst === 0 ? rate / 24 : burst) * pace;
    if (value >= limit) return hour < hours ? undefined : { points, fullAt: hour * hourMs };
    const isLast = hour === hours - 1;
    if (hour >= hours || (!isLast && (hour % every !== 0 || random() < kind.gaps))) continue;
    const seen = value + kind.noise * normal(random);
    const far = random() < kind.wild ? (random() < 0.5 ? 0.2 : 2) : 1;
    points.push({ at: hour * hourMs, value: Math.max(0, seen * far), limit });
  }
  return undefined;
};
