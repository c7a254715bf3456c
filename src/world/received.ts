import type { Hop, RoundTripFact } from '../model/wire-facts.ts';
import { printable } from './printable.ts';

/** More hops than this is a loop (RFC 5321 section 6.3 counts 100), and more text than this is no header. */
const mostHops = 50;
const longestField = 4_000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 5322 section 4.3, and the name that Japanese servers write where an offset belongs. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  jst: 540,
  cet: 60,
  cest: 120,
  bst: 60,
};

const offsetOf = (zone: string | undefined): number => {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  if (hours === undefined) return zones[(zone ?? '').toLowerCase()] ?? 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

const withoutComments = (text: string): string => {
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept;
};

/** A date of RFC 5322 in the forms that servers really write; nothing where it is none. */
export const mailDate = (text: string): Date | undefined => {
  const bare = withoutComments(text.slice(0, 200)).replace(/\s+/g, ' ').trim();
  const [, day, month = '', year = '', hour, minute, second = '0', zone] =
    /(?:^|[ ,])(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{2,4}) (\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)? ?([+-]\d{2}:?\d{2}|[A-Za-z]{1,5})?/.exec(
      bare,
    ) ?? [];
  const index = months.indexOf(month.toLowerCase());
  if (day === undefined || index < 0) {
    const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)/.exec(bare)?.[0];
    const time = iso === undefined ? Number.NaN : Date.parse(iso);
    return Number.isNaN(time) ? undefined : new Date(time);
  }
  // Two digits: RFC 5322 section 4.3
  const short = Number(year);
  const full = year.length === 2 ? short + (short < 50 ? 2000 : 1900) : year.length === 3 ? short + 1900 : short;
  const time =
    Date.UTC(full, index, Number(day), Number(hour), Number(minute), Number(second)) - offsetOf(zone) * 60_000;
  return Number.isNaN(time) ? undefined : new Date(time);
};

/** The way of a message from its Received fields, which stand in it newest first (RFC 5321 section 4.4). */
export const hopsOf = (fields: readonly string[]): readonly Hop[] => {
  const hops: Hop[] = [];
  let before: number | undefined;
  for (const field of fields.slice(0, mostHops).reverse()) {
    const text = field.slice(0, longestField).replace(/\s+/g, ' ');
    const cut = text.lastIndexOf(';');
    const at = cut < 0 ? undefined : mailDate(text.slice(cut + 1));
    if (!at) continue;
    const way = withoutComments(text.slice(0, cut));
    const by = /(?:^| )by ([^\s;()]+)/i.exec(way)?.[1] ?? '';
    const from = /^ ?from ([^\s;()]+)/i.exec(way)?.[1];
    const time = at.getTime();
    hops.push({
      by: printable(by.slice(0, 255)),
      ...(from === undefined ? {} : { from: printable(from.slice(0, 255)) }),
      at: at.toISOString(),
      ...(before === undefined ? {} : { afterMs: time - before }),
    });
    before = time;
  }
  return hops;
};

/**
 * How often the message came by the same server, having been elsewhere in between: a filter behind the same name shows
 * twice in a row and is no circle. Delivered-To is written at each delivery into a mailbox (Postfix, Exim, qmail).
 */
export const roundsOf = (
  received: readonly string[],
  delivered: readonly string[],
): NonNullable<NonNullable<RoundTripFact['found']>['rounds']> => {
  const visits = new Map<string, number>();
  let before = '';
  for (const field of received.slice(0, 500)) {
    const way = withoutComments(field.slice(0, longestField).replace(/\s+/g, ' '));
    const by = (/(?:^| )by ([^\s;()]+)/i.exec(way)?.[1] ?? '').toLowerCase();
    if (by !== '' && by !== before) visits.set(by, (visits.get(by) ?? 0) + 1);
    before = by;
  }
  const [by = '', most = 0] = [...visits].toSorted(([, left], [, right]) => right - left)[0] ?? [];
  const addresses = delivered.slice(0, 500).map((value) => value.trim().toLowerCase());
  const repeated = Math.max(
    0,
    ...[...new Set(addresses)].map((one) => addresses.filter((other) => other === one).length),
  );
  return { received: received.length, most, by: printable(by.slice(0, 255)), delivered: repeated };
};
