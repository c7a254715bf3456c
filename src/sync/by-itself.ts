/** V8 cuts a shorter text by copying it. */
const shortest = 13;

/** What is cut out of a record keeps all of its text in memory; of one value no more than itself is kept. */
export const byItself = (value: string): string => (value.length < shortest ? value : Buffer.from(value).toString());
