import { buffer } from 'node:stream/consumers';
import type { Entry } from './entry.ts';

/** A ZIP archive of these entries: what opens with a double click on every desktop. */
export const zipped = async (entries: readonly Pick<Entry, 'name' | 'bytes'>[], at: Date): Promise<Buffer> => {
  const { default: yazl } = await import('yazl');
  const archive = new yazl.ZipFile();
  // Whoever unpacks it gets files that are for nobody else.
  for (const { name, bytes } of entries) archive.addBuffer(bytes, name, { mtime: at, mode: 0o100600 });
  archive.end();
  return buffer(archive.outputStream);
};
