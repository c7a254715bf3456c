/**
 * Finds any of many strings in bytes in one pass, without regard to the case of ASCII (Aho and Corasick, 1975). One
 * look-up a byte: a combined regular expression of the same strings was many times slower, since it tries each of them
 * at each place.
 */
export interface Automaton {
  /** Next state by `state * 256 + byte`. State 0 is the start. */
  readonly next: Uint16Array;
  /** States from here on have found something; `lineEnd` is one of them. */
  readonly finding: number;
  /** The state after a line feed. */
  readonly lineEnd: number;
  /** What a finding state has found, by `state - finding`. */
  readonly found: readonly (readonly number[])[];
}

const newline = 0x0a;

const mostStates = 0xffff;

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte);

/** While it is built, bytes that are in no string share a column, so that the table takes a fraction of the memory. */
const columnsFor = (words: readonly Uint8Array[]) => {
  const columnOf = new Uint8Array(256);
  let width = 1;
  for (const word of words) {
    for (const raw of word) {
      const byte = lower(raw);
      // With capitals folded there are fewer than 256.
      if (columnOf[byte] === 0) columnOf[byte] = width++;
    }
  }
  return { columnOf: columnOf.map((_, byte) => columnOf[lower(byte)] as number), width };
};

/** Needles must hold no line feed; the number of a needle is its place in the list. */
export const createAutomaton = (needles: readonly string[]): Automaton => {
  const encoder = new TextEncoder();
  const words = [...needles.map((needle) => encoder.encode(needle)), Uint8Array.of(newline)];
  const { columnOf, width } = columnsFor(words);
  const most = 1 + words.reduce((sum, word) => sum + word.length, 0);
  const table = new Uint16Array(most * width);
  const to = (node: number, column: number): number => table[node * width + column] as number;

  // The tree of all beginnings. Nothing in it leads back to its root, so that 0 is no child.
  const ends: (Set<number> | undefined)[] = [undefined];
  const insert = (word: Uint8Array): number => {
    let node = 0;
    for (const byte of word) {
      const column = columnOf[byte] as number;
      const child = to(node, column) || ends.push(undefined) - 1;
      if (child >= mostStates) throw new Error('too many patterns for one automaton');
      table[node * width + column] = child;
      node = child;
    }
    return node;
  };
  const add = (node: number, ids: Iterable<number>): void => {
    ends[node] = new Set([...(ends[node] ?? []), ...ids]);
  };
  const lineNode = insert(Uint8Array.of(newline));
  words.slice(0, -1).forEach((word, id) => {
    if (word.length > 0) add(insert(word), [id]);
  });

  // What does not go on in the tree goes on where the longest other beginning would; the shorter ones come first.
  const size = ends.length;
  const fail = new Uint16Array(size);
  const order = [0];
  for (const node of order) {
    const other = fail[node] as number;
    if (ends[other]) add(node, ends[other]);
    for (let column = 0; column < width; column += 1) {
      const child = to(node, column);
      const onward = node === 0 ? 0 : to(other, column);
      if (child === 0) table[node * width + column] = onward;
      else {
        fail[child] = onward;
        order.push(child);
      }
    }
  }

  // Finding states get the last numbers, so that one comparison a byte tells them.
  const finds = (node: number) => node === lineNode || ends[node] !== undefined;
  const sorted = [...order.filter((node) => !finds(node)), ...order.filter(finds)];
  const numberOf = new Uint16Array(size);
  sorted.forEach((node, index) => {
    numberOf[node] = index;
  });
  const next = new Uint16Array(size * 256);
  sorted.forEach((node, index) => {
    for (let byte = 0; byte < 256; byte += 1) {
      next[index * 256 + byte] = numberOf[to(node, columnOf[byte] as number)] as number;
    }
  });
  const finding = sorted.findIndex(finds);
  return {
    next,
    finding,
    lineEnd: numberOf[lineNode] as number,
    found: sorted.slice(finding).map((node) => [...(ends[node] ?? [])]),
  };
};

/** Numbers of all needles in a piece of bytes, each once. */
export const needlesIn = ({ next, finding, found }: Automaton, bytes: Uint8Array): ReadonlySet<number> => {
  const all = new Set<number>();
  let state = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    // The table has a row for every state and a column for every byte.
    state = next[(state << 8) + (bytes[at] as number)] as number;
    if (state >= finding) for (const id of found[state - finding] ?? []) all.add(id);
  }
  return all;
};
