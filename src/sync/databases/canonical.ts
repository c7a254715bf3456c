// The text of a value is the same whichever database holds it: two sides are compared by it, and nothing else.

/** A decimal as a database writes it: no exponent, no zeros at its end, no sign on zero. */
export const decimalText = (text: string): string => {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const before = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const after = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const left = before.replace(/^0+/, '') || '0';
  let end = after.length;
  while (end > 0 && after[end - 1] === '0') end -= 1;
  const right = after.slice(0, end);
  const plain = right === '' ? left : `${left}.${right}`;
  return sign === '-' && plain !== '0' ? `-${plain}` : plain;
};

/** The shortest text that reads back as the same number, without an exponent. */
export const floatText = (value: number): string =>
  Number.isFinite(value) ? decimalText(String(value)) : String(value);

/** The same of a number of 32 bits, which is the same number with more digits where it is widened. */
export const singleText = (value: number): string => {
  for (let digits = 1; digits < 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return decimalText(text);
  }
  return Number.isFinite(value) ? decimalText(value.toPrecision(9)) : floatText(value);
};

/** `2024-05-01 12:00:00.500000` as ISO 8601, with `Z` where it states an instant; anything else stays. */
export const timestampText = (text: string, instant: boolean): string => {
  const parts = /^(\d{4,6}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(?:Z|[+]00(?::?00)?)?$/.exec(text);
  if (!parts) return text;
  const [, date, time, fraction = ''] = parts;
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end -= 1;
  return `${date}T${time}${end === 0 ? '' : `.${fraction.slice(0, end)}`}${instant ? 'Z' : ''}`;
};

/**
 * The order in which names of JSON are written: the shorter first, then by their bytes. PostgreSQL keeps those of jsonb so, and can write
 * the text of them where they are.
 */
export const byJsonName = (a: string, b: string): number =>
  Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b));

const mark = '\u{f8ff}#';

const sorted = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(sorted).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .toSorted(([a], [b]) => byJsonName(a, b))
      .map(([key, one]) => `${JSON.stringify(key)}: ${sorted(one)}`)
      .join(', ')}}`;
  if (typeof value === 'string' && value.startsWith(mark)) return decimalText(value.slice(mark.length));
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return floatText(value);
  return JSON.stringify(value) ?? 'null';
};

/** JSON with its names in one order and spaces as databases write them; numbers of more digits than a double holds keep them. */
export const jsonText = (text: string): string => {
  try {
    return sorted(
      JSON.parse(
        text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
          token.startsWith('"') ? token : `"${mark}${token}"`,
        ),
      ),
    );
  } catch {
    return text;
  }
};

/** A value as JavaScript holds it, of a CRM's answer or of a database without types of its own. */
export const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : timestampText(value.toISOString(), true);
  if (Array.isArray(value)) return value.map(valueText).join(';');
  try {
    return sorted(value);
  } catch {
    return '';
  }
};
