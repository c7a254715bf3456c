import { grouped } from '../../model/text.ts';
/** A number of a detail, grouped. */
export const numberIn = (value: unknown): string => (typeof value === 'number' ? grouped(value) : '');

/** A word of a detail. */
export const wordIn = (value: unknown): string => (typeof value === 'string' ? value : '');
