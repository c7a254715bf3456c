import type { Alike } from '../../model/sync/constraint.ts';
import { trimEnd } from '../../reason/values/trim-ends.ts';

/** One text for values that a constraint holds for equal; undefined where one is blank, which is no value and equal to none. */
export const alikeText = (values: readonly string[], alike: readonly Alike[] = []): string | undefined => {
  if (values.some((value) => value === '')) return undefined;
  const parts = values.map((value, at) => {
    const kept = alike[at]?.blanks ? trimEnd(value, ' ') : value;
    return alike[at]?.case ? kept.toLowerCase() : kept;
  });
  return parts.length === 1 ? parts[0] : parts.join('\u0000');
};
