import { createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SourceKit } from '../../model/sync/source.ts';
import type { FileSide } from '../../model/sync/subject.ts';
import { csvTable } from './csv.ts';
import { FileFault } from './fault.ts';
import { jsonTable } from './json.ts';
import { parquetTable } from './parquet.ts';
import { encodingOf, type Part, surveyOf } from './part.ts';
import { filePieces, gunzipped, stampOf } from './pieces.ts';
import { looksBinary, sniffBytes, sniffText } from './sniff.ts';
import type { Table } from './table.ts';
import { isWorkbook, xlsxTable } from './xlsx.ts';
import { memberPieces, membersOf } from './zip.ts';

const tailBytes = 64 * 1024;

/** Formats that are read by place and not from start to end are unpacked to at most this. */
const mostUnpacked = 8 * 1024 * 1024 * 1024;

let unpackedFiles = 0;

const unpack = async (part: Part, kit: SourceKit): Promise<string> => {
  unpackedFiles += 1;
  const path = join(await kit.directory(), `unpacked-${unpackedFiles}`);
  let bytes = 0;
  const bounded = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of part.pieces()) {
      bytes += piece.length;
      if (bytes > mostUnpacked)
        throw new FileFault({ kind: 'too-large', what: part.name, says: 'it unpacks to more than 8 GiB' });
      yield piece;
    }
  };
  await pipeline(Readable.from(bounded()), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  return path;
};

const firstBytes = async (path: string): Promise<Buffer> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** Members that programs add by themselves, and words for the reader. */
const isRecordless = (name: string): boolean =>
  /(?:^|\/)(?:read.?me|license|お読みください|はじめに)[^/]{0,60}\.(?:txt|md)$/i.test(name) ||
  name.endsWith('/') ||
  name.startsWith('__MACOSX/') ||
  name.endsWith('.DS_Store') ||
  name.endsWith('Thumbs.db');

interface Opening {
  readonly side: FileSide;
  readonly kit: SourceKit;
  readonly signal: AbortSignal;
}

const textTable = async (part: Part, opening: Opening): Promise<Table> => {
  const { kit, side, signal } = opening;
  const survey = await surveyOf(part, signal);
  const encoding = encodingOf(survey, side.encoding, part.name);
  if (!encoding.name.startsWith('utf-16') && looksBinary(survey.head))
    throw new FileFault({ kind: 'not-data', what: part.name, says: 'it holds bytes that no text has' });
  const text = new TextDecoder(encoding.name).decode(survey.head, { stream: !survey.whole });
  const sniffed = sniffText(text);
  if (sniffed.kind === 'empty') throw new FileFault({ kind: 'empty', what: part.name });
  if (sniffed.kind === 'not-data') throw new FileFault({ ...sniffed, what: part.name });
  if (sniffed.kind === 'json' || sniffed.kind === 'jsonl')
    return jsonTable(part, sniffed.kind, encoding, kit.printable, signal);
  let tail: Buffer | undefined;
  if (part.file !== undefined && part.file.stamp.size > tailBytes) {
    const { path, stamp } = part.file;
    const pieces: Buffer[] = [];
    for await (const piece of filePieces(path, stamp, stamp.size - tailBytes)) pieces.push(piece);
    tail = Buffer.concat(pieces);
  }
  return csvTable(part, survey, encoding, side.delimiter, kit.printable, tail);
};

/** What a packed part holds. Packed within packed is only a workbook or a Parquet file. */
const innerTable = async (part: Part, opening: Opening): Promise<Table> => {
  let head: Buffer = Buffer.alloc(0);
  for await (const piece of part.pieces()) {
    head = Buffer.concat([head, piece]);
    if (head.length >= 512) break;
  }
  const sniffed = sniffBytes(head);
  if (sniffed?.kind === 'empty') throw new FileFault({ kind: 'empty', what: part.name });
  if (sniffed?.kind === 'not-data') throw new FileFault({ ...sniffed, what: part.name });
  if (sniffed?.kind === 'gzip') throw new FileFault({ kind: 'not-data', what: part.name, says: 'it is packed twice' });
  if (sniffed?.kind === 'parquet' || sniffed?.kind === 'zip') {
    const path = await unpack(part, opening.kit);
    const stamp = await stampOf(path);
    if (sniffed.kind === 'parquet') return parquetTable(path, part.name, stamp, opening.kit.printable);
    const members = await membersOf(path, stamp);
    if (!isWorkbook(members)) throw new FileFault({ kind: 'not-data', what: part.name, says: 'it is packed twice' });
    return xlsxTable(path, part.name, stamp, members, opening.side.sheet, opening.kit.printable, opening.signal);
  }
  return textTable(part, opening);
};

/** The tables of one file: one, or as many as an archive has members. */
export const tablesOf = async (path: string, opening: Opening): Promise<readonly Table[]> => {
  const { kit, side, signal } = opening;
  const info = await stat(path);
  const name = kit.printable(path, 1_000);
  if (!info.isFile()) {
    const says = info.isDirectory() ? 'it is a directory' : 'it is no regular file';
    throw new FileFault({ kind: 'not-data', what: name, says });
  }
  const stamp = await stampOf(path);
  const sniffed = sniffBytes(await firstBytes(path));
  const pieces = (): AsyncIterable<Buffer> => filePieces(path, stamp);
  if (sniffed?.kind === 'empty') throw new FileFault({ kind: 'empty', what: name });
  if (sniffed?.kind === 'not-data') throw new FileFault({ ...sniffed, what: name });
  if (sniffed?.kind === 'parquet') return [await parquetTable(path, name, stamp, kit.printable)];
  if (sniffed?.kind === 'gzip') return [await innerTable({ name, pieces: () => gunzipped(pieces, name) }, opening)];
  if (sniffed?.kind !== 'zip') return [await textTable({ name, pieces, file: { path, stamp } }, opening)];
  const members = await membersOf(path, stamp);
  if (isWorkbook(members)) return [await xlsxTable(path, name, stamp, members, side.sheet, kit.printable, signal)];
  const tables: Table[] = [];
  for (const member of [...members].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isRecordless(member.name) || signal.aborted) continue;
    const inside = `${name}!${kit.printable(member.name, 300)}`;
    tables.push(await innerTable({ name: inside, pieces: () => memberPieces(path, stamp, member, inside) }, opening));
  }
  if (tables.length === 0) throw new FileFault({ kind: 'empty', what: name });
  return tables;
};
