import { describe, expect, test } from '@jest/globals';
import { scheduleOf } from '../../src/sync/schedule.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 25);
const run = (minutes: number, failed = false) => ({ start: start + minutes * minute, failed, throttled: false });
const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
const times = (now: number, runs: readonly ReturnType<typeof run>[]) => ({
  now: start + now * minute,
  intervalMs: 15 * minute,
  runs,
});

describe('the schedule of a sync job', () => {
  test('runs that keep their interval, one of them late, leave no gap', () => {
    const fact = scheduleOf(times(70, [run(0), run(15), run(44), run(60)]), []);
    expect(fact.gaps).toEqual([]);
    expect(fact.lastSync).toBe(at(60));
  });

  test('a pause is a gap, and so is a job that came to a stop', () => {
    const fact = scheduleOf(times(300, [run(0), run(15), run(120), run(135)]), []);
    expect(fact.gaps).toEqual([
      { from: at(15), to: at(120) },
      { from: at(135), to: at(300) },
    ]);
  });

  test('a run that failed has synced nothing', () => {
    const fact = scheduleOf(times(60, [run(0), run(15, true), run(30, true), run(45, true)]), []);
    expect(fact.gaps).toEqual([{ from: at(0), to: at(60) }]);
    expect(fact.runs.map(({ failed }) => failed)).toEqual([false, true, true, true]);
  });

  test('a pause ends with the newest record of a file, however late it was saved', () => {
    const saved = times(9000, [run(0), run(15)]);
    expect(scheduleOf(saved, [], { knownUntil: start + 40 * minute }).gaps).toEqual([]);
    expect(scheduleOf(saved, [], { knownUntil: start + 60 * minute }).gaps).toEqual([{ from: at(15), to: at(60) }]);
    // Nothing is newer than the last run: the records do not tell when they were read.
    expect(scheduleOf(saved, [], { knownUntil: start + 10 * minute }).gaps).toEqual([{ from: at(15), to: at(9000) }]);
  });

  test('without an interval or a last run nothing is called late', () => {
    expect(scheduleOf({ now: start, runs: [] }, []).gaps).toEqual([]);
    expect(scheduleOf({ now: start + 9e9, runs: [run(0)] }, []).gaps).toEqual([]);
    expect(scheduleOf(times(1000, []), []).gaps).toEqual([]);
  });

  test('the lag is of records that reached the other side later', () => {
    const pairs = Array.from({ length: 100 }, (_, index) => ({ left: start, right: start + index * 1000 }));
    const fact = scheduleOf({ now: start, runs: [] }, [...pairs, { left: start }, { right: start - 1 }]);
    expect(fact.lagMs).toBe(95_000);
    expect(fact.newest).toEqual({ left: at(0), right: new Date(start + 99_000).toISOString() });
  });
});
