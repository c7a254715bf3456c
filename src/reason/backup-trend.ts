import type { BackupEntry, BackupSeries } from '../model/backup-facts.ts';

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Those that are not being written at this moment, the newest first. */
export const finished = ({ members }: Pick<BackupSeries, 'members'>): readonly BackupEntry[] =>
  members.filter(({ growing }) => growing !== true);

/** Fewer say nothing of what is usual. */
const leastBefore = 3;

/** A drop is news for so many backups; then it is how large they are. */
const longestNews = 5;

/** Less than this part of the smallest one before. */
const part = 0.5;

/** A sudden loss of size. */
export interface Drop {
  readonly now: BackupEntry;
  /** The usual size before, in bytes. */
  readonly usual: number;
  /** So many backups are small. */
  readonly since: number;
  readonly compared: number;
}

/**
 * The newest ones are smaller than half of the smallest before them. So a series of few full and many small backups in
 * between (weekly, incremental) has no drop, for small ones are among those before.
 */
export const dropOf = (series: Pick<BackupSeries, 'members'>): Drop | undefined => {
  const entries = finished(series);
  const [now] = entries;
  for (let since = 1; now && since <= longestNews; since += 1) {
    const before = entries.slice(since).map(({ bytes }) => bytes);
    if (before.length < leastBefore) return undefined;
    const largest = Math.max(...entries.slice(0, since).map(({ bytes }) => bytes));
    if (largest < Math.min(...before) * part) return { now, usual: middle(before), since, compared: before.length };
  }
  return undefined;
};

const timeOf = ({ modified }: BackupEntry): number => Date.parse(modified);

/** How far its backups lie apart, usually; undefined where too few are left to tell. */
export const rhythmOf = ({ members }: Pick<BackupSeries, 'members'>): number | undefined => {
  const times = members.map(timeOf);
  const gaps = times.slice(1).map((time, index) => (times[index] ?? time) - time);
  return gaps.length < leastBefore ? undefined : middle(gaps);
};

/**
 * A series that came as often as the others are expected and then stopped, while another one, which was there before it
 * stopped, goes on. One that another took the place of (a new name) has nobody beside it; a monthly one is slow by itself.
 */
export const stoppedAmong = (
  all: readonly BackupSeries[],
  { now, maxAgeMs }: { readonly now: number; readonly maxAgeMs: number },
): readonly BackupSeries[] =>
  all.filter((series) => {
    const [newest] = series.members;
    const rhythm = rhythmOf(series);
    if (!newest || rhythm === undefined || rhythm > maxAgeMs || now - timeOf(newest) <= maxAgeMs) return false;
    return all.some((other) => {
      const [first] = other.members;
      const goesOn = first !== undefined && now - timeOf(first) <= maxAgeMs;
      return other !== series && goesOn && Date.parse(other.oldest) < timeOf(newest) - rhythm;
    });
  });
