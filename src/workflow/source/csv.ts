/** One field of a CSV file, and where it begins. */
export interface CsvCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export interface Csv {
  readonly rows: readonly (readonly CsvCell[])[];
  /** Where a quote opens that nothing closes. */
  readonly open?: { readonly line: number; readonly column: number };
}

/** Reads CSV (RFC 4180) with line ends of any kind inside of quotes and between rows; blank lines are left out. */
export const readCsv = (text: string, separator: string): Csv => {
  const rows: CsvCell[][] = [];
  let row: CsvCell[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;
  const endRow = (): void => {
    if (row.length > 1 || (row[0]?.text ?? '') !== '') rows.push(row);
    row = [];
  };
  while (at < text.length) {
    const start = { line, column: at - lineStart + 1 };
    let value = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        const end = quote < 0 ? text.length : quote;
        for (
          let newline = text.indexOf('\n', at);
          newline >= 0 && newline < end;
          newline = text.indexOf('\n', newline + 1)
        ) {
          line += 1;
          lineStart = newline + 1;
        }
        value += text.slice(at, end);
        if (quote < 0) return { rows, open: start };
        at = quote + 1;
        if (text[at] !== '"') break;
        value += '"';
        at += 1;
      }
    }
    // What stands behind a closing quote belongs to the field, as spreadsheets read it.
    const from = at;
    while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
    row.push({ ...start, text: value + text.slice(from, at) });
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) row.push({ text: '', line, column: at - lineStart + 1 });
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    endRow();
    line += 1;
    lineStart = at;
  }
  endRow();
  return { rows };
};
