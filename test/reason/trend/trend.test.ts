import { describe, expect, test } from '@jest/globals';
import type { Point } from '../../../src/model/measure.ts';
import { arrivalOf, fitOf, leastSpanMs, rateOf } from '../../../src/reason/trend/fit.ts';
import { fewer, slopeOf } from '../../../src/reason/trend/line.ts';
import { sinceRestart } from '../../../src/reason/trend/restart.ts';
import type { Kind } from './series.ts';
import { filling, limit, normal, seeded } from './series.ts';

const dayMs = 86_400_000;

const daily = (values: readonly number[], more: Partial<Point> = { limit }): readonly Point[] =>
  values.map((value, day) => ({ at: day * dayMs, value, ...more }));

const growing = (days: number, from = 100, perDay = 10): readonly number[] =>
  Array.from({ length: days }, (_, day) => from + day * perDay);

const arrivalIn = (points: readonly Point[]) => {
  const fit = fitOf(points);
  return fit && arrivalOf(fit, limit);
};

const plain: Kind = { noise: 3, burst: 0, weekend: false, gaps: 0, wild: 0, cleaned: false };
const kinds: Readonly<Record<string, Kind>> = {
  steady: plain,
  'with noise': { ...plain, noise: 15, gaps: 0.2 },
  'in bursts': { ...plain, noise: 1, burst: 2 },
  'in large bursts': { ...plain, noise: 1, burst: 5, gaps: 0.2 },
  'with quiet weekends': { ...plain, noise: 1, burst: 0.5, weekend: true, gaps: 0.1 },
  'with gaps': { ...plain, noise: 4, burst: 1, weekend: true, gaps: 0.6 },
  'with wild figures': { ...plain, burst: 0.5, weekend: true, gaps: 0.1, wild: 0.05 },
  'after it was cleaned': { ...plain, burst: 0.5, weekend: true, gaps: 0.1, wild: 0.01, cleaned: true },
};

describe('the interval of a forecast', () => {
  const each = 250;
  const measured = Object.entries(kinds).map(([name, kind], index) => {
    const random = seeded(index + 1);
    const told = { name, forecasts: 0, hits: 0, off: [] as number[] };
    for (let made = 0; made < each; ) {
      const series = filling(kind, random);
      if (!series) continue;
      made += 1;
      const arrival = arrivalIn(series.points);
      if (!arrival) continue;
      told.forecasts += 1;
      const last = series.points.at(-1)?.at ?? 0;
      told.off.push(Math.abs(arrival.at - series.fullAt) / (series.fullAt - last));
      if (series.fullAt >= arrival.from && (arrival.to === undefined || series.fullAt <= arrival.to)) told.hits += 1;
    }
    return told;
  });

  test('holds the true day nine times of ten over all series', () => {
    const [hits, forecasts] = (['hits', 'forecasts'] as const).map((key) =>
      measured.reduce((sum, one) => sum + one[key], 0),
    );
    expect(forecasts).toBeGreaterThan(each * 3);
    expect((hits ?? 0) / (forecasts ?? 1)).toBeGreaterThan(0.9);
  });

  test.each(measured)('growth $name: at least 80 of 100', ({ hits, forecasts }) => {
    expect(forecasts).toBeGreaterThan(each / 6);
    expect(hits / forecasts).toBeGreaterThan(0.8);
  });

  test('is of use: where growth is steady it is off by a few days of a hundred', () => {
    const off = measured[0]?.off.toSorted((left, right) => left - right) ?? [];
    expect(off[Math.floor(off.length / 2)]).toBeLessThan(0.03);
  });
});

