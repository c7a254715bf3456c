import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { BackupFormat, BackupIntegrity } from '../model/backup-facts.ts';
import { type ContentEnd, formatOf, watchContent } from './backup-content.ts';
import { troubleOf } from './backup-files.ts';
import { examineXz, examineZstd } from './backup-frames.ts';
import { type Budget, codeOf, OutOfTime, piecesOf } from './backup-reading.ts';
import { examineZip } from './backup-zip.ts';

const counted = async function* (handle: FileHandle, budget: Budget): AsyncGenerator<Buffer> {
  for await (const piece of piecesOf(handle, 0, Number.POSITIVE_INFINITY)) {
    budget.read(piece.length);
    yield piece;
  }
};

const judged = (end: ContentEnd, outer: readonly BackupFormat[]): BackupIntegrity => {
  const formats = end.format === 'unknown' ? outer : [...outer, end.format];
  if (end.kind === 'stopped') return { kind: 'broken', formats, how: 'no-end' };
  // The checksum of what packed it stands for content that has no end mark of its own.
  if (end.kind === 'whole' || outer.length > 0) return { kind: 'whole', formats, by: 'content' };
  return { kind: 'unknown', formats, why: 'format' };
};

/** Unpacks to the end: the last bytes are the checksum and the length of all before (RFC 1952 section 2.3.1). */
const examineGzip = async (handle: FileHandle, budget: Budget): Promise<BackupIntegrity> => {
  const watch = watchContent();
  try {
    const content = pipeline(counted(handle, budget), createGunzip({ chunkSize: 256 * 1024 }), () => undefined);
    for await (const chunk of content as AsyncIterable<Buffer>) {
      budget.check();
      watch.take(chunk);
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'Z_BUF_ERROR') return { kind: 'broken', formats: ['gzip'], how: 'cut' };
    if (code.startsWith('Z_')) return { kind: 'broken', formats: ['gzip'], how: 'checksum' };
    throw error;
  }
  return judged(watch.end(), ['gzip']);
};

const examineTar = async (handle: FileHandle, budget: Budget): Promise<BackupIntegrity> => {
  const watch = watchContent();
  for await (const chunk of counted(handle, budget)) {
    budget.check();
    watch.take(chunk);
  }
  return judged(watch.end(), []);
};

/** A dump as text: what matters is how it begins and how it ends. */
const examineText = async (handle: FileHandle, head: Buffer, size: number): Promise<BackupIntegrity> => {
  const watch = watchContent();
  watch.take(head);
  const length = Math.min(size - head.length, 64 * 1024);
  if (length > 0) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    watch.take(buffer.subarray(0, bytesRead));
  }
  return judged(watch.end(), []);
};

/** The header holds how many pages there are (SQLite database file format 1.3), if both counters say that it is current. */
const examineSqlite = (head: Buffer, size: number): BackupIntegrity => {
  const formats: readonly BackupFormat[] = ['sqlite'];
  if (head.length < 100) return { kind: 'broken', formats, how: 'cut' };
  const page = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  const pages = head.readUInt32BE(28);
  if (pages === 0 || head.readUInt32BE(24) !== head.readUInt32BE(92))
    return { kind: 'unknown', formats, why: 'format' };
  return size < page * pages ? { kind: 'broken', formats, how: 'cut' } : { kind: 'whole', formats, by: 'structure' };
};

const examineAs = (
  format: BackupFormat,
  handle: FileHandle,
  { head, size, budget }: { readonly head: Buffer; readonly size: number; readonly budget: Budget },
): Promise<BackupIntegrity> | BackupIntegrity => {
  switch (format) {
    case 'gzip':
      return examineGzip(handle, budget);
    case 'zip':
      return examineZip(handle, size, budget);
    case 'zstd':
      return examineZstd(handle, size, budget);
    case 'xz':
      return examineXz(handle, size);
    case 'tar':
      return examineTar(handle, budget);
    case 'sqlite':
      return examineSqlite(head, size);
    case 'encrypted':
      return { kind: 'unknown', formats: [format], why: 'encrypted' };
    case 'postgresql':
    case 'mysql':
    case 'postgresql-custom':
    case 'unknown':
      return examineText(handle, head, size);
  }
};

/** Reads one backup to its end, a piece at a time, as far as the time for it reaches. */
export const examine = async (file: string, budget: Budget): Promise<BackupIntegrity> => {
  let handle: FileHandle | undefined;
  let format: BackupFormat = 'unknown';
  try {
    handle = await open(file, 'r');
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    const head = buffer.subarray(0, bytesRead);
    format = formatOf(head);
    if (format === 'unknown' && /\.(?:gpg|pgp|age|enc|aes)$/i.test(file)) format = 'encrypted';
    return await examineAs(format, handle, { head, size, budget });
  } catch (error) {
    const formats = format === 'unknown' ? [] : [format];
    if (error instanceof OutOfTime) return { kind: 'unknown', formats, why: 'time', readBytes: budget.readBytes() };
    // What the system did not say is our own fault, and none of the backup.
    if (!/^E[A-Z0-9]+$/.test(codeOf(error))) throw error;
    const { kind, code } = troubleOf(error);
    return { kind: 'unknown', formats, why: kind, code };
  } finally {
    await handle?.close().catch(() => undefined);
  }
};
