const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  yen: '¥',
  copy: '©',
  reg: '®',
  middot: '·',
  hellip: '…',
  ndash: '–',
  mdash: '—',
};

/** Entities of HTML read once: those by number, and the few names that escaping produces. */
export const unescaped = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g, (whole, decimal, hex, name) => {
        if (typeof name === 'string') return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
        const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
        return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
      })
    : text;

const tag = /<\/?[a-zA-Z][^<>]*>/g;

/** Whether a tag of HTML stands in it. */
export const hasTags = (text: string): boolean => text.search(tag) !== -1;

/** What a reader sees of HTML, without any blank: programs differ in the blanks they leave for tags. */
export const visible = (html: string): string =>
  unescaped(html.replaceAll(tag, ' ')).replaceAll(/[\s\u00a0\u3000]+/g, '');
