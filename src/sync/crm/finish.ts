import type { FieldType } from '../../model/workflow/schema.ts';
import { instantOf, momentOf } from '../../reason/moments.ts';
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
/** Whose times without a zone are of the zone of the whole site. */
const inSiteZone: readonly string[] = ['frappe'];
/** Who writes false for "none", whatever the type of the field. */
const falseIsNone: readonly string[] = ['odoo'];
/** Who writes times as seconds since 1970, and what such fields are called where no schema tells. */
const epochSeconds: Readonly<Record<string, RegExp>> = { dolibarr: /^(?:date|tms$)/ };

/** Whose values these are. */
export interface Writer {
  /** The type of the connector. */
  readonly crm: string;
  /** IANA zone of the site, where the CRM tells it. */
  readonly zone?: string;
}

/** A time as the databases write it: UTC with `Z` where the instant is known, else as it stands on that clock. */
const timeText = (text: string, { crm, zone: site }: Writer): string => {
  const [, day, clock, fraction = '', zone = ''] = zoned.exec(text) ?? [];
  if (day !== undefined && clock !== undefined) {
    const sign = zone.startsWith('-') ? 1 : -1;
    const minutes = zone === 'Z' ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
    const at = Date.parse(`${day}T${clock}Z`) + sign * minutes * 60_000;
    return Number.isNaN(at) ? text : timestampText(`${new Date(at).toISOString().slice(0, 19)}${fraction}`, true);
  }
  if (Object.hasOwn(epochSeconds, crm) && /^\d{9,10}$/.test(text))
    return timestampText(new Date(Number(text) * 1000).toISOString(), true);
  if (!naive.test(text)) return text;
  const moment = site !== undefined && inSiteZone.includes(crm) ? momentOf(text.slice(0, 19)) : undefined;
  if (!moment) return timestampText(text, inUtc.includes(crm));
  return timestampText(`${new Date(instantOf(moment, site)).toISOString().slice(0, 19)}${text.slice(19)}`, true);
};

const numbers: readonly FieldType[] = ['number', 'integer', 'currency', 'percent'];
const yesAndNo: Readonly<Record<string, string>> = { 1: 'true', 0: 'false' };

/** The canonical text of the values of one column, once all of them were seen. */
export const finisher = (
  { name, yes, other, times }: Seen & { readonly name: string },
  type: FieldType | undefined,
  writer: Writer,
): ((cell: Cell) => string) => {
  const { crm } = writer;
  const isNone = falseIsNone.includes(crm) && (type === undefined ? !yes || other : type !== 'boolean');
  const no = isNone ? '' : 'false';
  const ofText = (text: (value: string) => string) => (cell: Cell) => (cell === false ? no : text(cell));
  const isTimes = type === undefined && other && (times || epochSeconds[crm]?.test(name) === true);
  if (type === 'datetime' || isTimes) return ofText((text) => timeText(text, writer));
  if (type === 'boolean') return ofText((text) => yesAndNo[text] ?? text);
  return ofText(type !== undefined && numbers.includes(type) ? decimalText : (text) => text);
};
