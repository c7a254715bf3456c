import { isObject, numberIn, textIn } from '../reading.ts';

/** Values nest in Tryton's answers by a dotted field at a time; deeper is nobody's. */
const deepest = 8;

const two = (value: unknown): string => String(numberIn(value) ?? 0).padStart(2, '0');

const clock = ({ hour, minute, second }: Readonly<Record<string, unknown>>): string =>
  `${two(hour)}:${two(minute)}:${two(second)}`;

const day = ({ year, month, day: of }: Readonly<Record<string, unknown>>): string =>
  `${String(numberIn(year) ?? 0).padStart(4, '0')}-${two(month)}-${two(of)}`;

/**
 * What Tryton writes as `{ "__class__": … }` (trytond.protocols.jsonrpc): days and times as text, trytond runs in UTC
 * whatever its host does; a span in seconds; an exact number as text; bytes are not kept.
 */
export const plainValue = (value: unknown, depth = 0): unknown => {
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) return value.map((one) => plainValue(one, depth + 1));
  if (!isObject(value)) return value;
  switch (value.__class__) {
    case 'datetime': {
      const micro = numberIn(value.microsecond) ?? 0;
      const date = new Date(`${day(value)}T${clock(value)}.${String(Math.trunc(micro / 1000)).padStart(3, '0')}Z`);
      return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
    }
    case 'date':
      return day(value);
    case 'time':
      return clock(value);
    case 'timedelta':
      return numberIn(value.seconds);
    case 'Decimal':
      return textIn(value.decimal);
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainValue(one, depth + 1)]));
    default:
      return undefined;
  }
};

/** A moment as RFC 3339; null is Tryton's "never". */
export const momentIn = (value: unknown): string | undefined => {
  const plain = isObject(value) && value.__class__ === 'datetime' ? plainValue(value) : undefined;
  return typeof plain === 'string' ? plain : undefined;
};

/** A moment as a domain takes it. */
export const momentFor = (iso: string): unknown => {
  const at = new Date(iso);
  return {
    __class__: 'datetime',
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    microsecond: at.getUTCMilliseconds() * 1000,
  };
};
