import { unitsOf } from '../../i18n/wrap.ts';

const literally = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti');

/** Where a line of Japanese may be broken, which not every roff knows by itself. */
const breakable = (text: string): string =>
  unitsOf(text)
    .map((unit, at, units) => {
      const next = units[at + 1] ?? ' ';
      return literally(unit) + (unit.trim() === '' || next.trim() === '' ? '' : '\\:');
    })
    .join('');

/** Text for roff: nothing in it is a request, an escape or a hyphen that may be broken or become another sign. */
export const roff = (text: string): string => {
  const line = text.replace(/\s*\n\s*/g, ' ');
  const escaped = /[^ -~]/.test(line) ? breakable(line) : literally(line);
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped;
};

/** An argument of a macro. */
const quoted = (text: string): string => `"${roff(text).replaceAll('"', '\\(dq')}"`;

export const heading = (text: string): string => `.SH ${quoted(text)}`;

export const subheading = (text: string): string => `.SS ${quoted(text)}`;

export const paragraph = (text: string): readonly string[] => ['.PP', roff(text)];

/** A term in bold and what it means, set in below it. */
export const item = (term: string, about: string): readonly string[] => [
  '.TP',
  `.B ${quoted(term)}`,
  ...(about === '' ? [] : [roff(about)]),
];

/** Lines that stay as they are. */
export const literal = (lines: readonly string[]): readonly string[] => [
  '.PP',
  '.nf',
  '.RS 4',
  ...lines.map((line) => roff(line) || '\\&'),
  '.RE',
  '.fi',
];
