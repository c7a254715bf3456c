/** Rows that a bucket of the first level holds, and into how many its second level splits it. */
const rowsABucket = 1024;
export const finer = 64;
/** Rows that stand for all that are equal, for what differences are held against. */
export const sampleRows = 1000;

const powerOfTwo = (at: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, at)));

/** Into how many buckets so many rows are put at first. */
export const coarseOf = (rows: number): number => powerOfTwo(rows / rowsABucket);

/** A number of 60 bits, and what a protocol puts around each value. */
const [hashBytes, aroundValue] = [18, 4];

/** How many of so many buckets hold one of the records, which fall into them by chance. */
const filledOf = (buckets: number, records: number): number => buckets * (1 - (1 - 1 / buckets) ** records);

/** What comes over from one side by checksums where so many of its rows of about this length differ, said before it is asked. */
export const checksumBytes = (rows: number, rowBytes: number, differing: number): number => {
  const coarse = coarseOf(rows);
  const fine = coarse * finer;
  const line = String(fine).length + 4 + hashBytes + 3 * aroundValue;
  const sums = (coarse + finer * filledOf(coarse, differing)) * line;
  const hashes = filledOf(fine, differing) * (rows / fine) * 2 * (hashBytes + aroundValue);
  return Math.round(sums + hashes + (Math.min(rows, sampleRows) + differing) * rowBytes);
};

/**
 * Where most of the records differ, so many of each kind come over: on both sides, on the left only, on the right only. One in a hundred,
 * the least that may name a cause, is twenty of them, the fewest that may. Of long records fewer, so that it stays at some megabytes.
 */
const [mostSampled, fewestSampled, sampledBytes] = [2000, 100, 8 * 1024 * 1024];

export const sampledIn = (rowBytes = 0): number =>
  Math.max(fewestSampled, Math.min(mostSampled, Math.floor(sampledBytes / Math.max(1, rowBytes))));

/** What of them comes over from one side at most, said before it is asked. */
export const sampledMost = (rows: number, rowBytes: number): number =>
  Math.round(Math.min(rows, 2 * sampledIn(rowBytes)) * rowBytes);
