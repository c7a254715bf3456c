import { defineNormalRule } from '../../model/sync/normal.ts';

/** What stands between the quotes of `="0012"`; undefined: it is another formula. */
const quotedIn = (value: string): string | undefined => {
  if (value.length < 4 || !value.startsWith('="') || !value.endsWith('"')) return undefined;
  const inner = value.slice(2, -1);
  return inner.replaceAll('""', '').includes('"') ? undefined : inner.replaceAll('""', '"');
};

const isApostrophe = (value: string): boolean => value.length > 1 && value.startsWith("'");

/** By which sign a value is kept as text; undefined: by none. */
export const guardOf = (value: string): 'formula' | 'apostrophe' | undefined => {
  if (isApostrophe(value)) return 'apostrophe';
  return quotedIn(value) === undefined ? undefined : 'formula';
};

/** `="0012"` and `'0012`: a spreadsheet shows 0012 and takes it for no number, every other program reads the signs as well. */
export const textGuard = defineNormalRule({
  id: 'text-guard',
  title: { en: 'sign that keeps a value as text', ja: '文字列として扱うための記号' },
  cause: 'sync.invisible-characters',
  signs: /['=]/,
  isOwn: (value) => guardOf(value) !== undefined,
  canonical: (value) => (isApostrophe(value) ? value.slice(1) : (quotedIn(value) ?? value)),
});
