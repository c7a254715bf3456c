const minute = 60_000;
const day = 24 * 60 * minute;

/** The values of one field of a cron line (`*`, `5`, `1,31`, `8-18`, `*\/10`); undefined where it is written in another way. */
const valuesOf = (field: string, from: number, to: number): readonly number[] | undefined => {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    if (!/^(?:\*|\d{1,2}(?:-\d{1,2})?)$/.test(range) || !/^\d{1,2}$/.test(step) || Number(step) === 0) return undefined;
    const [first, last = first] = range === '*' ? [from, to] : range.split('-').map(Number);
    if (first === undefined || last === undefined || first < from || last > to) return undefined;
    for (let value = first; value <= last; value += Number(step)) found.add(value);
  }
  return [...found].toSorted((one, other) => one - other);
};

/** The longest time between two neighbours on a circle. */
const longestGap = (points: readonly number[], around: number): number =>
  Math.max(...points.map((point, at) => (points[at + 1] ?? (points[0] ?? 0) + around) - point));

/** How long a job that starts by these five fields waits at most; undefined where they cannot be read. */
export const longestWait = (fields: readonly string[]): number | undefined => {
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = fields.map((field) => field.trim());
  const [atMinutes, atHours] = [valuesOf(minutes, 0, 59), valuesOf(hours, 0, 23)];
  if (fields.length !== 5 || !atMinutes?.length || !atHours?.length) return undefined;
  if (months !== '*') return 366 * day;
  if (days !== '*') return 31 * day;
  const starts = atHours.flatMap((hour) => atMinutes.map((one) => (hour * 60 + one) * minute));
  if (weekdays === '*') return longestGap(starts, day);
  const onDays = valuesOf(weekdays, 0, 7);
  if (!onDays?.length) return undefined;
  const week = [...new Set(onDays.map((one) => one % 7))].toSorted((one, other) => one - other);
  return longestGap(
    week.flatMap((one) => starts.map((start) => one * day + start)),
    7 * day,
  );
};

/** As `longestWait`, of a line as crontab has it. */
export const longestWaitOf = (line: string): number | undefined => longestWait(line.trim().split(/\s+/, 7));
