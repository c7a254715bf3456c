/** Whether a value has a form. All of them are linear in the length of the value; none is asked about a blank one. */
export type Form = (value: string) => boolean;

const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** As a database reads it: ASCII digits without grouping or currency. */
export const isNumber: Form = (value) => value.length < 2000 && number.test(value.trim());

const moment =
  /^(\d{4})([-/]?)(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?))?)?$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Year, month and day, with a time of day or without: a day that the calendar has. */
export const isDate: Form = (value) => {
  const parts = moment.exec(value.trim());
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  // Without separators only eight digits are a date.
  if (parts[2] === '' && (parts[3]?.length !== 2 || parts[4]?.length !== 2)) return false;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  const [hour, minute, second] = [Number(parts[5] ?? 0), Number(parts[6] ?? 0), Number(parts[7] ?? 0)];
  return hour <= 24 && minute <= 59 && second <= 60;
};

const truths = new Set(['true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', 'on', 'off', '1', '0']);

export const isBoolean: Form = (value) => truths.has(value.trim().toLowerCase());

/** How nearly all are written: one look says yes, and at what it does not know is looked closely. */
const usual = {
  email: /^[\w.+-]{1,64}@(?:[a-z0-9][a-z0-9-]{0,30}\.){1,4}[a-z0-9][a-z0-9-]{0,30}$/i,
  phone: /^0\d{1,4}-\d{1,4}-\d{4}$|^0\d{9,10}$/,
  postcode: /^\d{3}-?\d{4}$/,
} as const;

/** What mail systems deliver to: `..` and `.@` stand in real addresses of Japanese mobile carriers. */
export const isEmail: Form = (value) => {
  if (usual.email.test(value)) return true;
  const address = value.trim();
  const at = address.indexOf('@');
  if (at < 1 || at > 64 || at !== address.lastIndexOf('@') || address.length > 254) return false;
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(address.slice(0, at))) return false;
  const labels = address.slice(at + 1).split('.');
  return (
    labels.length > 1 && labels.every((label) => label.length <= 63 && /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*)$/u.test(label))
  );
};

/** Everything from here on is an extension. */
const extension = /(?:内線|ext\.?|x)/i;

/** National with its leading 0, or international with + and the country's code; an extension may follow. */
export const isPhone: Form = (value) => {
  if (value.length > 100) return false;
  const signs = value.includes('-') ? value.length - 2 : value.length;
  if ((signs === 10 || signs === 11) && usual.phone.test(value)) return true;
  const plain = value.normalize('NFKC').trim();
  const at = plain.search(extension);
  const main = (at < 1 ? plain : plain.slice(0, at)).trim().replace(/[-(（,、]+$/u, '');
  if (at > 0 && !/\d/.test(plain.slice(at))) return false;
  if (!/^\+?[\d\s().\-‐‑–—―−ー/~〜]+$/u.test(main)) return false;
  const digits = main.replace(/\D/g, '');
  if (main.startsWith('+')) return digits.length >= 8 && digits.length <= 15;
  // Nine digits without a 0 are what a spreadsheet leaves of 03-1234-5678.
  if (!digits.startsWith('0')) return digits.length === 10;
  return digits.length >= 10 && digits.length <= 12;
};

/** What a postal code looks like: Japan's, digits of another length (another country's, or a 0 was lost), letters too, or none. */
export type PostcodeForm = 'japan' | 'digits' | 'letters' | 'none';

export const postcodeForm = (value: string): PostcodeForm => {
  if (value.length > 100) return 'none';
  if (usual.postcode.test(value)) return 'japan';
  const plain = value.normalize('NFKC').replace('〒', '').trim();
  if (/^\d{3}[-‐‑–—―−ー ]?\d{4}$/u.test(plain)) return 'japan';
  if (/^\d{4,6}(?:-\d{3,4})?$/.test(plain) && plain.length <= 10) return 'digits';
  const short = plain.length >= 4 && plain.length <= 10 && /^[A-Z0-9][A-Z0-9 -]*[A-Z0-9]$/i.test(plain);
  return short && /\d/.test(plain) && /[A-Z]/i.test(plain) ? 'letters' : 'none';
};