describe('no forecast', () => {
  const random = seeded(99);
  const many = (value: (day: number) => number) =>
    Array.from({ length: 300 }, (_, n) => {
      const base = 100 + random() * 700;
      return arrivalIn(daily(Array.from({ length: 10 + (n % 80) }, (_, day) => base + value(day))));
    }).filter((one) => one !== undefined).length;

  test('of what stays, only scatters, or swings with the week', () => {
    expect(many(() => 0)).toBe(0);
    expect(many(() => 20 * normal(random))).toBe(0);
    expect(many((day) => 30 * Math.sin((2 * Math.PI * day) / 7))).toBe(0);
  });

  test('of what wanders without a direction, but for a few of a hundred', () => {
    let walk = 0;
    const walked = many((day) => {
      walk = day === 0 ? 0 : walk + 5 * normal(random);
      return walk;
    });
    expect(walked).toBeLessThan(300 * 0.05);
  });

  test('of too few figures, of too short a time, of too few days', () => {
    expect(arrivalIn(daily(growing(7, 100, 40)))).toBeUndefined();
    expect(arrivalIn(daily(growing(8, 100, 40)))).toBeDefined();
    const hourly = growing(80).map((value, hour) => ({ at: (hour * leastSpanMs) / 81, value, limit }));
    expect(arrivalIn(hourly)).toBeUndefined();
    const twoDays = growing(20).map((value, n) => ({ at: (n < 10 ? 0 : 30 * dayMs) + n * 60_000, value, limit }));
    expect(arrivalIn(twoDays)).toBeUndefined();
  });

  test('of what shrinks, of what is full, of what is farther than four times the time that was seen, or a year', () => {
    expect(arrivalIn(daily(growing(20, 900, -10)))).toBeUndefined();
    expect(arrivalIn(daily(growing(20, 900, 10)))).toBeUndefined();
    expect(arrivalIn(daily(growing(10, 100, 20)))).toBeDefined();
    expect(arrivalIn(daily(growing(10, 100, 15)))).toBeUndefined();
    expect(arrivalIn(daily(growing(400, 100, 0.5)))).toBeUndefined();
  });

  test('of nothing, and never a number that is none', () => {
    expect(fitOf([])).toBeUndefined();
    expect(fitOf(daily([1]))).toBeUndefined();
    const same = Array.from({ length: 20 }, () => ({ at: 5, value: 1, limit }));
    expect(fitOf(same)).toBeUndefined();
  });
});

describe('a new beginning', () => {
  test('a mailbox that was cleaned is looked at since then', () => {
    const values = [...growing(30), ...growing(10, 50, 20)];
    expect(sinceRestart(daily(values))).toHaveLength(10);
    const fit = fitOf(daily(values));
    expect(fit?.since).toBe(30 * dayMs);
    expect((fit?.slope ?? 0) * dayMs).toBeCloseTo(20);
  });

  test('cleaned again and again, the last time counts', () => {
    const values = [...growing(20), ...growing(20), ...growing(12, 40, 5)];
    expect(sinceRestart(daily(values))).toHaveLength(12);
  });

  test('just cleaned: nobody knows yet how fast it fills', () => {
    expect(arrivalIn(daily([...growing(40), 60]))).toBeUndefined();
    expect(arrivalIn(daily([...growing(40), ...growing(4, 60)]))).toBeUndefined();
  });

  test('a server that was replaced is another level, also upwards', () => {
    const values = [...growing(20, 30, 0.1), ...growing(10, 300, 0.1)];
    expect(sinceRestart(daily(values, {}))).toHaveLength(10);
  });

  test('a single wild figure is none, and neither is a staircase nor a gap', () => {
    const wild = growing(30).map((value, day) => (day === 12 ? 3 : day === 20 ? 900 : value));
    expect(sinceRestart(daily(wild))).toHaveLength(30);
    const stairs = growing(40).map((_, day) => 100 + Math.floor(day / 7) * 60);
    expect(sinceRestart(daily(stairs))).toHaveLength(40);
    const gap = daily(growing(40)).filter((_, day) => day < 8 || day > 31);
    expect(sinceRestart(gap)).toHaveLength(gap.length);
  });

  test('a limit that was raised moves the day, not the rate', () => {
    const before = arrivalIn(daily(growing(60)));
    const fit = fitOf(daily(growing(60)));
    const after = fit && arrivalOf(fit, 2 * limit);
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBeCloseTo((limit / 10) * dayMs, -6);
  });
});

describe('the line', () => {
  test('a third of wild points does not move it', () => {
    const values = growing(30).map((value, day) => (day % 4 === 1 ? value * 5 : value));
    expect(slopeOf(daily(values)) * dayMs).toBeGreaterThan(9);
    expect(slopeOf(daily(values)) * dayMs).toBeLessThan(13);
  });

  test('its rate has bounds that hold it, and many points are put together', () => {
    const fit = fitOf(daily(growing(500, 10, 1)));
    if (!fit) throw new Error('no fit');
    const { low, high } = rateOf(fit);
    expect(low).toBeLessThanOrEqual(fit.slope);
    expect(high).toBeGreaterThanOrEqual(fit.slope);
    expect(fewer(daily(growing(5000)))).toHaveLength(60);
    expect(fewer(daily(growing(5000))).at(-1)).toEqual({ at: 4999 * dayMs, value: 50_090, limit });
  });
});
