import { type Charset, decoded, encoded } from './bytes.ts';

/** Written in one charset and read as another. */
export interface Misreading {
  readonly written: Charset;
  readonly read: Charset;
}

/** Longer values are not tried: what garbles them garbles short ones as well. */
const longest = 20_000;

export const plainAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7e) return false;
  return true;
};

/** What the text becomes when it goes through the misreadings, one after the other; undefined where it cannot be written so. */
export const garbled = (text: string, chain: readonly Misreading[]): string | undefined => {
  if (text.length > longest) return undefined;
  let now: string | undefined = text;
  for (const { written, read } of chain) {
    const bytes: Uint8Array | undefined = encoded(now, written);
    if (!bytes) return undefined;
    now = decoded(bytes, read);
  }
  return now;
};

/** Without what converters write for bytes that are no character, each in its own way, and without the controls that some leave out. */
const residue = (text: string): string => text.replaceAll(/[\uFFFD?・\x7f-\x9f]/gu, '');

const foreign = (text: string): number => {
  let count = 0;
  for (const character of text) if (character > '~') count += 1;
  return count;
};

/** Two foreign characters at least, most of which the text did not have before: a misreading leaves none as it was. */
export const mayBeGarbled = (from: string, to: string): boolean => {
  let [count, kept] = [0, 0];
  for (const character of to) {
    if (character <= '~') continue;
    count += 1;
    if (character !== '・' && from.includes(character)) kept += 1;
  }
  return count >= 2 && 2 * kept < count;
};

/** The last sign of windows-1252, of all that are in the charsets of one byte. */
const lastOfOneByte = 0x2122;

/** Whether a program that reads every byte as a sign can have made this text, but for what `residue` leaves out. */
const isOfOneByte = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > lastOfOneByte && code !== 0xfffd && code !== 0x30fb) return false;
  }
  return true;
};

const readsBytes = (chain: readonly Misreading[]): boolean => {
  const read = chain.at(-1)?.read;
  return read === 'latin1' || read === 'windows-1252';
};

/** Whether the misreadings make the one of the other. Two foreign characters at least: one may be anything. */
export const isGarbled = (from: string, to: string, chain: readonly Misreading[]): boolean => {
  if (from === to || to.length > longest * 6 || plainAscii(from)) return false;
  if (readsBytes(chain) && !isOfOneByte(to)) return false;
  if (!mayBeGarbled(from, to)) return false;
  const made = garbled(from, chain);
  if (made === undefined || made === from) return false;
  if (made === to) return true;
  const [left, right] = [residue(made), residue(to)];
  return left === right && foreign(left) >= 2 && left !== residue(from);
};

/**
 * Whether `to` is `from` with U+FFFD where characters outside ASCII were: every other character stands as it did. A value that only
 * ends in U+FFFD was cut.
 */
export const isLossy = (from: string, to: string): boolean => {
  if (!to.includes('\uFFFD') || from.includes('\uFFFD') || from.length > longest || to.length > longest * 4)
    return false;
  const kept = to.split(/\uFFFD+/u);
  const cut = kept.length === 2 && kept[1] === '' && kept[0] !== '' && from.startsWith(kept[0] ?? '');
  if (cut && from.length > (kept[0]?.length ?? 0) + 2) return false;
  let at = 0;
  for (const [index, part] of kept.entries()) {
    const last = index === kept.length - 1;
    const found =
      index === 0 ? (from.startsWith(part) ? 0 : -1) : last ? from.length - part.length : from.indexOf(part, at + 1);
    if (found < at + (index === 0 ? 0 : 1) || !from.startsWith(part, found)) return false;
    for (let gap = at; gap < found; gap += 1) if (from.charCodeAt(gap) < 0x80) return false;
    at = found + part.length;
  }
  return true;
};
