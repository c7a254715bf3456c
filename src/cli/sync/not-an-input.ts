import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SideConfig, SyncSubject } from '../../model/sync/subject.ts';
import { urlOf } from '../../sync/databases/connect.ts';
import { expand } from '../../sync/files/expand.ts';
import { classNames } from '../../sync/written/classes.ts';
import { UsageError } from '../command.ts';
import { directoryOf, type Outputs } from './outputs.ts';

/** What a file is, whatever path leads to it; undefined where it is not there. */
const idOf = async (path: string): Promise<string | undefined> =>
  stat(path).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => undefined,
  );

const pathOf = (side: SideConfig): string | undefined => {
  if (side.kind === 'file') return side.file;
  const url = side.kind === 'database' ? urlOf(side.url) : undefined;
  return url?.protocol === 'sqlite:' ? decodeURIComponent(url.pathname) : undefined;
};

/**
 * Refuses to write over what is read: both sides, and the logs of the job. A typing error would cost the only copy of it. `reports` are
 * the files of `--format NAME=FILE`, absolute.
 */
export const refuseInputs = async (
  { directory, format, patch }: Outputs,
  reports: readonly string[],
  subjects: readonly SyncSubject[],
): Promise<void> => {
  const outputs = [
    ...(patch ? [{ flag: '--patch', path: patch.file }] : []),
    ...reports.map((path) => ({ flag: '--format', path })),
    ...(directory === undefined
      ? []
      : subjects.flatMap((subject) => {
          const folder = directoryOf(directory, subject);
          return classNames.map((name) => ({ flag: '--output-dir', path: join(folder, `${name}.${format}`) }));
        })),
  ];
  const written = new Map<string, (typeof outputs)[number]>();
  for (const output of outputs) {
    const id = await idOf(output.path);
    if (id !== undefined) written.set(id, output);
  }
  if (written.size === 0) return;
  const named = subjects.flatMap(({ config: { left, right, logs = [] } }) => [pathOf(left), pathOf(right), ...logs]);
  const { signal } = new AbortController();
  for (const pattern of named) {
    // What is not there is said when it is read.
    const paths = pattern === undefined ? [] : await expand(pattern, signal).catch(() => []);
    for (const path of paths) {
      const output = written.get((await idOf(path)) ?? '');
      if (!output) continue;
      throw new UsageError({
        en: `${output.flag} would write over ${path}, which is read; name another place`,
        ja: `${output.flag} の書き込み先が、読み取るファイル ${path} と同じです。別の場所を指定してください`,
      });
    }
  }
};
