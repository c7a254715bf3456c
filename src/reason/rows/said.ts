/** A number of a detail, grouped. */
export const numberIn = (value: unknown): string => (typeof value === 'number' ? value.toLocaleString('en-US') : '');
