import type { Hop, RoundTripFact } from '../model/wire-facts.ts';
import { mailDate, withoutComments } from '../reason/mail-date.ts';
import { printable } from './printable.ts';

/** More hops than this is a loop (RFC 5321 section 6.3 counts 100), and more text than this is no header. */
const mostHops = 50;
const longestField = 4_000;

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
    // A filter on the same machine is no other place.
    if (/^\[?(?:localhost|127\.|::1)/.test(by)) continue;
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
