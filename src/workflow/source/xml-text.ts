const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

// The reader has seen that each of them is one of the five names or the number of a character.
const reference = /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi;

/** What is written between tags or in an attribute, without entities and with one kind of line end. */
export const decoded = (raw: string): string => {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  if (!text.includes('&')) return text;
  return text.replace(reference, (whole, hex: string | undefined, decimal: string | undefined, name: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
    return named[name] ?? whole;
  });
};

/** How long the stretch that begins at `at` is in the source: `&amp;` is one character of text and five there. */
const widthAt = (raw: string, at: number): number => {
  const code = raw.charCodeAt(at);
  if (code === 13 && raw.charCodeAt(at + 1) === 10) return 2;
  if (code !== 38) return 1;
  const end = raw.indexOf(';', at);
  return end < 0 ? 1 : end - at + 1;
};

/** Where in the source a character of the decoded text stands, counted from where the source begins. */
export const sourceOffset = (raw: string, characters: number): number => {
  let at = 0;
  let left = characters;
  while (left > 0 && at < raw.length) {
    const width = widthAt(raw, at);
    // A reference to a character beyond the first plane is two units of text.
    left -= width > 2 ? decoded(raw.slice(at, at + width)).length : 1;
    at += width;
  }
  return at;
};
