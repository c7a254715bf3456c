const ascii = /^[\0-\x7f]*$/;

/** Whether all of it is ASCII, of which the compatible form is itself and nothing is a dash but the hyphen. */
export const isAscii = (value: string): boolean => ascii.test(value);

/** The compatible form (NFKC): one width, one sign for each. */
export const compatible = (value: string): string => (isAscii(value) ? value : value.normalize('NFKC'));
