/** `crm-doctor-disable-next-line RULES -- reason until 2027-03-31`, or `: reason`. */
export interface Directive {
  readonly scope: 'next-line' | 'file';
  /** Without `workflow.`. */
  readonly rules: readonly string[];
  readonly reason?: string;
  readonly until?: string;
}

const start = /crm-doctor-disable-(next-line|file)(?=\s|:|$)/;
const end = /(?:^|[\s,;(])until\s+(\d{4}-\d{2}-\d{2})\)?\s*$/;

/** Where the reason begins: two hyphens (which an XML comment may not hold) or a colon. */
const partingAt = (text: string): number | undefined => {
  const at = [text.indexOf('--'), text.indexOf(':'), text.indexOf('：')].filter((index) => index >= 0);
  return at.length > 0 ? Math.min(...at) : undefined;
};

/** What a comment or a description asks for; undefined where it asks for nothing. */
export const directiveIn = (comment: string): Directive | undefined => {
  const found = start.exec(comment);
  if (!found) return undefined;
  const line = comment.slice(found.index + found[0].length).split(/[\r\n]/, 1)[0] ?? '';
  const parting = partingAt(line);
  const names = parting === undefined ? line : line.slice(0, parting);
  const words = parting === undefined ? '' : line.slice(parting).replace(/^(?:--|[:：])/, '');
  const until = end.exec(words) ?? end.exec(names);
  const reason = words.replace(end, '').trim();
  const rules = names
    .replace(end, '')
    .split(/[\s,、]+/)
    .map((name) => name.replace(/^workflow\./, ''))
    .filter((name) => name !== '');
  return {
    scope: found[1] === 'file' ? 'file' : 'next-line',
    rules,
    ...(reason === '' ? {} : { reason }),
    ...(until?.[1] === undefined ? {} : { until: until[1] }),
  };
};

/** All that a text asks for, one a line. */
export const directivesIn = (text: string): readonly Directive[] =>
  text.includes('crm-doctor-disable-')
    ? text.split(/\r\n|\r|\n/).flatMap((line) => {
        const directive = directiveIn(line);
        return directive ? [directive] : [];
      })
    : [];
