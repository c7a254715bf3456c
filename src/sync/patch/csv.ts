import { csvRecord } from '../csv-text.ts';
import { nameOn, type PatchSides, type RowCorrection } from './change.ts';
import type { PatchWriter } from './writer.ts';

const line = (cells: readonly string[]): string => `${csvRecord(cells)}\r\n`;

/**
 * RFC 4180 in UTF-8, one line a value, with the mark by which Excel knows the encoding. Values stand as they are: an apostrophe before a
 * formula would be written into the data by whoever imports the file. That some look like formulas is counted and said instead.
 */
export const csvWriter = ({ columns }: PatchSides): PatchWriter => {
  const keys = columns.filter(({ key }) => key);
  const linesOf = (row: RowCorrection): string => {
    const { side } = row;
    const key = row.key.map(({ value }) => value);
    const begin = [side, row.kind, ...key];
    return row.kind === 'update'
      ? row.corrections
          .map(({ column, old, value, cause }) => line([...begin, nameOn(column, side), old, value, cause]))
          .join('')
      : row.values
          .filter(({ column, value }) => !column.key && value !== '')
          .map(({ column, value }) => line([...begin, nameOn(column, side), '', value, row.cause]))
          .join('');
  };
  return {
    head: () =>
      `\ufeff${line(['side', 'action', ...keys.map(({ left }) => `key:${left}`), 'column', 'old', 'new', 'reason'])}`,
    row: linesOf,
    foot: () => '',
  };
};
