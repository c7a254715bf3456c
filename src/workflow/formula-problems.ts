import type { Place } from '../model/workflow/place.ts';
import type { FormulaProblem } from '../model/workflow/value.ts';
import { faultWords, type ReaderFault } from '../reason/workflow/languages/fault-words.ts';

/** What keeps a formula from being read, at the character where it breaks; nothing where it is only longer than what is read. */
export const syntaxProblems = (
  fault: ReaderFault,
  length: number,
  at: (stretch: { readonly start: number; readonly end: number }) => Place,
): readonly FormulaProblem[] => {
  const says = faultWords(fault);
  if (!says) return [];
  const start = Math.min(fault.at, length);
  return [{ kind: 'syntax', says, place: at({ start, end: Math.min(start + 1, length) }) }];
};
