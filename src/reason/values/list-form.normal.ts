import { defineNormalRule } from '../../model/sync/normal.ts';

const longest = 20_000;

/** One element of a list without blanks before it: in quotes with escapes, or as far as the next separator. */
const element = /(?:"((?:[^"\\]|\\.|"")*)"\s*|'((?:[^'\\]|\\.|'')*)'\s*|([^,{}[\]"']*))(,|$)/suy;
/** By itself: beside what may begin with blanks as well, a run of them would be parted in every way. */
const blanks = /\s*/y;

/** What stands between the brackets of `{a,"b,c",NULL}` (an array of PostgreSQL) or `["a","b"]`; undefined: it is no such list. */
const elementsIn = (inner: string): readonly string[] | undefined => {
  if (inner.trim() === '') return [];
  const found: string[] = [];
  for (let at = 0; ; ) {
    blanks.lastIndex = at;
    at += blanks.exec(inner)?.[0].length ?? 0;
    element.lastIndex = at;
    const [whole, double, single, bare = '', end] = element.exec(inner) ?? [];
    if (whole === undefined) return undefined;
    const quoted = double ?? single;
    if (quoted === undefined) found.push(/^null$/i.test(bare.trim()) ? '' : bare.trim());
    else found.push(quoted.replace(/\\(.)|""|''/gsu, (pair, sign: string | undefined) => sign ?? pair.charAt(0)));
    if (end === '') return found;
    at += whole.length;
  }
};

const decimal = /^-?\d{1,30}(?:\.\d{1,30})?$/;

/** Numbers without zeros at their end and truths in words, as a database side has them in its lists. */
const plain = (elements: readonly string[]): readonly string[] => {
  const filled = elements.filter((one) => one !== '');
  if (filled.every((one) => decimal.test(one)))
    return elements.map((one) => (one.includes('.') ? one.replace(/0+$/, '').replace(/\.$/, '') : one));
  if (filled.every((one) => one === 't' || one === 'f'))
    return elements.map((one) => ({ t: 'true', f: 'false' })[one] ?? one);
  return elements;
};

const isBracketed = (value: string): boolean => /^\s*(?:\{.*\}|\[.*\])\s*$/s.test(value);

/** A list as a database exports it, `{a,"b,c"}`, and as one is compared, `a;b,c`: in the same order. */
export const listForm = defineNormalRule({
  id: 'list-form',
  title: { en: 'notation of lists', ja: 'リスト（配列）の表記' },
  types: ['text', 'multi-picklist'],
  cause: 'sync.multi-select-order',
  isOwn: isBracketed,
  canonical: (value) => {
    if (value.length > longest) return undefined;
    // Most texts are no list at all.
    if (!isBracketed(value)) return /[.;]|^[tf]$/.test(value) ? plain(value.split(';')).join(';') : value;
    const elements = elementsIn(value.trim().slice(1, -1));
    return elements && plain(elements).join(';');
  },
});
