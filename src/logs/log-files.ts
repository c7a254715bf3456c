import type { FileHandle } from 'node:fs/promises';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isWild, pathsLike } from '../reason/file-glob.ts';
import { cutterFor } from './dialects.ts';
import type { Source, Trouble } from './sources.ts';
import { inTimeOrder, SourceError, troubleOf } from './sources.ts';

/** One configured name, or one file that it stands for; either something to read or the trouble with it. */
export type LogFile =
  | { readonly name: string; readonly source: Source; readonly cut: boolean }
  | { readonly name: string; readonly trouble: { readonly kind: Trouble | 'no-match'; readonly detail: string } };

const mostFiles = 50;

/** Files up to here are read whole; of larger ones the place where the asked time begins is looked for. */
const wholeBytes = 8 * 1024 * 1024;

/** No more than this of one file's end. */
export const mostTail = 64 * 1024 * 1024;

const namesIn = (directory: string): Promise<readonly string[]> => readdir(directory).catch(() => []);

const changed = async (path: string): Promise<number | undefined> => {
  try {
    const entry = await stat(path);
    return entry.isFile() ? entry.mtimeMs : undefined;
  } catch {
    return undefined;
  }
};

/** Files that were once this log: `mail.log.1`, `mail.log.2.gz`, `maillog-20261101`. */
const rotatedOf = async (path: string): Promise<readonly string[]> => {
  const stem = basename(path);
  const directory = dirname(path);
  const names = await namesIn(directory);
  return names
    .filter(
      (name) =>
        name.startsWith(stem) && /^(?:\.\d{1,5}|[-.]\d{4}-?\d\d-?\d\d[-_T\d]*)(?:\.gz)?$/.test(name.slice(stem.length)),
    )
    .map((name) => join(directory, name));
};

const pieceBytes = 64 * 1024;

/** The first time that a line after this byte tells, and where that line starts. */
const timeAfter = async (
  handle: FileHandle,
  from: number,
  timeOf: (line: string) => number | undefined,
): Promise<{ readonly at: number; readonly start: number } | undefined> => {
  const buffer = Buffer.alloc(pieceBytes);
  const { bytesRead } = await handle.read(buffer, 0, pieceBytes, from);
  const text = buffer.subarray(0, bytesRead);
  let start = from === 0 ? 0 : text.indexOf(0x0a) + 1;
  if (from > 0 && start === 0) return undefined;
  for (let lines = 0; lines < 200 && start < text.length; lines += 1) {
    const end = text.indexOf(0x0a, start);
    if (end < 0) return undefined;
    const at = timeOf(text.toString('utf8', start, Math.min(end, start + 4096)));
    if (at !== undefined) return { at, start: from + start };
    start = end + 1;
  }
  return undefined;
};

/**
 * Where a large file has to be read from: logs are written in the order of time, so that a few looks find the place.
 * Where the lines tell no time, or are a table that may be in any order, its end is read.
 */
const startOf = async (
  path: string,
  size: number,
  mtime: number,
  since: number,
): Promise<Pick<Source, 'start' | 'header'>> => {
  const handle = await open(path);
  try {
    const head = Buffer.alloc(4096);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    if (head[0] === 0x1f && head[1] === 0x8b) return {};
    const first = head.subarray(0, bytesRead);
    const header = first.toString('utf8', 0, Math.max(0, first.indexOf(0x0a)));
    const cutLine = cutterFor({ mtime, header });
    const timeOf = (line: string) => {
      const cut = cutLine(line);
      return cut.dialect === 'exchange' || cut.dialect === 'salesforce' ? undefined : cut.at;
    };
    let low = Math.max(0, size - mostTail);
    let high = size;
    let start = low === 0 ? 0 : ((await timeAfter(handle, low, timeOf))?.start ?? low);
    while (high - low > pieceBytes) {
      const middle = Math.floor((low + high) / 2);
      const seen = await timeAfter(handle, middle, timeOf);
      if (!seen) break;
      if (seen.at < since) {
        start = seen.start;
        low = middle;
      } else high = middle;
    }
    return { start, header };
  } finally {
    await handle.close();
  }
};

const fileOf = async (path: string, since: number): Promise<LogFile> => {
  try {
    const { size, mtimeMs, ...entry } = await stat(path).then((found) => ({
      ...found,
      directory: found.isDirectory(),
    }));
    if (entry.directory) throw new SourceError('directory', '');
    if (size <= wholeBytes) return { name: path, source: { name: path, path }, cut: false };
    const from = await startOf(path, size, mtimeMs, since);
    const cut = from.start !== undefined && size > mostTail && from.start <= size - mostTail + pieceBytes;
    return { name: path, source: { name: path, path, ...from }, cut };
  } catch (error) {
    const { trouble, detail } = troubleOf(error);
    return { name: path, trouble: { kind: trouble, detail } };
  }
};

/** What has to be read for these names, the oldest first: their files, and rotated ones that reach into the asked time. */
export const logFilesFor = async (names: readonly string[], since: number): Promise<readonly LogFile[]> => {
  const paths: string[] = [];
  const lost: LogFile[] = [];
  for (const name of names) {
    const literal = !isWild(name) || (await changed(name)) !== undefined;
    const found = literal ? [name] : await pathsLike(name, namesIn);
    if (found.length === 0) lost.push({ name, trouble: { kind: 'no-match', detail: '' } });
    const dated = await Promise.all(found.map(async (path) => ({ path, at: (await changed(path)) ?? 0 })));
    // Of many files the newest; what a * finds and nobody wrote to since then has nothing to say.
    const fresh = literal ? dated : dated.filter(({ at }) => at >= since);
    const kept = fresh.length > 0 ? fresh : dated.slice(0, 1);
    paths.push(...kept.toSorted((left, right) => right.at - left.at).map(({ path }) => path));
  }
  const own = [...new Set(paths)].slice(0, mostFiles);
  const older = (await Promise.all(own.map(rotatedOf))).flat().filter((path) => !own.includes(path));
  const reaching = await Promise.all(older.map(async (path) => ({ path, at: (await changed(path)) ?? 0 })));
  const wanted = [...own, ...new Set(reaching.filter(({ at }) => at >= since).map(({ path }) => path))];
  const ordered = inTimeOrder(wanted.map((path) => ({ name: path, path })));
  const files = await Promise.all(ordered.map(({ name }) => fileOf(name, since)));
  return [...files, ...lost];
};
