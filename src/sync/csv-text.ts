const special = /[",\r\n]|^\s|\s$/;

const cellOf = (value: string): string => (special.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** A record of CSV without its line end (RFC 4180). Blanks at the ends are quoted too: some readers trim what is bare. */
export const csvRecord = (values: readonly string[]): string => values.map(cellOf).join(',');

/** Whether a spreadsheet may take a text for a formula; Excel reads the signs in full width as well. */
export const looksLikeFormula = (value: string): boolean => /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(value);
