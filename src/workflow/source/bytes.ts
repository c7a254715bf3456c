import type { Text } from '../../model/text.ts';
import type { ReadingProblem } from '../../model/workflow/project.ts';
import type { LineColumn } from './lines.ts';

type Fault = Omit<ReadingProblem, 'place'> & { readonly at: LineColumn };

/** The text of a file without its byte-order mark, or why there is none. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: string }
  /** The best guess of the text beside the fault: enough to tell whether the file concerns us at all. */
  | { readonly kind: 'fault'; readonly problem: ReadingProblem; readonly text: string }
  /** An image, an archive, a compiled file: nothing that a person wrote. */
  | { readonly kind: 'binary' };

export interface Limits {
  readonly bytes: number;
  /** UTF-16 units. */
  readonly line: number;
}

/** Far over every definition that a CRM exports: the largest flows that are known have a few MB. */
export const usualLimits: Limits = { bytes: 32 * 1024 * 1024, line: 8 * 1024 * 1024 };

const saveAgain: Text = { en: 'save the file as UTF-8', ja: 'ファイルを UTF-8 で保存し直してください' };

const encodingFault = (at: LineColumn, message: Text): Fault => ({
  rule: 'parse-encoding',
  at,
  message,
  fix: saveAgain,
});

interface Claim {
  readonly encoding: string;
  /** Where the mark ends and the text starts. */
  readonly from: number;
  readonly by: 'mark' | 'declaration' | 'nothing';
}

const marks: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  // The longer mark first: UTF-32 starts like UTF-16.
  ['utf-32', [0xff, 0xfe, 0, 0]],
  ['utf-32', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

// How `<?` looks without a mark (XML 1.0, appendix F).
const unmarked: readonly (readonly [encoding: string, start: readonly number[]])[] = [
  ['utf-16le', [0x3c, 0, 0x3f, 0]],
  ['utf-16be', [0, 0x3c, 0, 0x3f]],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

const asLatin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** The name in `<?xml … encoding="…"?>` and where it stands. */
const declared = (head: string): { readonly name: string; readonly at: number } | undefined => {
  if (!head.startsWith('<?xml')) return undefined;
  const end = head.indexOf('?>');
  const declaration = end < 0 ? head : head.slice(0, end);
  const found = /\sencoding\s{0,9}=\s{0,9}["']([^"'\s]{1,40})["']/.exec(declaration);
  const name = found?.[1];
  return found && name !== undefined ? { name, at: found.index + found[0].length - name.length - 1 } : undefined;
};

const placeIn = (head: string, at: number): LineColumn => {
  const before = head.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

const decoderFor = (label: string, fatal: boolean): InstanceType<typeof TextDecoder> | undefined => {
  try {
    return new TextDecoder(label, { fatal, ignoreBOM: true });
  } catch {
    return undefined;
  }
};

const lessThan = 0x3c;

const claimOf = (bytes: Uint8Array): Claim | Fault => {
  const marked = marks.find(([, mark]) => startsWith(bytes, mark));
  if (marked?.[0] === 'utf-32') {
    return encodingFault(
      { line: 1, column: 1 },
      {
        en: 'the file starts with the mark of UTF-32, which crm-doctor does not read',
        ja: 'ファイルの先頭が UTF-32 の印です。crm-doctor は UTF-32 を読み取れません',
      },
    );
  }
  if (marked) return { encoding: marked[0], from: marked[1].length, by: 'mark' };
  const wide = unmarked.find(([, start]) => startsWith(bytes, start));
  if (wide) return { encoding: wide[0], from: 0, by: 'declaration' };
  const head = bytes[0] === lessThan ? asLatin(bytes.subarray(0, 300)) : '';
  const declaration = declared(head);
  if (!declaration) return { encoding: 'utf-8', from: 0, by: 'nothing' };
  const place = placeIn(head, declaration.at);
  const known = decoderFor(declaration.name, true);
  if (!known) {
    return encodingFault(place, {
      en: `the declaration names the encoding ${declaration.name}, which crm-doctor does not know`,
      ja: `XML 宣言の文字コード ${declaration.name} は、crm-doctor の知らないものです`,
    });
  }
  if (known.encoding.startsWith('utf-16')) {
    // The declaration could be read byte by byte, so it is not true.
    return encodingFault(place, {
      en: `the declaration says ${declaration.name}, but the file is not written in it`,
      ja: `XML 宣言には ${declaration.name} とありますが、実際の文字コードが違います`,
    });
  }
  return { encoding: known.encoding, from: 0, by: 'declaration' };
};

const decodes = (bytes: Uint8Array, encoding: string, more: boolean): string | undefined => {
  try {
    return decoderFor(encoding, true)?.decode(bytes, { stream: more });
  } catch {
    return undefined;
  }
};

/** The most bytes from the start that are no fault yet, and the text that they give. */
const goodStart = (bytes: Uint8Array, encoding: string): { readonly length: number; readonly text: string } => {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), encoding, true) === undefined) bad = middle;
    else good = middle;
  }
  return { length: good, text: decodes(bytes.subarray(0, good), encoding, true) ?? '' };
};

const newline = 0x0a;

/** Blocks that end with a line, so that no character is cut: 0x0a is a line break in every one-byte-based encoding. */
const badBlock = (
  bytes: Uint8Array,
  encoding: string,
  size: number,
): { readonly from: number; readonly to: number } => {
  let from = 0;
  for (;;) {
    const end = bytes.indexOf(newline, from + size);
    const to = end < 0 ? bytes.length : end + 1;
    if (to >= bytes.length || decodes(bytes.subarray(from, to), encoding, false) === undefined) return { from, to };
    from = to;
  }
};

