import { fromQuoted, unfolded } from './mime-parts.ts';

/** Bytes read in a charset by its label; a label that nobody knows is read as UTF-8. */
export const textIn = (bytes: Buffer, charset: string): string => {
  try {
    // US-ASCII is read as what it grew into: the WHATWG table maps it to windows-1252, which hides raw UTF-8.
    return new TextDecoder(/^(?:us-)?ascii$/i.test(charset) ? 'utf-8' : charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
};

/** A run of a header's value: encoded words (RFC 2047) or plain bytes. */
interface Run {
  readonly charset: string | undefined;
  readonly bytes: Buffer;
}

const word = /=\?([^?\s]{1,60})\?([bq])\?([^?\s]*)\?=/gi;

const runsOf = (value: string): readonly Run[] => {
  // Blanks between two words do not count (section 6.2).
  const text = unfolded(value).replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?)/gi, '$1');
  const runs: Run[] = [];
  const add = (charset: string | undefined, bytes: Buffer): void => {
    const last = runs.at(-1);
    // Parts of one character may stand in two words (which the RFC forbids and many do): bytes of like words are joined.
    if (last && last.charset === charset)
      runs[runs.length - 1] = { charset, bytes: Buffer.concat([last.bytes, bytes]) };
    else if (bytes.length > 0) runs.push({ charset, bytes });
  };
  let at = 0;
  for (const match of text.matchAll(word)) {
    const [whole, charset = '', form = '', encoded = ''] = match;
    add(undefined, Buffer.from(text.slice(at, match.index), 'latin1'));
    const bytes =
      form.toLowerCase() === 'b' ? Buffer.from(encoded, 'base64') : fromQuoted(encoded.replaceAll('_', ' '));
    add(charset.replace(/\*.*$/, '').toLowerCase(), bytes);
    at = match.index + whole.length;
  }
  add(undefined, Buffer.from(text.slice(at), 'latin1'));
  return runs;
};

/** An unstructured header value: as it reads, its bytes without the encoding, and the charset that it names first. */
export const readWords = (
  value: string,
): { readonly text: string; readonly bytes: Buffer; readonly charset: string } => {
  const runs = runsOf(value);
  return {
    // Raw UTF-8 came in as single bytes (RFC 6532).
    text: runs.map(({ charset, bytes }) => textIn(bytes, charset ?? 'utf-8')).join(''),
    bytes: Buffer.concat(runs.map(({ bytes }) => bytes)),
    charset: runs.find(({ charset }) => charset !== undefined)?.charset ?? '',
  };
};
