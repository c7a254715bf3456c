import type { Edit, Problem } from '../../model/workflow/finding.ts';
import type { Named } from '../../model/workflow/place.ts';

/** The edit that puts another name in place of one, where its place is exactly that name (it may also be a whole element). */
export const renaming = ({ name, place }: Named, text: string): readonly Edit[] => {
  const { file, line, column, endLine, endColumn } = place;
  return endLine === line && endColumn === column + name.length
    ? [{ file, line, column, endLine, endColumn, text }]
    : [];
};

/** What to do about a name that is wrong: write the nearest one. Nothing where there is none. */
export const nearestFix = (named: Named, nearest: string | undefined): Pick<Problem, 'fix' | 'edits'> =>
  nearest === undefined
    ? {}
    : {
        fix: { en: `Write "${nearest}".`, ja: `「${nearest}」に直してください。` },
        edits: renaming(named, nearest),
      };
