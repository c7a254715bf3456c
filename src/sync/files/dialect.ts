import { type Dialect, isBlank, readRecord } from './delimited.ts';

const mostSampled = 300;

/** The first records of a text as a dialect reads them; the last one may be cut and is left out. */
const recordsOf = (text: string, dialect: Dialect, whole: boolean): readonly (readonly string[])[] => {
  const records: (readonly string[])[] = [];
  for (let at = 0; at < text.length && records.length < mostSampled; ) {
    const reading = readRecord(text, at, dialect, whole);
    if (reading.kind === 'more') break;
    if (reading.kind === 'record' && !isBlank(reading.fields)) records.push(reading.fields);
    if (reading.kind === 'fault') records.push([]);
    at = reading.next;
  }
  return records;
};

/** How well a dialect cuts a text into a table: the share of records with as many fields as most have. */
const fitOf = (records: readonly (readonly string[])[]): number => {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [most, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  if (most < 2) return 0;
  // The first record tells the columns; a sign that stands in values only makes it shorter than the others.
  return (times / records.length) * (records[0]?.length === most ? 1 : 0.3);
};

/** Delimiter, quoting and line ends as the beginning of a text shows them. */
export const detectDialect = (text: string, whole: boolean, delimiter?: string): Dialect => {
  const end = !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
  const delimiters = delimiter === undefined ? [',', '\t', ';', '|'] : [delimiter];
  let best: { readonly dialect: Dialect; readonly fit: number; readonly fields: number } | undefined;
  for (const sign of delimiters)
    for (const quote of sign === '\t' ? ['"', ''] : ['"']) {
      const dialect: Dialect = { delimiter: sign, quote, end };
      const records = recordsOf(text, dialect, whole);
      const [fit, fields] = [fitOf(records), records[0]?.length ?? 0];
      if (
        best === undefined ||
        fit > best.fit + 0.001 ||
        (fit >= best.fit - 0.001 && fields > best.fields && fit > 0 && quote !== '')
      )
        best = { dialect, fit, fields };
    }
  return best?.dialect ?? { delimiter: delimiter ?? ',', quote: '"', end };
};
