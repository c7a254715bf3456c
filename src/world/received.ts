import type { Hop, RoundTripFact } from '../model/trip-facts.ts';
import { addressBytes } from '../reason/ip-network.ts';
import { mailDate, withoutComments } from '../reason/mail-date.ts';
import { printable } from './printable.ts';

/** More hops than this is a loop (RFC 5321 section 6.3 counts 100), and more text than this is no header. */
const mostHops = 50;
const longestField = 4_000;

/**
 * The address in what a server writes behind the name that a client gave: `(PTR [ADDRESS])`, `([ADDRESS]:PORT helo=NAME)`,
 * `(ADDRESS)`; Exim writes `[ADDRESS] (helo=NAME)` where there is no PTR. What follows `helo=` is the client's own word.
 */
const addressOf = (field: string): string | undefined => {
  const from = (/^ ?from (.{1,1000})/i.exec(field)?.[1] ?? '').split(/ by /i)[0] ?? '';
  const noted = [...from.matchAll(/\(([^()]{1,500})/g)].map(([, words = '']) => words.replace(/helo[= ]\S+/gi, ''));
  const bracketed = noted.map((words) => /\[(?:IPv6:)?([0-9a-f:.]+)\]/i.exec(words)?.[1]);
  const bare = noted.map((words) => /^ *([0-9a-f:.]{3,45}) *$/i.exec(words)?.[1]);
  const ahead = /^\[([0-9a-f:.]+)\] \(helo=/i.exec(from)?.[1];
  return [...bracketed, ...bare, ahead].find((one) => one !== undefined && addressBytes(one) !== undefined);
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
    const address = addressOf(text.slice(0, cut));
    const time = at.getTime();
    hops.push({
      by: printable(by.slice(0, 255)),
      ...(from === undefined ? {} : { from: printable(from.slice(0, 255)) }),
      ...(address === undefined ? {} : { address }),
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
