import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { OpenedSource, RowBatch } from '../../../src/model/sync/source.ts';
import { proposeSync } from '../../../src/sync/propose/propose.ts';
import { sideToLookAt } from '../../../src/sync/propose/side-to-look-at.ts';
import { sourceOf } from '../support/in-memory.ts';
import { seeded } from '../support/view.ts';

const directory = mkdtempSync(join(tmpdir(), 'large-side-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const { signal } = new AbortController();

const random = seeded(31);
const all = Array.from({ length: 12_000 }, (_, at) => ({
  id: `K-${String(100_000 + at)}`,
  city: `town ${Math.floor(random() * 40)}`,
  points: String(Math.floor(random() * 5_000)),
}));
const some = all.filter((_, at) => at % 400 === 7).map((row) => ({ ...row, id: row.id.toLowerCase() }));

const propose = async (left: OpenedSource, right: OpenedSource) => {
  const lookAt = (source: OpenedSource) => sideToLookAt(source, async () => directory, signal);
  return proposeSync(await lookAt(left), await lookAt(right), signal);
};

test('of a side of thirty records beside one of thousands every key is found, on either side', async () => {
  const [large, small] = [sourceOf('large', all), sourceOf('small', some)];
  for (const sides of [[large, small] as const, [small, large] as const]) {
    const { key, rows } = await propose(...sides);
    expect(key).toMatchObject({ left: ['id'], right: ['id'], rules: ['lower'], unlike: { n: 30, of: 30 } });
    expect(key?.evidence[0]?.en).toBe('30 of 30 keys are on both sides (the other side has 12,000)');
    expect(Object.values(rows).map(({ looked }) => looked)).toEqual(sides.map((one) => one.facts.rows?.count));
    expect(Object.values(rows).every(({ whole }) => whole)).toBe(true);
  }
});

test('where a large side ends in the middle it is told, and so is of how many records a key is unique', async () => {
  const whole = sourceOf('large', all);
  const broken = {
    ...whole,
    rows: async function* (stop: AbortSignal): AsyncGenerator<RowBatch> {
      yield* whole.rows(stop);
      yield { kind: 'failed', failure: { kind: 'interrupted', what: 'large', says: 'gone', after: 12_000 } };
    },
  };
  const proposal = await propose(broken, sourceOf('small', some));
  expect(proposal.rows.left).toEqual({ looked: 12_000, whole: false });
  expect(proposal.failures).toMatchObject([{ side: 'left', failure: { kind: 'interrupted' } }]);
  expect(proposal.key?.evidence[1]).toEqual({
    en: 'unique in the first 12,000 records on the left and in all 30 records on the right',
    ja: '左側は先頭 12,000 件、右側は全 30 件で一意です',
  });
});
