import type { Seen } from '../../src/model/cause.ts';
import type { ClockFact, ClockReading } from '../../src/model/clock-facts.ts';
import { both } from '../auth/words.ts';
import { mailClock, skewMs } from '../mail/clock.check.ts';
import { apartText } from './words.ts';

/** Clocks that run right differ by less than this from one another. */
const togetherMs = 90_000;

const halfHourMs = 1_800_000;

/** The furthest that zones are apart from one another, half a day and some. */
const zoneMs = 14 * 3_600_000;

export const isFar = ({ offsetMs }: ClockReading): boolean => Math.abs(offsetMs) > skewMs;

/** Off by whole or half hours with the right minutes: the time is right, its zone is not. */
export const isZone = (offsetMs: number): boolean => {
  const rest = Math.abs(offsetMs) % halfHourMs;
  const size = Math.abs(offsetMs);
  return size >= halfHourMs - togetherMs && size <= zoneMs && Math.min(rest, halfHourMs - rest) <= togetherMs;
};

const together = (readings: readonly ClockReading[], offsetMs: number): readonly ClockReading[] =>
  readings.filter((reading) => Math.abs(reading.offsetMs - offsetMs) <= togetherMs);

/**
 * How many machines tell it that are surely not one: greetings are told apart by address and lines of a message by
 * domain, but a server that greets may well be the one that wrote the line.
 */
const machines = (readings: readonly ClockReading[]): number => {
  const count = (from: ClockReading['from']) =>
    new Set(readings.filter((reading) => reading.from === from).map(({ machine }) => machine)).size;
  return Math.max(count('greeting'), count('received'));
};

/** Certificates that this offset would make good, by the authorities that issued them. */
export const boundsMet = ({ at, bounds }: ClockFact, offsetMs: number): ClockFact['bounds'] => {
  const there = Date.parse(at) + offsetMs;
  return bounds.filter(({ kind, date }) =>
    kind === 'not-yet-valid' ? there >= Date.parse(date) : there <= Date.parse(date),
  );
};

/** What independent sources agree on against this machine: its own clock is off. */
export const ourOffset = (
  fact: ClockFact,
): { readonly offsetMs: number; readonly by: readonly ClockReading[] } | undefined => {
  for (const reading of fact.readings.filter(isFar)) {
    const by = together(fact.readings, reading.offsetMs);
    const authorities = new Set(boundsMet(fact, reading.offsetMs).map(({ issuer }) => issuer)).size;
    if (machines(by) + Math.min(1, authorities) >= 2 && by.length === fact.readings.length) {
      return { offsetMs: reading.offsetMs, by };
    }
  }
  return undefined;
};

/** Readings of one host that differ from this machine and from another machine that agrees with it. */
export const theirOffsets = (fact: ClockFact): readonly ClockReading[] => {
  const right = fact.readings.filter((reading) => !isFar(reading));
  return fact.readings.filter(
    (reading) =>
      isFar(reading) && right.some((other) => other.machine !== reading.machine && other.host !== reading.host),
  );
};

export const seenReading = (reading: ClockReading): Seen => {
  const apart = apartText(reading.offsetMs);
  const [told, here] = [reading.told.slice(0, 19), reading.here.slice(0, 19)];
  return {
    check: mailClock,
    says: both(
      `${reading.host} says ${told}Z, this machine ${here}Z: ${apart.en} it`,
      `${reading.host} の時刻は ${told}Z、このマシンは ${here}Z（${reading.host} のほうが${apart.ja}）`,
    ),
  };
};
