const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const monthOf = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase());

const dayMs = 86_400_000;

/** The zone of a time that names none; `local` is the zone of this machine. */
type Zone = 'local' | 'utc' | string;

const offsetMs = (zone: string): number | undefined => {
  if (/^(?:z|utc|gmt)$/i.test(zone)) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
};

const timeOf = (
  [year, month, day, hour, minute, second]: readonly [number, number, number, number, number, number],
  zone: Zone,
): number | undefined => {
  const fraction = Math.round((second % 1) * 1000);
  const whole = [year, month, day, hour, minute, Math.floor(second)] as const;
  const offset = zone === 'utc' ? 0 : zone === 'local' ? undefined : offsetMs(zone);
  const at = (offset === undefined ? new Date(...whole).getTime() : Date.UTC(...whole) - offset) + fraction;
  return Number.isNaN(at) ? undefined : at;
};

const isoForm = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;

/** `2026-11-24T09:00:01.5+09:00`, `2026-11-24 09:00:01,500`; a zone in the text wins over the given one. */
export const isoTime = (text: string, zone: Zone = 'local'): number | undefined => {
  const [, year, month, day, hour, minute, second, fraction, own] = isoForm.exec(text) ?? [];
  if (year === undefined) return undefined;
  const seconds = Number(second) + Number(`0.${(fraction ?? '0').slice(0, 3)}`);
  return timeOf([Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), seconds], own ?? zone);
};

/** `Nov 24 09:00:01`: the latest such time that is not after the file's last change, give or take a day. */
export const syslogTime = (text: string, mtime: number): number | undefined => {
  const [, name, day, hour, minute, second] = /^(\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
  const month = monthOf(name ?? '');
  if (month < 0) return undefined;
  const year = new Date(mtime).getFullYear();
  const inYear = (y: number) => timeOf([y, month, Number(day), Number(hour), Number(minute), Number(second)], 'local');
  const at = inYear(year);
  return at !== undefined && at > mtime + dayMs ? inYear(year - 1) : at;
};

/** `Tue Nov 24 09:00:01 2026`. */
export const ctimeTime = (text: string, zone: Zone = 'local'): number | undefined => {
  const [, name, day, hour, minute, second, year] =
    /^\w{3} (\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})/.exec(text) ?? [];
  const month = monthOf(name ?? '');
  if (month < 0) return undefined;
  return timeOf([Number(year), month, Number(day), Number(hour), Number(minute), Number(second)], zone);
};

/** `24-Nov-2026 09:00:01 UTC` of PHP's error log; a zone by name that is not UTC is taken as this machine's. */
export const phpTime = (text: string): number | undefined => {
  const [, day, name, year, hour, minute, second, zone] =
    /^(\d\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d)(?: ([\w/+-]+))?/.exec(text) ?? [];
  const month = monthOf(name ?? '');
  if (month < 0) return undefined;
  const given = /^(?:UTC|GMT)$/i.test(zone ?? '') ? 'utc' : 'local';
  return timeOf([Number(year), month, Number(day), Number(hour), Number(minute), Number(second)], given);
};

/** `11/24/2026 9:00 PM` of exported tables, in UTC as Exchange and Salesforce write them, or ISO. */
export const tableTime = (text: string): number | undefined => {
  const [, month, day, year, hour, minute, second, half] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AP]M))?/i.exec(text) ?? [];
  if (month === undefined) return isoTime(text, 'utc');
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  return timeOf([Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second ?? 0)], 'utc');
};
