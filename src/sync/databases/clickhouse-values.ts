import { decimalText, jsonText } from './canonical.ts';
import { clickhouseKind, elementOf } from './clickhouse-dialect.ts';

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  r: '\r',
  n: '\n',
  t: '\t',
  0: '\0',
  a: '\u0007',
  v: '\v',
};

/** A field of a tab separated line, or what stands in quotes in an array. */
export const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\(.)/gs, (_, char: string) => escapes[char] ?? char) : text;

/** The elements of `['a','b,c',NULL]`, each as it would be written alone; inner arrays are read along. */
const elements = (text: string): readonly string[] => {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === "'") {
      const start = at + 1;
      at = start;
      while (at < text.length && text[at] !== "'") at += text[at] === '\\' ? 2 : 1;
      found.push(unescaped(text.slice(start, at)));
      at += 1;
    } else if ('[], '.includes(char)) at += 1;
    else {
      const start = at;
      while (at < text.length && !'[],'.includes(text.charAt(at))) at += 1;
      const word = text.slice(start, at);
      found.push(word === 'NULL' ? '' : word);
    }
  }
  return found;
};

const notFinite: Readonly<Record<string, string>> = { nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' };

const one = (text: string, declared: string): string => {
  switch (clickhouseKind(declared)) {
    case 'single':
    case 'float':
      return notFinite[text] ?? decimalText(text);
    case 'decimal':
      return decimalText(text);
    case 'json':
      return jsonText(text);
    case 'padded': {
      let end = text.length;
      while (end > 0 && text[end - 1] === '\0') end -= 1;
      return text.slice(0, end);
    }
    case 'array':
      return elements(text)
        .map((part) => one(part, elementOf(declared)))
        .join(';');
    default:
      return text;
  }
};

/** A field of TabSeparated as the server writes it; of an array, only what stands in its quotes is escaped. */
export const clickhouseText = (field: string, declared: string): string => {
  if (field === '\\N') return '';
  return one(clickhouseKind(declared) === 'array' ? field : unescaped(field), declared);
};
