import { wholeText } from './whole-text.ts';

/** How text is written to bytes, or bytes are taken for text. `latin1` is ISO 8859-1 itself, which WHATWG takes for windows-1252. */
export type Charset = 'utf-8' | 'cp932' | 'euc-jp' | 'gbk' | 'latin1' | 'windows-1252';

const labels: Readonly<Record<Charset, string>> = {
  'utf-8': 'utf-8',
  cp932: 'shift_jis',
  'euc-jp': 'euc-jp',
  gbk: 'gbk',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
};

/** By the name that a source gives to its encoding: those of which it is known what they do not have. */
const narrow: ReadonlyMap<string, Charset> = new Map([
  ['shift_jis', 'cp932'],
  ['euc-jp', 'euc-jp'],
  ['windows-1252', 'windows-1252'],
]);

/** The charset of a source that does not have every character; undefined for UTF-8 and for what nobody knows. */
export const narrowCharset = (encoding: string | undefined): Charset | undefined =>
  encoding === undefined ? undefined : narrow.get(encoding.toLowerCase());

type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<Charset, Decoder>();

const decoderOf = (charset: Charset): Decoder => {
  const known = decoders.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(labels[charset], { ignoreBOM: true });
  decoders.set(charset, decoder);
  return decoder;
};

/** What a program shows that takes these bytes for text of the charset; what is none there becomes U+FFFD. */
export const decoded = (bytes: Uint8Array, charset: Charset): string => {
  if (charset !== 'latin1') return decoderOf(charset).decode(bytes, wholeText(labels[charset]));
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** By code unit: its one byte, or its two as one number; 0 where the charset does not have the character. */
type Table = Uint16Array;

function* sequences(charset: Charset): Generator<number> {
  for (let byte = 0x20; byte < 0x100; byte += 1) yield byte;
  if (charset === 'windows-1252') return;
  // The rows of IBM come before those that NEC chose of them: that is how Windows writes the characters that stand twice.
  const leads =
    charset === 'cp932'
      ? [...range(0x81, 0x9f), ...range(0xe0, 0xec), ...range(0xfa, 0xfc), ...range(0xed, 0xf9)]
      : [0x8e, ...range(0xa1, 0xfe)];
  for (const lead of leads) for (let trail = 0x40; trail < 0xff; trail += 1) yield lead * 0x100 + trail;
}

function* range(from: number, to: number): Generator<number> {
  for (let at = from; at <= to; at += 1) yield at;
}

/** What converters write for characters that the table of WHATWG does not have, as others map the same bytes to them. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['〜', '～'],
  ['−', '－'],
  ['‖', '∥'],
  ['—', '―'],
  ['¢', '￠'],
  ['£', '￡'],
  ['¬', '￢'],
]);

const lineEnd = 0x0a;
const built = new Map<Charset, Table>();

/** There is no encoder in the platform but that of UTF-8: the decoder, turned round. */
const tableOf = (charset: Charset): Table => {
  const known = built.get(charset);
  if (known) return known;
  const table = new Uint16Array(0x1_0000);
  for (const control of [0x09, 0x0a, 0x0d]) table[control] = control;
  // All of them in one go: an end of line is never part of a character, and ends what is none.
  const all = Uint16Array.from(sequences(charset));
  const bytes = new Uint8Array(3 * all.length);
  let length = 0;
  for (const code of all) {
    if (code > 0xff) bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
    bytes[length++] = lineEnd;
  }
  const text = decoded(bytes.subarray(0, length), charset);
  let from = 0;
  for (const code of all) {
    const end = text.indexOf('\n', from);
    const unit = text.charCodeAt(from);
    if (end - from === 1 && unit !== 0xfffd && table[unit] === 0) table[unit] = code;
    from = end + 1;
  }
  built.set(charset, table);
  return table;
};

/** The one or two bytes of a character as a number; 0 where the charset does not have it. */
const codeOf = (character: string, table: Table): number =>
  character.length === 1 ? (table[character.charCodeAt(0)] ?? 0) : 0;

/** Shift_JIS and ISO-2022-JP as the standard has them: CP932 without what NEC and IBM have added (①, ㈱, 髙, 﨑). */
export type CharacterSet = Charset | 'jis-x-0208';

/** The rows of NEC and IBM by their first byte. */
const addedRows: ReadonlySet<number> = new Set([0x87, 0xed, 0xee, 0xfa, 0xfb, 0xfc]);

/** Whether the charset has the character: by its own table, or as any converter writes it. */
export const hasCharacter = (character: string, charset: CharacterSet, how: 'strictly' | 'somehow'): boolean => {
  if (charset === 'utf-8') return true;
  if (charset === 'jis-x-0208') {
    const code = codeOf(character, tableOf('cp932'));
    return code === 0 ? how === 'somehow' && aliases.has(character) : !addedRows.has(code >> 8);
  }
  if (charset === 'latin1') return (character.codePointAt(0) ?? 0) < 0x100;
  if (codeOf(character, tableOf(charset)) !== 0) return true;
  return how === 'somehow' && charset !== 'windows-1252' && aliases.has(character);
};

const utf8 = new TextEncoder();

/** The bytes of the text; undefined where the charset does not have one of its characters. */
export const encoded = (text: string, charset: Charset): Uint8Array | undefined => {
  if (charset === 'utf-8') return utf8.encode(text);
  const bytes = new Uint8Array(2 * text.length);
  let length = 0;
  const table = charset === 'latin1' ? undefined : tableOf(charset);
  for (const character of text) {
    if (!table) {
      const code = character.codePointAt(0) ?? 0;
      if (code > 0xff) return undefined;
      bytes[length] = code;
      length += 1;
      continue;
    }
    const code = codeOf(character, table) || codeOf(aliases.get(character) ?? '', table);
    if (code === 0) return undefined;
    if (code > 0xff) {
      bytes[length] = code >> 8;
      length += 1;
    }
    bytes[length] = code & 0xff;
    length += 1;
  }
  return bytes.subarray(0, length);
};
