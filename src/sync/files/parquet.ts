import { open } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import type { FileStamp, SourceRow } from '../../model/sync/source.ts';
import { sameStamp } from '../same-stamp.ts';
import { FileFault } from './fault.ts';
import { namesOf } from './header.ts';
import { canonical, type JsonValue } from './json-value.ts';
import { stampOf } from './pieces.ts';
import { batched, type Table } from './table.ts';

type Printable = (text: string, most?: number) => string;

const mostColumns = 20_000;
/** Rows that are decoded at once; a row group is read again for each of its windows. */
const windowRows = 100_000;
const mostGroupBytes = 4 * 1024 * 1024 * 1024;

const load = async (what: string): Promise<typeof import('hyparquet')> => {
  try {
    return await import('hyparquet');
  } catch {
    throw new FileFault({ kind: 'driver-missing', what: `Parquet: ${what}`, install: 'npm install hyparquet@1.31.5' });
  }
};

const mostPage = 1024 * 1024 * 1024;

/** Zstandard is in newer versions of Node only; without it hyparquet says which codec is missing. */
const compressors = (): Record<string, (input: Uint8Array, size: number) => Uint8Array> => {
  const bounded =
    (unpack: (input: Uint8Array, options: { maxOutputLength: number }) => Uint8Array) =>
    (input: Uint8Array, size: number): Uint8Array =>
      unpack(input, { maxOutputLength: Math.min(Math.max(size, 1), mostPage) });
  const zstd: unknown = 'zstdDecompressSync' in zlib ? zlib.zstdDecompressSync : undefined;
  return {
    GZIP: bounded(zlib.gunzipSync),
    BROTLI: bounded(zlib.brotliDecompressSync),
    // The type of a function that this version of the types does not know.
    ...(typeof zstd === 'function' ? { ZSTD: bounded(zstd as typeof zlib.gunzipSync) } : {}),
  };
};

const pad = (n: bigint, width: number): string => n.toString().padStart(width, '0');

/** A moment as ISO text with as many digits as it has, by its number of units since 1970. */
export const isoOf = (units: bigint, digits: 3 | 6 | 9): string => {
  const unit = 10n ** BigInt(digits);
  const fraction = ((units % unit) + unit) % unit;
  const date = new Date(Number((units - fraction) / unit) * 1_000);
  if (Number.isNaN(date.getTime())) return units.toString();
  const shown = fraction === 0n ? '' : `.${pad(fraction, digits).replace(/0+$/, '')}`;
  return `${date.toISOString().slice(0, -5)}${shown}`;
};

