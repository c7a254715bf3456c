const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 5322 section 4.3, and the name that Japanese servers write where an offset belongs. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  jst: 540,
  cet: 60,
  cest: 120,
  bst: 60,
};

const offsetOf = (zone: string | undefined): number => {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  if (hours === undefined) return zones[(zone ?? '').toLowerCase()] ?? 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

/** A header's text without what stands in parentheses (RFC 5322 section 3.2.2). */
export const withoutComments = (text: string): string => {
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept;
};

/** A date of RFC 5322 in the forms that servers really write; nothing where it is none. */
export const mailDate = (text: string): Date | undefined => {
  const bare = withoutComments(text.slice(0, 200)).replace(/\s+/g, ' ').trim();
  const [, day, month = '', year = '', hour, minute, second = '0', zone] =
    /(?:^|[ ,])(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{2,4}) (\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)? ?([+-]\d{2}:?\d{2}|[A-Za-z]{1,5})?/.exec(
      bare,
    ) ?? [];
  const index = months.indexOf(month.toLowerCase());
  if (day === undefined || index < 0) {
    const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)/.exec(bare)?.[0];
    const time = iso === undefined ? Number.NaN : Date.parse(iso);
    return Number.isNaN(time) ? undefined : new Date(time);
  }
  // Two digits: RFC 5322 section 4.3
  const short = Number(year);
  const full = year.length === 2 ? short + (short < 50 ? 2000 : 1900) : year.length === 3 ? short + 1900 : short;
  const time =
    Date.UTC(full, index, Number(day), Number(hour), Number(minute), Number(second)) - offsetOf(zone) * 60_000;
  return Number.isNaN(time) ? undefined : new Date(time);
};
