import { closeSync, openSync, readSync } from 'node:fs';
import { type Blocks, bytesOf, placesOf } from './blocks.ts';

/** The partitions of one side in their temporary file. Plain data: it travels to a worker thread. */
export interface PartitionFile {
  readonly path: string;
  readonly blocks: Blocks;
}

/** Words of a row before its column hashes: four of the key, two of the address, one of the rank. */
export const headWords = 7;

export interface PartitionReader {
  readonly bytes: (partition: number) => number;
  /** All of it, into an array of just its size. */
  readonly read: (partition: number, to: Uint8Array) => void;
  /** Block by block; the array is used again for the next one. */
  readonly each: (partition: number, visit: (words: Int32Array, length: number) => void) => void;
  readonly close: () => void;
}

export const newReader = ({ path, blocks }: PartitionFile): PartitionReader => {
  // Without a single row the file was never made.
  const descriptor = bytesOf(blocks) > 0 ? openSync(path, 'r') : undefined;
  const places = placesOf(blocks);
  const fill = (bytes: Uint8Array, offset: number): void => {
    for (let done = 0; done < bytes.length && descriptor !== undefined; ) {
      const read = readSync(descriptor, bytes, done, bytes.length - done, offset + done);
      if (read === 0) throw new Error('a temporary file ends too early');
      done += read;
    }
  };
  return {
    bytes: places.bytes,
    read: (partition, to) => {
      let filled = 0;
      places.each(partition, (offset, length) => {
        fill(to.subarray(filled, filled + length), offset);
        filled += length;
      });
    },
    each: (partition, visit) => {
      const block = new Int32Array(Math.max(blocks.full, blocks.tails[partition] ?? 0) / 4);
      places.each(partition, (offset, length) => {
        fill(new Uint8Array(block.buffer, 0, length), offset);
        visit(block, length / 4);
      });
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
};
