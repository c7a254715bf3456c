import { mixed, startOf, withUnit } from './blocks.ts';

/** 53 bits of a key: two keys of one hash are less likely than one in a thousand at four million records. */
export const longHash = (key: string): number => {
  let [high, low] = [startOf(7), startOf(11)];
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    high = withUnit(high, unit);
    low = withUnit(low, unit);
  }
  return mixed(high) * 0x200000 + (mixed(low) >>> 11);
};

/** The keys of both sides, 8 bytes a record. */
export interface Keys {
  readonly add: (key: string) => void;
  /** All records from here on are of the right side. */
  readonly turn: () => void;
  /** Whether the record's key is on the other side too; only after all were added. */
  readonly matched: (row: number) => boolean;
  /** Whether both records have the same key, which is a repeated key and not a second record. */
  readonly same: (a: number, b: number) => boolean;
}

const has = (sorted: Float64Array, value: number): boolean => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
};

export const keysOfRun = (): Keys => {
  let hashes = new Float64Array(4096);
  let [count, lefts] = [0, 0];
  let sides: { readonly left: Float64Array; readonly right: Float64Array } | undefined;
  return {
    add(key) {
      if (count === hashes.length) {
        const larger = new Float64Array(count * 2);
        larger.set(hashes);
        hashes = larger;
      }
      // A blank key is nobody's.
      hashes[count] = key === '' ? -1 : longHash(key);
      count += 1;
    },
    turn() {
      lefts = count;
    },
    matched(row) {
      sides ??= { left: hashes.slice(0, lefts).sort(), right: hashes.slice(lefts, count).sort() };
      const own = hashes[row] ?? -1;
      return own !== -1 && has(row < lefts ? sides.right : sides.left, own);
    },
    same: (a, b) => hashes[a] === hashes[b] && hashes[a] !== -1,
  };
};