/** A decimal with all its digits. */
export const decimalOf = (unscaled: bigint, scale: number): string => {
  if (scale <= 0) return unscaled.toString();
  const digits = pad(unscaled < 0n ? -unscaled : unscaled, scale + 1);
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

const bigEndian = (bytes: Uint8Array): bigint => {
  const hex = Buffer.from(bytes).toString('hex');
  return hex === '' ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`));
};

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const bytesText = (bytes: Uint8Array): string => {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('hex');
  }
};

const jsonOf = (value: unknown): JsonValue => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return { number: String(value) };
  if (value instanceof Uint8Array) return bytesText(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return { list: value.map(jsonOf) };
  if (typeof value === 'object') return { entries: new Map(Object.entries(value).map(([k, v]) => [k, jsonOf(v)])) };
  return String(value);
};

/** Times come as text from the parsers below, so that no digit is lost. */
const parsers = (): Partial<import('hyparquet').ParquetParsers> => ({
  timestampFromMilliseconds: (n) => (typeof n === 'bigint' ? `${isoOf(n, 3)}Z` : n),
  timestampFromMicroseconds: (n) => (typeof n === 'bigint' ? `${isoOf(n, 6)}Z` : n),
  timestampFromNanoseconds: (n) => (typeof n === 'bigint' ? `${isoOf(n, 9)}Z` : n),
  dateFromDays: (days) => (typeof days === 'number' ? isoOf(BigInt(days) * 86_400n * 1_000n, 3).slice(0, 10) : days),
  jsonFromBytes: (bytes) => bytes && bytesText(bytes),
});

/** What it says of the file; where it fell over what it read, its words are about its own code. */
const saysOf = (error: unknown, printable: Printable): string => {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  return name === 'TypeError' || name === 'RangeError' ? 'its data is damaged' : printable(message, 200);
};

export const parquetTable = async (
  path: string,
  what: string,
  stamp: FileStamp,
  printable: Printable,
): Promise<Table> => {
  const { parquetMetadataAsync, parquetReadObjects } = await load(what);
  const malformed = (error: unknown): FileFault =>
    error instanceof FileFault
      ? error
      : new FileFault({
          kind: 'malformed',
          what,
          says: saysOf(error, printable),
        });
  const file = {
    byteLength: stamp.size,
    slice: async (start: number, end = stamp.size): Promise<ArrayBuffer> => {
      const length = Math.max(0, Math.min(end, stamp.size) - start);
      if (length > mostGroupBytes) throw new FileFault({ kind: 'too-large', what, says: 'a column chunk over 4 GiB' });
      const handle = await open(path);
      try {
        if (!sameStamp(await handle.stat(), stamp)) throw new FileFault({ kind: 'changed', what });
        const bytes = new Uint8Array(length);
        let at = 0;
        while (at < length) {
          const { bytesRead } = await handle.read(bytes, at, length - at, start + at);
          if (bytesRead === 0) throw new FileFault({ kind: 'changed', what });
          at += bytesRead;
        }
        return bytes.buffer;
      } finally {
        await handle.close();
      }
    },
  };
  let metadata: import('hyparquet').FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file, { geoparquet: false });
  } catch (error) {
    throw malformed(error);
  }
  const [root, ...elements] = metadata.schema;
  // The columns of the table are the children of the root; what they hold is counted past.
  const columns: (typeof elements)[number][] = [];
  for (let at = 0; at < elements.length; ) {
    const element = elements[at];
    if (element === undefined) break;
    columns.push(element);
    for (let open = 1; open > 0 && at < elements.length; at += 1) open += (elements[at]?.num_children ?? 0) - 1;
  }
  if (root === undefined || columns.length === 0) throw new FileFault({ kind: 'empty', what });
  if (columns.length > mostColumns) throw new FileFault({ kind: 'too-large', what, says: `${columns.length} columns` });
  // hyparquet makes floating-point numbers of decimals: without their type it gives what is stored.
  const scales = new Map<string, number>();
  const declared = columns.map((column) => {
    const { converted_type, logical_type, scale, precision, type } = column;
    if (converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL') {
      scales.set(column.name, scale ?? 0);
      delete column.converted_type;
      delete column.logical_type;
      return `DECIMAL(${precision ?? '?'},${scale ?? 0})`;
    }
    return converted_type ?? logical_type?.type ?? type;
  });
  const utc = columns.map(({ logical_type }) =>
    logical_type?.type === 'TIMESTAMP' ? logical_type.isAdjustedToUTC : true,
  );
  const { names, notes } = namesOf(columns.map(({ name }) => name));
  const textOf = (value: unknown, at: number): string => {
    const scale = scales.get(columns[at]?.name ?? '');
    if (scale !== undefined && value !== null && value !== undefined) {
      if (value instanceof Uint8Array) return decimalOf(bigEndian(value), scale);
      if (typeof value === 'number' || typeof value === 'bigint') return decimalOf(BigInt(value), scale);
    }
    const text = canonical(jsonOf(value));
    return utc[at] === false && text.endsWith('Z') && typeof value === 'string' ? text.slice(0, -1) : text;
  };
  const records = async function* (signal: AbortSignal): AsyncGenerator<SourceRow> {
    try {
      let start = 0;
      for (const group of metadata.row_groups) {
        const end = start + Number(group.num_rows);
        for (let from = start; from < end; from += windowRows) {
          if (signal.aborted) return;
          const rows = await parquetReadObjects({
            file,
            metadata,
            rowStart: from,
            rowEnd: Math.min(end, from + windowRows),
            useOffsetIndex: true,
            utf8: false,
            geoparquet: false,
            parsers: parsers(),
            compressors: compressors(),
          });
          for (const row of rows) yield columns.map(({ name }, at) => textOf(row[name], at));
        }
        start = end;
      }
    } catch (error) {
      throw malformed(error);
    }
    if (!sameStamp(await stampOf(path), stamp)) throw new FileFault({ kind: 'changed', what });
  };
  return {
    name: what,
    format: 'parquet',
    columns: names.map((name) => printable(name, 200)),
    declared,
    notes,
    rowCount: Number(metadata.num_rows),
    rows: (signal) => batched(records(signal)),
  };
};
