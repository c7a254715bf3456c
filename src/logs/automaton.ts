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
  /** What a finding state has found, by state. */
  readonly found: readonly (readonly number[])[];
}

interface Node {
  readonly children: Map<number, number>;
  /** Undefined for most: nothing ends here. */
  ends: Set<number> | undefined;
  fail: number;
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte);

const newline = 0x0a;

/** Needles must hold no line feed; the number of a needle is its place in the list. */
export const createAutomaton = (needles: readonly string[]): Automaton => {
  const nodes: Node[] = [{ children: new Map(), ends: undefined, fail: 0 }];
  const nodeAt = (index: number): Node => nodes[index] as Node; // every index was given out by `insert`
  const end = (at: number, id: number): void => {
    const node = nodeAt(at);
    node.ends ??= new Set();
    node.ends.add(id);
  };
  const insert = (bytes: Iterable<number>, id: number): number => {
    let at = 0;
    for (const raw of bytes) {
      const byte = lower(raw);
      let to = nodeAt(at).children.get(byte);
      if (to === undefined) {
        to = nodes.push({ children: new Map(), ends: undefined, fail: 0 }) - 1;
        nodeAt(at).children.set(byte, to);
      }
      at = to;
    }
    if (id >= 0) end(at, id);
    return at;
  };
  const encoder = new TextEncoder();
  needles.forEach((needle, id) => {
    if (needle !== '') insert(encoder.encode(needle), id);
  });
  const lineNode = insert([newline], -1);

  const order: number[] = [0];
  const goto = new Uint32Array(nodes.length * 256);
  for (let head = 0; head < order.length; head += 1) {
    const at = order[head] ?? 0;
    const { children, fail } = nodeAt(at);
    const row = at * 256;
    if (at !== 0) {
      for (const id of nodeAt(fail).ends ?? []) end(at, id);
      // What does not go on here goes on where the longest other beginning would.
      goto.copyWithin(row, fail * 256, fail * 256 + 256);
    }
    for (const [byte, to] of children) {
      nodeAt(to).fail = at === 0 ? 0 : (goto[row + byte] ?? 0);
      order.push(to);
    }
    for (const [byte, to] of children) goto[row + byte] = to;
  }

  // Finding states get the last numbers, so that one comparison a byte tells them.
  const finds = (node: number) => node === lineNode || nodeAt(node).ends !== undefined;
  const sorted = [...order.filter((node) => !finds(node)), ...order.filter(finds)];
  if (sorted.length > 0xffff) throw new Error('too many patterns for one automaton');
  const numberOf = new Uint16Array(sorted.length);
  sorted.forEach((node, index) => {
    numberOf[node] = index;
  });
  const next = new Uint16Array(sorted.length * 256);
  sorted.forEach((node, index) => {
    const row = index * 256;
    for (let byte = 0; byte < 256; byte += 1) next[row + byte] = numberOf[goto[node * 256 + byte] ?? 0] ?? 0;
    // Capitals go where small letters go.
    next.copyWithin(row + 0x41, row + 0x61, row + 0x7b);
  });
  return {
    next,
    finding: sorted.findIndex(finds),
    lineEnd: numberOf[lineNode] ?? 0,
    found: sorted.map((node) => [...(nodeAt(node).ends ?? [])]),
  };
};

/** Numbers of all needles in a piece of bytes, each once. */
export const needlesIn = ({ next, finding, found }: Automaton, bytes: Uint8Array): ReadonlySet<number> => {
  const all = new Set<number>();
  let state = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    // The table has a row for every state and a column for every byte.
    state = next[(state << 8) + (bytes[at] as number)] as number;
    if (state >= finding) for (const id of found[state] ?? []) all.add(id);
  }
  return all;
};
