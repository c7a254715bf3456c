import { open } from 'node:fs/promises';
import type { DelimitedFile, RowBatch, SourceFailure } from '../model/sync/source.ts';
import { addressOf } from './engine/address.ts';
import { failureOf } from './engine/failure.ts';
import { eachRecordIn } from './engine/fields.ts';
import { headerIn, isHeader } from './engine/header.ts';
import type { RowSearch } from './joined.ts';

const windowBytes = 1024 * 1024;
/** A longer record never came out of a source. */
const mostBytes = 64 * windowBytes;

type Placed =
  /** Of each record, where in its file it begins. */
  | (Extract<RowBatch, { readonly kind: 'rows' }> & { readonly offsets: readonly number[] })
  | Extract<RowBatch, { readonly kind: 'failed' }>;

/** The records of a file of our own form, in batches; one of a user may hold its header again, which is passed over. */
const spooledRows = async function* (
  file: DelimitedFile,
  wanted: ReadonlySet<number>,
  signal: AbortSignal,
): AsyncGenerator<Placed> {
  let after = 0;
  try {
    const handle = await open(file.path, 'r');
    try {
      const header = headerIn(handle.fd, file);
      let buffer = Buffer.allocUnsafe(windowBytes);
      let [place, kept, final] = [file.from, 0, false];
      while (!final || kept > 0) {
        const { bytesRead } = await handle.read(buffer, kept, buffer.length - kept, place);
        final = bytesRead === 0;
        place += bytesRead;
        kept += bytesRead;
        const rows: (readonly string[])[] = [];
        const offsets: number[] = [];
        const start = place - kept;
        const taken = eachRecordIn(buffer, kept, file, final, wanted, (record, from, to) => {
          if (isHeader(header, buffer, from, to)) return;
          rows.push(record);
          offsets.push(start + from);
        });
        if (taken === 0) {
          if (final || buffer.length >= mostBytes) break;
          if (kept === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 4);
          continue;
        }
        buffer.copy(buffer, 0, taken, kept);
        kept -= taken;
        after += rows.length;
        if (rows.length > 0) yield { kind: 'rows', rows, offsets };
        if (signal.aborted) {
          yield { kind: 'failed', failure: { kind: 'interrupted', what: file.path, says: 'stopped', after } };
          return;
        }
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    yield { kind: 'failed', failure: failureOf(error, file.path) };
  }
};

/**
 * The records of files that the engine scans, in the same way; what has another number of fields, or is the header once more, is passed
 * over, as the scan rejects it. Fields at other positions than the wanted ones may be '': most of the work is to make text of them.
 */
export const scannedRows = async function* (
  files: readonly DelimitedFile[],
  fields: number,
  signal: AbortSignal,
  positions: Iterable<number> = Array.from({ length: fields }, (_, at) => at),
): AsyncGenerator<RowBatch> {
  const wanted = new Set(positions);
  for (const file of files) {
    for await (const batch of spooledRows(file, wanted, signal)) {
      yield batch.kind === 'rows'
        ? { kind: 'rows', rows: batch.rows.filter(({ length }) => length === fields) }
        : batch;
      if (batch.kind === 'failed') return;
    }
  }
};

/**
 * Where the records are (`Place.address`) of which these fields are to be kept, at most so many of them: one pass over all of a side.
 * `keep` sees records in which fields at other positions may be ''.
 */
export const findRows = async (
  { files, fields }: { readonly files: readonly DelimitedFile[]; readonly fields: number },
  { positions, most, keep }: RowSearch,
  signal: AbortSignal,
): Promise<{ readonly addresses: readonly number[]; readonly failure?: SourceFailure }> => {
  const wanted = new Set(positions);
  const addresses: number[] = [];
  for (const [index, file] of files.entries()) {
    for await (const batch of spooledRows(file, wanted, signal)) {
      if (batch.kind === 'failed') return { addresses, failure: batch.failure };
      for (const [at, record] of batch.rows.entries()) {
        if (record.length !== fields || !keep(record)) continue;
        addresses.push(addressOf(index, batch.offsets[at] ?? 0));
        if (addresses.length >= most) return { addresses };
      }
    }
  }
  return { addresses };
};
