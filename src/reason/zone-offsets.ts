const formats = new Map<string, Intl.DateTimeFormat | undefined>();

const formatOf = (zone: string): Intl.DateTimeFormat | undefined => {
  if (!formats.has(zone)) {
    let format: Intl.DateTimeFormat | undefined;
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      // A name that the tz database does not have counts as UTC.
    }
    formats.set(zone, format);
  }
  return formats.get(zone);
};

const measured = (zone: string, instant: number): number => {
  const format = formatOf(zone);
  if (!format) return 0;
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return Math.round((wall - Math.floor(instant / 1000) * 1000) / 60_000);
};

interface Stretch {
  readonly from: number;
  readonly minutes: number;
}

/** Offsets of a year from its start, each from its own moment on. */
const stretchesOf = (zone: string, year: number): readonly Stretch[] => {
  const found: Stretch[] = [{ from: Date.UTC(year, 0, 1), minutes: measured(zone, Date.UTC(year, 0, 1)) }];
  for (let month = 0; month < 12; month += 1) {
    let [low, high] = [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
    const [before, after] = [measured(zone, low), measured(zone, high)];
    if (before === after) continue;
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000;
      if (measured(zone, middle) === before) low = middle;
      else high = middle;
    }
    found.push({ from: high, minutes: after });
  }
  return found;
};

const years = new Map<string, readonly Stretch[]>();

/** Minutes east of UTC at this moment by the tz database; the years 1900 to 2100, outside of them the nearest of these. */
export const zoneOffset = (zone: string, instant: number): number => {
  const year = Math.min(2100, Math.max(1900, new Date(instant).getUTCFullYear() || 1970));
  const id = `${zone} ${year}`;
  let stretches = years.get(id);
  if (!stretches) {
    stretches = stretchesOf(zone, year);
    // At most a few zones are ever asked for; the names of a configuration are no reason to grow without end.
    if (years.size > 4000) years.clear();
    years.set(id, stretches);
  }
  return stretches.findLast(({ from }) => from <= instant)?.minutes ?? stretches[0]?.minutes ?? 0;
};

/** Whether clocks are put forward in the zone at this moment. */
export const inSummerTime = (zone: string, instant: number): boolean => {
  const year = new Date(instant).getUTCFullYear() || 1970;
  const standard = Math.min(zoneOffset(zone, Date.UTC(year, 0, 1)), zoneOffset(zone, Date.UTC(year, 6, 1)));
  return zoneOffset(zone, instant) > standard;
};
