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

export const breakingSigns = ({ columns, missing, present }: ComparisonView): readonly Breaking[] => {
  const least = Math.max(fewest, leastShare * missing.length);
  if (missing.length < least) return [];
  return columns
    .filter(({ key, type }) => !key && !['multi-picklist', 'number', 'amount', 'date', 'timestamp'].includes(type))
    .flatMap(({ at, left }) =>
      kinds.flatMap((sign) => {
        let n = 0;
        for (const { values } of missing) if (hasSign(values[at] ?? '', sign)) n += 1;
        if (n < least) return [];
        let copied = 0;
        for (const { pair } of present) if (hasSign(pair.left[at] ?? '', sign)) copied += 1;
        return copied > mostCopied * present.length ? [] : [{ column: at, name: left, sign }];
      }),
    );
};
