import type { TextChange } from '../model/trip-facts.ts';
import { textIn } from './header-words.ts';
import { printable } from './printable.ts';

/** A text with the bytes that it travelled as. */
export interface Carried {
  readonly text: string;
  readonly bytes: Buffer;
  readonly charset: string;
}

/** Line ends, blanks at the end of a line and the form of composed letters change harmlessly. */
export const settled = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

/**
 * What is left of a text that lost its eighth bit. Some of its bytes are control characters then (0x8A is a line end), which
 * servers on the way turn into others or drop.
 */
const sevenBits = (bytes: Buffer): string =>
  Buffer.from(bytes.map((byte) => byte & 0x7f).filter((byte) => byte > 0x20 && byte < 0x7f)).toString('latin1');

/** Dovecot writes 0x80 for NUL, which is what 0x80 becomes. */
const isEightBit = (byte: number): boolean => byte > 0x80;

const latin = (bytes: Buffer): string => settled(bytes.toString('latin1'));

const isForeign = (line: string): boolean => /[^\x00-\x7f]/.test(line);

/** What programs take UTF-8 or ISO-2022-JP for when they guess. */
const wrongGuesses = ['windows-1252', 'iso-8859-1', 'shift_jis', 'euc-jp'] as const;

const misread = (bytes: Buffer, guess: (typeof wrongGuesses)[number]): string =>
  guess === 'iso-8859-1' ? bytes.toString('latin1') : textIn(bytes, guess);

const holds = (text: string, lines: readonly string[]): boolean => lines.every((line) => text.includes(line));

const short = (text: string): string => printable(text.replace(/\s+/g, ' ').trim().slice(0, 200));

/** Letters outside ASCII were replaced by question marks or by U+FFFD, and the rest of the line stayed. */
const replaced = (text: string, lines: readonly string[]): boolean =>
  lines.some((line) => {
    const around = line.split(/[^\x00-\x7f]+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(around.join('[?\\ufffd]+')).test(text);
  });

const damageOf = (sent: Carried, got: Carried, foreign: readonly string[]): TextChange => {
  const { charset } = got;
  const text = settled(got.text);
  if (holds(settled(textIn(got.bytes, sent.charset)), foreign)) return { kind: 'relabelled', charset: short(charset) };
  const guess = wrongGuesses.find((one) => {
    const lines = foreignLines(settled(misread(sent.bytes, one)));
    return lines.length > 0 && holds(text, lines);
  });
  if (guess) return { kind: 'double-encoded', as: guess };
  const lost = sent.bytes.some(isEightBit) && !got.bytes.some(isEightBit);
  if (lost && sevenBits(got.bytes).includes(sevenBits(sent.bytes))) return { kind: 'eight-bit-stripped' };
  const withoutEscapes = Buffer.from(sent.bytes.filter((byte) => byte !== 0x1b));
  if (withoutEscapes.length < sent.bytes.length && latin(got.bytes).includes(latin(withoutEscapes)))
    return { kind: 'escapes-lost' };
  if (replaced(text, foreign)) return { kind: 'replaced' };
  const want = settled(sent.text);
  if (want.startsWith(text) || (text.length > 0 && want.startsWith(text.slice(0, -1)))) return { kind: 'truncated' };
  return { kind: 'other', reads: short(text) };
};

const foreignLines = (text: string): readonly string[] => text.split('\n').filter(isForeign);

/** How a text that arrived differs from the one that was sent, by the kind of damage. */
export const changeOf = (sent: Carried, got: Carried): TextChange => {
  const want = settled(sent.text);
  const text = settled(got.text);
  if (text === want) return { kind: 'same' };
  const at = text.indexOf(want);
  if (at >= 0) return { kind: 'added', words: short(`${text.slice(0, at)} ${text.slice(at + want.length)}`) };
  const foreign = foreignLines(want);
  // Every letter outside ASCII is there: the text was worked on, and its characters are whole.
  if (foreign.length > 0 && holds(text, foreign)) return { kind: 'rewritten', reads: short(text) };
  return damageOf(sent, got, foreign);
};
