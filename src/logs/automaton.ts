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
  readonly ends: Set<number>;
  fail: number;
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte);

const newline = 0x0a;

/** Needles must hold no line feed; the number of a needle is its place in the list. */
export const createAutomaton = (needles: readonly string[]): Automaton => {
  const nodes: Node[] = [{ children: new Map(), ends: new Set(), fail: 0 }];
  const nodeAt = (index: number): Node => nodes[index] as Node; // every index was given out by `insert`
  const insert = (bytes: Iterable<number>, id: number): number => {
    let at = 0;
    for (const raw of bytes) {
      const byte = lower(raw);
      let to = nodeAt(at).children.get(byte);
      if (to === undefined) {
        to = nodes.push({ children: new Map(), ends: new Set(), fail: 0 }) - 1;
        nodeAt(at).children.set(byte, to);
      }
      at = to;
    }
    if (id >= 0) nodeAt(at).ends.add(id);
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
    const { children, fail, ends } = nodeAt(at);
    for (const id of nodeAt(fail).ends) if (at !== 0) ends.add(id);
    for (let byte = 0; byte < 256; byte += 1) {
      const to = children.get(byte);
      const onward = at === 0 ? 0 : (goto[fail * 256 + byte] ?? 0);
      if (to === undefined) {
        goto[at * 256 + byte] = onward;
        continue;
      }
      nodeAt(to).fail = onward;
      goto[at * 256 + byte] = to;
      order.push(to);
    }
  }

  // Finding states get the last numbers, so that one comparison a byte tells them.
  const finds = (node: number) => node === lineNode || nodeAt(node).ends.size > 0;
  const sorted = [...order.filter((node) => !finds(node)), ...order.filter(finds)];
  if (sorted.length > 0xffff) throw new Error('too many patterns for one automaton');
  const numberOf = new Map(sorted.map((node, index) => [node, index]));
  const next = new Uint16Array(sorted.length * 256);
  sorted.forEach((node, index) => {
    for (let byte = 0; byte < 256; byte += 1) {
      next[index * 256 + byte] = numberOf.get(goto[node * 256 + lower(byte)] ?? 0) ?? 0;
    }
  });
  return {
    next,
    finding: sorted.findIndex(finds),
    lineEnd: numberOf.get(lineNode) ?? 0,
    found: sorted.map((node) => [...nodeAt(node).ends]),
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
