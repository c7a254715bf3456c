import type { SourceFailure } from '../../model/sync/source.ts';

// Not by `instanceof`: errors of the system come from another realm where tests run.
const textOf = (error: unknown, name: 'code' | 'message'): string | undefined => {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
};

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the system said when a file was opened, read or written. */
export const failureOf = (error: unknown, what: string, after = 0): SourceFailure => {
  const code = textOf(error, 'code');
  if (code !== undefined && noRoom.has(code)) return { kind: 'disk-full', what };
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'not-found', what };
  const says = textOf(error, 'message')?.slice(0, 200) ?? 'unknown';
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'no-permission', what, says };
  return { kind: 'interrupted', what, says, after };
};
