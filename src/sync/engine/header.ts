import { readSync } from 'node:fs';
import type { DelimitedFile } from '../../model/sync/source.ts';

const mark = Buffer.from('\ufeff');

/** Of a record without its line end, where that is. */
const endOf = (bytes: Uint8Array, from: number, to: number): number => {
  const end = to > from && bytes[to - 1] === 10 ? to - 1 : to;
  return end > from && bytes[end - 1] === 13 ? end - 1 : end;
};

export const headerBytes = ({ from, header = from }: DelimitedFile): number => from - header;

/** The header as it is written, without its line end; nothing where the file has none. */
export const headerIn = (descriptor: number, file: DelimitedFile): Buffer => {
  const bytes = Buffer.alloc(headerBytes(file));
  const read = readSync(descriptor, bytes, 0, bytes.length, file.from - bytes.length);
  return bytes.subarray(0, endOf(bytes, 0, read));
};

/** As the scanner tells it: with the byte order mark of a file of its own, or without. */
export const isHeader = (header: Buffer, bytes: Buffer, from: number, to: number): boolean => {
  if (header.length === 0) return false;
  const end = endOf(bytes, from, to);
  const more = end - from - header.length;
  if (more !== 0 && more !== mark.length) return false;
  const marked = more === mark.length && mark.equals(bytes.subarray(from, from + mark.length));
  return header.equals(bytes.subarray(marked ? from + mark.length : from, end));
};
