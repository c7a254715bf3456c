/** Rows that a bucket of the first level holds, and into how many its second level splits it. */
const rowsABucket = 1024;
export const finer = 64;
/** Rows that stand for all that are equal, for what differences are held against. */
export const sampleRows = 1000;

const powerOfTwo = (at: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, at)));

/** Into how many buckets so many rows are put at first. */
export const coarseOf = (rows: number): number => powerOfTwo(rows / rowsABucket);

/** What comes over from one side by checksums. */
interface ChecksumBytes {
  /** Whatever differs: the checksums of all buckets, and a sample. */
  readonly always: number;
  /** For each record that differs besides. */
  readonly each: number;
}

/** A number of 60 bits, and what a protocol puts around each value. */
const [hashBytes, aroundValue] = [18, 4];

/** Before it is asked: of this many rows, of about this length. A few differences are in different buckets. */
export const checksumBytes = (rows: number, rowBytes: number): ChecksumBytes => {
  const buckets = coarseOf(rows);
  const line = String(buckets * finer).length + 4 + hashBytes + 3 * aroundValue;
  const hashes = (rowsABucket / finer) * 2 * (hashBytes + aroundValue);
  return {
    always: Math.round(buckets * line + Math.min(rows, sampleRows) * rowBytes),
    each: Math.round(finer * line + hashes + rowBytes),
  };
};
