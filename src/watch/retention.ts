/** The end of the id of a run that `watch` has kept: those of a person's commands have none, and are never cleared away. */
export const watchedEnd = '-w';

const day = 86_400_000;

/** So many at most, however often something changes; of those that are older than two days the first of each stretch is enough. */
const most = 2_000;
const stretches: readonly (readonly [ageMs: number, everyMs: number])[] = [
  [2 * day, 0],
  [14 * day, day / 8],
  [Number.POSITIVE_INFINITY, day],
];

/** `20261124T020512Z-…`: when it began. */
const startOf = (id: string): number => {
  const [, date, time] = /^(\d{8})T(\d{6})Z-/.exec(id) ?? [];
  if (date === undefined || time === undefined) return Number.NaN;
  const part = (text: string, at: number, length: number): string => text.slice(at, at + length);
  return Date.parse(
    `${part(date, 0, 4)}-${part(date, 4, 2)}-${part(date, 6, 2)}T${part(time, 0, 2)}:${part(time, 2, 2)}:${part(time, 4, 2)}Z`,
  );
};

/** The ids of kept runs that may go. */
export const clearable = (ids: readonly string[], now: number, keepMs: number): readonly string[] => {
  const own = ids
    .filter((id) => id.endsWith(watchedEnd))
    .flatMap((id) => {
      const at = startOf(id);
      return Number.isNaN(at) ? [] : [{ id, at }];
    })
    .toSorted((one, other) => one.at - other.at);
  const seen = new Set<string>();
  const kept = own.filter(({ at }) => {
    const age = now - at;
    if (age > keepMs) return false;
    const everyMs = stretches.find(([ageMs]) => age <= ageMs)?.[1] ?? day;
    if (everyMs === 0) return true;
    const stretch = `${everyMs} ${Math.floor(at / everyMs)}`;
    if (seen.has(stretch)) return false;
    seen.add(stretch);
    return true;
  });
  const staying = new Set(kept.slice(-most).map(({ id }) => id));
  return own.flatMap(({ id }) => (staying.has(id) ? [] : [id]));
};
