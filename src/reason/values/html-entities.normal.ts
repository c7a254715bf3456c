import { defineNormalRule } from '../../model/sync/normal.ts';

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

const once = (value: string): string =>
  value.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : entity;
  });

/** Escaped once or twice. */
export const htmlEntities = defineNormalRule({
  id: 'html-entities',
  title: { en: 'HTML entities', ja: 'HTML 実体参照' },
  cause: 'sync.html-entity-escaped',
  canonical: (value) => (value.includes('&') ? once(once(value)) : value),
});
