import type { SourceFailure } from '../../model/sync/source.ts';
import { parseJson } from './json-value.ts';

export type Sniffed = { readonly kind: 'parquet' | 'zip' | 'gzip' | 'csv' | 'json' | 'jsonl' | 'empty' } | NotData;

/** What it is instead; `told`: and what to do about it. */
type NotData = Pick<Extract<SourceFailure, { kind: 'not-data' }>, 'kind' | 'says' | 'told'>;

const advised = (says: string, step: string): NotData => ({ kind: 'not-data', says: `${says}: ${step}`, told: true });
const seen = (says: string): NotData => ({ kind: 'not-data', says });

const magics: readonly (readonly [hex: string, is: NotData])[] = [
  ['d0cf11e0a1b11ae1', advised('an old Excel file (.xls) or an encrypted one', 'save it as .xlsx or CSV')],
  ['53514c69746520666f726d6174203300', advised('an SQLite database', 'name it as a database, not as a file')],
  ['25504446', seen('a PDF')],
  ['89504e47', seen('an image (PNG)')],
  ['ffd8ff', seen('an image (JPEG)')],
  ['47494638', seen('an image (GIF)')],
  ['7f454c46', seen('a program (ELF)')],
  ['4d5a9000', seen('a program (Windows)')],
  ['28b52ffd', advised('packed with Zstandard', 'unpack it first')],
  ['fd377a585a00', advised('packed with xz', 'unpack it first')],
  ['425a68', advised('packed with bzip2', 'unpack it first')],
  ['377abcaf271c', advised('packed with 7-Zip', 'unpack it first')],
  ['526172211a07', advised('packed with RAR', 'unpack it first')],
];

/** What the first bytes say without being text. */
export const sniffBytes = (head: Buffer): Sniffed | undefined => {
  if (head.length === 0) return { kind: 'empty' };
  const hex = head.subarray(0, 16).toString('hex');
  if (hex.startsWith('1f8b')) return { kind: 'gzip' };
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return { kind: 'zip' };
  if (hex.startsWith('50415231')) return { kind: 'parquet' };
  for (const [magic, is] of magics) if (hex.startsWith(magic)) return is;
  if (head.toString('latin1', 257, 262) === 'ustar') return advised('a tar archive', 'unpack it first');
  return undefined;
};

/** Bytes of one-byte encodings that no text has: a few of them, zero too, are in values; many are no text. */
export const looksBinary = (head: Buffer): boolean => {
  let odd = 0;
  for (const byte of head) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 26 && byte !== 27) odd += 1;
  }
  return odd > head.length * 0.01;
};

const isObject = (text: string): 'record' | 'with-list' | undefined => {
  try {
    const value = parseJson(text);
    if (value === null || typeof value !== 'object' || !('entries' in value)) return undefined;
    const lists = [...value.entries.values()].some((item) => {
      const first = item !== null && typeof item === 'object' && 'list' in item ? item.list[0] : undefined;
      return first !== undefined && first !== null && typeof first === 'object' && 'entries' in first;
    });
    return lists ? 'with-list' : 'record';
  } catch {
    return undefined;
  }
};

/** `[1, 2]`, all of the text; a header may well be `[2024],[2025]`. */
const isNumbers = (text: string): boolean => /^\[[\d\s,.-]{1,10000}\]\s*$/.test(text);

/** What a text is, from its beginning. */
export const sniffText = (text: string): Sniffed => {
  const start = text.trimStart();
  if (start === '' || start === '\u001a') return { kind: 'empty' };
  if (/^<(!doctype html|html)/i.test(start.slice(0, 20)))
    return seen('a web page (HTML), perhaps the login page of the service it was fetched from');
  if (/^<\?xml/i.test(start.slice(0, 5))) return advised('XML', 'export the records as CSV or JSON');
  if (/^\[\s*[[{\]"]/.test(start.slice(0, 10_000)) || isNumbers(start)) return { kind: 'json' };
  if (start[0] === '{' && /^\{\s*["}]/.test(start.slice(0, 10_000))) {
    const [first = '', ...others] = start.split('\n', 20).map((line) => line.trim());
    const next = others.find((line) => line !== '');
    const kind = isObject(first);
    if (next === undefined) return { kind: kind === 'record' ? 'jsonl' : 'json' };
    return { kind: kind !== undefined || (first !== '{' && next.startsWith('{"')) ? 'jsonl' : 'json' };
  }
  return { kind: 'csv' };
};
