import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChangedClasses } from '../../model/sync/comparison.ts';
import type { RejectedRecord, SourceFacts } from '../../model/sync/source.ts';
import type { RowPair } from '../../model/sync/view.ts';
import type { PairVerdict } from '../diagnose/explain.ts';
import type { Joined } from '../joined.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { openRecords, type RecordFile, type RecordFormat } from './records.ts';

/** What is to be written down, and how a value may be shown. */
export interface Classes {
  readonly joined: Joined;
  readonly mapping: ColumnMapping;
  readonly left: Pick<SourceFacts, 'columns'>;
  readonly right: Pick<SourceFacts, 'columns'>;
  readonly judged: (pair: RowPair) => { readonly differences: PairVerdict; readonly of: keyof ChangedClasses };
  readonly rejected: { readonly left: readonly RejectedRecord[]; readonly right: readonly RejectedRecord[] };
  readonly shown: (value: string) => string;
  /** The same of a value that tells records apart. */
  readonly shownKey: (value: string) => string;
}

export interface WrittenClass {
  /** `conflict`, `missing` … */
  readonly what: string;
  readonly file: string;
  readonly rows: number;
  /** There are more than could be kept; or a side was cut off, so that it is not known which records belong here. */
  readonly partly?: 'first' | 'unknown';
}

/** File names of the classes of changed rows. */
const changedNames: Readonly<Record<keyof ChangedClasses, string>> = {
  underRule: 'equal-under-rule',
  explained: 'explained',
  stale: 'stale',
  conflict: 'conflict',
  unexplained: 'unexplained',
};

/** Of all files that are written, without their endings. */
export const classNames: readonly string[] = [
  ...Object.values(changedNames),
  'missing',
  'extra',
  ...['left', 'right'].flatMap((side) => [`duplicate-key-${side}`, `rejected-${side}`]),
];
const changedClasses = ['underRule', 'explained', 'stale', 'conflict', 'unexplained'] as const;

/**
 * Writes one file a class into a directory: of changed rows one line a value that differs, of the others the records as they are. Every
 * class has its file, also an empty one, so that nothing of an earlier run is left. Memory does not grow with the differences.
 */
export const writeClasses = async (
  { joined, mapping, left, right, judged, rejected, shown, shownKey }: Classes,
  directory: string,
  format: RecordFormat,
): Promise<readonly WrittenClass[]> => {
  await mkdir(directory, { recursive: true });
  const written: WrittenClass[] = [];
  const place = (name: string): string => join(directory, `${name}.${format}`);
  const { columns } = mapping;
  const keys = columns.filter(({ key }) => key);

  const heads = [...keys.map((column) => column.left), 'column', 'left', 'right', 'cause'];
  const open = await Promise.all(
    changedClasses.map(async (of) => ({ of, file: await openRecords(place(changedNames[of]), heads, format) })),
  );
  try {
    for await (const batch of joined.eachChanged()) {
      for (const pair of batch) {
        const { differences, of } = judged(pair);
        const file = open.find((one) => one.of === of)?.file;
        const key = keys.map(({ at }) => shownKey(pair.left[at] ?? ''));
        for (const { column, by } of differences) {
          const name = columns[column]?.left ?? '';
          const values = [shown(pair.left[column] ?? ''), shown(pair.right[column] ?? '')];
          await file?.write([...key, name, ...values, by?.cause ?? '']);
        }
      }
    }
  } finally {
    for (const { of, file } of open) {
      const rows = await file.close();
      written.push({ what: changedNames[of], file: place(changedNames[of]), rows });
    }
  }

  const one = async (
    name: string,
    names: readonly string[],
    partly: WrittenClass['partly'] | false,
    fill: (file: RecordFile) => Promise<void>,
  ): Promise<void> => {
    const file = await openRecords(place(name), names, format);
    let rows = 0;
    try {
      await fill(file);
    } finally {
      rows = await file.close();
    }
    written.push({ what: name, file: place(name), rows, ...(partly ? { partly } : {}) });
  };
  const sides = { left: { name: 'missing', facts: left }, right: { name: 'extra', facts: right } } as const;
  for (const side of ['left', 'right'] as const) {
    const { name, facts } = sides[side];
    const names = facts.columns.map((column) => column.name);
    const ofKey = new Set(keys.map(({ at }) => mapping.positions[side][at]));
    const lineOf = (record: readonly string[]): readonly string[] =>
      names.map((_, at) => (ofKey.has(at) ? shownKey : shown)(record[at] ?? ''));
    await one(name, names, joined.cut ? 'unknown' : false, async (file) => {
      for await (const batch of joined.eachAlone(side)) for (const record of batch) await file.write(lineOf(record));
    });
    const groups = joined.repeated[side];
    const kept = groups.flat().length;
    await one(`duplicate-key-${side}`, names, kept < joined.counts.repeated[side].rows && 'first', async (file) => {
      for (const record of await joined.read(side, groups.flat())) await file.write(lineOf(record));
    });
    const bad = rejected[side];
    await one(
      `rejected-${side}`,
      ['file', 'row', 'line', 'why', 'begins'],
      bad.length < joined.counts.rejected[side] && 'first',
      async (file) => {
        for (const { file: of = '', row, line, why, shown: begins = '' } of bad)
          await file.write([of, String(row ?? ''), String(line ?? ''), why, shown(begins)]);
      },
    );
  }
  return written;
};
