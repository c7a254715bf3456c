/** How the bytes of a file are text. */
export interface Encoding {
  /** As the WHATWG standard calls it. */
  readonly name: string;
  /** Bytes of the mark at the start. */
  readonly bom: number;
}

const bomOf = (head: Uint8Array): Encoding | undefined => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', bom: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', bom: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', bom: 2 };
  return undefined;
};

/** The text of a sample whose last character may be cut; undefined where it is not of this encoding. */
const strictly = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
};

/** Without a mark, ASCII in UTF-16 has every second byte zero, and delimiters and line ends are ASCII. */
const wide = (head: Uint8Array): string | undefined => {
  let [even, odd] = [0, 0];
  const most = Math.min(head.length & ~1, 65_536);
  for (let at = 0; at < most; at += 2) {
    if (head[at] === 0) even += 1;
    if (head[at + 1] === 0) odd += 1;
  }
  const enough = Math.max(2, most * 0.02);
  const name = odd >= enough && even === 0 ? 'utf-16le' : even >= enough && odd === 0 ? 'utf-16be' : undefined;
  return name !== undefined && strictly(head.subarray(0, most), name) !== undefined ? name : undefined;
};

/** How much a text looks like Japanese: kana and common kanji for it, half-width kana and rare signs against it. */
const japanese = (text: string): number => {
  let [score, seen] = [0, 0];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x80) continue;
    seen += 1;
    if (code >= 0x3041 && code <= 0x30ff) score += 3;
    else if (code >= 0x4e00 && code <= 0x9fff) score += 1;
    else if (code >= 0x3000 && code <= 0x303f) score += 1;
    else if (code >= 0xff01 && code <= 0xff5e) score += 1;
    else if (code >= 0xff61 && code <= 0xff9f) score -= 1;
    else score -= 2;
  }
  return seen === 0 ? 0 : score / seen;
};

const letter = (byte: number | undefined): boolean => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;

/** The share of bytes beyond ASCII that are letters of Western Europe alone among ASCII, one of it a letter. */
const western = (bytes: Uint8Array): number => {
  let [high, alone] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    high += 1;
    const [before, after] = [bytes[at - 1], bytes[at + 1]];
    if (byte >= 0xc0 && (before ?? 0) < 0x80 && (after ?? 0) < 0x80 && (letter(before) || letter(after))) alone += 1;
  }
  return high === 0 ? 0 : alone / high;
};

/** Bytes beyond ASCII that are part of a UTF-8 character, and those that are not. */
const utf8Share = (bytes: Uint8Array): number => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let [good, bad] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) bad += 1;
    else if (code >= 0x80) good += 1;
  }
  return good === 0 ? 0 : good / (good + bad);
};

const hasEscape = (bytes: Uint8Array): boolean => {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1))
    if (bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40)) return true;
  return false;
};

/**
 * The encoding of a file from its first bytes and a sample that begins where the first byte beyond ASCII is.
 * The order is what makes it right: UTF-8 is strict and never valid by accident, while a short text in EUC-JP is often valid Shift_JIS.
 */
export const detectEncoding = (head: Uint8Array, sample: Uint8Array): Encoding => {
  const marked = bomOf(head);
  if (marked !== undefined) return marked;
  const name = wide(head);
  if (name !== undefined) return { name, bom: 0 };
  if (hasEscape(head) && strictly(head, 'iso-2022-jp') !== undefined) return { name: 'iso-2022-jp', bom: 0 };
  if (strictly(sample, 'utf-8') !== undefined) return { name: 'utf-8', bom: 0 };
  // Mostly UTF-8 and broken in places: what is broken is said record by record.
  if (utf8Share(sample) >= 0.9) return { name: 'utf-8', bom: 0 };
  if (western(sample) >= 0.8) return { name: 'windows-1252', bom: 0 };
  const tried = ['euc-jp', 'shift_jis'].flatMap((encoding) => {
    const text = strictly(sample, encoding);
    return text === undefined ? [] : [{ encoding, score: japanese(text) }];
  });
  const best = tried.sort((a, b) => b.score - a.score)[0];
  if (best !== undefined) return { name: best.encoding, bom: 0 };
  // Broken in every encoding: the one with the fewest broken places.
  const loss = ['utf-8', 'shift_jis', 'euc-jp'].map((encoding) => {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(sample);
    return { encoding, bad: text.split('\ufffd').length - 1 };
  });
  return { name: loss.sort((a, b) => a.bad - b.bad)[0]?.encoding ?? 'utf-8', bom: 0 };
};

/** The encoding that the bytes follow, where it is not the one that they are said to have and do not follow. */
export const otherThan = (declared: string, head: Uint8Array, sample: Uint8Array): string | undefined => {
  if (strictly(sample, declared) !== undefined) return undefined;
  const { name } = detectEncoding(head, sample);
  return name !== declared && strictly(sample, name) !== undefined ? name : undefined;
};

/** The bytes of the mark at the start, if it is one of this encoding. */
export const markOf = (head: Uint8Array, encoding: string): number => {
  const marked = bomOf(head);
  return marked?.name === encoding ? marked.bom : 0;
};
