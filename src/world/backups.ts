import { stat } from 'node:fs/promises';
import type { BackupPlace, BackupSeries } from '../model/backup-facts.ts';
import type { Backups } from '../model/world.ts';
import { seriesOf } from '../reason/backup-names.ts';
import { backupsAt, type FoundBackup } from './backup-files.ts';
import { examine } from './backup-integrity.ts';
import { budgetOf } from './backup-reading.ts';
import { printable } from './printable.ts';

/** What was found of one series, the newest first. */
type Found = readonly [FoundBackup, ...FoundBackup[]];

const mostSeries = 12;
const mostMembers = 20;

/** Content is read of the newest backup of so many series. */
const mostExamined = 4;

/** Content is read for so long at a place; the rest of the time of a check is for looking at names. */
const contentMs = 20_000;

const newestFirst = (left: FoundBackup, right: FoundBackup): number => right.modified.localeCompare(left.modified);

const groupsOf = (backups: readonly FoundBackup[]): readonly Found[] => {
  const groups = new Map<string, FoundBackup[]>();
  for (const backup of backups.toSorted(newestFirst)) {
    const name = seriesOf(backup.path);
    groups.set(name, [...(groups.get(name) ?? []), backup]);
  }
  // A group is made with its first member.
  return [...groups.values()] as unknown as readonly Found[];
};

const entryOf = ({ file: _, ...entry }: FoundBackup) => ({ ...entry, path: printable(entry.path) });

/** Written to while it was looked at. */
const hasChanged = async ({ file, bytes, modified, folder }: FoundBackup): Promise<boolean> => {
  const now = await stat(file).catch(() => undefined);
  return now !== undefined && folder !== true && (now.size !== bytes || now.mtime.toISOString() !== modified);
};

interface Look {
  readonly until: number;
  readonly signal: AbortSignal;
}

const examinedOf = async (group: Found, { until, signal }: Look): Promise<Pick<BackupSeries, 'examined'>> => {
  const newest = group.find(({ growing, bytes }) => growing !== true && bytes > 0);
  if (!newest) return {};
  const path = printable(newest.file);
  const integrity = await examine(newest.file, budgetOf(until, signal));
  return {
    examined: (await hasChanged(newest))
      ? { path, integrity: { kind: 'unknown', formats: integrity.formats, why: 'growing' } }
      : { path, integrity },
  };
};

/** One huge archive must not take the time of the small ones after it. */
const shareOf = (end: number, left: number): number => {
  const now = performance.now();
  return now + (end - now) / left;
};

/** Looks at the backups of a CRM where they lie: names, sizes, times, and the content of the newest ones. */
export const createBackups = (
  clock: { readonly now: () => Date },
  { withinMs = contentMs }: { readonly withinMs?: number } = {},
): Backups => ({
  look: async (path, signal) => {
    const { backups, trouble, passedOver, more } = await backupsAt(path, clock.now().getTime());
    signal.throwIfAborted();
    const groups = groupsOf(backups);
    const end = performance.now() + withinMs;
    const examined = Math.min(groups.length, mostExamined);
    const series: BackupSeries[] = [];
    for (const [index, group] of groups.slice(0, mostSeries).entries()) {
      series.push({
        name: printable(seriesOf(group[0].path)),
        count: group.length,
        oldest: group.at(-1)?.modified ?? group[0].modified,
        members: group.slice(0, mostMembers).map(entryOf),
        ...(index < examined ? await examinedOf(group, { until: shareOf(end, examined - index), signal }) : {}),
      });
    }
    const place: BackupPlace = {
      path: printable(path),
      series,
      count: backups.length,
      passedOver,
      more: more || groups.length > mostSeries,
      ...(trouble ? { trouble: { ...trouble, at: printable(trouble.at) } } : {}),
    };
    return place;
  },
});
