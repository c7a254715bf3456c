/** Whether a number format shows a date, a time of day or both; signs in quotes, brackets and behind a backslash are no part of it. */
export const dateFormat = (code: string): 'date' | 'time' | 'both' | undefined => {
  let plain = '';
  for (let at = 0; at < code.length; at += 1) {
    const sign = code[at];
    if (sign === '"') {
      const close = code.indexOf('"', at + 1);
      at = close < 0 ? code.length : close;
    } else if (sign === '[') {
      const close = code.indexOf(']', at);
      const inside = code.slice(at + 1, close < 0 ? undefined : close);
      // [h], [mm]: hours beyond a day.
      if (/^[hms]+$/i.test(inside)) plain += inside;
      at = close < 0 ? code.length : close;
    } else if (sign === '\\' || sign === '_' || sign === '*') at += 1;
    else if (sign === ';') break;
    else plain += sign;
  }
  const lower = plain.toLowerCase();
  if (lower === 'general' || lower === 'g/標準' || lower === '@') return undefined;
  const time = /[hs]/.test(lower);
  const date = /[ydge]/.test(lower.replace(/e[+-]/g, '').replace(/general/g, '')) || (lower.includes('m') && !time);
  return date && time ? 'both' : date ? 'date' : time ? 'time' : undefined;
};

/** Formats with a number of their own (ECMA-376 18.8.30, with those of Japan). */
export const builtInFormat = (id: number): 'date' | 'time' | 'both' | undefined => {
  if (id >= 14 && id <= 17) return 'date';
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'time';
  if (id === 22) return 'both';
  if (id === 32 || id === 33) return 'time';
  if ((id >= 27 && id <= 31) || id === 34 || id === 35 || id === 36 || (id >= 50 && id <= 58)) return 'date';
  return undefined;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** The day number of Excel as ISO text; undefined where it is none. */
export const excelDate = (serial: number, shows: 'date' | 'time' | 'both', from1904: boolean): string | undefined => {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return undefined;
  const milliseconds = Math.round((serial - Math.floor(serial)) * 86_400_000);
  // Seconds are the most that is kept by the fraction of a day, with thousandths only where they are meant.
  const whole = Math.abs(milliseconds - Math.round(milliseconds / 1_000) * 1_000) < 2;
  const inDay = whole ? Math.round(milliseconds / 1_000) * 1_000 : milliseconds;
  const days = Math.floor(serial) + Math.floor(inDay / 86_400_000);
  const rest = inDay % 86_400_000;
  const seconds = Math.floor(rest / 1_000);
  const clock = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${
    rest % 1_000 === 0 ? '' : `.${String(rest % 1_000).padStart(3, '0')}`
  }`;
  if (days === 0 && !from1904 && shows !== 'date') return clock;
  if (shows === 'time' && days === 0) return clock;
  // Excel has a 29 February 1900 that never was; what is written as that day has no other name.
  if (!from1904 && days === 60) return '1900-02-29';
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const day = new Date(epoch + days * 86_400_000).toISOString().slice(0, 10);
  return shows === 'date' && rest === 0 ? day : rest === 0 && shows === 'both' ? `${day}T00:00:00` : `${day}T${clock}`;
};
