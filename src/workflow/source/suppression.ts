/** What a comment or a description switches off. */
export interface SuppressionWords {
  readonly scope: 'next-line' | 'file';
  /** Without `workflow.`. */
  readonly rules: readonly string[];
  readonly reason?: string;
  /** `2027-03-31` */
  readonly until?: string;
}

const marker = /crm-doctor-disable-(next-line|file)\b/;
const ending = /(?:^|[\s,])until (\d{4}-\d{2}-\d{2})$/;

/** Reads `crm-doctor-disable-next-line RULE, RULE -- reason until 2027-03-31`; in XML a colon parts the reason. */
const wordsOf = (line: string): SuppressionWords | undefined => {
  const found = marker.exec(line);
  if (!found) return undefined;
  const rest = line.slice(found.index + found[0].length);
  const parted = /\s(?:--|:)(?:\s|$)|:\s/.exec(rest);
  const names = parted ? rest.slice(0, parted.index) : rest;
  const said = parted ? rest.slice(parted.index + parted[0].length).trim() : '';
  const until = ending.exec(said);
  const reason = until ? said.slice(0, until.index).trim() : said;
  return {
    scope: found[1] === 'file' ? 'file' : 'next-line',
    rules: names
      .split(',')
      .map((name) => name.trim().replace(/^workflow\./, ''))
      .filter((name) => name !== ''),
    ...(reason === '' ? {} : { reason }),
    ...(until?.[1] === undefined ? {} : { until: until[1] }),
  };
};

/** All that a comment or a description switches off, one a line. */
export const suppressionsIn = (text: string): readonly SuppressionWords[] =>
  text.includes('crm-doctor-disable-')
    ? text.split(/\r\n|\r|\n/).flatMap((line) => {
        const words = wordsOf(line);
        return words ? [words] : [];
      })
    : [];
