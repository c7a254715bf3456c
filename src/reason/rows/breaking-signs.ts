import { spread } from '../../model/spread.ts';
import type { ComparisonView } from '../../model/sync/view.ts';
import { hasCharacter } from '../encoding/bytes.ts';

/** Characters at which what carries or writes a record often breaks. */
const signs = {
  'line-break': /[\r\n]/,
  tab: /\t/,
  apostrophe: /'/,
  quote: /"/,
  comma: /,/,
  markup: /[<&]/,
  backslash: /\\/,
  'four-byte': /[\u{10000}-\u{10FFFF}]/u,
} as const;

/** A kind of such characters; `outside-cp932`: those that Shift_JIS of Windows does not have. */
export type BreakingSign = keyof typeof signs | 'outside-cp932';

const longest = 20_000;

const isOutside = (value: string): boolean => {
  for (const character of value) if (character > '~' && !hasCharacter(character, 'cp932', 'somehow')) return true;
  return false;
};

export const hasSign = (value: string, sign: BreakingSign): boolean => {
  if (value === '' || value.length > longest) return false;
  return sign === 'outside-cp932' ? isOutside(value) : signs[sign].test(value);
};

// What is outside of CP932 may be so by its four bytes: the narrower kind comes first.
const kinds: readonly BreakingSign[] = [
  'line-break',
  'tab',
  'apostrophe',
  'quote',
  'comma',
  'markup',
  'backslash',
  'four-byte',
  'outside-cp932',
];

const fewest = 20;
/** Of the missing records; of fewer, the sign may belong to a kind of records that lacks for another reason. */
const leastShare = 0.3;
const mostCopied = 0.002;

/** A column and a kind of characters in it that hardly any copied record has. */
export interface Breaking {
  readonly [name: string]: unknown;
  readonly column: number;
  readonly name: string;
  readonly sign: BreakingSign;
}

const countOf = (values: readonly string[], sign: BreakingSign): number => {
  let n = 0;
  for (const value of values) if (hasSign(value, sign)) n += 1;
  return n;
};

/** Of so many values, evenly from all of them, half of the share that is asked for at least: most signs are met in hardly one. */
const looked = 400;
const mayBe = (values: readonly string[], sign: BreakingSign): boolean =>
  countOf(spread(values, looked), sign) >= (leastShare / 2) * Math.min(looked, values.length);

export const breakingSigns = ({ columns, missing, present }: ComparisonView): readonly Breaking[] => {
  const least = Math.max(fewest, leastShare * missing.length);
  if (missing.length < least) return [];
  return columns
    .filter(({ key, type }) => !key && !['multi-picklist', 'number', 'amount', 'date', 'timestamp'].includes(type))
    .flatMap(({ at, left }) => {
      const lacking = missing.map(({ values }) => values[at] ?? '');
      const there = present.map(({ pair }) => pair.left[at] ?? '');
      return kinds.flatMap((sign) => {
        if (!mayBe(lacking, sign) || countOf(lacking, sign) < least) return [];
        return countOf(there, sign) > mostCopied * present.length ? [] : [{ column: at, name: left, sign }];
      });
    });
};
