const empty = -1;

/** Hashes of 53 bits by such hashes, in 16 bytes each and room to grow: a Map of the language takes five times as much. */
export class HashMap {
  private count = 0;
  private keys = new Float64Array(1024).fill(empty);
  private values = new Float64Array(1024);

  get size(): number {
    return this.count;
  }

  /** Where a key stands or would stand. */
  private placeOf(key: number): number {
    const mask = this.keys.length - 1;
    let at = (key >>> 0) & mask;
    while (this.keys[at] !== empty && this.keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  get(key: number): number | undefined {
    const at = this.placeOf(key);
    return this.keys[at] === empty ? undefined : this.values[at];
  }

  set(key: number, value: number): void {
    if (2 * this.count >= this.keys.length) this.grow();
    const at = this.placeOf(key);
    if (this.keys[at] === empty) this.count += 1;
    this.keys[at] = key;
    this.values[at] = value;
  }

  private grow(): void {
    const { keys, values } = this;
    this.keys = new Float64Array(2 * keys.length).fill(empty);
    this.values = new Float64Array(2 * keys.length);
    for (const [from, key] of keys.entries()) {
      if (key === empty) continue;
      const at = this.placeOf(key);
      this.keys[at] = key;
      this.values[at] = values[from] ?? 0;
    }
  }
}
