import type { FieldType } from '../../model/workflow/schema.ts';
import { decimalText, timestampText } from '../databases/canonical.ts';
import type { Cell } from './cells.ts';

/** What all values of a column were, seen while they were read. */
export interface Seen {
  /** true among them: the column is one of yes and no. */
  readonly yes: boolean;
  /** A value that is no boolean. */
  readonly other: boolean;
  /** Every value is a time. */
  readonly times: boolean;
}

const naive = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?$/;
const zoned = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;

export const isTime = (text: string): boolean => text.length <= 40 && (naive.test(text) || zoned.test(text));

/** Whose times without a zone are of UTC, by the type of the connector. */
const inUtc: readonly string[] = ['odoo', 'espocrm'];
/** Who writes false for "none", whatever the type of the field. */
const falseIsNone: readonly string[] = ['odoo'];
/** Who writes times as seconds since 1970. */
const epochSeconds: readonly string[] = ['dolibarr'];

/** A time as the databases write it: UTC with `Z` where the instant is known, else as it stands on that clock. */
const timeText = (text: string, crm: string): string => {
  const [, day, clock, fraction = '', zone = ''] = zoned.exec(text) ?? [];
  if (day !== undefined && clock !== undefined) {
    const sign = zone.startsWith('-') ? 1 : -1;
    const minutes = zone === 'Z' ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
    const at = Date.parse(`${day}T${clock}Z`) + sign * minutes * 60_000;
    return Number.isNaN(at) ? text : timestampText(`${new Date(at).toISOString().slice(0, 19)}${fraction}`, true);
  }
  if (epochSeconds.includes(crm) && /^\d{9,10}$/.test(text))
    return timestampText(new Date(Number(text) * 1000).toISOString(), true);
  return naive.test(text) ? timestampText(text, inUtc.includes(crm)) : text;
};

const numbers: readonly FieldType[] = ['number', 'integer', 'currency', 'percent'];

/** The canonical text of the values of one column, once all of them were seen. */
export const finisher = (
  type: FieldType | undefined,
  { yes, other, times }: Seen,
  crm: string,
): ((cell: Cell) => string) => {
  const isNone = falseIsNone.includes(crm) && (type === undefined ? !yes || other : type !== 'boolean');
  const no = isNone ? '' : 'false';
  if (type === 'datetime' || (type === undefined && times && other))
    return (cell) => (cell === false ? no : timeText(cell, crm));
  if (type !== undefined && numbers.includes(type)) return (cell) => (cell === false ? no : decimalText(cell));
  return (cell) => (cell === false ? no : cell);
};
