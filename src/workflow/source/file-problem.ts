import type { Text } from '../../model/text.ts';
import type { ReadingProblem } from '../../model/workflow/project.ts';
import type { Complain, Complaint } from './expect.ts';

/** Something that keeps a file of the configuration (schema, samples) from being read: exit code 2. */
export interface FileProblem {
  readonly line: number;
  readonly column: number;
  /** `objects.Deal.fields`; empty for the file as a whole. */
  readonly path: string;
  readonly text: Text;
  readonly found?: string;
  readonly allowed?: readonly string[];
  readonly suggestion?: string;
}

const both = (message: Text, fix: Text | undefined): Text =>
  fix === undefined ? message : { en: `${message.en}; ${fix.en}`, ja: `${message.ja}。${fix.ja}` };

const pathOf = (pointer: string | undefined): string =>
  (pointer ?? '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');

export const fileProblem = (said: Complaint | ReadingProblem): FileProblem => {
  const { place, message, fix } = said;
  const { found, allowed, suggestion }: Partial<Complaint> = 'found' in said || 'allowed' in said ? said : {};
  return {
    line: place.line,
    column: place.column,
    path: pathOf(place.pointer),
    text: both(message, fix),
    ...(found === undefined ? {} : { found }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
};

/** Collects what is wrong with such a file. */
export const collector = (): { readonly complain: Complain; readonly problems: FileProblem[] } => {
  const problems: FileProblem[] = [];
  return { problems, complain: (complaint) => problems.push(fileProblem(complaint)) };
};
