const stride = 4;

/**
 * Needles by their bytes, four at a time: what ends within the next four, and what goes on behind them. A needle that is
 * alone behind its head stands there whole, so that most need no branch of their own.
 */
type Branch = Map<number, Branch | string>;

const headOf = (bytes: string, at: number): number =>
  (bytes.charCodeAt(at) |
    (bytes.charCodeAt(at + 1) << 8) |
    (bytes.charCodeAt(at + 2) << 16) |
    (bytes.charCodeAt(at + 3) << 24)) >>>
  0;

/** An end of fewer than four bytes as a number that no head is: its length and its bytes. */
const endOf = (length: number, bytes: number): number => -1 - length * 0x1000000 - bytes;

const add = (root: Branch, needle: string): void => {
  let here = root;
  let at = 0;
  for (; needle.length - at >= stride; at += stride) {
    const head = headOf(needle, at);
    const there = here.get(head);
    if (there === undefined) {
      here.set(head, needle);
      return;
    }
    if (there === needle) return;
    if (typeof there !== 'string') {
      here = there;
      continue;
    }
    const forked: Branch = new Map();
    here.set(head, forked);
    addEnd(forked, there, at + stride);
    here = forked;
  }
  addEnd(here, needle, at);
};

/** What is left of a needle, into a branch where nothing stands in its way. */
const addEnd = (here: Branch, needle: string, at: number): void => {
  const left = needle.length - at;
  if (left >= stride) here.set(headOf(needle, at), needle);
  // Behind the end of a string charCodeAt is NaN, which counts as 0 here.
  else here.set(endOf(left, headOf(needle, at) & 0xffffff), needle);
};

/**
 * Which of many byte strings (in Latin-1) stand in a text. However many there are, a place of the text is looked at once,
 * and no further than what stands there is the beginning of one: names that were replaced can be tens of thousands.
 */
export const createSearch = (needles: readonly string[]): ((text: Buffer) => ReadonlySet<string>) => {
  const short = needles.filter(({ length }) => length < stride);
  const root: Branch = new Map();
  // Most places are passed by their first two bytes alone.
  const pairs = new Uint8Array(0x10000);
  for (const needle of needles) {
    if (needle.length < stride) continue;
    add(root, needle);
    pairs[headOf(needle, 0) & 0xffff] = 1;
  }
  return (text) => {
    const found = new Set(short.filter((one) => text.includes(one, 0, 'latin1')));
    for (let start = 0; start + stride <= text.length; start += 1) {
      if (pairs[(text[start] ?? 0) | ((text[start + 1] ?? 0) << 8)] === 0) continue;
      let here = root;
      for (let at = start; ; at += stride) {
        let bytes = 0;
        for (let length = 0; length < stride && at + length <= text.length && here !== root; length += 1) {
          if (length > 0) bytes |= (text[at + length - 1] ?? 0) << (8 * (length - 1));
          const end = here.get(endOf(length, bytes));
          if (typeof end === 'string') found.add(end);
        }
        const there = at + stride <= text.length ? here.get(text.readUInt32LE(at)) : undefined;
        if (there === undefined) break;
        if (typeof there === 'string') {
          if (text.toString('latin1', start, start + there.length) === there) found.add(there);
          break;
        }
        here = there;
      }
    }
    return found;
  };
};
