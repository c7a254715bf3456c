import type { ColumnType } from '../../model/sync/column.ts';
import { canonicalUnder } from '../../reason/values/normal-rules.ts';
import type { Canonical } from './record.ts';

/** Forms that every rule leaves as they are, or of which only the hyphens go. */
const plain: Partial<Record<ColumnType, RegExp>> = {
  email: /^[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,200}$/,
  phone: /^0\d{1,4}-?\d{1,4}-?\d{3,4}$/,
};

/** Few: a value may be a slice of a whole page of its source, and hold all of that. */
const mostKept = 2_000;

/** The rules of the comparison one after another, with what was lately asked kept: companies, places and names come again and again. */
export const canonicalOfRun = (): Canonical => {
  const byType = new Map<
    ColumnType,
    { readonly of: (value: string) => string; readonly kept: Map<string, string>; readonly plain?: RegExp }
  >();
  return (type, value) => {
    let known = byType.get(type);
    if (!known) {
      const pattern = plain[type];
      known = { of: canonicalUnder(type), kept: new Map(), ...(pattern ? { plain: pattern } : {}) };
      byType.set(type, known);
    }
    if (known.plain?.test(value)) return type === 'phone' ? value.replaceAll('-', '') : value;
    const before = known.kept.get(value);
    if (before !== undefined) return before;
    const found = known.of(value);
    if (known.kept.size >= mostKept) known.kept.clear();
    known.kept.set(value, found);
    return found;
  };
};
