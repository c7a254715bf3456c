import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

/** Texts by their number, in pages; the pages that do not fit in memory are in one temporary file. */
export interface TextStore {
  readonly add: (text: string) => void;
  readonly get: (at: number) => string;
  readonly close: () => void;
}

const pageBytes = 4 * 1024 * 1024;
/** A longer text is cut: a page holds many. */
const mostUnits = 8192;
/** Texts begin at multiples of this, so that 32 bits reach 32 GiB. */
const grid = 8;

export const growable = (): { readonly push: (value: number) => void; readonly get: (at: number) => number } => {
  let values = new Uint32Array(4096);
  let count = 0;
  return {
    push(value) {
      if (count === values.length) {
        const larger = new Uint32Array(count * 2);
        larger.set(values);
        values = larger;
      }
      values[count] = value;
      count += 1;
    },
    get: (at) => values[at] ?? 0,
  };
};

/** `inMemory` pages of 4 MiB at most are held; `path` is made when the first one more is needed. */
export const textStore = (path: string, encoding: 'utf16le' | 'utf8', inMemory: number): TextStore => {
  const starts = growable();
  const pages = new Map<number, Buffer<ArrayBuffer>>();
  let [current, page, used] = [Buffer.allocUnsafe(pageBytes), 0, 0];
  pages.set(page, current);
  let file: number | undefined;
  /** Pages that stand in the file: written over, since the collector is slow to see memory outside its heap. */
  const free: Buffer<ArrayBuffer>[] = [];
  const head = Buffer.alloc(mostUnits * 3 + 4);

  const spill = (): void => {
    for (const [number, bytes] of pages) {
      if (pages.size < inMemory) return;
      file ??= openSync(path, 'wx+', 0o600);
      for (let written = 0; written < pageBytes; ) {
        written += writeSync(file, bytes, written, pageBytes - written, number * pageBytes + written);
      }
      pages.delete(number);
      free.push(bytes);
    }
  };

  return {
    add(text) {
      const cut = text.length > mostUnits ? text.slice(0, mostUnits) : text;
      if (used + 4 + cut.length * 3 > pageBytes) {
        spill();
        [current, page, used] = [free.pop() ?? Buffer.allocUnsafe(pageBytes), page + 1, 0];
        pages.set(page, current);
      }
      const length = current.write(cut, used + 4, encoding);
      current.writeUInt32LE(length, used);
      starts.push((page * pageBytes + used) / grid);
      used += Math.ceil((4 + length) / grid) * grid;
    },
    get(at) {
      const start = starts.get(at) * grid;
      const number = Math.floor(start / pageBytes);
      const held = pages.get(number);
      if (held) {
        const from = start - number * pageBytes;
        return held.toString(encoding, from + 4, from + 4 + held.readUInt32LE(from));
      }
      if (file === undefined) return '';
      // Most texts are short: what else they hold is read again.
      const quick = readSync(file, head, 0, 1024, start);
      const length = quick < 4 ? 0 : Math.min(head.readUInt32LE(0), head.length - 4);
      if (length + 4 > quick) readSync(file, head, 0, length + 4, start);
      return head.toString(encoding, 4, 4 + length);
    },
    close() {
      pages.clear();
      if (file === undefined) return;
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
};
