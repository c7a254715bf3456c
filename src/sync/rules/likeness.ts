import type { ColumnType, ComparedColumn, SourceColumn, Tolerance } from '../../model/sync/column.ts';
import type { Side } from '../../model/sync/side.ts';
import type { SyncConfig } from '../../model/sync/subject.ts';
import type { RowPair } from '../../model/sync/view.ts';
import { keyForm } from '../../reason/rows/key-forms.ts';
import { decimalText, jsonText, timestampText } from '../databases/canonical.ts';
import { canonicalInstant, withOffset } from './instants.ts';
import { withinTolerance, type ZonePair } from './tolerance.ts';

/** Of one column: values that come out alike are equal. */
type Form = (value: string) => string;

/** What the configuration holds for equal although the bytes are not. */
export interface Likeness {
  /** By compared column; undefined: it is compared as it is. */
  readonly forms: Readonly<Record<Side, readonly (Form | undefined)[]>>;
  /** Some equalities are not told by a form of each value alone: pairs have to be looked at. */
  readonly loose: boolean;
  /** A pair in which what is equal reads alike, as the left side writes it, and nothing else does. */
  readonly settle: (pair: RowPair) => RowPair;
}

/** Both values as they are shown; undefined: as they are. */
type Settle = (left: string, right: string) => readonly [string, string] | undefined;

/** As the left side writes it, so that it reads the same on the right. */
const shared = (left: string, zones: ZonePair): readonly [string, string] => {
  const shown = zones.left === zones.right ? left : withOffset(left, zones.left);
  return [shown, shown];
};

const settleTimes =
  (zones: ZonePair): Settle =>
  (left, right) => {
    if (canonicalInstant(left, zones.left) === canonicalInstant(right, zones.right)) return shared(left, zones);
    // The same clock in two zones is not the same time, though it reads so.
    const told = [withOffset(left, zones.left), withOffset(right, zones.right)] as const;
    return told[0] !== left && told[1] !== right ? told : undefined;
  };

const settleWithin = (tolerance: Tolerance, zones: ZonePair, otherwise: Settle | undefined): Settle => {
  const within = withinTolerance(tolerance, zones);
  return (left, right) => {
    const near = (left !== right || zones.left !== zones.right) && within(left, right);
    return near ? shared(left, zones) : otherwise?.(left, right);
  };
};

/** Zeros in front tell more than the number does, which is not for us to drop. */
const plainDecimal = /^-?(?:0|[1-9]\d*)\.\d+$/;
const withZone = /(?:Z|[+]00(?::?00)?)$/;

const numberForm: Form = (value) => (plainDecimal.test(value) ? decimalText(value) : value);
const timeForm: Form = (value) => timestampText(value, withZone.test(value));

/** As the programs of databases export yes and no. */
const flags = new Map([
  ['t', 'true'],
  ['1', 'true'],
  ['f', 'false'],
  ['0', 'false'],
]);
const flagForm: Form = (value) => flags.get(value) ?? value;

/** What a column of a system holds, by its type or by the name of it; a file of texts has neither. */
const keptAs = ({ type, declared = '' }: SourceColumn): ColumnType | undefined => {
  if (type !== undefined) return type;
  if (/^(?:timestamp|datetime)/i.test(declared)) return 'timestamp';
  return /^(?:decimal|numeric|double|float|real)/i.test(declared) ? 'number' : undefined;
};

const isTold = ({ type, declared }: SourceColumn): boolean => type !== undefined || declared !== undefined;

/** Under which a value of a file is the same as that of the column; undefined: its bytes say it all. */
const formOf = (own: SourceColumn): Form | undefined => {
  const { declared = '' } = own;
  if (/^jsonb?$/i.test(declared)) return jsonText;
  switch (keptAs(own)) {
    case 'timestamp':
      return timeForm;
    case 'number':
    case 'amount':
      return numberForm;
    case 'boolean':
      return declared === '' ? undefined : flagForm;
    default:
      return undefined;
  }
};

/**
 * A system that keeps a column as numbers, times, yes and no or JSON has one notation for it, which is ours: that a file writes it
 * otherwise, as a program of the database exports it, is no difference. Of two systems each is read in that notation, and a text of a
 * database is what somebody wrote into it.
 */
const settleTyped = ({ leftSource, rightSource }: ComparedColumn): Settle | undefined => {
  const [own, other] = [leftSource, rightSource].filter(isTold);
  const form = own && other === undefined ? formOf(own) : undefined;
  return form && ((left, right) => (left !== right && form(left) === form(right) ? [left, left] : undefined));
};

/** Nothing where bytes say it all. */
export const likenessOf = (
  { key, left, right }: Pick<SyncConfig, 'key' | 'left' | 'right'>,
  columns: readonly ComparedColumn[],
): Likeness | undefined => {
  const zoned = left.timeZone !== undefined || right.timeZone !== undefined;
  const zones = { left: left.timeZone ?? 'UTC', right: right.timeZone ?? 'UTC' };
  const formsOf = (side: Side): readonly (Form | undefined)[] =>
    columns.map((column) => {
      if (column.key) return key.rules.length > 0 ? keyForm(key.rules) : undefined;
      return zoned && column.type === 'timestamp' ? (value) => canonicalInstant(value, zones[side]) : undefined;
    });
  const settlers = columns.map((column): Settle | undefined => {
    if (column.key) return key.rules.length > 0 ? (ours) => [ours, ours] : undefined;
    const times = zoned && column.type === 'timestamp' ? settleTimes(zones) : settleTyped(column);
    return column.tolerance ? settleWithin(column.tolerance, zones, times) : times;
  });
  if (settlers.every((one) => one === undefined)) return undefined;
  return {
    forms: { left: formsOf('left'), right: formsOf('right') },
    loose: columns.some(
      (column) => !column.key && (column.tolerance !== undefined || settleTyped(column) !== undefined),
    ),
    settle: (pair) => {
      let [ours, theirs] = [pair.left, pair.right];
      for (const [at, settler] of settlers.entries()) {
        const [a, b] = [pair.left[at] ?? '', pair.right[at] ?? ''];
        const told = settler?.(a, b);
        if (!told) continue;
        if (told[0] !== a) ours = ours.with(at, told[0]);
        if (told[1] !== b) theirs = theirs.with(at, told[1]);
      }
      return ours === pair.left && theirs === pair.right ? pair : { left: ours, right: theirs };
    },
  };
};
