/** The cells of one line of CSV (RFC 4180); a cell that goes on in the next line is taken as far as it goes here. */
export const cellsOf = (line: string): readonly string[] =>
  Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"?|([^",]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );

/** The cell of the first of these columns that the header has; headers are compared without case, blanks and marks. */
export const columnReader = (header: string, line: string): ((names: readonly string[]) => string) => {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const names = cellsOf(header.replace(/^\ufeff/, '')).map(plain);
  const cells = cellsOf(line);
  return (wanted) => {
    const at = wanted.map((name) => names.indexOf(plain(name))).find((index) => index >= 0);
    return at === undefined ? '' : (cells[at] ?? '');
  };
};
