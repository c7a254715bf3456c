import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { wholeText } from '../reason/encoding/whole-text.ts';
import { decoded } from './printable.ts';

/** A decoder that refuses what is not its charset; undefined for one that this runtime does not have. */
const decoderOf = (label: string): TextDecoder | undefined => {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
};

/** UTF-16 is told by its mark; the one of UTF-8 is cut off by the decoder. */
const markOf = ([first, second]: Uint8Array): string | undefined =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;

/** The charset of a Content-Type. */
const charsetOf = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1];

/** UTF-8 as nearly every answer is, in a third of the time that a decoder takes; without its mark. */
const plainUtf8 = (bytes: Buffer, label: string | undefined): string | undefined =>
  (label === undefined || /^utf-?8$/i.test(label)) && isUtf8(bytes)
    ? bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0)
    : undefined;

/** A body as text: by its mark, by its Content-Type, as UTF-8, and where all are wrong one character a byte. */
export const textOf = (bytes: Buffer, contentType: string): string => {
  const named = markOf(bytes) ?? charsetOf(contentType);
  const quick = plainUtf8(bytes, named);
  if (quick !== undefined) return quick;
  for (const label of [named, 'utf-8']) {
    try {
      const decoder = label === undefined ? undefined : decoderOf(label);
      const text = decoder?.decode(bytes, wholeText(decoder.encoding));
      if (text !== undefined) return text;
    } catch {
      // Not that charset: the next one.
    }
  }
  return decoded(bytes);
};

/** No API nests deeper, and whatever walks through an answer later may do so by recursion. */
const deepest = 200;

/** The end of the string that begins at `start`: the next quote with an even number of backslashes before it. */
const endOfString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = at;
    while (text.charCodeAt(escapes - 1) === 0x5c) escapes -= 1;
    if ((at - escapes) % 2 === 0) return at;
  }
  return text.length;
};

const isDeep = (text: string): boolean => {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
};

const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Numbers of more digits than a double holds as texts: an id of twenty digits is another record when it is rounded. */
const withWideNumbers = (text: string): string => {
  if (!/\d{8}[\d.]{8}/.test(text)) return text;
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = endOfString(text, at);
      continue;
    }
    if (code !== 0x2d && (code < 0x30 || code > 0x39)) continue;
    number.lastIndex = at;
    const token = number.exec(text)?.[0];
    if (token === undefined) continue;
    const end = at + token.length;
    if (token.length > 15 && String(Number(token)) !== token && /\d{8}[\d.]{8}/.test(token)) {
      out += `${text.slice(from, at)}"${token}"`;
      from = end;
    }
    at = end - 1;
  }
  return out + text.slice(from);
};

/** A body as JSON; undefined where it is none, or none that a CRM means. */
export const jsonOf = (text: string): unknown => {
  // A page of HTML is not read to its end for this.
  if (!/^\s{0,1000}[[{"\-\dtfn]/.test(text) || isDeep(text)) return undefined;
  try {
    return JSON.parse(withWideNumbers(text));
  } catch {
    return undefined;
  }
};
