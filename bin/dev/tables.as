// Where the tables of the scan of `sync` stand (bin/dev/scanner.as), in AssemblyScript; all but the fields' values is set once.

/** A field of the record at hand: u32 where its hash goes (0: it is no column), u32 where it starts, u32 its length. */
export const FIELD: usize = 12;
/** A row of a partition: u64 and u64 of its key, u64 its address, u32 its rank in its side, then u32 a column. */
export const HEAD: usize = 28;

export let fields: i32 = 0;
export let columns: i32 = 0;
export let keys: i32 = 0;
export let partitions: i32 = 0;
export let bufferBytes: i32 = 0;
/** Bytes of a row. */
export let width: usize = 0;
export let fieldsAt: usize = 0;
/** The row of the record at hand. */
export let rowAt: usize = 0;
/** u32 a column and u32 a key part: its field. */
let columnsAt: usize = 0;
export let keysAt: usize = 0;
/** u32 a partition: bytes in its buffer. */
export let filledAt: usize = 0;
export let buffersAt: usize = 0;
/** u32 and u32 a column whose field is another column's too: where its hash goes, and where it is. */
let twiceAt: usize = 0;
let twice: usize = 0;

/** Nothing is written yet: the memory up to what is returned need not be there. */
export function layOut(
  fields_: i32, columns_: i32, keys_: i32, partitions_: i32, bufferBytes_: i32, tables: usize,
): usize {
  fields = fields_;
  columns = columns_;
  keys = keys_;
  partitions = partitions_;
  bufferBytes = bufferBytes_;
  width = HEAD + 4 * (columns as usize);
  twice = 0;
  rowAt = tables;
  fieldsAt = rowAt + width;
  columnsAt = fieldsAt + FIELD * (fields as usize);
  keysAt = columnsAt + 4 * (columns as usize);
  twiceAt = keysAt + 4 * (keys as usize);
  filledAt = twiceAt + 8 * (columns as usize);
  buffersAt = (filledAt + 4 * (partitions as usize) + 63) & ~63;
  return buffersAt + (partitions as usize) * (bufferBytes as usize);
}

@inline
export function fieldOf(field: i32): usize { return fieldsAt + FIELD * (field as usize); }
@inline
export function fieldOfColumn(column: i32): usize { return load<u32>(columnsAt + 4 * (column as usize)) as usize; }
@inline
export function fieldOfKey(part: i32): usize { return load<u32>(keysAt + 4 * (part as usize)) as usize; }
@inline
export function startOf(field: usize): usize { return load<u32>(field + 4) as usize; }
@inline
export function lengthOf(field: usize): usize { return load<u32>(field + 8) as usize; }

export function setColumn(at: i32, field: i32): void {
  const entry = fieldOf(field);
  const to = rowAt + HEAD + 4 * (at as usize);
  store<u32>(columnsAt + 4 * (at as usize), entry as u32);
  const first = load<u32>(entry);
  if (first == 0) {
    store<u32>(entry, to as u32);
    return;
  }
  store<u32>(twiceAt + 8 * twice, to as u32);
  store<u32>(twiceAt + 8 * twice + 4, first);
  twice++;
}

export function setKey(at: i32, field: i32): void {
  store<u32>(keysAt + 4 * (at as usize), fieldOf(field) as u32);
}

/** The hashes of the record at hand are whole: those of fields that are several columns as well. */
@inline
export function finishRow(): void {
  for (let at: usize = 0; at < twice; at++)
    store<u32>(load<u32>(twiceAt + 8 * at) as usize, load<u32>(load<u32>(twiceAt + 8 * at + 4) as usize));
}
