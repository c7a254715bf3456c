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
  if (charset !== 'latin1') return decoderOf(charset).decode(bytes);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

type Table = ReadonlyMap<string, readonly number[]>;

function* sequences(charset: Charset): Generator<readonly number[]> {
  for (let byte = 0x20; byte < 0x100; byte += 1) yield [byte];
  if (charset === 'windows-1252') return;
  // The rows of IBM come before those that NEC chose of them: that is how Windows writes the characters that stand twice.
  const leads =
    charset === 'cp932'
      ? [...range(0x81, 0x9f), ...range(0xe0, 0xec), ...range(0xfa, 0xfc), ...range(0xed, 0xf9)]
      : [0x8e, ...range(0xa1, 0xfe)];
  for (const lead of leads) for (let trail = 0x40; trail < 0xff; trail += 1) yield [lead, trail];
}

function* range(from: number, to: number): Generator<number> {
  for (let at = from; at <= to; at += 1) yield at;
}

/** What converters write for characters that the table of WHATWG does not have, as others map the same bytes to them. */
const aliases: readonly (readonly [string, string])[] = [
  ['〜', '～'],
  ['−', '－'],
  ['‖', '∥'],
  ['—', '―'],
  ['¢', '￠'],
  ['£', '￡'],
  ['¬', '￢'],
];

const lineEnd = 0x0a;
const built = new Map<Charset, Table>();

/** There is no encoder in the platform but that of UTF-8: the decoder, turned round. */
const tableOf = (charset: Charset): Table => {
  const known = built.get(charset);
  if (known) return known;
  const table = new Map<string, readonly number[]>([
    ['\t', [9]],
    ['\n', [10]],
    ['\r', [13]],
  ]);
  // All of them in one go: an end of line is never part of a character, and ends what is none.
  const all = [...sequences(charset)];
  const lines = decoded(Uint8Array.from(all.flatMap((bytes) => [...bytes, lineEnd])), charset).split('\n');
  for (const [at, bytes] of all.entries()) {
    const text = lines[at] ?? '';
    const single = [...text].length === 1 && text !== '\uFFFD';
    if (single && !table.has(text)) table.set(text, bytes);
  }
  built.set(charset, table);
  return table;
};

/** Whether the charset has the character: by its own table, or as any converter writes it. */
export const hasCharacter = (character: string, charset: Charset, how: 'strictly' | 'somehow'): boolean => {
  if (charset === 'utf-8') return true;
  if (charset === 'latin1') return (character.codePointAt(0) ?? 0) < 0x100;
  const table = tableOf(charset);
  return (
    table.has(character) ||
    (how === 'somehow' && charset !== 'windows-1252' && aliases.some(([one]) => one === character))
  );
};

const utf8 = new TextEncoder();

/** The bytes of the text; undefined where the charset does not have one of its characters. */
export const encoded = (text: string, charset: Charset): Uint8Array | undefined => {
  if (charset === 'utf-8') return utf8.encode(text);
  const bytes: number[] = [];
  const table = charset === 'latin1' ? undefined : tableOf(charset);
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (!table) {
      if (code > 0xff) return undefined;
      bytes.push(code);
      continue;
    }
    const found = table.get(character) ?? table.get(aliases.find(([one]) => one === character)?.[1] ?? '');
    if (!found) return undefined;
    bytes.push(...found);
  }
  return Uint8Array.from(bytes);
};
