import { escapeControls } from '../reason/escape.ts';

/** One line of a server in a fact is cut here. */
const longest = 2_000;

/** Lists of lines in a fact are cut here. */
const most = 100;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 where it is that (RFC 6532), else one character a byte, so that no byte is lost. */
export const decoded = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
};

/** A server's words as one harmless line of bounded length. */
export const printable = (words: string | Uint8Array): string => {
  // Decoding costs by length, so a flood is cut before; the few bytes more keep a character at the cut whole.
  const text = typeof words === 'string' ? words : decoded(words.subarray(0, longest * 4));
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return escapeControls(cut);
};

/** A server's lines, harmless and bounded in number. */
export const printableLines = (lines: readonly (string | Uint8Array)[]): readonly string[] =>
  lines.slice(0, most).map(printable);
