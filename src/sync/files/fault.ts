import type { SourceFailure } from '../../model/sync/source.ts';

/** Carries a failure through the layers of reading up to where it becomes a reply; it never leaves this folder. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly failure: SourceFailure;

  constructor(failure: SourceFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** No directory of our own for temporary files can be made there. */
export class NoPlace extends Error {
  override readonly name = 'NoPlace';
  readonly place: string;

  constructor(place: string) {
    super(`no temporary files in ${place}`);
    this.place = place;
  }
}

/** The code of a system error; also of one that was made in another realm. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

export const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error));

/** What the system says when a file of our own is written. */
export const writeFailure = (error: unknown, what: string): SourceFailure =>
  isDiskFull(error) ? { kind: 'disk-full', what } : { kind: 'no-permission', what, says: codeOf(error) };

/** What the system says of a file, as a failure that names it. */
export const failureOf = (error: unknown, what: string): SourceFailure => {
  if (error instanceof FileFault) return error.failure;
  if (error instanceof NoPlace) return { kind: 'disk-full', what: error.place };
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'not-found', what };
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'no-permission', what, says: code };
  if (code === 'EISDIR') return { kind: 'not-data', what, says: 'it is a directory' };
  if (isDiskFull(error)) return { kind: 'disk-full', what };
  if (code === 'Z_BUF_ERROR') return { kind: 'malformed', what, says: 'the packed data ends in the middle' };
  if (code.startsWith('Z_')) return { kind: 'malformed', what, says: `the packed data is damaged (${code})` };
  const says = code !== '' ? code : error instanceof Error ? error.message.slice(0, 200) : 'unknown';
  return { kind: 'malformed', what, says };
};
