import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { bulkColumns, bulkContact, bulkOther, seeded } from '../../fixtures/sync/contacts.ts';

/** What a comparison of the two files must find. */
export interface Truth {
  readonly changed: number;
  readonly missing: number;
  readonly extra: number;
  /** By column. */
  readonly differing: readonly number[];
}

export interface Sides {
  readonly left: string;
  readonly right: string;
  readonly rows: number;
  readonly truth: Truth;
}

const special = /[",\n]/;
const lineOf = (record: readonly string[]): string =>
  `${record.map((value) => (special.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')}\n`;

const write = (path: string, count: number, recordAt: (place: number) => readonly string[] | undefined): void => {
  const file = openSync(path, 'w');
  try {
    let waiting = `${bulkColumns.join(',')}\n`;
    const flush = () => {
      const bytes = Buffer.from(waiting);
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      waiting = '';
    };
    for (let place = 0; place < count; place += 1) {
      const record = recordAt(place);
      if (record) waiting += lineOf(record);
      if (waiting.length > 1_000_000) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
};

const hours9 = 9 * 3_600_000;
const later = (time: string): string => new Date(Date.parse(time) + hours9).toISOString().replace('.000Z', 'Z');

/**
 * Two sides of so many customer records, the other one shuffled, 1 % changed, 0.5 % missing and 0.5 % extra; with `shifted` the time
 * of every record is nine hours off besides.
 */
export const writeSides = (directory: string, rows: number, shifted = false): Sides => {
  const seed = 20261126;
  const [left, right] = [
    join(directory, `left-${rows}.csv`),
    join(directory, `right-${rows}${shifted ? '-off' : ''}.csv`),
  ];
  write(left, rows, (at) => bulkContact(at, seed));
  const all = rows + Math.round(rows * 0.005);
  const order = new Uint32Array(all).map((_, at) => at);
  const random = seeded(seed);
  for (let at = all - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  let [changed, missing] = [0, 0];
  const differing = bulkColumns.map(() => 0);
  const time = bulkColumns.indexOf('updated_at');
  write(right, all, (place) => {
    const at = order[place] ?? 0;
    const record = bulkContact(at, seed);
    if (at >= rows) return record;
    let other = bulkOther(record, at, seed);
    if (!other) {
      missing += 1;
      return undefined;
    }
    if (shifted) other = other.with(time, later(other[time] ?? ''));
    if (other === record) return record;
    changed += 1;
    for (const [column, value] of other.entries())
      if (value !== record[column]) differing[column] = (differing[column] ?? 0) + 1;
    return other;
  });
  return { left, right, rows, truth: { changed, missing, extra: all - rows, differing } };
};
