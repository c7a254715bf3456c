import type { ComparedColumn } from '../../model/sync/column.ts';
import { opposite, type Side, sides } from '../../model/sync/side.ts';
import { numberRange } from '../validate/number-range.ts';
import {
  type Correction,
  type LeftOut,
  type PatchCause,
  type PatchChange,
  type RowCorrection,
  sourceOn,
} from './change.ts';
import { damages, losses, notations } from './repairs.ts';

/** What is decided of one difference: rows that are put right, and the reasons for what is left. */
export interface Decided {
  readonly rows: readonly RowCorrection[];
  readonly leftOut: readonly LeftOut[];
}

type Verdict = { readonly side: Side } | { readonly left: LeftOut };

/** Which side has the wrong value, where that is beyond doubt. */
const wrongSide = (
  left: string,
  right: string,
  { type }: ComparedColumn,
  { cause, effect, detail }: PatchCause,
): Verdict => {
  const isCanonical = Object.hasOwn(notations, cause) ? notations[cause] : undefined;
  if (effect === 'notation' || isCanonical) {
    if (!isCanonical) return { left: 'no-canonical-side' };
    const [leftGood, rightGood] = [isCanonical(left, right, type), isCanonical(right, left, type)];
    if (leftGood === rightGood) return { left: 'no-canonical-side' };
    return { side: leftGood ? 'right' : 'left' };
  }
  if (effect !== 'wrong' || !damages.has(cause)) return { left: 'undecided' };
  const { side } = detail;
  if (side !== 'left' && side !== 'right') return { left: 'undecided' };
  const intact = side === 'left' ? right : left;
  // What is to be taken over must not be damaged itself.
  return intact.includes('\ufffd') ? { left: 'undecided' } : { side };
};

/** Half of a surrogate pair has no bytes in UTF-8, and NUL ends a text in several of the systems. */
const isWritable = (text: string): boolean =>
  !text.includes('\0') && !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

const refusedBy = (column: ComparedColumn, side: Side, value: string): LeftOut | undefined => {
  const { calculated, required, maxLength, options, type } = sourceOn(column, side);
  if (calculated) return 'not-writable';
  if (!isWritable(value)) return 'unwritable-character';
  if (value === '') return required ? 'does-not-fit' : undefined;
  if (maxLength !== undefined && [...value.slice(0, 2 * maxLength + 2)].length > maxLength) return 'does-not-fit';
  // A column of numbers cannot hold a zero before them.
  if ((type === 'number' || type === 'amount') && !/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value)) return 'does-not-fit';
  if (numberRange(sourceOn(column, side))?.isBeyond(value)) return 'does-not-fit';
  const several = column.type === 'multi-picklist';
  return options && options.length > 0 && !several && !options.includes(value) ? 'does-not-fit' : undefined;
};

/** When a record was changed, and by whom, is written by the system itself. */
const isAudit = ({ role }: ComparedColumn): boolean =>
  role === 'updated-at' || role === 'created-at' || role === 'created-by';

const keyOf = (columns: readonly ComparedColumn[], values: readonly string[]) =>
  columns.filter(({ key }) => key).map((column) => ({ column, value: values[column.at] ?? '' }));

const addressable = (key: readonly { readonly value: string }[]): boolean =>
  key.length > 0 && key.some(({ value }) => value !== '') && key.every(({ value }) => isWritable(value));

const ofPair = (
  columns: readonly ComparedColumn[],
  { pair, differences, conflict }: Extract<PatchChange, { kind: 'changed' }>,
): Decided => {
  if (conflict) return { rows: [], leftOut: differences.map(() => 'conflict') };
  const corrections: Record<Side, Correction[]> = { left: [], right: [] };
  const leftOut: LeftOut[] = [];
  for (const { column: at, by } of differences) {
    const column = columns[at];
    if (!column) continue;
    if (!by) {
      leftOut.push('unexplained');
      continue;
    }
    const [left, right] = [pair.left[at] ?? '', pair.right[at] ?? ''];
    const verdict = wrongSide(left, right, column, by);
    if ('left' in verdict) {
      leftOut.push(verdict.left);
      continue;
    }
    const { side } = verdict;
    const [old, value] = side === 'left' ? [left, right] : [right, left];
    const refused =
      column.key || isAudit(column)
        ? 'not-writable'
        : (refusedBy(column, side, value) ?? (isWritable(old) ? undefined : 'unwritable-character'));
    if (refused) leftOut.push(refused);
    else corrections[side].push({ column, old, value, cause: by.cause });
  }
  const rows = sides.flatMap((side): readonly RowCorrection[] => {
    const [first, ...more] = corrections[side];
    if (!first) return [];
    const values = pair[side];
    const key = keyOf(columns, values);
    if (!addressable(key)) {
      leftOut.push(...corrections[side].map((): LeftOut => 'no-address'));
      return [];
    }
    return [{ kind: 'update', side, key, values, corrections: [first, ...more] }];
  });
  return { rows, leftOut };
};

const ofMissing = (
  columns: readonly ComparedColumn[],
  { values, by }: Extract<PatchChange, { kind: 'missing' }>,
): Decided => {
  if (!by) return { rows: [], leftOut: ['unexplained'] };
  if (!losses.has(by.cause)) return { rows: [], leftOut: ['undecided'] };
  const side = opposite('left');
  const key = keyOf(columns, values);
  if (!addressable(key)) return { rows: [], leftOut: ['no-address'] };
  const written = columns.flatMap((column) =>
    sourceOn(column, side).calculated ? [] : [{ column, value: values[column.at] ?? '' }],
  );
  const refused = written.map(({ column, value }) => refusedBy(column, side, value)).find((why) => why !== undefined);
  if (refused) return { rows: [], leftOut: [refused] };
  return { rows: [{ kind: 'insert', side, key, values: written, cause: by.cause }], leftOut: [] };
};

/** What of a difference is safely decided, and on which side; all else is left to a person. Pure. */
export const decide = (columns: readonly ComparedColumn[], change: PatchChange): Decided =>
  change.kind === 'missing' ? ofMissing(columns, change) : ofPair(columns, change);
