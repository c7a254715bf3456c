import type { ComparisonFact } from '../../src/model/sync/comparison.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { numberOf } from './value-words.ts';

/** `all 1,500 records`, `1,498 of 1,500 records`, and that only some were looked at where that is so. */
export const recordsText = (n: unknown, of: unknown, { counts }: ComparisonFact): Text => {
  const [some, all] = [numberOf(n), numberOf(of)];
  const part = all < counts.matched;
  return {
    en: `${some === all ? `all ${grouped(all)}` : `${grouped(some)} of ${grouped(all)}`} records${part ? ' that were looked at' : ''}`,
    ja: `${part ? '調べた' : ''}レコード ${some === all ? `全 ${grouped(all)} 件` : `${grouped(all)} 件中 ${grouped(some)} 件`}`,
  };
};
