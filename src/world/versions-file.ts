import { stat } from 'node:fs/promises';
import type { VersionRow, VersionTable } from '../model/version-facts.ts';
import { fileText } from './given-files.ts';

/** The file of `versionsFile:` cannot be used: an error of the configuration (exit 2), found before the run. */
export class VersionsFileError extends Error {
  override readonly name = 'VersionsFileError';
  readonly file: string;
  /** ENOENT, EACCES, …; SIZE, JSON, SCHEMA; ROW: `row` holds its number. */
  readonly code: string;
  readonly row?: number;

  constructor(file: string, code: string, row?: number) {
    super(`${file}: ${code}`);
    this.file = file;
    this.code = code;
    if (row !== undefined) this.row = row;
  }
}

const mostBytes = 4 * 1024 * 1024;
const mostRows = 5_000;

const isDate = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

const isWord = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 300;

const optional = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value);

const isRow = (value: unknown): value is VersionRow =>
  typeof value === 'object' &&
  value !== null &&
  'product' in value &&
  isWord(value.product) &&
  'cycle' in value &&
  isWord(value.cycle) &&
  'source' in value &&
  isWord(value.source) &&
  optional(Reflect.get(value, 'released'), isDate) &&
  optional(Reflect.get(value, 'endOfSupport'), isDate) &&
  optional(Reflect.get(value, 'latest'), isWord) &&
  optional(Reflect.get(value, 'by'), isWord);

/** The table of versions in a file that the user names. Throws VersionsFileError. */
export const readVersionsFile = async (file: string): Promise<VersionTable> => {
  let text: string;
  try {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size > mostBytes) throw new VersionsFileError(file, 'SIZE');
    text = Buffer.from(await fileText(file), 'latin1').toString('utf8');
  } catch (error) {
    if (error instanceof VersionsFileError) throw error;
    const code = typeof error === 'object' && error && 'code' in error ? String(error.code) : 'EIO';
    throw new VersionsFileError(file, code);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new VersionsFileError(file, 'JSON');
  }
  if (typeof value !== 'object' || value === null) throw new VersionsFileError(file, 'SCHEMA');
  const { schema, date, rows } = value as Readonly<Record<string, unknown>>; // looked at member by member below
  if (schema !== 'crm-doctor/versions/v1' || !isDate(date) || !Array.isArray(rows) || rows.length > mostRows) {
    throw new VersionsFileError(file, 'SCHEMA');
  }
  const wrong = rows.findIndex((row) => !isRow(row));
  if (wrong >= 0) throw new VersionsFileError(file, 'ROW', wrong + 1);
  return { schema, date: String(date), rows: rows.filter(isRow) };
};
