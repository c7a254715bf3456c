/** The two ways to make equal what mail servers change on the way (RFC 6376 section 3.4). Texts hold one character a byte. */
export type Canonical = 'simple' | 'relaxed';

/** One header field as it stands in the message, without the CRLF at its end. */
export interface RawField {
  /** Lower case. */
  readonly name: string;
  readonly text: string;
}

const mostFields = 1_000;

/** Header fields and body of a message; line ends are CRLF from here on. */
export const splitMessage = (message: Buffer): { readonly fields: readonly RawField[]; readonly body: string } => {
  const text = message.toString('latin1').replace(/\r\n|\n|\r/g, '\r\n');
  const cut = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n');
  const head = cut < 0 ? text.replace(/\r\n$/, '') : text.slice(0, cut);
  const body = cut < 0 ? '' : text.slice(cut + (cut === 0 ? 2 : 4));
  const lines: string[][] = [];
  for (const line of head.split('\r\n')) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(line) && last) last.push(line);
    else if (lines.length < mostFields) lines.push([line]);
  }
  const fields = lines.flatMap((parts) => {
    const whole = parts.join('\r\n');
    const colon = whole.indexOf(':');
    return colon < 1 ? [] : [{ name: whole.slice(0, colon).trim().toLowerCase(), text: whole }];
  });
  return { fields, body };
};

/** Section 3.4.1, 3.4.2; without a line end. */
export const canonicalField = ({ name, text }: RawField, way: Canonical): string => {
  if (way === 'simple') return text;
  const value = text
    .slice(text.indexOf(':') + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ');
  return `${name}:${value.trim()}`;
};

/** Section 3.4.3, 3.4.4. */
export const canonicalBody = (body: string, way: Canonical): string => {
  const lines = body.split('\r\n');
  const kept = way === 'simple' ? lines : lines.map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  let end = kept.length;
  while (end > 0 && kept[end - 1] === '') end -= 1;
  if (end === 0) return way === 'simple' ? '\r\n' : '';
  return `${kept.slice(0, end).join('\r\n')}\r\n`;
};
