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

// What takes more room in the source than in the text.
const wider = /&(?:#x[0-9a-f]+|#\d+|\w+);|\r\n/gi;

/** Where characters of text and of source get out of step: behind each `&amp;`, counted in both. */
export const encodings = (raw: string): readonly (readonly [character: number, offset: number])[] => {
  let saved = 0;
  return [...raw.matchAll(wider)].map(({ 0: whole, index }) => {
    const end = index + whole.length;
    saved += whole.length - decoded(whole).length;
    return [end - saved, end] as const;
  });
};