const countLines = (bytes: Uint8Array): number => {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
};

const firstBadByte = (bytes: Uint8Array, encoding: string): LineColumn => {
  if (encoding.startsWith('utf-16')) {
    const { text } = goodStart(bytes, encoding);
    return placeIn(text, text.length);
  }
  const block = badBlock(bytes, encoding, 65_536);
  const part = bytes.subarray(block.from, block.to);
  const line = badBlock(part, encoding, 0);
  const { text } = goodStart(part.subarray(line.from, line.to), encoding);
  const before = block.from + line.from;
  return { line: countLines(bytes.subarray(0, before)) + 1, column: text.length + 1 };
};

// One such character is also what a broken UTF-8 character looks like in Shift_JIS.
const japanese = /[\u3041-\u30fe\u4e00-\u9fff]{2}/;

/** What the bytes most likely are, said as a help and never relied upon. */
const probably = (bytes: Uint8Array): string | undefined => {
  const part = bytes.subarray(0, 1024 * 1024);
  return ['shift_jis', 'euc-jp'].find((encoding) => japanese.test(decodes(part, encoding, true) ?? ''));
};

const names: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
};

const wrongBytes = (bytes: Uint8Array, { encoding, by }: Claim): Text => {
  const name = names[encoding] ?? encoding;
  if (by === 'mark') {
    return {
      en: `the file starts with the mark of ${name}, but this is no character of it`,
      ja: `ファイルの先頭は ${name} の印ですが、ここに ${name} として読めない文字があります`,
    };
  }
  if (by === 'declaration') {
    return {
      en: `the declaration says ${name}, but this is no character of it`,
      ja: `XML 宣言には ${name} とありますが、ここに ${name} として読めない文字があります`,
    };
  }
  const guess = probably(bytes);
  const seems = guess === undefined ? undefined : names[guess];
  return {
    en: `this is no UTF-8${seems === undefined ? '' : ` (the file seems to be ${seems})`}`,
    ja: `ここに UTF-8 として読めない文字があります${seems === undefined ? '' : `（ファイルは ${seems} のようです）`}`,
  };
};

// A text has no NUL; these start files that happen to have none early.
const magic: readonly string[] = ['PK\u0003\u0004', '%PDF-', '\u0089PNG', 'GIF8', '\u001f\u008b', '\u00ff\u00d8\u00ff'];

const isBinary = (bytes: Uint8Array): boolean => {
  const head = asLatin(bytes.subarray(0, 8));
  return magic.some((start) => head.startsWith(start)) || bytes.subarray(0, 8_192).includes(0);
};

/** Whether the first bytes of a file are those of a text. */
export const holdsText = (head: Uint8Array): boolean => {
  const claim = claimOf(head);
  return 'rule' in claim || claim.encoding.startsWith('utf-16') || !isBinary(head);
};

const tooLarge = (limit: number): Fault => {
  const mebibytes = Math.round(limit / 1024 / 1024);
  return {
    rule: 'parse-limit',
    at: { line: 1, column: 1 },
    message: {
      en: `the file is larger than ${mebibytes} MiB, so it was not read`,
      ja: `ファイルが ${mebibytes} MiB を超えているため、読み取りませんでした`,
    },
    fix: { en: 'export it again, or split it', ja: 'エクスポートし直すか、ファイルを分割してください' },
  };
};

const lineTooLong = (text: string, limit: number): Fault | undefined => {
  if (text.length <= limit) return undefined;
  let line = 1;
  for (let from = 0; from < text.length; line += 1) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if (to - from > limit) {
      return {
        rule: 'parse-limit',
        at: { line, column: limit + 1 },
        message: {
          en: `this line is longer than ${limit} characters, so the file was not read`,
          ja: `この行が ${limit} 文字を超えているため、ファイルを読み取りませんでした`,
        },
        fix: {
          en: 'export it again, or split the line',
          ja: 'エクスポートし直すか、行を分割してください',
        },
      };
    }
    from = to + 1;
  }
  return undefined;
};

const lenient = (bytes: Uint8Array, encoding: string): string =>
  decoderFor(encoding, false)?.decode(bytes) ?? asLatin(bytes.subarray(0, 8_192));

const outcome = (file: string, { at, ...fault }: Fault, text: string): Decoded => ({
  kind: 'fault',
  problem: { ...fault, place: { file, ...at } },
  text,
});

/**
 * Bytes as text. The byte-order mark decides, then the XML declaration, else it is UTF-8; what is not what it says it is
 * is a problem at its first bad byte.
 */
export const decode = (bytes: Uint8Array, file: string, limits: Limits = usualLimits): Decoded => {
  if (bytes.length > limits.bytes) {
    const head = bytes.subarray(0, 65_536);
    const kind = decode(head, file).kind;
    return kind === 'binary' ? { kind } : outcome(file, tooLarge(limits.bytes), lenient(head, 'utf-8'));
  }
  const claim = claimOf(bytes);
  if ('rule' in claim) return outcome(file, claim, lenient(bytes, 'utf-8'));
  const { encoding, from } = claim;
  if (!encoding.startsWith('utf-16') && isBinary(bytes)) return { kind: 'binary' };
  const body = bytes.subarray(from);
  const text = decodes(body, encoding, false);
  if (text === undefined) {
    return outcome(file, encodingFault(firstBadByte(body, encoding), wrongBytes(body, claim)), lenient(body, encoding));
  }
  const long = lineTooLong(text, limits.line);
  return long ? outcome(file, long, text) : { kind: 'text', text, encoding };
};
