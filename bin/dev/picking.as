// Some records with their values, laid into the partitions as streams that go on from block to block, in AssemblyScript: part of the
// scan of `sync` (bin/dev/scanner.as).
import { keyHigh, keyLow } from './hash';
import {
  buffersAt, bufferBytes, columns, fieldOfColumn, filledAt, finishRow, HEAD, lengthOf, rowAt, startOf,
} from './tables';

@external("env", "flush")
declare function flush(partition: i32, from: i32, length: i32): void;

export let picking: bool = false;
/** One bit a record of the side: whether it is picked. */
let bitsAt: usize = 0;
let bits: u32 = 0;
/** Room for what stands before the values of a record. */
let headAt: usize = 0;

export function pick(bits_At: usize, bits_: u32, head_At: usize): void {
  picking = true;
  bitsAt = bits_At;
  bits = bits_;
  headAt = head_At;
}

function append(partition: i32, start: usize, length: usize): void {
  const filledIn = filledAt + 4 * partition;
  const buffer = buffersAt + (partition as usize) * (bufferBytes as usize);
  let from = start;
  let left = length;
  while (left > 0) {
    const filled = load<i32>(filledIn);
    const room = (bufferBytes - filled) as usize;
    const piece = left < room ? left : room;
    memory.copy(buffer + filled, from, piece);
    from += piece;
    left -= piece;
    if (piece == room) {
      flush(partition, buffer as i32, bufferBytes);
      store<i32>(filledIn, 0);
    } else store<i32>(filledIn, filled + (piece as i32));
  }
}

export function isPicked(row: u32): bool {
  return row < bits && (load<u8>(bitsAt + (row >> 3)) & (1 << (row & 7))) != 0;
}

/** Key, address, then hash and length of every column, then the values one behind the other, up to a multiple of four bytes. */
export function pickRecord(partition: i32, address: u64): void {
  finishRow();
  store<u64>(headAt, keyHigh);
  store<u64>(headAt + 8, keyLow);
  store<f64>(headAt + 16, address as f64);
  let total: usize = 0;
  for (let column = 0; column < columns; column++) {
    const length = lengthOf(fieldOfColumn(column));
    store<u32>(headAt + 24 + 8 * column, load<u32>(rowAt + HEAD + 4 * column));
    store<u32>(headAt + 28 + 8 * column, length as u32);
    total += length;
  }
  append(partition, headAt, 24 + 8 * (columns as usize));
  for (let column = 0; column < columns; column++) {
    const field = fieldOfColumn(column);
    append(partition, startOf(field), lengthOf(field));
  }
  store<u32>(headAt, 0);
  append(partition, headAt, (4 - (total & 3)) & 3);
}
