import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../../checks/all-sync-causes.ts';
import { contacts, explainedBy, seeded, withHonestEdits } from '../../sync/support/view.ts';

const rows = contacts(3000, 5);

describe('the causes of differences between records', () => {
  test('have an id of their own, and both languages', () => {
    const ids = allSyncCauses.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, about } of allSyncCauses) {
      expect(id).toMatch(/^sync\.[a-z0-9]+(?:-[a-z0-9]+)*$/);
      for (const text of [title, about]) {
        expect(text.en).not.toBe('');
        expect(text.ja).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      }
    }
  });

  test('that are named as deeper ones exist', () => {
    const ids = new Set(allSyncCauses.map(({ id }) => id));
    for (const { id, unless = [] } of allSyncCauses) {
      for (const deeper of unless) expect([id, deeper, ids.has(deeper)]).toEqual([id, deeper, true]);
    }
  });

  // A false cause is worse than a missed one.
  test.each([
    ['equal sides', rows],
    ['sides with honest edits', withHonestEdits(rows)],
    ['sides with many honest edits', withHonestEdits(rows, 0.2, 23)],
    ['sides with honest edits and random loss', withHonestEdits(rows).filter((_, at) => (at * 7919) % 211 > 0)],
    ['sides with additions by hand', [...withHonestEdits(rows), ...contacts(3030, 5).slice(3000)]],
  ])('name nothing on %s', async (_, right) => {
    const shuffled = right
      .map((row) => ({ row, at: 0 }))
      .map((one, at, all) => ({ ...one, at: seeded(at + all.length)() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ row }) => row);
    const found = await explainedBy(allSyncCauses, rows, shuffled);
    expect(found.map(({ cause, share, detail }) => [cause, share.n, detail])).toEqual([]);
  });
});
