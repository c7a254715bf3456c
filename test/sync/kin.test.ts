import { describe, expect, test } from '@jest/globals';
import { duplicateOnRetry } from '../../checks/sync/duplicate-on-retry.cause.ts';
import { duplicatePerson } from '../../checks/sync/duplicate-person.cause.ts';
import { mergeLoserKept } from '../../checks/sync/merge-loser-kept.cause.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { diagnose } from '../../src/sync/diagnose/diagnose.ts';
import { kinOf } from '../../src/sync/kin.ts';
import { mapColumns } from '../../src/sync/mapping/map-columns.ts';
import { joinInMemory } from './support/in-memory.ts';
import { type Contact, contacts, seeded, viewOf } from './support/view.ts';

const rows = contacts(3000);
const some = (count: number, seed: number): readonly Contact[] => {
  const random = seeded(seed);
  return rows
    .map((row) => ({ row, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ row }) => row);
};
const later = (row: Contact, ms: number): string => new Date(Date.parse(row.created_at ?? '') + ms).toISOString();

/** The view of a sample of the present records, as it is without their kin and with it. */
const sampledViews = async (left: readonly Contact[], right: readonly Contact[]) => {
  const whole = viewOf(left, right);
  const sampled: ComparisonView = { ...whole, present: whole.present.filter((_, at) => at % 10 === 0) };
  const sideOf = (list: readonly Contact[]) => ({
    columns: Object.keys(list[0] ?? {}).map((name) => ({ name })),
    sample: [],
  });
  const key = { left: ['id'], right: ['id'], rules: [] };
  const mapping = mapColumns(sideOf(left), sideOf(right), { key, ignore: [] });
  const joined = await joinInMemory(left, right)(mapping);
  const present = joined.present.filter((_, at) => at % 10 === 0);
  const kin = await kinOf(joined, mapping, sampled, {
    left: [...joined.missing, ...present.map((pair) => pair.left)],
    right: [...joined.extra, ...present.map((pair) => pair.right)],
  });
  return { sampled, kin, view: kin ? { ...sampled, kin } : sampled };
};

const found = async (view: ComparisonView) =>
  (await diagnose(view, [duplicateOnRetry, duplicatePerson, mergeLoserKept], (text) => text)).explained.map(
    ({ cause, share: { n, of } }) => ({ cause, n, of }),
  );

describe('records that belong together, of which the sample holds one', () => {
  test('a request that was sent twice', async () => {
    const again = some(200, 3).map((row, at) => ({ ...row, id: `R${at}`, created_at: later(row, 9000) }));
    const { sampled, view } = await sampledViews(rows, [...rows, ...again]);
    expect(await found(view)).toEqual([{ cause: 'sync.duplicate-on-retry', n: 200, of: 200 }]);
    expect((await found(sampled))[0]?.n ?? 0).toBeLessThan(60);
  });

  test('a person that was entered again', async () => {
    const again = some(200, 4).map((row, at) => ({
      ...row,
      id: `R${at}`,
      name: (row.name ?? '').replace(/\s/g, ''),
      created_at: later(row, 90 * 86_400_000),
    }));
    const { view } = await sampledViews(rows, [...rows, ...again]);
    expect(await found(view)).toEqual([{ cause: 'sync.duplicate-person', n: 200, of: 200 }]);
  });

  test('of so few that the sample would hold hardly one of their other halves', async () => {
    const again = some(300, 6)
      .filter((row) => rows.indexOf(row) % 10 !== 0)
      .slice(0, 25)
      .map((row, at) => ({ ...row, id: `R${at}`, created_at: later(row, 9000) }));
    const { view } = await sampledViews(rows, [...rows, ...again]);
    expect(await found(view)).toEqual([{ cause: 'sync.duplicate-on-retry', n: 25, of: 25 }]);
  });

  test('nothing is looked for where the samples share nothing, and persons that occur twice everywhere are no fault', async () => {
    const other = contacts(3300).slice(3000);
    const apart = await sampledViews(rows, [...rows, ...other]);
    expect(apart.kin).toBeUndefined();
    // Every third stands twice on both sides, under keys of their own; the extra ones do so as often.
    const twice = rows.flatMap((row, at) => (at % 3 === 0 ? [row, { ...row, id: `T${at}` }] : [row]));
    const lost = new Set(some(600, 5));
    const usual = await sampledViews(
      twice.filter((row) => !lost.has(row)),
      twice,
    );
    expect(usual.kin?.right.length).toBeGreaterThan(50);
    expect((await found(usual.view)).filter(({ cause }) => cause !== 'sync.duplicate-on-retry')).toEqual([]);
  });
});
