import type { ComparisonFact } from '../../src/model/sync/comparison.ts';

/** Whether most of the pairs are different records under one key, so that the other records can be held against none. */
export const joinsStrangers = ({ explained, counts }: Pick<ComparisonFact, 'explained' | 'counts'>): boolean =>
  explained.some(
    ({ cause, proof }) =>
      cause === 'sync.key-collision' && proof.kind === 'transform' && proof.rowsNowEqual > 0.5 * counts.matched,
  );
